"""What the headers of Orange's tab-separated files say: types and roles of the columns.

There are two forms. With three header rows, the second has the types, or the values of a category,
and the third the roles. With one, each name may have a prefix such as `cD#`: first the role, then
the type.

Source: Orange Data Mining, documentation of the tab-delimited format.
"""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from nncore.reading.columns import Column
from nncore.reading.dates import day_of
from nncore.reading.faults import refusal
from nncore.reading.kinds import MISSING
from nncore.reading.numbers import finite

TYPES = {
    "continuous": "number", "c": "number", "numeric": "number", "n": "number",
    "discrete": "category", "d": "category", "categorical": "category",
    "string": "text", "s": "text", "text": "text", "time": "date", "t": "date",
}  # fmt: skip
ROLES = {"": "input", "class": "target", "c": "target", "meta": "out", "m": "out",
         "ignore": "out", "i": "out", "weight": "out", "w": "out"}  # fmt: skip
PREFIX = re.compile(r"([mciw]?)([CNDST]?)#(.*)", re.DOTALL)
PREFIX_TYPES = {"C": "number", "N": "number", "D": "category", "S": "text", "T": "date"}


def has_three_headers(second: list[str], third: list[str]) -> bool:
    """Whether the second and third row say types and roles."""
    roles = [cell.strip().split(" ")[0].split("=")[0] for cell in third]
    types = [cell.strip().lower() in TYPES for cell in second]
    return any(types) and all(role in ROLES for role in roles) and any(roles)


def declared(second: list[str], third: list[str]) -> list[tuple[str, str, tuple[str, ...]]]:
    """(kind, role, values of a category) of each column, from the second and third row."""
    found = []
    for kind, role in zip(second, third, strict=True):
        known = TYPES.get(kind.strip().lower())
        values = () if known or not kind.strip() else tuple(values_of(kind))
        word = role.strip().split(" ")[0].split("=")[0]
        found.append((known or ("category" if values else ""), ROLES[word], values))
    return found


def values_of(text: str) -> list[str]:
    """Return a category's possible values: parted by blanks, blanks within by a backslash."""
    parts = re.findall(r"(?:\\.|\S)+", text.strip())
    return [re.sub(r"\\(.)", r"\1", part) for part in parts]


def prefixed(names: list[str]) -> list[tuple[str, str, str]] | None:
    """(kind, role, name) of each column by the prefixes of the names, or None without any."""
    matches = [PREFIX.fullmatch(name.strip()) for name in names]
    if not any(match and (match[1] or match[2]) for match in matches):
        return None
    return [
        (PREFIX_TYPES.get(match[2], ""), ROLES[match[1]], match[3]) if match
        else ("", "input", name.strip())
        for match, name in zip(matches, names, strict=True)
    ]  # fmt: skip


def column_as(
    name: str, kind: str, values: tuple[str, ...], cells: list[str], guessed: Column
) -> Column:
    """Return a column as its header declares it.

    Raises:
        TableError: If a value of a number column is no number.
    """
    missing = [cell.strip() in MISSING for cell in cells]
    numbers = np.full(len(cells), np.nan)
    if kind == "number":
        for row, (cell, absent) in enumerate(zip(cells, missing, strict=True)):
            if not absent:
                value = finite(cell)
                if value is None:
                    raise refusal("orange_number", row=row + 1, column=name, values=cell)
                numbers[row] = value
        return replace(guessed, kind=kind, values=numbers, categories=())
    if kind == "date":
        days = [
            None if absent else day_of(cell) for cell, absent in zip(cells, missing, strict=True)
        ]
        numbers[:] = [np.nan if day is None else day for day in days]
        return replace(guessed, kind=kind, values=numbers, categories=())
    known = {value: i for i, value in enumerate(values)}
    for row, (cell, absent) in enumerate(zip(cells, missing, strict=True)):
        if not absent:
            numbers[row] = known.setdefault(cell.strip(), len(known))
    return replace(guessed, kind=kind, values=numbers, categories=tuple(known))
