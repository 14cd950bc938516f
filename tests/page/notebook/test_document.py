"""Cells that come, go, move and turn, and the way back."""

import pytest

from explorer.notebook.document import CODE, TEXT, Cell, Notebook, add_output


@pytest.fixture
def notebook() -> Notebook:
    return Notebook("n", [Cell(name, CODE, name) for name in "abc"])


def order(notebook: Notebook) -> str:
    return "".join(cell.source for cell in notebook.cells)


def test_every_change_of_cells_can_be_undone(notebook: Notebook) -> None:
    a, b, c = notebook.cells
    notebook.move(c, -1)
    assert order(notebook) == "acb"
    notebook.remove(a)
    notebook.turn(b, TEXT)
    added = notebook.add(0, TEXT, "t")
    assert order(notebook) == "tcb"
    assert added.identity not in {"a", "b", "c"}
    notebook.undo()
    notebook.undo()
    assert b.kind == CODE
    notebook.undo()
    notebook.undo()
    assert order(notebook) == "abc"
    assert not notebook.can_undo


def test_nothing_moves_beyond_the_ends(notebook: Notebook) -> None:
    notebook.move(notebook.cells[0], -1)
    notebook.move(notebook.cells[2], +1)
    assert order(notebook) == "abc"
    assert not notebook.can_undo
    assert notebook.beside(notebook.cells[2], 1) is None


def test_a_notebook_is_never_without_a_cell(notebook: Notebook) -> None:
    for cell in list(notebook.cells):
        notebook.remove(cell)
    assert [(cell.kind, cell.source) for cell in notebook.cells] == [(CODE, "")]


def test_text_of_one_stream_is_one_output() -> None:
    outputs: list[dict] = []
    for name, text in (("stdout", "a"), ("stdout", "b"), ("stderr", "c"), ("stdout", "d")):
        add_output(outputs, {"output_type": "stream", "name": name, "text": text})
    assert [(each["name"], each["text"]) for each in outputs] == [
        ("stdout", "ab"), ("stderr", "c"), ("stdout", "d"),
    ]  # fmt: skip


def test_pictures_that_are_attached_to_a_cell_are_shown_where_its_text_names_them() -> None:
    attached = {"a b.png": {"image/png": ["QUJD\n", "REVG"]}, "x": {"image/jpeg": "R0hJ"}, "y": 3,
                "z": {"image/png": 5}}  # fmt: skip
    cell = Cell("a", TEXT, more={"attachments": attached})
    text = "![net](attachment:a%20b.png) <img src='attachment:x'> ![no](attachment:z.png)"
    assert cell.with_pictures(text) == (
        "![net](data:image/png;base64,QUJDREVG) <img src='data:image/jpeg;base64,R0hJ'> "
        "![no](attachment:z.png)"
    )
    assert Cell("b", TEXT).with_pictures(text) == text
