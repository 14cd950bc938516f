"""The notebook at work in a fake browser: cells, runs, stops, files, and what is kept."""

import json
from types import SimpleNamespace

import nbformat
import pytest
from fake_browser import FakeBrowser
from fake_notebook import FakeNotebook

from explorer.app.app import App
from explorer.app.events import Events
from explorer.app.opened_files import OpenedFiles
from explorer.text.notebook import NOTEBOOK
from explorer.text.notices import TEXT


class Page:
    """The page as main.py makes it, and what a reader does with its notebook."""

    def __init__(self, link="", stored=None, fails=None, available=True):
        self.browser = FakeBrowser(link, stored=stored)
        self.tools = FakeNotebook()
        self.tools.fails = fails
        self.browser.notebook_available = lambda: available
        self.browser.notebook = lambda: self.tools
        self.app = App(self.browser)
        self.app.start()
        OpenedFiles(self.app).listen()
        Events(self.app).listen()

    def open(self):
        self.browser.click(self.browser.element("tab-notebook"))
        self.browser.tick()
        return self

    @property
    def room(self):
        return self.app.notebook.room

    @property
    def kernel(self):
        return self.tools.kernel

    @property
    def cells(self):
        return self.room.notebook.cells

    def act(self, action, value=None):
        found = f'[data-action="{action}"]' + (f'[data-value="{value}"]' if value else "")
        self.browser.click(self.browser.elements(found)[0])
        self.browser.tick(12)

    def only(self, *sources):
        """A notebook with these code cells; Python is ready."""
        tree = {"nbformat": 4, "cells": [{"cell_type": "code", "source": s} for s in sources]}
        self.room.open_file("own.ipynb", json.dumps(tree).encode())
        if self.room.python.state == "starting":
            self.kernel.say(kind="ready")
        self.browser.tick(12)

    def editor(self, place):
        return self.room.views[self.cells[place].identity].editor

    def shown(self, place):
        self.browser.tick(12)
        return self.room.views[self.cells[place].identity].outputs_node.textContent

    def state(self):
        return self.browser.element("nb-status").textContent

    def drop(self, *files):
        found = [SimpleNamespace(name=n, content=c, size=len(c)) for n, c in files]
        carried = SimpleNamespace(files=found, types=["Files"])
        self.browser.fire(self.browser.document.body, "drop", dataTransfer=carried)
        self.browser.tick(12)


@pytest.fixture
def make():
    pages = []

    def made(**options):
        pages.append(Page(**options))
        return pages[-1]

    yield made
    assert [error for page in pages for error in page.browser.errors] == []


@pytest.fixture
def page(make):
    return make().open()


# The view ---------------------------------------------------------------------------------------


def test_the_tab_opens_the_wine_lesson_and_runs_nothing(page):
    root = page.browser.root
    assert root.getAttribute("data-view") == "notebook"
    assert not page.browser.element("notebook").hidden
    assert page.browser.hash == "#view=notebook"
    assert "keras.Sequential" in "".join(cell.source for cell in page.cells)
    assert page.kernel.ran == []
    page.kernel.say(kind="ready")
    page.browser.tick(60)
    assert page.kernel.ran == []


def test_the_way_back_to_the_playground(page):
    page.browser.click(page.browser.element("tab-playground"))
    page.browser.tick()
    assert page.browser.root.getAttribute("data-view") == "playground"
    assert page.browser.element("notebook").hidden
    page.open()
    assert page.browser.root.getAttribute("data-view") == "notebook"
    page.browser.hash = "#dataset=xor"
    page.browser.fire(page.browser.window, "hashchange")
    page.browser.tick()
    assert page.browser.root.getAttribute("data-view") == "playground"
    assert page.app.current.dataset == "xor"


def test_a_link_opens_it(make):
    page = make(link="#view=notebook")
    page.browser.tick()
    assert page.browser.root.getAttribute("data-view") == "notebook"
    assert page.kernel.ran == []


def test_keys_in_it_are_not_the_playground_s(page):
    page.browser.key(" ")
    page.browser.key("s")
    assert not page.app.player.playing
    assert page.app.experiment.epoch == 0


