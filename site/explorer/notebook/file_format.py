"""Notebooks as `.ipynb` files: read in nbformat 3 and 4, written in 4.5.

A file is a stranger's: whatever does not fit is a ValueError with a sentence, and nothing in it
is run. What the page does not know of cells and of the notebook (metadata, attachments) is kept.
"""

from __future__ import annotations

import json
import re
from typing import Any

from explorer.notebook.document import CODE, IDENTITY, KINDS, RAW, TEXT, Cell, Notebook
from explorer.text.notebook import NOTEBOOK

ENDING = ".ipynb"
MOST_BYTES = 60_000_000
MOST_CELLS = 3000
LONGEST_NAME = 80
OWN_KEYS = {
    "cell_type", "source", "outputs", "execution_count", "metadata", "id", "input", "level",
    "prompt_number", "collapsed", "language",
}  # fmt: skip
OLD_FORMS = {
    "text": "text/plain", "html": "text/html", "svg": "image/svg+xml", "png": "image/png",
    "jpeg": "image/jpeg", "latex": "text/latex", "json": "application/json",
    "javascript": "application/javascript",
}  # fmt: skip
PYTHON = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python", "file_extension": ".py", "mimetype": "text/x-python"},
}


def read(name: str, content: bytes) -> Notebook:
    """Return the notebook of a file.

    Raises:
        ValueError: If it is none, with a sentence for the reader.
    """
    if len(content) > MOST_BYTES:
        raise ValueError(NOTEBOOK["file_large"].format(most=MOST_BYTES // 1_000_000))
    try:
        tree = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise ValueError(NOTEBOOK["file_no_json"]) from None
    if not isinstance(tree, dict) or not isinstance(tree.get("nbformat"), int):
        raise ValueError(NOTEBOOK["file_no_notebook"])
    if tree["nbformat"] not in (3, 4):
        raise ValueError(NOTEBOOK["file_version"].format(version=tree["nbformat"]))
    cells = tree.get("cells") if tree["nbformat"] == 4 else old_cells(tree)
    if not isinstance(cells, list):
        raise ValueError(NOTEBOOK["file_no_notebook"])
    if len(cells) > MOST_CELLS:
        raise ValueError(NOTEBOOK["file_cells"].format(count=len(cells), most=MOST_CELLS))
    found = [cell_of(cell) for cell in cells if isinstance(cell, dict)]
    give_identities(found)
    metadata = tree.get("metadata")
    return Notebook(named(name), found, metadata if isinstance(metadata, dict) else {})


def named(name: str) -> str:
    """Return the name of a file without its ending and what no file system takes."""
    name = name.removesuffix(ENDING)
    return re.sub(r"[^\w .()+-]", "_", name)[:LONGEST_NAME].strip() or "notebook"


def old_cells(tree: dict[str, Any]) -> list[Any] | None:
    """Return the cells of nbformat 3, which has them on worksheets."""
    sheets = tree.get("worksheets")
    if not isinstance(sheets, list):
        return None
    found: list[Any] = []
    for sheet in sheets:
        cells = sheet.get("cells") if isinstance(sheet, dict) else None
        found += cells if isinstance(cells, list) else []
    return found


def cell_of(entry: dict[str, Any]) -> Cell:
    """Return a cell of either version. One of a kind that is not known becomes plain text."""
    kind = entry.get("cell_type")
    source = joined(entry.get("source", entry.get("input", "")))
    if kind == "heading":  # nbformat 3
        level = entry.get("level")
        source = f"{'#' * (level if isinstance(level, int) and 0 < level < 7 else 1)} {source}"
        kind = TEXT
    metadata = entry.get("metadata")
    more = {key: value for key, value in entry.items() if key not in OWN_KEYS}
    cell = Cell(
        str(entry.get("id", "")), kind if kind in KINDS else RAW, source,
        metadata=dict(metadata) if isinstance(metadata, dict) else {},
    )  # fmt: skip
    if cell.kind == CODE:
        outputs = entry.get("outputs")
        found = map(output_of, outputs if isinstance(outputs, list) else [])
        cell.outputs = [output for output in found if output is not None]
        count = entry.get("execution_count", entry.get("prompt_number"))
        cell.count = count if isinstance(count, int) and not isinstance(count, bool) else None
    elif isinstance(more.get("attachments"), dict):
        cell.more = {"attachments": more["attachments"]}
    return cell


def output_of(entry: Any) -> dict[str, Any] | None:
    """Return an output as nbformat 4 has it, or None where it cannot be used."""
    if not isinstance(entry, dict):
        return None
    kind = entry.get("output_type")
    if kind == "stream":
        name = entry.get("name", entry.get("stream"))
        name = "stderr" if name == "stderr" else "stdout"
        return {"output_type": "stream", "name": name, "text": joined(entry.get("text", ""))}
    if kind in ("error", "pyerr"):
        lines = entry.get("traceback")
        return {
            "output_type": "error",
            "ename": str(entry.get("ename", "")),
            "evalue": str(entry.get("evalue", "")),
            "traceback": [str(line) for line in lines] if isinstance(lines, list) else [],
        }
    if kind not in ("display_data", "execute_result", "pyout", "update_display_data"):
        return None
    data = entry.get("data")
    if not isinstance(data, dict):  # nbformat 3 has the forms beside each other
        data = {form: entry[old] for old, form in OLD_FORMS.items() if old in entry}
    metadata = entry.get("metadata")
    output: dict[str, Any] = {
        "output_type": "execute_result" if kind in ("execute_result", "pyout") else "display_data",
        "data": {str(form): form_of(form, value) for form, value in data.items()},
        "metadata": metadata if isinstance(metadata, dict) else {},
    }
    if output["output_type"] == "execute_result":
        count = entry.get("execution_count", entry.get("prompt_number"))
        output["execution_count"] = count if isinstance(count, int) else None
    return output


def form_of(form: str, value: Any) -> Any:
    """Return one form of an output; only JSON is anything but text."""
    if form == "application/json" or form.endswith("+json"):
        return value
    return joined(value)


def joined(text: Any) -> str:
    """Return a text that may be given as its lines."""
    if isinstance(text, list):
        return "".join(map(str, text))
    return text if isinstance(text, str) else str(text)


def give_identities(cells: list[Cell]) -> None:
    """Give each cell a name of its own that nbformat allows; good ones stay."""
    used: set[str] = set()
    for number, cell in enumerate(cells, 1):
        name = cell.identity
        if not IDENTITY.fullmatch(name) or name in used:
            name = f"cell-{number}"
            while name in used:
                name += "-"
        cell.identity = name
        used.add(name)


def write(notebook: Notebook, outputs: bool = True) -> str:
    """Return the text of an `.ipynb` file in nbformat 4.5."""
    tree = {
        "cells": [entry_of(cell, outputs) for cell in notebook.cells],
        "metadata": {**PYTHON, **notebook.metadata},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(tree, indent=1, ensure_ascii=False) + "\n"


def entry_of(cell: Cell, outputs: bool) -> dict[str, Any]:
    """Return a cell as its file has it."""
    entry: dict[str, Any] = {"cell_type": cell.kind, "id": cell.identity}
    if cell.kind == CODE:
        entry["execution_count"] = cell.count if outputs else None
        entry["outputs"] = [written(each) for each in cell.outputs] if outputs else []
    else:
        entry |= cell.more
    return entry | {"metadata": cell.metadata, "source": cell.source.splitlines(keepends=True)}


def written(output: dict[str, Any]) -> dict[str, Any]:
    """Return an output as its file has it: without the place that the page alone knows."""
    return {key: value for key, value in output.items() if key != "place"}
