"""What of a lesson is kept where the page has no storage, and programs that run in the notebook."""

import pytest
from hands import press
from lesson_hands import answer, text
from notebook_hands import Page

from explorer.app.host_messages import HostMessages
from explorer.text.lessons import LESSONS

PROGRAM = """# Shapes

:::code Print it
Run this:
```
print((178, 2))
```
shows: (178, 2)
hint: Press Run cell.
:::

:::ask
Is it so?
- (x) Yes
- ( ) No
:::
"""


@pytest.fixture
def sandboxed():
    """(page, messages, told): a page without storage, spoken with by the page around it."""

    def opened(link="#lesson=one-neuron"):
        page, told = Page(), []
        page.browser.stored = lambda _: None
        page.browser.store = lambda *_: None
        messages = HostMessages(page.app, told.append)
        page.app.lessons.tell = messages.lesson
        page.browser.hash = link
        page.browser.fire(page.browser.window, "hashchange")
        page.browser.tick()
        return page.browser, messages, told

    return opened


def test_the_page_around_keeps_what_the_frame_cannot(sandboxed):
    browser, _, told = sandboxed()
    assert LESSONS["not_kept"] in text(browser)
    press(browser, "lesson-step", "1")
    browser.elements("[data-question]")[0].checked = True
    answer(browser, 0)
    kept = told[-1]["progress"]
    assert browser.state["checks-passed"] == "1"
    again, messages, _ = sandboxed()
    assert again.state["checks-passed"] == "0"
    hand = {"nncore": 1, "command": "lesson", "lesson": "one-neuron", "progress": kept}
    messages.received(hand | {"progress": 5})
    messages.received(hand | {"lesson": "wine"})
    assert again.state["checks-passed"] == "0"
    messages.received(hand)
    assert again.state["checks-passed"] == "1"
    assert again.state["task"] == "2"
    assert LESSONS["not_kept"] not in text(again)
    messages.received(hand | {"progress": "{"})
    assert again.state["checks-passed"] == "1", "what was done stays"


def test_what_is_handed_before_the_lesson_is_there_counts(sandboxed):
    browser, _, told = sandboxed()
    press(browser, "lesson-step", "1")
    browser.elements("[data-question]")[0].checked = True
    answer(browser, 0)
    again, messages, _ = sandboxed("#")
    kept = told[-1]["progress"]
    messages.received({"nncore": 1, "command": "lesson", "lesson": "one-neuron", "progress": kept})
    again.hash = "#lesson=one-neuron"
    again.fire(again.window, "hashchange")
    assert again.state["checks-passed"] == "1"


def test_a_program_runs_in_the_notebook_and_what_it_shows_is_found():
    page = Page()
    browser, lessons = page.browser, page.app.lessons
    lessons.open_file("shapes.md", PROGRAM.encode())
    browser.tick()
    press(browser, "lesson-check")
    assert LESSONS["program_alone"] in text(browser)
    press(browser, "lesson-notebook")
    assert browser.root.getAttribute("data-view") == "notebook"
    assert [cell.source for cell in page.cells][1] == "print((178, 2))"
    assert page.room.notebook.name == "shapes"
    page.kernel.say(kind="ready")
    assert page.kernel.ran == [], "nothing runs before a press"
    page.act("nb-run-all")
    page.kernel.finish(1, {"kind": "stream", "name": "stdout", "text": "(178, 3)\n"})
    press(browser, "lesson-check")
    assert LESSONS["program_other"].format(text="(178, 2)") in text(browser)
    press(browser, "lesson-notebook")
    assert page.kernel.ran == [(1, "print((178, 2))")], "the notebook is the one that was open"
    page.act("nb-run-all")
    result = {"kind": "result", "data": {"text/plain": "(178, 2)"}, "metadata": {}}
    page.kernel.finish(2, result)
    press(browser, "lesson-check")
    assert browser.state["checks-passed"] == "1"
    assert "Done. The check holds." in text(browser)
    assert browser.errors == []
