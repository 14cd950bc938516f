"""A notebook as data: cells with their text and outputs, and changes that can be undone.

Outputs are dictionaries as nbformat 4 has them. What can be undone is the list of cells and their
kinds; the text of a cell has its own undo in the editor.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

CODE, TEXT, RAW = "code", "markdown", "raw"
KINDS = (CODE, TEXT, RAW)
MOST_UNDONE = 100
PICTURES = ("image/png", "image/jpeg", "image/gif")
IDENTITY = re.compile(r"[a-zA-Z0-9_-]{1,64}")


@dataclass(eq=False)
class Cell:
    """A cell.

    Attributes:
        count: Which run of the notebook's Python it was last, or None.
    """

    identity: str
    kind: str
    source: str = ""
    outputs: list[dict[str, Any]] = field(default_factory=list)
    count: int | None = None
    metadata: dict[str, Any] = field(default_factory=dict)
    more: dict[str, Any] = field(default_factory=dict)  # what else its file says of it

    def with_pictures(self, text: str) -> str:
        """Return a text with the pictures that are attached to the cell as data: addresses."""
        for name, forms in self.more.get("attachments", {}).items():
            for form in PICTURES if isinstance(forms, dict) else ():
                content = forms.get(form)
                if isinstance(content, str | list):  # a text, or its lines
                    letters = "".join("".join(map(str, content)).split())
                    address = f"data:{form};base64,{letters}"
                    for written in (name, quote(name)):
                        text = text.replace(f"attachment:{written}", address)
        return text


class Notebook:
    """Cells in order.

    Args:
        name: Of its file, without ending.
    """

    def __init__(
        self, name: str, cells: Iterable[Cell] = (), metadata: dict[str, Any] | None = None
    ) -> None:
        self.name = name
        self.cells = list(cells) or [Cell("cell-1", CODE)]
        self.metadata = metadata or {}
        self.past: list[list[tuple[Cell, str]]] = []

    @property
    def can_undo(self) -> bool:
        return bool(self.past)

    def find(self, identity: str) -> Cell | None:
        return next((cell for cell in self.cells if cell.identity == identity), None)

    def place_of(self, cell: Cell) -> int:
        return self.cells.index(cell)

    def beside(self, cell: Cell, step: int) -> Cell | None:
        """The cell `step` places on, or None at the ends."""
        place = self.place_of(cell) + step
        return self.cells[place] if 0 <= place < len(self.cells) else None

    def add(self, place: int, kind: str, source: str = "") -> Cell:
        """Put a new cell at `place`; return it."""
        self.remember()
        cell = Cell(self.new_identity(), kind, source)
        self.cells.insert(place, cell)
        return cell

    def remove(self, cell: Cell) -> None:
        """Take a cell away; the last one leaves an empty one behind."""
        self.remember()
        self.cells.remove(cell)
        if not self.cells:
            self.cells.append(Cell(self.new_identity(), CODE))

    def move(self, cell: Cell, step: int) -> None:
        """Move a cell by one place; at the ends it stays."""
        place, to = self.place_of(cell), self.place_of(cell) + step
        if 0 <= to < len(self.cells):
            self.remember()
            self.cells.insert(to, self.cells.pop(place))

    def turn(self, cell: Cell, kind: str) -> None:
        """Make a cell one of another kind; its outputs go."""
        if cell.kind != kind:
            self.remember()
            cell.kind, cell.outputs, cell.count = kind, [], None

    def undo(self) -> None:
        """Take the last change of cells back."""
        if self.past:
            state = self.past.pop()
            self.cells = [cell for cell, _ in state]
            for cell, kind in state:
                cell.kind = kind

    def remember(self) -> None:
        self.past.append([(cell, cell.kind) for cell in self.cells])
        del self.past[:-MOST_UNDONE]

    def new_identity(self) -> str:
        """A name that no cell has, nor had before what can be undone."""
        used = {cell.identity for cell in self.cells}
        used |= {cell.identity for state in self.past for cell, _ in state}
        number = len(used) + 1
        while f"cell-{number}" in used:
            number += 1
        return f"cell-{number}"


def add_output(outputs: list[dict[str, Any]], output: dict[str, Any]) -> None:
    """Put an output behind the others; text goes on where the same stream has ended."""
    last = outputs[-1] if outputs else {}
    if output["output_type"] == last.get("output_type") == "stream" and (
        output["name"] == last["name"]
    ):
        last["text"] += output["text"]
    else:
        outputs.append(output)


def text_of(outputs: Iterable[dict[str, Any]]) -> str:
    """What outputs say as text: what was printed, and results in their plain form."""
    texts = (each.get("text") or each.get("data", {}).get("text/plain", "") for each in outputs)
    return "\n".join(texts)
