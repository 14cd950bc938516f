"""Files that are dropped while the lessons' panel is shut: a lesson, or a receipt.

They open the panel, and leave the controls that the page's link hides as they are.
"""

from types import SimpleNamespace

import pytest
from hands import press
from lesson_hands import text, until

from explorer.app.opened_files import OpenedFiles
from explorer.learning.lessons import reader, receipts
from explorer.learning.lessons.progress import Progress


@pytest.mark.parametrize(
    "drop",
    [lambda lessons: lessons.open_file("bad.md", b"no title"),
     lambda lessons: lessons.open_receipt("a.receipt.json", b"{")],
    ids=("faulty lesson", "receipt"),
)  # fmt: skip
def test_a_dropped_file_leaves_hidden_what_the_link_hides(open_page, drop):
    browser, app = open_page("#noise_hide=true")
    drop(app.lessons)
    browser.tick()
    assert app.current.hidden == {"noise"}
    press(browser, "lesson-close")
    assert app.current.hidden == {"noise"}


def test_receipts_that_came_before_their_lesson_are_checked_once_it_is_there(open_page):
    lesson = "# Mine\n\n:::ask\nYes?\n- (x) Yes\n- ( ) No\n:::\n"
    read = reader.read(lesson, "mine.md")
    own = Progress(answers={read.blocks[0].digest: 0})
    browser, app = open_page()
    for student in ("Ada", "Ben"):
        receipt = receipts.written(read, own, student)
        app.lessons.open_receipt(f"{student}.receipt.json", receipt.encode())
    browser.tick()
    assert "“mine.md” is not open" in text(browser)
    app.lessons.open_file("other.md", lesson.encode())
    assert "“mine.md” is not open" not in text(browser), "another lesson is open"
    app.lessons.open_file("mine.md", lesson.encode())
    until(browser, lambda: browser.state["receipts-checked"] == "2")
    rows = browser.elements("#receipts-rows tr")
    assert [row.getAttribute("data-state") for row in rows] == ["good", "good"]
    assert "Ada" in rows[0].textContent


def test_a_lesson_may_be_dropped_together_with_its_receipts(open_page):
    lesson = "# Mine\n\n:::ask\nYes?\n- (x) Yes\n- ( ) No\n:::\n"
    own = Progress(answers={reader.read(lesson, "mine.md").blocks[0].digest: 0})
    receipt = receipts.written(reader.read(lesson, "mine.md"), own, "Ada")
    files = [
        SimpleNamespace(name=name, size=len(each), content=each.encode())
        for name, each in (("ada.receipt.json", receipt), ("mine.md", lesson))
    ]
    browser, app = open_page()
    OpenedFiles(app).open_all(files)
    until(browser, lambda: browser.state.get("receipts-checked") == "1")
    [row] = browser.elements("#receipts-rows tr")
    assert row.getAttribute("data-state") == "good"
    assert "Mine" in browser.element("course-lesson").textContent
