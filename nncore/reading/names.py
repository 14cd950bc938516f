"""Columns of words: categories in the order in which names are sorted, or free text.

A column is text where nearly all rows differ, or where its values are sentences. One that has a
tick in some rows and nothing in all others is a category of two values.
"""

from __future__ import annotations

import re
from collections.abc import Generator
from dataclasses import replace
from heapq import merge

import numpy as np

from nncore.reading.columns import SLICE, Column, placed

PART = 2_000  # texts that are looked at between two pauses
FEW_ROWS = 10
LONG_TEXT = 40  # letters
WORDS = 4
OFTEN = 10  # rows of each value, on the average
TICKS = {"x", "✓", "✔", "☑", "*", "yes", "ja", "oui", "sí", "si", "true", "wahr", "vrai"}


def as_names(name: str, texts: list[str], here: list[int], n: int) -> Generator[None, None, Column]:
    """Return the column as a category, or as text where nearly all rows differ; with pauses."""
    place: dict[str, int] = {}  # of each text, in the order in which they come
    places = np.empty(len(texts))
    for start in range(0, len(texts), PART):
        some = [text.strip() for text in texts[start : start + PART]]
        places[start : start + PART] = [place.setdefault(text, len(place)) for text in some]
        yield
    categories = yield from in_order(list(place))
    rank = np.empty(len(categories))
    for start in range(0, len(categories), SLICE):
        numbers = [place[text] for text in categories[start : start + SLICE]]
        rank[numbers] = np.arange(start, start + len(numbers))
        yield
    values = yield from placed(rank[places.astype(int)], here, n)
    own = len(categories) > len(texts) / 2
    often = len(texts) >= OFTEN * len(categories)  # answers to choose from may be long
    sentences = not often and any(map(is_sentence, categories[:200]))
    many = sentences or (own and len(texts) >= FEW_ROWS)
    kind = "text" if many and len(categories) > 1 else "category"
    return Column(name, kind, values, categories)


def in_order(texts: list[str]) -> Generator[None, None, tuple[str, ...]]:
    """Return the texts as names are ordered, by parts that are merged; pauses in between."""
    parts = []
    for start in range(0, len(texts), PART):
        parts.append(sorted((natural(text), text) for text in texts[start : start + PART]))
        yield
    found = []
    for count, (_, text) in enumerate(merge(*parts), 1):
        found.append(text)
        if count % PART == 0:
            yield
    return tuple(found)


def is_sentence(text: str) -> bool:
    """Whether a text is more than the name of a category."""
    return len(text) > LONG_TEXT or len(text.split()) > WORDS or any(m in text for m in ',;"')


def natural(text: str) -> list[tuple[int, float, str]]:
    """How names are ordered: 2 before 10."""
    parts = re.findall(r"\d+|\D+", text)
    return [(0, float(p), "") if p.isdecimal() and p.isascii() else (1, 0.0, p) for p in parts]


def is_ticked(column: Column, cells: list[str]) -> bool:
    """Whether a column has a tick in some rows, and nothing in all others."""
    if column.kind != "category" or len(column.categories) != 1 or not column.missing.any():
        return False
    tick = column.categories[0].lower() in TICKS
    return tick and not any(cells[row].strip() for row in np.flatnonzero(column.missing))


def ticked(column: Column) -> Column:
    """Return such a column as a category of two values."""
    names = ("no", *column.categories)
    return replace(column, values=np.where(column.missing, 0.0, 1.0), categories=names)
