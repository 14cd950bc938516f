"""The rows of names above a table: how many there are, and what the columns are called.

A header is known by names where all else below is numbers. Names may be numbers themselves, if they
count up as years do, and no row below does so.
"""

from __future__ import annotations

from collections import Counter

from nncore.reading.faults import Doubt, shortened
from nncore.reading.kinds import is_missing
from nncore.reading.margins import numeric

MOST_HEADERS = 3
LEAST_COUNTED = 3  # columns whose names count up
YEARS = 1800, 2100
NO_NAME = '{"'  # how a row begins that Qualtrics writes below the names


def header_rows(run: list[list[str]]) -> int:
    """How many rows at the beginning are names: 0 to MOST_HEADERS."""
    body = run[min(MOST_HEADERS, len(run) - 1) :][:50] or run[-1:]
    tally = Counter(i for row in body for i in numeric(row))
    filled = Counter(i for row in body for i, cell in enumerate(row) if not is_missing(cell))
    columns = [i for i, count in tally.items() if count >= 0.75 * filled[i]]
    if not columns:
        first = [cell.strip() for cell in run[0]]
        others = {cell.strip() for row in run[1:50] for cell in row}
        return int(len(run) > 1 and not (set(first) & others) and all(first))
    if counts_up(run[0], columns) and not any(counts_up(row, columns) for row in run[1:50]):
        return 1
    count = 0
    while count < min(MOST_HEADERS, len(run) - 1):
        row = run[count]
        here = {i for i in columns if not is_missing(row[i]) or not row[i].strip()}
        if not here or {*numeric(row)} & here:
            break
        if not any(row[i].strip() for i in here):
            break
        count += 1
    return count


def counts_up(row: list[str], columns: list[int]) -> bool:
    """Whether the numbers in these columns count up: 0, 1, 2 or 1, 2, 3, or years in order."""
    there = {*numeric(row)}
    texts = [row[i].strip() for i in columns if i in there]
    if len(texts) < LEAST_COUNTED or not all(text.isascii() and text.isdigit() for text in texts):
        return False
    values = [int(text) for text in texts]
    first = values[0]
    if first in (0, 1) and values == [*range(first, first + len(values))]:
        return True
    return YEARS[0] <= first < values[-1] <= YEARS[1] and values == sorted({*values})


def is_name(cell: str) -> bool:
    """Whether a field of a header says something to a reader."""
    return bool(cell.strip()) and not cell.startswith(NO_NAME)


def names_of(headers: list[list[str]], width: int, count: int) -> tuple[list[str], list[Doubt]]:
    """(names, doubts) of the columns; they are numbered where there are none."""
    if not count:
        return [f"Column {i + 1}" for i in range(width)], [Doubt("no_header")]
    doubts = [Doubt("header_rows", count=count)] if count > 1 else []
    names = [
        " ".join(
            dict.fromkeys(row[i].strip() for row in headers if i < len(row) and is_name(row[i]))
        )
        for i in range(len(headers[0]))
    ]
    return names, doubts


def distinct(names: list[str]) -> tuple[list[str], list[Doubt]]:
    """Return the names, each once: further ones get a number, those without one the column's."""
    seen: set[str] = set()
    found, twice = [], []
    for place, name in enumerate(names, 1):
        name = shortened(name, 60) or f"Column {place}"
        if name in seen:
            twice.append(name)
            number = 2
            while f"{name} ({number})" in seen:
                number += 1
            name = f"{name} ({number})"
        seen.add(name)
        found.append(name)
    return found, [Doubt("renamed", values=tuple(dict.fromkeys(twice)))] if twice else []
