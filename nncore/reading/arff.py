"""ARFF, Weka's format: a header says what each column is, so that nothing need be guessed.

Names and values may be quoted. A row in braces lists only what is not the default: 0 for a
number, the first value for a nominal column. A question mark is a missing value.

Source: I. H. Witten, E. Frank, M. A. Hall (2011), Data Mining, chapter 2.4.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from nncore.reading.columns import HEAD, Column
from nncore.reading.dates import day_of
from nncore.reading.dialects import lines_of
from nncore.reading.faults import refusal
from nncore.reading.layout import MOST_CELLS, MOST_COLUMNS, PORTION
from nncore.reading.numbers import finite

QUOTED = r"""'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*\""""
START = re.compile(r"(?:\s|%[^\r\n]*+)*+@relation\b", re.IGNORECASE)
ATTRIBUTE = re.compile(
    rf"""\s*@attribute\s+({QUOTED}|[^\s{{]++)\s*(\{{.*\}}|\S+.*?)\s*$""",
    re.IGNORECASE,
)
FIELD = re.compile(rf"\s*((?:\d+\s+)?(?:{QUOTED})|[^,]*?)\s*(?:,|$)")  # a number in sparse rows
NUMBERS = ("numeric", "real", "integer")


@dataclass
class Attribute:
    """A column's name, its kind, and the values that a nominal one may have."""

    name: str
    kind: str
    values: tuple[str, ...] = ()


def is_arff(text: str) -> bool:
    """Whether a text is ARFF: it begins with a relation, after comments."""
    return START.match(text[:20_000]) is not None


def read_arff(text: str) -> Iterator[list[Column] | None]:
    """Read a text: yields None for a pause, and last the columns; the target has its role.

    Raises:
        TableError: If a line or a value is not as the header says.
    """
    attributes: list[Attribute] = []
    columns: list[list[float]] = []
    texts: list[dict[str, float]] = []
    heads: list[list[str]] = []
    in_data, count = False, 0
    for number, line in enumerate(lines_of(text), 1):
        line = line.strip()
        if not line or line.startswith("%"):
            continue
        if not in_data:
            lower = line.lower()
            if lower.startswith("@attribute"):
                attributes.append(attribute(line, number))
            in_data = lower.startswith("@data")
            if in_data:
                if not attributes or len(attributes) > MOST_COLUMNS:
                    count_text = f"{len(attributes):,}"
                    raise refusal("many_columns", count=count_text, most=f"{MOST_COLUMNS:,}")
                columns = [[] for _ in attributes]
                heads = [[] for _ in attributes]
                texts = [{v: float(i) for i, v in enumerate(a.values)} for a in attributes]
            continue
        fields = row_of(line, attributes, number)
        for a, cell, column, known, head in zip(
            attributes, fields, columns, texts, heads, strict=True
        ):
            column.append(value_of(a, cell, known, number))
            if len(head) < HEAD:
                head.append("" if cell is None else cell)
        count += 1
        if not count % max(PORTION // len(attributes), 1):
            if count * len(attributes) > MOST_CELLS:
                raise refusal("many_cells", most=f"{MOST_CELLS:,}")
            yield None
    if not count:
        raise refusal("header_only", values=", ".join(a.name for a in attributes)[:80])
    yield [
        Column(a.name, a.kind, np.array(column), tuple(known), head=tuple(head))
        for a, column, known, head in zip(attributes, columns, texts, heads, strict=True)
    ]


def attribute(line: str, number: int) -> Attribute:
    """Return the Attribute that a header line declares."""
    match = ATTRIBUTE.match(line)
    if match is None:
        raise refusal("arff_header", row=number, values=line)
    name, kind = bare(match[1]), match[2]
    if kind.startswith("{"):
        return Attribute(name, "category", tuple(map(bare, fields_of(kind[1:-1]))))
    word = kind.split()[0].lower()
    if word in NUMBERS:
        return Attribute(name, "number")
    return Attribute(name, "date" if word == "date" else "text")


def fields_of(line: str) -> list[str]:
    """Return the fields of a line, quotes and all."""
    fields, place = [], 0
    while place < len(line) or (line.endswith(",") and place == len(line)):
        match = FIELD.match(line, place)
        if match is None:  # a quote within a field
            end = line.find(",", place)
            end = len(line) if end < 0 else end
            fields.append(line[place:end].strip())
            place = end + 1
            continue
        fields.append(match[1])
        if match.end() == len(line) and not line.endswith(","):
            break
        if match.end() == place:
            break
        place = match.end()
    return fields


def row_of(line: str, attributes: list[Attribute], number: int) -> list[str | None]:
    """Return the fields of a row of data, None where the value is missing."""
    if line.startswith("{"):
        row: list[str | None] = [a.values[0] if a.values else "0" for a in attributes]
        for part in fields_of(line.strip("{} ")):
            place, _, value = part.partition(" ")
            if not place.isdecimal() or int(place) >= len(row):
                raise refusal("arff_row", row=number, values=line)
            row[int(place)] = None if value.strip() == "?" else bare(value.strip())
        return row
    fields = fields_of(line)
    if len(fields) != len(attributes):
        raise refusal(
            "ragged", row=number, count=len(fields), columns=len(attributes), values=fields[0]
        )
    return [None if field == "?" else bare(field) for field in fields]


def bare(text: str) -> str:
    """Return a name or value without its quotes."""
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        return re.sub(r"\\(.)", r"\1", text[1:-1])
    return text


def value_of(a: Attribute, cell: str | None, known: dict[str, float], number: int) -> float:
    """Return what a field is as a number: itself, days, or its place among the values."""
    if cell is None:
        return np.nan
    if a.kind == "number":
        value = finite(cell)
        if value is None:
            raise refusal("arff_number", row=number, column=a.name, values=cell)
        return value
    if a.kind == "date":
        day = day_of(cell)
        return np.nan if day is None else day
    if a.kind == "text":
        return known.setdefault(cell, float(len(known)))
    if cell not in known:
        raise refusal("arff_value", row=number, column=a.name, values=cell)
    return known[cell]
