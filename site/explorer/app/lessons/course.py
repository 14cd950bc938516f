"""A lesson as a SCORM 1.2 package: a zip that Moodle, Canvas, ILIAS and others take.

The package holds a page with a frame that shows the lesson from where this page lies, and a script
that tells the platform how far the student is. Nothing of the playground itself is in it.
"""

import io
import re
import zipfile
from html import escape

from explorer.learning.lessons import library

DATE = (1980, 1, 1, 0, 0, 0)
MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="{name}" version="1.0"
  xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:schemaLocation="http://www.imsproject.org/xsd/imscp_rootv1p1p2 imscp_rootv1p1p2.xsd
    http://www.adlnet.org/xsd/adlcp_rootv1p2 adlcp_rootv1p2.xsd">
  <metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
  <organizations default="course">
    <organization identifier="course"><title>{title}</title>
      <item identifier="lesson" identifierref="page"><title>{title}</title></item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="page" type="webcontent" adlcp:scormtype="sco" href="index.html">
      <file href="index.html"/><file href="scorm.js"/>
    </resource>
  </resources>
</manifest>
"""


def address_of(page, name):
    """Where the lesson is shown from: the page for frames beside `page`; "" for a file, which a
    course cannot show."""
    if not page.startswith(("http://", "https://")):
        return ""
    folder = page.partition("?")[0].rpartition("/")[0]
    return f"{folder}/embed.html#lesson={name}"


def element_of(page, name):
    """The element that shows the lesson in a web page; "" for a page that is a file."""
    address = address_of(page, name)
    if not address:
        return ""
    script = escape(address.rpartition("/")[0])
    return (
        f'<script src="{script}/embed.js" defer></script>\n'
        f'<nn-playground lesson="{escape(name)}" height="900"></nn-playground>'
    )


def package(lesson, address):
    """The bytes of the zip. Titles and addresses are escaped: nothing of them becomes markup."""
    words = {"title": escape(lesson.title), "address": escape(address)}
    page = library.text_of("scorm.html")
    for key, text in words.items():
        page = page.replace(f"{{{key}}}", text)
    name = "nncore-" + re.sub(r"[^A-Za-z0-9]+", "-", lesson.name).strip("-")
    files = {
        "imsmanifest.xml": MANIFEST.format(name=name, title=words["title"]),
        "index.html": page,
        "scorm.js": library.text_of("scorm.js"),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in files.items():
            archive.writestr(zipfile.ZipInfo(path, DATE), text.encode())
    return f"{name}.zip", out.getvalue()
