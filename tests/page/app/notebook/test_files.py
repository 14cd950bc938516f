"""Notebooks and other files: dropped, saved, kept, and as they were."""

import json

import nbformat

from explorer.text.notebook import NOTEBOOK


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
