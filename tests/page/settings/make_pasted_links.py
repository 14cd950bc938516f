"""What real renderers and mail programs make of a link that stands as text.

It wrote `pasted_links.json`: `python make_pasted_links.py FILE SHORT_LINK`, in an environment of
its own with readme_renderer[md], myst-parser, sphinx, markdown, linkify-it-py, mistune, nbconvert,
bleach and html5lib; nothing of this is needed for the tests. A link is put into a text in the ways
in which people write them down; the renderer's HTML is read as browsers read it, and every address
in it is kept, of its links and of its text.
"""

import email
import email.policy
import json
import re
import sys
import textwrap
from email.message import EmailMessage
from importlib.metadata import version
from pathlib import Path

import html5lib

ADDRESS = re.compile(r"https?://.*?(?=\s|$)")
HOST = "https://you.example/play/"
THEIRS = (
    "activation=relu&regularization=L2&batchSize=17&dataset=spiral&regDataset=reg-gauss"
    "&learningRate=0.003&regularizationRate=0.001&noise=35&networkShape=8,6,4&seed=0.49781"
    "&showTestData=true&discretize=true&percTrainData=80&x=true&y=true&xTimesY=true"
    "&xSquared=true&ySquared=true&cosX=false&sinX=true&cosY=false&sinY=true"
    "&collectStats=false&problem=classification&initZero=false&hideText=false"
    "&learningRate_hide=true&numHiddenLayers_hide=true"
)
WAYS = {
    "alone": "{}",
    "in a sentence": "Open {}, then press Run.",
    "at its end": "Open {}.",
    "in brackets": "The spiral ({}) is harder.",
    "in angle brackets": "Open <{}> now.",
    "in quotation marks": 'Open "{}" now.',
    "as a Markdown link": "Open [the spiral]({}) now.",
    "as HTML": '<p>Open <a href="{}">{}</a> now.</p>',
    "as escaped HTML": '<p>Open <a href="[amp]">[amp]</a> now.</p>',
    "in emphasis": "*{}*",
    "in bold letters": "**{}**",
}


def readme_markdown(text):
    from readme_renderer.markdown import render

    return render(text)


def readme_text(text):
    from readme_renderer.txt import render

    return render(text)


def readme_rst(text):
    from readme_renderer.rst import render

    return render(text, stream=open("/dev/null", "w"))


def myst(text):
    from docutils.core import publish_string
    from myst_parser.docutils_ import Parser

    settings = {"myst_enable_extensions": ["linkify", "smartquotes"], "report_level": 5,
                "output_encoding": "unicode"}  # fmt: skip
    return publish_string(text, parser=Parser(), writer="html5", settings_overrides=settings)


def sphinx(text):
    import tempfile

    from sphinx.application import Sphinx

    with tempfile.TemporaryDirectory() as folder:
        top = Path(folder)
        (top / "index.md").write_text(f"# Lesson\n\n{text}\n")
        app = Sphinx(top, None, top / "out", top / "trees", "html", status=None, warning=None,
                     confoverrides={"extensions": ["myst_parser"], "root_doc": "index",
                                    "myst_enable_extensions": ["linkify"]})  # fmt: skip
        app.build()
        page = (top / "out" / "index.html").read_text()
    return re.search(r'<section id="lesson">(.*?)</section>', page, re.S)[1]


def markdown_it(text):
    from markdown_it import MarkdownIt

    return MarkdownIt("gfm-like").render(text)


def python_markdown(text):
    import markdown

    return markdown.markdown(text, extensions=["smarty"])


def mistune_(text):
    import mistune

    return mistune.create_markdown(escape=False, plugins=["url"])(text)


def nbconvert_(text):
    import nbformat
    from nbconvert import HTMLExporter

    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text)])
    body, _ = HTMLExporter(template_name="basic").from_notebook_node(book)
    return body


def bleach_(text):
    import bleach

    return bleach.linkify(bleach.clean(text, tags={"p", "a"}, attributes={"a": ["href"]}))


RENDERERS = {
    ("readme_renderer", "Markdown"): readme_markdown,
    ("readme_renderer", "plain text"): readme_text,
    ("readme_renderer", "reStructuredText"): readme_rst,
    ("myst-parser", "docutils, linkify, smartquotes"): myst,
    ("Sphinx", "with myst-parser"): sphinx,
    ("markdown-it-py", "gfm-like"): markdown_it,
    ("Markdown", "smarty"): python_markdown,
    ("mistune", "url"): mistune_,
    ("nbconvert", "a Markdown cell"): nbconvert_,
    ("bleach", "clean and linkify"): bleach_,
}


def addresses(html):
    """Every address in the HTML, of links and of text, as a browser reads it."""
    root = html5lib.parse(html, namespaceHTMLElements=False)
    found = [node.get("href") for node in root.iter("a") if node.get("href")]
    blocks = [node for node in root.iter() if node.tag in ("p", "pre", "li", "body")]
    for block in blocks:
        found += ADDRESS.findall("".join(block.itertext()))
    return [address for address in found if address.startswith(HOST)]


def rendered(link):
    """{copy: {tool: ways in which the link was written down}}."""
    rows = {}
    for (package, kind), render in RENDERERS.items():
        for way, pattern in WAYS.items():
            text = pattern.replace("{}", link).replace("[amp]", link.replace("&", "&amp;"))
            for address in addresses(render(text)):
                tool = f"{package} {version(package)}, {kind}"
                ways = rows.setdefault(address, {}).setdefault(tool, [])
                if way not in ways:
                    ways.append(way)
    return rows


def mailed(link):
    """The link in a mail: hard wraps, the source of a transfer encoding, and answers."""
    rows, python = {}, "Python " + ".".join(map(str, sys.version_info[:3]))
    text = f"Dear all,\n\nplease open {link} before Monday."

    def add(copy, module, way):
        rows.setdefault(cut(copy), {}).setdefault(f"{python}, {module}", []).append(way)

    for cte in ("quoted-printable", "base64"):
        message = EmailMessage()
        message.set_content(text, cte=cte)
        source = message.as_bytes().decode()
        add(email.message_from_string(source, policy=email.policy.default).get_content(),
            f"email, {cte}", "as it is read")  # fmt: skip
        if cte == "quoted-printable":
            add(source, f"email, {cte}", "copied from the source")
    for width in (72, 78):
        for hard in (True, False):
            folded = textwrap.fill(text, width, break_long_words=hard, break_on_hyphens=not hard)
            answer = "".join(f"> {line}\n" for line in folded.splitlines())
            add(folded, f"textwrap at {width}", "over several lines")
            add(answer, f"textwrap at {width}", "in an answer")
            add(answer.replace("> ", "> > "), f"textwrap at {width}", "in an answer to it")
    return rows


def cut(text):
    """From the address to what follows it, as somebody would mark it with the mouse."""
    return re.split(r"[\s>]+before", text[text.index("https:") :])[0]


def main():
    """Write the table of the file named first; the short link is named second."""
    table = []
    for name, link in (("long", THEIRS), ("short", sys.argv[2])):
        for how in (rendered, mailed):
            for copy, tools in how(f"{HOST}#{link}").items():
                table.append({"link": name, "copy": copy, "tools": tools})
    Path(sys.argv[1]).write_text(json.dumps(table, indent=1, ensure_ascii=False) + "\n")


main()
