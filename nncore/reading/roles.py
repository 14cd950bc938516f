"""Which columns are inputs, which one is the target, and which are left out.

What a header declares is believed. Else names, types and places are asked. A column that numbers
the rows, is free text, a date, says whose row it is, or is the same everywhere is no input. Each
guess is a doubt that can be said.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence
from dataclasses import replace

import numpy as np

from nncore.arrays import FloatArray
from nncore.reading.columns import Column, written
from nncore.reading.damage import damage, spread_categories
from nncore.reading.faults import Doubt
from nncore.reading.kinds import IDENTIFIER, MOST_CATEGORIES, ROW_NAMES
from nncore.reading.names import FEW_ROWS
from nncore.reading.targets import UNNAMED, is_sorted, rare_classes, with_target

ROWS = 5_000  # that are compared between two pauses
LONG_NUMBER = 10_000  # from which on whole numbers may be identifiers
NEARLY = 0.95  # of the work is done by then
# Of these the column says who or what was measured, several times maybe, and not how it was.
NAMED = re.compile(r"(.*[_ .-])?(subject|patient|person|user|customer|participant|student|animal|"
                   r"proband)(s|en|in)?|(.*[_ .-])?(id|nr|no|number)", re.IGNORECASE)  # fmt: skip
GROUPS = re.compile(r"(.*[_ .-])?(subject|patient|person|user|customer|group|session|site|family|"
                    r"participant|student|animal|proband|house|store)(s|en|in)?"
                    r"([_ .-]?(id|no|nr|number))?", re.IGNORECASE)  # fmt: skip


def with_roles(
    columns: Sequence[Column], row_names: bool = False, declared: bool = False
) -> Generator[float, None, tuple[list[Column], list[Doubt]]]:
    """Give each column its kind and role; pause between columns, and return (columns, doubts).

    Args:
        row_names: Whether the first column has no name.
        declared: Whether the header has said the roles, which are then kept.
    """
    doubts: list[Doubt] = []
    found = []
    for place, column in enumerate(columns):
        kept, out = column, declared and column.role == "out"
        believed = out or (declared and column.kind in ("number", "category"))
        why = None if believed else reason_to_leave_out(column, place, row_names)
        if why is not None:
            doubts += [why] if not (place == 0 and row_names) else []
            kind = "index" if why.kind in ("index", "identifier") and column.kind == "number" \
                else column.kind  # fmt: skip
            kept = replace(column, kind=kind, role="out")
        elif not out:
            kept = replace(column, role="target" if column.role == "target" else "input")
        found.append(kept)
        yield NEARLY
    spread = spread_categories(found)
    yield NEARLY
    found, more = with_target(found, declared, [name for names in spread for name in names])
    found, doubts = with_only_input(found, [*doubts, *more])
    yield NEARLY
    found, twins = yield from without_twins(found)
    doubts += [*twins, *(Doubt("dummies", ", ".join(names)) for names in spread)]
    for column in found:
        doubts += damage(column)
        yield NEARLY
    repeated = yield from count_repeated([c.values for c in found if c.role != "out"])
    doubts += [Doubt("duplicates", count=repeated)] if repeated else []
    return found, [*doubts, *about_rows(found)]


def reason_to_leave_out(column: Column, place: int, row_names: bool) -> Doubt | None:
    """Why a column can be no input, or None."""
    name, here = column.name, column.values[~column.missing]
    if place == 0 and row_names:
        return Doubt("row_names")
    if column.kind == "empty" or not len(here):
        return Doubt("empty_column", name)
    if column.kind == "date":
        return Doubt("date", name)
    if column.kind == "text":
        own = column.n_different > 0.9 * len(here) and IDENTIFIER.fullmatch(name)
        return Doubt("identifier" if own else "free_text", name)
    if len(column.values) > 1 and (here == here[0]).all():
        value = column.categories[int(here[0])] if column.categories else written(here[:1])[0]
        if len(here) < len(column.values):
            return Doubt("only_value", name, values=(value,), count=len(here))
        return Doubt("constant", name, values=(value,))
    if column.kind == "category" and column.n_different > MOST_CATEGORIES:
        return Doubt("many_values", name, count=column.n_different)
    if column.kind == "number" and counts_rows(column, here, place):
        return Doubt("index", name)
    if column.kind == "number" and (is_identifier(column, here) or is_long(column, here, place)):
        return Doubt("identifier", name)
    if is_group(column) and NAMED.fullmatch(name):
        return Doubt("group", name)
    return None


def is_long(column: Column, here: FloatArray, place: int) -> bool:
    """Whether a first column without a name has long whole numbers, hardly one of them twice."""
    if place or UNNAMED.fullmatch(column.name) is None or (here != np.floor(here)).any():
        return False
    many = column.n_different > 0.9 * len(here) >= FEW_ROWS
    return many and bool(here.min() >= LONG_NUMBER)


def is_group(column: Column) -> bool:
    """Whether a column says by its name which rows belong together, and some do."""
    named = GROUPS.fullmatch(column.name) is not None
    return named and 1 < column.n_different <= len(column.values) / 2


def counts_rows(column: Column, here: FloatArray, place: int) -> bool:
    """Whether the values go up by one from row to row, and place or name say what for."""
    steps = np.diff(here)
    if len(here) < 3 or len(here) < len(column.values) or not (steps == 1).all():
        return False
    return place == 0 or ROW_NAMES.fullmatch(column.name) is not None


def is_identifier(column: Column, here: FloatArray) -> bool:
    """Whether a column of whole numbers is called an identifier, and has few values twice."""
    if IDENTIFIER.fullmatch(column.name) is None or (here != np.floor(here)).any():
        return False
    return len(here) >= FEW_ROWS and column.n_different > 0.9 * len(here)


def with_only_input(columns: list[Column], doubts: list[Doubt]) -> tuple[list[Column], list[Doubt]]:
    """Of a table of a number and when or at which row it was taken, the number is the target."""
    used = [i for i, c in enumerate(columns) if c.role != "out"]
    others = [i for i, c in enumerate(columns) if c.role == "out" and c.kind in ("index", "date")]
    if len(used) != 1 or len(others) != 1 or columns[used[0]].kind != "number":
        return columns, doubts
    value, place = columns[used[0]], columns[others[0]]
    found = [*columns]
    found[used[0]] = replace(value, role="target")
    found[others[0]] = replace(place.taken_for("number"), role="input")
    kept = [d for d in doubts if d.column != place.name and d.kind != "no_target"]
    return found, [*kept, Doubt("only_input", place.name, values=(value.name,))]


# Rows and pairs of columns ----------------------------------------------------------------------


def without_twins(
    columns: list[Column],
) -> Generator[float, None, tuple[list[Column], list[Doubt]]]:
    """Leave out inputs that have the same values as another input; pauses in between."""
    seen: dict[bytes, str] = {}
    kept, doubts = [], []
    for column in columns:
        key = column.values.tobytes()
        if column.role == "input" and key in seen and len(column.values) >= FEW_ROWS:
            doubts.append(Doubt("twin", column.name, values=(seen[key],)))
            column = replace(column, role="out")
        elif column.role == "input":
            seen[key] = column.name
        kept.append(column)
        yield NEARLY
    return kept, doubts


def about_rows(columns: list[Column]) -> list[Doubt]:
    """Rows sorted by the target, groups and an order of rows."""
    doubts = []
    target = next((c for c in columns if c.role == "target"), None)
    if target is not None:
        missing = int(target.missing.sum())
        doubts += [Doubt("no_class", target.name, count=missing)] if missing else []
        if target.categories and len(target.values) >= FEW_ROWS and is_sorted(target.values):
            doubts.append(Doubt("sorted", target.name))
        doubts += rare_classes(target)
    for column in columns:
        n = len(column.values)
        if column.role == "input" and is_group(column):
            doubts.append(Doubt("group", column.name))
        ordered = column.kind == "date" and n > 2 and not column.missing.any()
        if ordered and is_sorted(column.values) and column.n_different == n:
            doubts.append(Doubt("ordered", column.name))
    return doubts


def count_repeated(columns: Sequence[FloatArray]) -> Generator[float, None, int]:
    """How many rows are equal to one before; pauses in between."""
    seen: set[int] = set()
    n = len(columns[0]) if len(columns) > 1 else 0
    for start in range(0, n, ROWS):
        seen.update(map(hash, rows_as_bytes([c[start : start + ROWS] for c in columns])))
        yield NEARLY
    return n - len(seen)


def rows_as_bytes(columns: Sequence[FloatArray]) -> list[bytes]:
    """Each row as bytes, so that equal rows are found quickly. -0 is 0, and all NaN are one."""
    rows = np.column_stack(columns) + 0.0
    rows[np.isnan(rows)] = np.nan
    return [row.tobytes() for row in rows]
