"""The whole way from the content of a file to a Reading: columns, what was understood, doubts.

`reading` is a generator, so that a page can read a large file a piece at a time: it pauses after
every few thousand fields, says how far it is, and returns the Reading. A field takes
at most 100 bytes while the table is read, and 20 afterwards: a million fit into 100 MB.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, replace
from typing import TypeVar

from nncore.pauses import result_of
from nncore.reading.archives import unpacking
from nncore.reading.arff import is_arff, read_arff
from nncore.reading.columns import SLICE, Column
from nncore.reading.decoding import MOST_BYTES, decoding
from nncore.reading.faults import Doubt, gathered, refusal
from nncore.reading.headers import distinct
from nncore.reading.kinds import style_of, typed
from nncore.reading.layout import Cells, read_cells
from nncore.reading.numbers import COMMA
from nncore.reading.orange import column_as, declared, has_three_headers, prefixed
from nncore.reading.roles import with_roles
from nncore.reading.workbook import as_text, is_workbook

# How much of the work is done after cutting the text into fields, and after finding the types.
CUTTING, TYPING = 0.5, 0.9

OTHER = "other"  # what the rare values of a category become together

Found = TypeVar("Found")


@dataclass(frozen=True, eq=False)
class Reading:
    """A table as it was read.

    Attributes:
        columns: All columns, each with kind and role.
        doubts: What may be other than it looks.
        format: "csv", "arff", "orange" or "workbook".
        separator: Between the fields; "" for a single column, " " for any run of blanks.
        decimal_comma: Whether decimals are written with a comma.
        different_by: Columns by which no two rows are equal, as far as that is known.
    """

    columns: tuple[Column, ...]
    doubts: tuple[Doubt, ...]
    format: str = "csv"
    separator: str = ","
    decimal_comma: bool = False
    different_by: tuple[str, ...] = ()

    @property
    def n_rows(self) -> int:
        """How many rows there are."""
        return len(self.columns[0].values)

    @property
    def target(self) -> Column | None:
        """The column to predict, if there is one."""
        return next((c for c in self.columns if c.role == "target"), None)

    @property
    def inputs(self) -> tuple[Column, ...]:
        """The columns to predict from."""
        return tuple(c for c in self.columns if c.role == "input")

    def without(self, value: str, name: str | None = None) -> Reading:
        """Return this reading with a value taken for missing in the column of this name, or in all.

        Raises:
            TableError: If there is no such column.
        """
        if name is not None:
            self.check_name(name)
        columns = [c.without(value) if name in (None, c.name) else c for c in self.columns]
        return replace(self, columns=tuple(columns))

    def gathered(self, name: str, most: int, other: str = OTHER) -> Reading:
        """Return this reading with at most so many values of a category; see `Column.gathered`.

        Raises:
            TableError: If there is no such column.
            ValueError: If it is no category.
        """
        self.check_name(name)
        columns = [c.gathered(most, other) if c.name == name else c for c in self.columns]
        return replace(self, columns=tuple(columns))

    def check_name(self, name: str) -> None:
        """Raise a TableError if there is no such column."""
        names = [column.name for column in self.columns]
        if name not in names:
            raise refusal("no_column", values=name, columns=", ".join(names[:20]))

    def changed(self, name: str, kind: str | None = None, role: str | None = None) -> Reading:
        """Return this reading with another kind or role of a column; a new target frees the old.

        Raises:
            TableError: If there is no such column, or a value is no number.
        """
        self.check_name(name)
        columns = []
        for column in self.columns:
            if column.name == name:
                column = column.taken_for(kind or column.kind)
                column = replace(column, role=role or column.role)
            elif role == "target" and column.role == "target":
                column = replace(column, role="input")
            columns.append(column)
        return replace(self, columns=tuple(columns))


def reading(content: str | bytes) -> Generator[float, None, Reading]:
    """Read a table piece by piece: yields the share that is done, and returns the Reading.

    Raises:
        TableError: If it cannot be used; the message says what to change.
    """
    content, doubts = yield from _pausing(unpacking(content), 0.0)
    workbook = is_workbook(content)
    if workbook and len(content) <= MOST_BYTES:
        content, more = yield from _pausing(as_text(content), 0.0)
        doubts += more
    text, more = yield from _pausing(decoding(content), 0.0)
    doubts += more
    size = len(text)
    yield 0.0
    if is_arff(text):
        found = yield from _arff(text)
        return replace(found, doubts=(*doubts, *found.doubts))
    cells, done = None, 0
    for cells in read_cells(text):  # noqa: B007
        done += 4000 * 8
        yield min(done / max(size, 1), 1.0) * CUTTING
    assert cells is not None, "the last thing that comes is the table"
    del text
    columns, more, form = yield from _columns(cells)
    columns, last = yield from with_roles(columns, cells.row_names, form == "orange")
    said = without_echoes([*doubts, *cells.doubts, *more, *last], columns[0].name, cells.row_names)
    form = "workbook" if workbook and form == "csv" else form
    repeated = any(doubt.kind == "duplicates" for doubt in last)
    by = () if repeated else tuple(column.name for column in columns if column.role != "out")
    return Reading(tuple(columns), said, form, cells.separator, cells.decimal_comma, by)


def without_echoes(doubts: list[Doubt], first: str, row_names: bool) -> tuple[Doubt, ...]:
    """Return the doubts without those that another says or explains.

    Names of rows need no further word.
    """
    explained = {d.column for d in doubts if d.kind in ("groups", "locale_damage")}
    return tuple(
        d for d in gathered(doubts)
        if not (d.kind == "thousandfold" and d.column in explained)
        and not (row_names and d.column == first)
    )  # fmt: skip


def _arff(text: str) -> Generator[float, None, Reading]:
    columns: list[Column] = []
    for found in read_arff(text):
        columns = found or []
        yield 0.5
    names, renamed = distinct([column.name for column in columns])
    columns = [replace(c, name=n) for c, n in zip(columns, names, strict=True)]
    nominal = [i for i, c in enumerate(columns) if c.kind == "category"]
    called = [i for i in nominal if columns[i].name.lower() == "class"]
    if nominal:
        target = (called or nominal)[-1]
        columns[target] = replace(columns[target], role="target")
    columns, doubts = yield from with_roles(columns)
    return Reading(tuple(columns), (*renamed, *doubts), "arff", ",")


def _columns(cells: Cells) -> Generator[float, None, tuple[list[Column], list[Doubt], str]]:
    """(columns, doubts, format) of the fields, which are given up one column after the other."""
    n_rows = len(cells.columns[0])
    second, third = [[texts[i] for texts in cells.columns] for i in (0, min(1, n_rows - 1))]
    said = None
    if n_rows > 2 and has_three_headers(second, third):
        said = [(*known, n) for known, n in zip(declared(second, third), cells.names, strict=True)]
        for texts in cells.columns:
            del texts[:2]
    elif prefixes := prefixed(cells.names):
        said = [(kind, role, (), name) for kind, role, name in prefixes]
    style = style_of(cells.columns, cells.separator)
    cells.decimal_comma = style.decimal == COMMA and style.sure
    columns: list[Column] = []
    doubts: list[Doubt] = []
    n = len(cells.columns)
    for place in range(n):
        texts, name = cells.columns[place], cells.names[place]
        done = CUTTING + (TYPING - CUTTING) * place / n
        column, more = yield from _pausing(typed(name, texts, style), done)
        if said is not None:
            kind, role, values, name = said[place]
            if kind:
                column, more = column_as(name, kind, values, texts, column), []
            column = replace(column, name=name, role=role)
        columns.append(column)
        doubts += more
        while texts:  # to free many texts takes a while, too
            del texts[-SLICE:]
            yield done
    return columns, doubts, "orange" if said else "csv"


def _pausing(steps: Generator[None, None, Found], done: float) -> Generator[float, None, Found]:
    """Do the steps, and say at each pause how much is done."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            found: Found = end.value
            return found
        yield done


def read(content: str | bytes) -> Reading:
    """Read a table in one go; see `reading`."""
    return result_of(reading(content))
