"""Where the table lies within the lines: comments, titles, rows of names, footnotes, ragged rows.

The table is the longest run of lines with the same number of fields. What stands before and after
it is left out, and counted. A header is known by names where all else below is numbers.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass

from nncore.reading.dialects import (
    SAMPLE_LETTERS,
    SEP_LINE,
    Dialect,
    Quoted,
    best_dialect,
    lines_of,
    longest_run,
)
from nncore.reading.faults import Doubt, refusal
from nncore.reading.headers import distinct, header_rows, names_of
from nncore.reading.margins import is_title, numeric, ragged, without_notes, without_totals
from nncore.reading.orange import has_three_headers

MARKED = re.compile(r"(?m)^[ \t]*#[^\r\n]*")  # a comment, mostly
# A rule below the names, as in Markdown or a printed table.
RULE = re.compile(r"(?m)^[ \t]*[|+]?[ \t]*:?[-=]{3}[-=:|+ \t]*$")
MOST_COLUMNS = 1000
MOST_CELLS = 2_500_000
PORTION = 4000  # fields that are cut between two pauses
FIRST_ROWS = 400


@dataclass
class Layout:
    """What is known of a text before its rows are read.

    Attributes:
        first: The row at which the table begins, blank ones counted.
        names: One for each column.
        row_names: Whether the first column has no name of its own.
    """

    dialect: Dialect
    n_columns: int
    first: int
    names: list[str]
    row_names: bool
    doubts: list[Doubt]


@dataclass
class Cells:
    """The fields of a table, column by column, with the names of the columns."""

    names: list[str]
    columns: list[list[str]]
    separator: str
    doubts: list[Doubt]
    row_names: bool = False
    decimal_comma: bool = False


def without_comments(text: str) -> tuple[str, str, int]:
    """Return the text with blank lines for comments, the separator it names or "", and how many.

    The last comment before the table may be its row of names.
    """
    sample = RULE.sub("", text[:SAMPLE_LETTERS])
    if len(sample) < min(len(text), SAMPLE_LETTERS):
        text = sample + text[SAMPLE_LETTERS:]
    lines = [line for line in lines_of(sample) if line.strip()]
    named = ""
    if lines and (match := SEP_LINE.match(lines[0])):
        named = match[1]
        text = text.replace(lines[0], lines[0][len(lines[0].rstrip("\r\n")) :], 1)
        lines = lines[1:]
    marked = [line for line in lines if line.lstrip().startswith("#")]
    if not marked or len(marked) > max(len(lines) / 5, 20) or lines == marked:
        return text, named, 0
    first = next(i for i, line in enumerate(lines) if not line.lstrip().startswith("#"))
    above = lines[first - 1] if first else ""
    count = len(marked)
    names = re.sub(r"^\s*#+ ?", "", above)
    if above and same_fields(names, lines[first]):
        text = text.replace(above, names, 1)
        count -= 1
    marks = separators(lines[first])

    def left(match: re.Match[str]) -> str:  # a row may begin with #DIV/0! or #ff0000
        return match[0] if any(marks) and separators(match[0]) == marks else ""

    if count:
        count = sum(not left(match) for match in map(MARKED.match, marked) if match)
    return MARKED.sub(left, text), named, count


def separators(line: str) -> list[int]:
    """How often each of the separators stands in a line."""
    return [line.count(mark) for mark in ",;\t|"]


def same_fields(one: str, other: str) -> bool:
    """Whether two lines have the same separators; if these are blanks, numbers below names."""
    counts = [separators(line) for line in (one, other)]
    if counts[0] != counts[1] or any(counts[0]):
        return counts[0] == counts[1]
    names, values = one.split(), other.split()
    return len(names) == len(values) > 1 and not numeric(names) and len(numeric(values)) > 0


def layout_of(text: str, named: str) -> Generator[None, None, Layout]:
    """Where the table lies, from the beginning of the text; pauses in between.

    Raises:
        TableError: If there is no row below the names, or there are too many columns.
    """
    dialect = Dialect(named, '\\"' in text[:SAMPLE_LETTERS]) if named else None
    dialect = dialect or (yield from best_dialect(text))
    rows, doubts = first_rows(text, dialect), []
    yield
    unwrapped = unwrap(rows, dialect)
    if unwrapped is not None:
        rows, doubts = unwrapped, [Doubt("header_cell")]
    full = [row for row in rows if any(cell.strip() for cell in row)]
    if not full:
        raise refusal("empty")
    start, end = longest_run(full)
    width = len(full[end - 1])
    if width > MOST_COLUMNS:
        raise refusal("many_columns", count=f"{width:,}", most=f"{MOST_COLUMNS:,}")
    while end - start > 2 and is_title(full[start], width):
        start += 1
    first = next(i for i, row in enumerate(rows) if row is full[start])
    run = [row for i, row in enumerate(full[start:end]) if len(row) in (width, width - (not i))]
    if start:
        doubts.append(Doubt("before", count=start))
    if not dialect.separator:
        doubts.append(Doubt("one_column"))
    short = len(run[0]) == width - 1
    three = len(run) > 3 and not short and has_three_headers(run[1], run[2])
    yield
    count = 1 if short or three else header_rows(run)
    yield
    if len(run) <= count or (len(run) == 1 and not numeric(run[0])):
        raise refusal("header_only", values=", ".join(run[0])[:80])
    names, more = names_of(run[:count], width, count)
    if short:
        trailing = all(not row[-1].strip() for row in run[1:])
        names = [*names, ""] if trailing else ["", *names]
    row_names = count > 0 and not names[0] and width > 1
    if row_names:
        more.append(Doubt("row_names"))
    if dialect.backslash or (dialect.separator == " " and '\\"' in text[:SAMPLE_LETTERS]):
        more.append(Doubt("backslash"))
    return Layout(dialect, width, first + count, names, row_names, [*doubts, *more])


def first_rows(text: str, dialect: Dialect) -> list[list[str]]:
    """Return the first FIRST_ROWS rows of a text, and the blank ones before and among them."""
    rows: list[list[str]] = []
    full = 0
    try:
        for _, row in dialect.rows(lines_of(text)):
            rows.append(row)
            full += any(cell.strip() for cell in row)
            if full == FIRST_ROWS:
                break
    except csv.Error:
        raise refusal("quote", row=len(rows) + 1) from None
    return rows


def unwrap(rows: list[list[str]], dialect: Dialect) -> list[list[str]] | None:
    """Return the rows with a header taken apart that stands in one quoted field, if one does."""
    if not rows or len(rows[0]) != 1 or not isinstance(rows[0][0], Quoted):
        return None
    try:
        names = next((row for _, row in dialect.rows(iter([rows[0][0]]))), [])
    except csv.Error:  # a line end within
        return None
    fits = len(rows) > 1 and len(names) == len(rows[1]) > 1
    return [[*map(str, names)], *rows[1:]] if fits else None


def read_cells(text: str) -> Iterator[Cells | None]:
    """Cut a text into columns: yields None for a pause, and last the Cells.

    Raises:
        TableError: If the text has no table that can be used.
    """
    text, named, comments = without_comments(text)
    if not text.strip():
        raise refusal("empty")
    layout = yield from layout_of(text, named)
    yield None
    names, doubts = distinct(layout.names)
    doubts = [*layout.doubts, *doubts]
    if comments:
        doubts.append(Doubt("comments", count=comments))
    columns: list[list[str]] = [[] for _ in range(layout.n_columns)]
    strange: list[tuple[int, list[str]]] = []  # rows of another length
    last, portion, size = 0, [], max(PORTION // layout.n_columns, 1)
    rows = enumerate(layout.dialect.rows(lines_of(text)))
    place = line = 0
    try:
        for place, (line, row) in rows:
            if place < layout.first or not row or (len(row) == 1 and not row[0].strip()):
                continue
            if len(row) == layout.n_columns:
                portion.append(row)
                last = line
            else:
                strange.append((line, row))
            if len(portion) == size:
                put(portion, columns)
                if len(columns[0]) * layout.n_columns > MOST_CELLS:
                    raise refusal("many_cells", most=f"{MOST_CELLS:,}")
                yield None
    except csv.Error:
        raise refusal("quote", row=line + 1) from None
    put(portion, columns)
    kept = [
        place for place, column in enumerate(columns)
        if layout.names[place] or any(map(str.strip, column))
    ]  # fmt: skip
    names, columns = [names[i] for i in kept], [columns[i] for i in kept]
    notes = without_notes(columns)
    totals = without_totals(columns)
    notes += without_notes(columns) if totals else 0
    doubts += ragged(strange, last, len(columns[0]), layout.n_columns, notes)
    if totals:
        doubts.append(Doubt("totals", values=totals, count=len(totals)))
    if not columns[0]:
        raise refusal("header_only", values=", ".join(names)[:80])
    row_names = layout.row_names and kept[0] == 0
    if layout.row_names and not row_names:
        doubts = [doubt for doubt in doubts if doubt.kind != "row_names"]
    yield Cells(names, columns, layout.dialect.separator, doubts, row_names)


def put(portion: list[list[str]], columns: list[list[str]]) -> None:
    """Move rows into the columns."""
    for column, cells in zip(columns, zip(*portion, strict=True), strict=False):
        column.extend(cells)
    portion.clear()