def test_without_the_files_for_it_a_sentence(make):
    page = make(available=False).open()
    assert TEXT["notebook_only_site"] in page.browser.element("notices").textContent
    assert page.browser.root.getAttribute("data-view") == "playground"
    page = make(fails="no route").open()
    assert "no route" in page.browser.element("notices").textContent


# Running ----------------------------------------------------------------------------------------


def test_cells_run_one_after_the_other(page):
    page.only("1 + 1", "print('b')")
    page.act("nb-run-all")
    assert page.kernel.ran == [(1, "1 + 1")]
    result = {"kind": "result", "data": {"text/plain": "2"}, "metadata": {}}
    page.kernel.finish(1, result)
    assert page.kernel.ran[1:] == [(2, "print('b')")]
    page.kernel.finish(2, {"kind": "stream", "name": "stdout", "text": "1\r2\n"})
    assert page.shown(0) == "2"
    assert page.shown(1) == "2\n"
    assert [cell.count for cell in page.cells] == [1, 2]
    assert page.state() == NOTEBOOK["state_ready"]
    assert page.browser.root.getAttribute("data-notebook") == "ready"


def test_a_fault_ends_the_row_and_leads_to_its_line(page):
    page.only("x = 1\n1 / 0", "never")
    page.act("nb-run-all")
    fault = {"kind": "error", "name": "ZeroDivisionError", "value": "division by zero",
             "lines": ["Traceback"], "cell": 1, "line": 2}  # fmt: skip
    page.kernel.finish(1, fault, good=False)
    assert len(page.kernel.ran) == 1
    assert "ZeroDivisionError: division by zero" in page.shown(0)
    page.act("nb-line", "1.2")
    assert page.editor(0).line == 2
    page.act("nb-run", page.cells[1].identity)
    assert page.kernel.ran[-1] == (3, "never")


def test_keys_of_the_editor(page):
    page.only("a")
    page.editor(0).press("run")
    assert page.kernel.ran == [(1, "a")]
    assert len(page.cells) == 2
    page.kernel.finish(1)
    page.editor(1).type("b")
    page.editor(1).press("run-stay")
    assert page.kernel.ran[-1] == (2, "b")
    page.kernel.finish(2)
    page.editor(0).press("run-insert")
    assert [cell.source for cell in page.cells] == ["a", "", "b"]
    page.editor(2).press("up")
    assert [cell.source for cell in page.cells] == ["a", "b", ""]


def test_stop_is_heard(page):
    page.only("while True: pass", "next")
    page.act("nb-run-all")
    page.kernel.say(kind="begun", number=1)
    page.act("nb-stop")
    assert page.state() == NOTEBOOK["state_stopping"]
    page.kernel.say(kind="error", number=1, name="KeyboardInterrupt", value="", lines=[])
    page.kernel.say(kind="ended", number=1, good=False, seconds=1, files=[])
    assert page.kernel.stops == 1
    assert NOTEBOOK["stopped"] in page.shown(0)
    assert len(page.tools.kernels) == 1
    assert len(page.kernel.ran) == 1


@pytest.mark.parametrize("end", ["lost", "died", "failed"])
def test_a_python_that_is_lost_leaves_the_text(page, end):
    page.only("x = 1", "y = 2")
    page.drop(("own.csv", b"a,b"))
    first = page.kernel
    page.act("nb-run-all")
    first.say(kind="begun", number=1)
    page.editor(1).type("y = 3")
    if end == "lost":
        page.act("nb-stop")
        first.lost()
    else:
        first.say(kind=end, text="out of memory")
    assert first.over
    said = NOTEBOOK["ended" if end == "lost" else "died"]
    assert said in page.shown(0)
    assert [cell.source for cell in page.cells] == ["x = 1", "y = 3"]
    second = page.kernel
    assert second is not first
    first.say(kind="stream", number=1, name="stdout", text="a ghost")
    assert "ghost" not in page.shown(0)
    second.say(kind="ready")
    assert second.asked == [("put", "own.csv", b"a,b")]
    page.act("nb-run", page.cells[1].identity)
    assert second.ran[-1][1] == "y = 3"


