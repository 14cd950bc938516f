"""Notebooks and other files: dropped, saved, kept, and as they were."""

import ast
import json

import nbformat
import numpy as np
import pytest

from explorer.export.keras_program import keras_program
from explorer.text.notebook import NOTEBOOK
from nncore import Dense, Sequential, to_json


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


def test_no_notebook_is_written_over(page):
    page.only("first")
    page.editor(0).type("changed")
    page.browser.tick(180)
    page.only("first")
    assert page.room.notebook.name == "own-2"
    names = [node.textContent for node in page.browser.elements('[data-action="nb-kept"]')]
    assert names == ["own", "wine"]
    page.act("nb-kept", "own")
    assert [cell.source for cell in page.cells] == ["changed"]
    page.act("nb-forget", "own-2")
    names = [node.textContent for node in page.browser.elements('[data-action="nb-kept"]')]
    assert names == ["wine"]
    page.only("changed")
    assert page.room.notebook.name == "own"


def test_a_notebook_that_is_too_large_to_keep_is_told(page):
    page.only("x" * 1_000_001)
    assert NOTEBOOK["not_kept"] in page.browser.element("notebook").textContent


@pytest.mark.parametrize("names", ["{", "[3]", '["a", "b"]', '{"a": 1}', ""])
def test_what_is_spoilt_in_the_storage_is_left(make, names):
    page = make(stored={"notebooks": names, "notebook:a": "{", "notebook-original:a": "x"}).open()
    assert "keras.Sequential" in "".join(cell.source for cell in page.cells)


def test_the_lesson_in_old_spelling(page):
    page.act("nb-lesson", "lesson_old")
    text = "".join(cell.source for cell in page.cells)
    assert "K.function([model.layers[0].input], [model.layers[2].output])" in text
    page.act("nb-lesson", "empty")
    assert [cell.source for cell in page.cells] == [""]


# Playground and lab -----------------------------------------------------------------------------


def network(*units, inputs, activation="tanh", last="softmax"):
    layers = [Dense(size, activation) for size in units[:-1]]
    model = Sequential([*layers, Dense(units[-1], last)], n_inputs=inputs)
    return model, model.init(np.random.default_rng(1))


@pytest.mark.parametrize(
    ("made", "view", "dataset"),
    [
        (network(8, 5, 2, 3, inputs=13), "wine", "wine"),
        (network(4, 3, inputs=4, activation="relu"), "wine", "iris"),
        (network(4, 2, 1, inputs=2, last="tanh"), "playground", "circle"),
        (network(3, 1, inputs=2, last="sigmoid"), "playground", "circle"),
    ],
)
def test_a_cell_s_network_opens_where_it_belongs(page, made, view, dataset):
    model, params = made
    page.only("x")
    page.act("nb-run-all")
    page.kernel.say(kind="begun", number=1)
    page.kernel.say(kind="ended", number=1, good=True, seconds=1, files=[], models=["net", "<b>"])
    page.browser.tick(12)
    assert [n.textContent for n in page.browser.elements('[data-action="nb-model"]')] == ["net"]
    page.act("nb-model", "net")
    assert page.kernel.asked[-1][:2] == ("model", "net")
    page.kernel.say(kind="model", name="net", text=to_json(model, params))
    page.browser.tick(60)
    assert page.browser.root.getAttribute("data-view") == view
    assert page.app.current.dataset == dataset
    assert np.array_equal(page.app.experiment.params, params)
    assert page.browser.element("notebook").hidden


def test_a_network_without_a_place_is_told(page):
    model, params = network(3, 7, inputs=6)
    page.only("x")
    page.kernel.say(kind="model", name="net", text=to_json(model, params))  # nobody asked
    page.room.python.ask_model("net")
    page.kernel.say(kind="model", name="net", text=to_json(model, params))
    page.browser.tick(12)
    assert NOTEBOOK["no_place"].format(name="net") in page.browser.element("notices").textContent
    assert page.browser.root.getAttribute("data-view") == "notebook"


@pytest.mark.parametrize("view", ["wine", "playground"])
def test_the_experiment_becomes_a_notebook(make, view):
    page = make(link=f"#view={view}")
    page.act("nb-experiment")
    source = "\n\n".join(cell.source for cell in page.cells if cell.kind == "code")
    ast.parse(source)
    assert "keras.Sequential" in source
    assert all(ast.parse(cell.source).body for cell in page.cells if cell.kind == "code")
    assert page.cells[0].kind == "markdown"
    settings = page.app.current
    program = keras_program(settings, settings.stop_epoch or 20).split('"""', 2)[2]
    assert ast.dump(ast.parse(source)) == ast.dump(ast.parse(program))
