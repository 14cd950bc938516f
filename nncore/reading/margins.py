"""What stands around a table and is no row of it: titles, notes, rows of another length.

A spreadsheet fills titles and notes up with empty fields, so that they look like rows of a single
field. What is left out is counted, so that it can be said.
"""

from __future__ import annotations

import re

from nncore.reading.faults import Doubt, refusal
from nncore.reading.kinds import is_missing
from nncore.reading.numbers import COMMA, DOT, numbers

TOTAL = re.compile(
    r"(?:(?:grand|sub)?[ -]?totale?|insgesamt|gesamt|(?:total )?sum|summe|somme|suma|"
    r"averages?|means?|mittelwert|durchschnitt|moyenne|media|promedio|median|"
    r"std|st\.? ?dev\.?|standard deviation|standardabweichung|min|max|minimum|maximum)\W*",
    re.IGNORECASE,
)
MOST_RAGGED = 0.1  # share of the rows that may have another number of fields


def numeric(row: list[str]) -> list[int]:
    """Return the places of the fields that are numbers."""
    return [i for i, cell in enumerate(row) if not is_missing(cell) and is_number(cell)]


def is_number(cell: str) -> bool:
    """Tell whether a text is a number, with whatever decimal mark."""
    try:
        float(cell)
    except ValueError:
        return any(not numbers([cell], style, True).odd for style in (DOT, COMMA))
    return "_" not in cell  # which Python takes


def is_title(row: list[str], width: int) -> bool:
    """Whether a row has a single field: a title that a spreadsheet has filled up."""
    return width > 2 and len(row) == width and sum(bool(cell.strip()) for cell in row) == 1


def without_notes(columns: list[list[str]]) -> int:
    """Take rows at the end away that are blank, or notes as in `is_title`; count the notes."""
    notes = 0
    while len(columns) > 2 and columns[0]:
        row = [column[-1].strip() for column in columns]
        if any(row[1:]) or numeric(row[:1]):
            break
        notes += bool(row[0])
        for column in columns:
            column.pop()
    return notes


def without_totals(columns: list[list[str]]) -> tuple[str, ...]:
    """Take rows at the end away that sum up those above by their first word; return these words.

    A word that stands further up, too, is a value like others.
    """
    words: list[str] = []
    while len(columns) > 1 and len(columns[0]) > 1:
        place = next((i for i, column in enumerate(columns) if column[-1].strip()), 0)
        word = columns[place][-1].strip()
        if TOTAL.fullmatch(word) is None or word in map(str.strip, columns[place][:-1]):
            break
        words.append(word)
        for column in columns:
            column.pop()
    return tuple(reversed(words))


def ragged(
    strange: list[tuple[int, list[str]]], last: int, n_rows: int, n_columns: int, notes: int
) -> list[Doubt]:
    """Say what is doubtful of rows with another number of fields: those after the table are notes.

    Raises:
        TableError: If there are too many within the table.
    """
    within = [(line, row) for line, row in strange if line < last]
    after = len(strange) - len(within) + notes
    doubts = [Doubt("after", count=after)] if after else []
    if len(within) > max(MOST_RAGGED * n_rows, 1):
        line, row = within[0]
        raise refusal("ragged", row=line, count=len(row), columns=n_columns, values=row[0])
    if within:
        lines = tuple(line for line, _ in within)
        doubts.append(Doubt("ragged", rows=lines, count=len(within), columns=n_columns))
    return doubts