def test_a_start_that_fails_can_be_tried_again(page):
    page.kernel.say(kind="failed", text="no module")
    assert "no module" in page.state()
    page.act("nb-run", page.cells[1].identity)
    assert len(page.tools.kernels) == 2
    page.kernel.say(kind="ready")
    assert len(page.kernel.ran) == 1


@pytest.mark.parametrize(
    "message",
    [
        "", "[]", "{", "null", '{"kind": []}', '{"kind": "ended"}', '{"kind": "stream"}',
        '{"kind": "ready"}', '{"kind": "answer", "question": 99}', '{"kind": "begin"}',
        '{"kind": "stream", "number": 1, "name": "x", "text": 3}',
        '{"kind": "result", "number": 1, "data": [1]}',
        '{"kind": "display", "number": 1, "data": {"text/html": {}}}',
        '{"kind": "error", "number": 1}', '{"kind": "dropped", "number": 1, "count": "x"}',
        '{"kind": "bytes", "done": "x"}', '{"kind": "package", "done": 1, "total": 0}',
        '{"kind": "clear", "number": 1}', '{"kind": "draw", "number": 1}',
    ],
)  # fmt: skip
def test_messages_that_a_cell_has_made_up_do_no_harm(page, message):
    page.only("x")
    page.act("nb-run-all")
    page.kernel.say(kind="begun", number=1)
    page.kernel.told(message)
    page.browser.tick(12)
    page.kernel.say(kind="ended", number=1, good=True, seconds=1, files=[["a", "b"]])
    assert page.state() == NOTEBOOK["state_ready"]


def test_progress_of_a_start_and_of_packages(page):
    page.kernel.say(kind="bytes", done=1_000_000, total=4_000_000)
    assert "1.0 of 4.0 MB" in page.state()
    page.only("import pandas")
    page.act("nb-run-all")
    page.kernel.say(kind="package", names=["pandas", "pytz"], done=2e6, total=5e6)
    assert page.state() == "Fetching pandas, pytz: 2.0 of 5.0 MB"


def test_foreign_text_is_text_and_pictures_are_pictures(page):
    page.only("x")
    page.act("nb-run-all")
    picture = {"kind": "display", "data": {"image/png": "aG k=", "text/plain": "<Figure>"},
               "metadata": {"image/png": {"width": 320}}}  # fmt: skip
    drawing = {"kind": "display", "data": {"image/svg+xml": "<svg onload='x'/>"}, "metadata": {}}
    odd = {"kind": "display", "data": {"application/x-odd": "1"}, "metadata": {}}
    text = {"kind": "stream", "name": "stderr", "text": "<b>bold</b>"}
    page.kernel.finish(1, picture, drawing, odd, text)
    assert "<b>bold</b>" in page.shown(0)
    assert "application/x-odd" in page.shown(0)
    images = page.browser.elements(".nb-outputs img")
    assert images[0].getAttribute("src") == "data:image/png;base64,aGk="
    assert images[0].getAttribute("width") == "320"
    assert images[1].getAttribute("src").startswith("data:image/svg+xml,%3Csvg")


def test_clear_output_waits_for_the_next(page):
    page.only("x")
    page.act("nb-run-all")
    say = {"kind": "stream", "name": "stdout"}
    clear = {"kind": "clear", "wait": True}
    page.kernel.finish(1, say | {"text": "a"}, clear, say | {"text": "b"}, clear)
    assert page.shown(0) == "b"


def test_completions_are_answered_in_any_case(page):
    answers = []
    page.only("x")
    editor = page.editor(0)
    editor.complete("complete", "x.", 2, answers.append)
    kind, text, _ = page.kernel.asked[-1]
    assert (kind, json.loads(text)["place"]) == ("complete", 2)
    page.kernel.say(kind="answer", question=1, found={"options": []})
    page.act("nb-run-all")
    editor.complete("hint", "x", 1, answers.append)
    assert answers == ['{"options": []}', "null"]


# Cells ------------------------------------------------------------------------------------------


