"""Ten notebooks that use Keras as courses do, run by the notebook's own Python, cell by cell.

They lie in tests/notebooks. A cell's metadata say what it `shows` (texts), or of what its fault
speaks where it `fails`; those that need pandas or Matplotlib run in the page alone (see
tests/browser/test_notebooks.py).
"""

import json
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest

from explorer.cells.imports import Finder
from explorer.export.keras_program import keras_program
from explorer.notebook import file_format
from explorer.notebook.document import CODE, Notebook, add_output
from explorer.notebook.given import lesson
from explorer.settings.settings import DEFAULTS, KNOBS

FOLDER = Path(__file__).parents[2] / "notebooks"
HERE = {"sklearn"}  # what tests are run with
CHOICES = (
    "activation", "optimizer", "loss", "initializer", "regularization", "schedule", "dataset",
    "reg_dataset",
)  # fmt: skip
ALL = sorted(FOLDER.glob("*.ipynb"))


def needs(path):
    return set(json.loads(path.read_text("utf-8"))["metadata"]["tests"]["needs"])


def test_there_are_ten():
    assert len(ALL) == 10
    for path in ALL:
        nbformat.validate(nbformat.reads(path.read_text("utf-8"), as_version=4))


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("path", [p for p in ALL if needs(p) <= HERE], ids=lambda path: path.stem)
def test_every_cell_shows_what_it_should(python, path):
    notebook = file_format.read(path.name, path.read_bytes())
    tree = json.loads(path.read_text("utf-8"))
    for cell, entry in zip(notebook.cells, tree["cells"], strict=True):
        if cell.kind == CODE:
            check(python.run(cell.source), cell, entry["metadata"].get("tests", {}))
    saved = json.loads(file_format.write(notebook))
    nbformat.validate(saved)
    assert [cell["cell_type"] for cell in saved["cells"]] == [c.kind for c in notebook.cells]
    assert any(cell.get("outputs") for cell in saved["cells"])


def check(told, cell, wanted):
    """What a cell has told is what it should show; it becomes the cell's outputs."""
    texts, faults = [], []
    for each in told:
        if each["kind"] == "stream":
            texts.append(each["text"])
            output = {"output_type": "stream", "name": each["name"], "text": each["text"]}
        elif each["kind"] in ("result", "display"):
            texts += each["data"].values()
            kind = "execute_result" if each["kind"] == "result" else "display_data"
            output = {"output_type": kind, "data": each["data"], "metadata": {}}
            output |= {"execution_count": 1} if each["kind"] == "result" else {}
        else:
            faults.append(f"{each['name']}: {each['value']}")
            output = {"output_type": "error", "ename": each["name"], "evalue": each["value"],
                      "traceback": each["lines"]}  # fmt: skip
        add_output(cell.outputs, output)
    text = "".join(texts)
    for part in wanted.get("shows", ()):
        assert part in text, text
    if "fails" in wanted:
        assert len(faults) == 1, cell.source
        assert wanted["fails"] in faults[0]
    else:
        assert faults == [], cell.source


@pytest.mark.parametrize("name", ["lesson_new", "lesson_old"])
def test_the_lesson_runs_where_there_are_no_packages(python, name):
    notebook = lesson(name, has_packages=False)
    told = [
        each for cell in notebook.cells if cell.kind == CODE for each in python.run(cell.source)
    ]
    assert [each for each in told if each["kind"] == "error"] == []
    assert "Epoch 20/20" in "".join(each["text"] for each in told if each["kind"] == "stream")
    shown = [each["data"] for each in told if each["kind"] == "result"]
    assert {"text/plain": "(178, 2)"} in shown
    assert sum("image/svg+xml" in each for each in shown) == 1


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("view", ["playground", "wine"])
@pytest.mark.parametrize("knob", CHOICES)
def test_every_experiment_runs_as_a_notebook_without_packages(python, view, knob):
    for name in KNOBS[knob].metadata["kind"].names:
        settings = replace(DEFAULTS[view], **{knob: name}, regularization_rate=0.01)
        if knob == "reg_dataset":
            settings = replace(settings, problem="regression")
        program = keras_program(settings, 1, alone=True)
        assert "sklearn" not in program
        assert "matplotlib" not in program
        assert [each for each in python.run(program) if each["kind"] == "error"] == [], program


@pytest.mark.parametrize("name", ["pandas", "sklearn", "PIL"])
def test_an_import_says_what_only_the_site_has(name):
    with pytest.raises(
        ModuleNotFoundError, match=f"“{name}” is too large for the page in one file"
    ):
        Finder({}, None).find_spec(name)
    assert Finder({"all": {"imports": [name], "bytes": 1}}, None).missing([name]) == ["all"]


def test_a_notebook_without_cells_can_be_saved():
    nbformat.validate(json.loads(file_format.write(Notebook("empty", []))))
