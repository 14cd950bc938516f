"""Notebooks as files: nbformat 3 and 4 in, 4.5 out, and what is wrong with the others."""

import json

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.notebook import file_format
from explorer.notebook.document import CODE, RAW, TEXT
from explorer.notebook.given import lesson

OLD = {
    "nbformat": 3,
    "nbformat_minor": 0,
    "metadata": {"name": "old"},
    "worksheets": [
        {
            "cells": [
                {"cell_type": "heading", "level": 2, "source": ["Title"], "metadata": {}},
                {"cell_type": "markdown", "source": ["some\n", "text"], "metadata": {}},
                {
                    "cell_type": "code", "language": "python", "collapsed": False, "metadata": {},
                    "input": ["1 +\\\n", " 1"], "prompt_number": 4,
                    "outputs": [
                        {"output_type": "pyout", "prompt_number": 4, "text": ["2"], "metadata": {}},
                        {"output_type": "stream", "stream": "stderr", "text": ["careful"]},
                        {"output_type": "display_data", "png": "aGk=", "metadata": {}},
                        {"output_type": "pyerr", "ename": "E", "evalue": "v", "traceback": ["t"]},
                    ],
                },
            ]
        }
    ],
}  # fmt: skip


def packed(tree: object) -> bytes:
    return json.dumps(tree).encode()


def validated(text: str) -> dict:
    """A notebook's file as the standard's own reader takes it."""
    tree = json.loads(text)
    nbformat.validate(tree)
    assert (tree["nbformat"], tree["nbformat_minor"]) == (4, 5)
    return tree


@pytest.mark.parametrize("has_packages", [True, False])
@pytest.mark.parametrize("name", ["lesson_new", "lesson_old", "empty"])
def test_lessons_are_valid_files(name: str, has_packages: bool) -> None:
    notebook = lesson(name, has_packages)
    again = file_format.read("x.ipynb", file_format.write(notebook).encode())
    validated(file_format.write(again))
    cells = [(cell.kind, cell.source) for cell in notebook.cells]
    assert [(cell.kind, cell.source) for cell in again.cells] == cells


def test_version_3_becomes_version_4() -> None:
    notebook = file_format.read("old.ipynb", packed(OLD))
    title, text, code = notebook.cells
    assert (title.kind, title.source) == (TEXT, "## Title")
    assert text.source == "some\ntext"
    assert (code.kind, code.source, code.count) == (CODE, "1 +\\\n 1", 4)
    tree = validated(file_format.write(notebook))
    kinds = [output["output_type"] for output in tree["cells"][2]["outputs"]]
    assert kinds == ["execute_result", "stream", "display_data", "error"]
    assert tree["cells"][2]["outputs"][2]["data"] == {"image/png": "aGk="}


def test_what_the_page_does_not_know_is_kept() -> None:
    tree = {
        "nbformat": 4,
        "nbformat_minor": 2,
        "metadata": {"colab": {"provenance": []}, "kernelspec": {"name": "x", "display_name": "X"}},
        "cells": [
            {"cell_type": "markdown", "source": "![](attachment:a.png)", "metadata": {"k": 1},
             "attachments": {"a.png": {"image/png": "aGk="}}},
            {"cell_type": "sql", "source": "select 1", "metadata": {}},
            {"cell_type": "code", "id": "a b", "source": "x", "metadata": {"tags": ["t"]},
             "execution_count": None, "outputs": [{"output_type": "widget"}]},
        ],
    }  # fmt: skip
    notebook = file_format.read("a/b:c.ipynb", packed(tree))
    assert notebook.name == "a_b_c"
    assert notebook.cells[1].kind == RAW
    written = validated(file_format.write(notebook))
    assert written["metadata"]["colab"] == {"provenance": []}
    assert written["metadata"]["kernelspec"]["name"] == "x"
    assert written["cells"][0]["attachments"] == {"a.png": {"image/png": "aGk="}}
    assert written["cells"][2]["metadata"] == {"tags": ["t"]}
    assert written["cells"][2]["outputs"] == []


def test_names_of_cells_are_their_own() -> None:
    cells = [{"cell_type": "code", "id": name, "source": ""} for name in ("a", "a", "", "cell-3")]
    notebook = file_format.read("n.ipynb", packed({"nbformat": 4, "cells": cells}))
    names = [cell.identity for cell in notebook.cells]
    assert names[0] == "a"
    assert len(set(names)) == 4
    validated(file_format.write(notebook))


def test_the_place_of_a_fault_stays_in_the_page() -> None:
    notebook = lesson("empty", has_packages=True)
    notebook.cells[0].outputs = [
        {"output_type": "error", "ename": "E", "evalue": "", "traceback": [], "place": (1, 2)}
    ]
    validated(file_format.write(notebook))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x00\xff", "not JSON"),
        (b"{", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[]", "has no cells"),
        (b'{"nbformat": 4}', "has no cells"),
        (b'{"nbformat": 3, "worksheets": 1}', "has no cells"),
        (b'{"nbformat": "4", "cells": []}', "has no cells"),
        (b'{"nbformat": 2, "cells": []}', "nbformat 2; formats 3 and 4"),
        (packed({"nbformat": 4, "cells": [{}] * 3001}), "3,001 cells"),
    ],
)
def test_no_notebook_gives_a_sentence(content: bytes, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        file_format.read("x.ipynb", content)


def test_a_file_that_is_too_large_is_not_even_read() -> None:
    with pytest.raises(ValueError, match="at most 60 MB"):
        file_format.read("x.ipynb", bytes(file_format.MOST_BYTES + 1))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
CELL = st.fixed_dictionaries(
    {},
    optional={
        "cell_type": st.sampled_from(["code", "markdown", "raw", "heading", "odd"]) | JSON,
        "source": JSON, "outputs": JSON | st.lists(st.fixed_dictionaries({}, optional={
            "output_type": st.sampled_from(["stream", "error", "display_data", "pyout"]) | JSON,
            "data": JSON, "text": JSON, "name": JSON, "metadata": JSON, "traceback": JSON,
        }), max_size=3),
        "metadata": JSON, "id": JSON, "execution_count": JSON, "attachments": JSON, "level": JSON,
    },
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.lists(CELL, max_size=4), JSON)
def test_odd_cells_never_break_it(cells: list, metadata: object) -> None:
    tree = {"nbformat": 4, "cells": cells, "metadata": metadata}
    notebook = file_format.read("odd.ipynb", packed(tree))
    again = json.loads(file_format.write(notebook))
    assert len(again["cells"]) == max(len(cells), 1)