def test_cells_come_go_turn_and_come_back(page):
    page.only("a", "b")
    page.editor(0).focus()
    page.act("nb-add-text")
    assert [cell.kind for cell in page.cells] == ["code", "markdown", "code"]
    text = page.cells[1]
    page.editor(1).type("# Title")
    page.editor(1).press("escape")
    view = page.room.views[text.identity]
    assert view.editor is None
    assert view.prose.textContent == "# Title"
    page.act("nb-turn", text.identity)
    assert page.cells[1].kind == "code"
    page.act("nb-delete", page.cells[0].identity)
    page.act("nb-undo")
    page.act("nb-undo")
    assert [cell.kind for cell in page.cells] == ["code", "markdown", "code"]
    page.act("nb-undo")
    assert [cell.source for cell in page.cells] == ["a", "b"]
    order = [node.getAttribute("data-cell") for node in page.browser.elements("[data-cell]")]
    assert order == [cell.identity for cell in page.cells]
    page.act("nb-down", page.cells[0].identity)
    order = [node.getAttribute("data-cell") for node in page.browser.elements("[data-cell]")]
    assert order == [cell.identity for cell in page.cells]


# Files ------------------------------------------------------------------------------------------


def test_a_dropped_notebook_opens_from_the_playground_and_does_not_run(make):
    page = make()
    tree = {"nbformat": 4, "cells": [{"cell_type": "code", "source": "import os"}]}
    page.drop(("course.ipynb", json.dumps(tree).encode()))
    assert page.browser.root.getAttribute("data-view") == "notebook"
    assert [cell.source for cell in page.cells] == ["import os"]
    page.kernel.say(kind="ready")
    assert page.kernel.ran == []


def test_a_broken_notebook_is_a_sentence_and_the_present_one_stays(page):
    before = page.cells
    page.drop(("course.ipynb", b"{"))
    assert NOTEBOOK["file_no_json"] in page.browser.element("notices").textContent
    assert page.cells is before


def test_files_beside_the_notebook(page):
    page.only("x")
    page.drop(("a.csv", b"1"), ("b.txt", b"22"))
    assert [each[:2] for each in page.kernel.asked] == [("put", "a.csv"), ("put", "b.txt")]
    assert "a.csv" in page.browser.element("nb-files-box").textContent
    page.act("nb-take-file", "a.csv")
    assert page.kernel.asked[-1] == ("remove", "a.csv", None)
    assert "a.csv" not in page.browser.element("nb-files-box").textContent
    page.act("nb-restart")
    page.kernel.say(kind="ready")
    assert page.kernel.asked == [("put", "b.txt", b"22")]


def test_saving_gives_a_valid_notebook(page):
    page.only("1 / 0")
    page.act("nb-run-all")
    fault = {"kind": "error", "name": "E", "value": "v", "lines": ["l"], "cell": 1, "line": 1}
    result = {"kind": "result", "data": {"text/plain": "2"}, "metadata": {}}
    page.kernel.finish(1, result, fault, good=False)
    page.act("nb-save")
    [(name, content)] = page.tools.taken
    assert name == "own.ipynb"
    tree = json.loads(content)
    nbformat.validate(tree)
    assert [each["output_type"] for each in tree["cells"][0]["outputs"]] == [
        "execute_result", "error",
    ]  # fmt: skip


def test_what_was_written_is_there_next_time_and_so_is_the_original(make):
    page = make().open()
    page.only("first")
    page.editor(0).type("second")
    page.browser.tick(180)
    again = make(stored=page.browser.kept).open()
    assert [cell.source for cell in again.cells] == ["second"]
    again.browser.tick(180)
    again.act("nb-lesson", "as_it_was")
    assert [cell.source for cell in again.cells] == ["first"]


def test_what_is_spoilt_in_the_storage_is_left(make):
    page = make(stored={"notebook": "name\n{", "notebook-original": "x"}).open()
    assert "keras.Sequential" in "".join(cell.source for cell in page.cells)


def test_the_lesson_in_old_spelling(page):
    page.act("nb-lesson", "lesson_old")
    text = "".join(cell.source for cell in page.cells)
    assert "K.function([model.layers[0].input], [model.layers[2].output])" in text
    page.act("nb-lesson", "empty")
    assert [cell.source for cell in page.cells] == [""]
