"""A lesson as a SCORM package: what is in it, and what it tells a platform.

The script is run under Node, beside the runtime of scorm-again; in a browser by
tests/browser/test_lessons.py.
"""

import io
import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hands import press

from explorer.app.lessons.course import address_of, element_of, package
from explorer.learning.lessons import library

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))
from tools.testing_runtime import node, runtime_files  # noqa: E402

PROGRAM = ROOT / "tests" / "course_platform.cjs"


def unpacked() -> dict[str, str]:
    lesson = replace(library.lesson("wine"), title='A <title> & "more"')
    name, content = package(lesson, "https://example.org/play/embed.html#lesson=wine")
    assert name == "nncore-wine.zip"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {path: archive.read(path).decode() for path in archive.namelist()}


def test_the_manifest_names_the_files_of_the_package() -> None:
    files = unpacked()
    tree = ElementTree.fromstring(files["imsmanifest.xml"])
    named = [node.get("href") for node in tree.iter() if node.tag.endswith("}file")]
    assert sorted([*named, "imsmanifest.xml"]) == sorted(files)
    titles = {node.text for node in tree.iter() if node.tag.endswith("}title")}
    assert titles == {'A <title> & "more"'}
    assert "<title>A &lt;title&gt;" in files["index.html"]
    assert 'src="https://example.org/play/embed.html#lesson=wine"' in files["index.html"]


@pytest.mark.parametrize(
    ("page", "address"),
    [
        ("https://example.org/play/", "https://example.org/play/embed.html#lesson=wine"),
        ("https://example.org/index.html?x=1", "https://example.org/embed.html#lesson=wine"),
        ("file:///home/me/playground.html", ""),
    ],
)
def test_it_shows_the_page_for_frames(page: str, address: str) -> None:
    assert address_of(page, "wine") == address


def test_a_lesson_s_link_and_element_can_be_copied(open_page) -> None:
    browser, _ = open_page()
    press(browser, "lessons")
    press(browser, "receipts")
    browser.element("course-lesson").value = "wine"
    link, element = browser.elements('[data-action="lesson-share"]')
    browser.click(link)
    assert browser.clipboard == "https://example.org/play/#lesson=wine"
    browser.click(element)
    assert (
        browser.clipboard
        == element_of("https://example.org/play/", "wine")
        == (
            '<script src="https://example.org/play/embed.js" defer></script>\n'
            '<nn-playground lesson="wine" height="900"></nn-playground>'
        )
    )
    assert element_of("file:///home/me/playground.html", "wine") == ""


def test_the_platform_is_told_of_score_and_completion_and_keeps_what_was_done(
    tmp_path: Path,
) -> None:
    script = tmp_path / "scorm.js"
    script.write_text(unpacked()["scorm.js"], "utf-8")
    runtime = runtime_files("test")["scorm12.min.js"]
    command = [str(node()), str(PROGRAM), str(script), str(runtime)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert [status for status, _ in told["steps"]] == ["incomplete"] * 6 + ["completed"]
    assert [score for _, score in told["steps"][1:]] == ["40", "40", "40", "40", "40", "100"]
    nothing, later, too_long, spoilt = told["kept"]
    assert nothing == [0, ""]
    assert later[1] == '{"answers": "½"} ' * 500
    assert later[0] < 4096 < len(later[1])
    assert too_long == later
    assert spoilt == [len("no base64!"), ""]
