"""Cells that run, stop, fail and lose their Python; messages that a stranger may have written."""

import json

import pytest

from explorer.text.notebook import NOTEBOOK


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
    assert page.browser.root.getAttribute("data-notebook") == "idle"
    assert page.browser.root.getAttribute("data-cells-run") == "2"


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


def test_formulas_are_drawn_in_texts_and_outputs_if_they_are_understood(page):
    tree = {"nbformat": 4, "cells": [{"cell_type": "markdown", "source": "Here $w_1$ is."},
                                     {"cell_type": "code", "source": "x"}]}  # fmt: skip
    page.room.open_file("own.ipynb", json.dumps(tree).encode())
    page.kernel.say(kind="ready")
    page.browser.tick(12)
    formula = "<math><mrow><msub><mi>w</mi><mn>1</mn></msub></mrow></math>"
    assert page.browser.elements(".prose")[0].textContent == f"Here {formula} is."
    page.act("nb-run-all")
    forms = {"text/markdown": "a $w_1$", "text/latex": "$w_1$"}
    told = [
        {"kind": "display", "data": {kind: text}, "metadata": {}} for kind, text in forms.items()
    ]
    foreign = {"kind": "display", "data": {"text/latex": "$\\foreign$"}, "metadata": {}}
    page.kernel.finish(1, *told, foreign)
    page.browser.tick(12)
    shown = [node.textContent for node in page.browser.elements(".nb-value")]
    assert shown == [f"a {formula}", formula, "$\\foreign$"]


def test_html_that_is_nothing_without_its_styles_is_shown_as_text(page):
    page.only("x")
    page.act("nb-run-all")
    html = '<style>a{}</style><div class="sk-top-container">rerun this cell</div>'
    forms = {"text/html": html, "text/plain": "GridSearchCV(cv=3)"}
    page.kernel.finish(1, {"kind": "result", "data": forms, "metadata": {}})
    page.browser.tick(12)
    assert page.shown(0) == "GridSearchCV(cv=3)"


def test_a_printed_table_in_boxes_keeps_its_lines_whole(page):
    page.only("x")
    page.act("nb-run-all")
    page.kernel.say(kind="begun", number=1)
    for text, boxed in (("Epoch 1 ━━━\n", False), ("│ dense │\n", True), ("more\n", True)):
        page.kernel.say(kind="stream", number=1, name="stdout", text=text)
        page.browser.tick(12)
        [node] = page.browser.elements(".nb-stream")
        assert node.hasAttribute("data-boxes") == boxed


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
