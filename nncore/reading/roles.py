"""Which columns are inputs, which one is the target, and which are left out.

What a header declares is believed. Else names, types and places are asked: a target is often
called class or target, and stands last or first. A column that numbers the rows, is free text, a
date, or the same everywhere is no input. Each guess is a doubt that can be said.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence
from dataclasses import replace

import numpy as np

from nncore.arrays import FloatArray, distinct
from nncore.reading.columns import Column, written
from nncore.reading.damage import damage, spread_categories
from nncore.reading.faults import Doubt
from nncore.reading.kinds import FEW_ROWS, IDENTIFIER, MOST_CATEGORIES, ROW_NAMES

MOST_CLASSES = 12
ROWS = 5_000  # that are compared between two pauses
NEARLY = 0.95  # of the work is done by then
TARGETS = re.compile(
    r"(class|classes|klasse|target|label|labels|y|species|outcome|cultivar|diagnosis|survived|"
    r"quality|category|kind|type|variety|result|response|output|churn|default|income)",
    re.IGNORECASE,
)
AMOUNTS = re.compile(
    r"(price|cost|salary|charges|score|rating|sales|mpg|medv|strength|yield)s?", re.IGNORECASE
)
GROUPS = re.compile(r"(.*[_ .-])?(subject|patient|person|user|customer|group|session|site|family|"
                    r"participant|student|animal|house|store)s?([_ .-]?(id|no|nr|number))?",
                    re.IGNORECASE)  # fmt: skip


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
    yield NEARLY
    found, twins = yield from without_twins(found)
    doubts += [*more, *twins, *(Doubt("dummies", ", ".join(names)) for names in spread)]
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
        return Doubt("empty_column", name) if column.kind != "empty" else Doubt("constant", name)
    if column.kind == "date":
        return Doubt("date", name)
    if column.kind == "text":
        own = column.n_different > 0.9 * len(here) and IDENTIFIER.fullmatch(name)
        return Doubt("identifier" if own else "free_text", name)
    if len(column.values) > 1 and (here == here[0]).all():
        value = column.categories[int(here[0])] if column.categories else written(here[:1])[0]
        return Doubt("constant", name, values=(value,))
    if column.kind == "category" and column.n_different > MOST_CATEGORIES:
        return Doubt("many_values", name, count=column.n_different)
    if column.kind == "number" and counts_rows(column, here, place):
        return Doubt("index", name)
    if column.kind == "number" and is_identifier(column, here):
        return Doubt("identifier", name)
    return None


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


# The target -------------------------------------------------------------------------------------


def with_target(
    columns: list[Column], declared: bool, spread: Sequence[str]
) -> tuple[list[Column], list[Doubt]]:
    """Return the columns with one target, and what is doubtful about it.

    Args:
        spread: The names of columns that are dummies.
    """
    said = [i for i, c in enumerate(columns) if c.role == "target"]
    if said:
        others = said[1:]
        kept = [replace(c, role="out") if i in others else c for i, c in enumerate(columns)]
        return kept, [Doubt("two_targets", columns[i].name) for i in others]
    chosen, doubts = guess_target(columns, spread)
    if chosen is None:
        return columns, doubts if len(columns) > 1 or not declared else []
    target = columns[chosen]
    if target.kind == "number" and few_whole(target):
        names = written(distinct(target.values[~target.missing]))
        doubts.append(Doubt("class_numbers", target.name, values=names))
        target = target.taken_for("category")
    kept = [*columns]
    kept[chosen] = replace(target, role="target")
    return kept, doubts


def guess_target(columns: list[Column], spread: Sequence[str]) -> tuple[int | None, list[Doubt]]:
    """(place of the column that is most likely the target, doubts)."""
    able = [i for i, c in enumerate(columns) if c.role == "input" and c.name not in spread]
    if len(able) < 2:
        return None, [Doubt("no_target")]
    classes = [
        i for i in able
        if columns[i].kind == "category" and 2 <= columns[i].n_different <= MOST_CLASSES
    ]  # fmt: skip
    few = [i for i in able if columns[i].kind == "number" and few_whole(columns[i])]
    named = [i for i in able if TARGETS.fullmatch(columns[i].name)]
    for place in reversed(named):
        if place in classes or columns[place].kind == "number":
            return place, []
    last, first = able[-1], able[0]
    if last in classes:
        return last, []
    if first in classes:
        return first, [Doubt("target_guess", columns[first].name, reading="first")]
    if last in few:
        return last, [Doubt("target_guess", columns[last].name, reading="last")]
    if first in few and is_sorted(columns[first].values):
        return first, [Doubt("target_guess", columns[first].name, reading="first")]
    amounts = [
        i for i in able if columns[i].kind == "number" and AMOUNTS.fullmatch(columns[i].name)
    ]
    if amounts:
        return amounts[-1], [Doubt("target_guess", columns[amounts[-1]].name, reading="only such")]
    if len(classes) == 1:
        return classes[0], [Doubt("target_guess", columns[classes[0]].name, reading="only named")]
    numbers = [i for i in able if columns[i].kind == "number"]
    if not numbers:
        if not classes:
            return None, [Doubt("no_target")]
        where = "last" if classes[-1] == last else "last named"
        return classes[-1], [Doubt("target_guess", columns[classes[-1]].name, reading=where)]
    where = "last" if numbers[-1] == last else "last numeric"
    return numbers[-1], [Doubt("target_guess", columns[numbers[-1]].name, reading=where)]


def few_whole(column: Column) -> bool:
    """Whether a column of numbers may be one of classes: few whole values, each several times."""
    here = column.values[~column.missing]
    if not len(here) or (here != np.floor(here)).any() or (here < 0).any():
        return False
    different = distinct(here)
    count = len(different)
    close = different[-1] - different[0] == count - 1  # no number between is left out
    return 2 <= count <= MOST_CLASSES and (count <= len(here) / 2 or (close and count < len(here)))


def is_sorted(values: FloatArray) -> bool:
    return bool((np.diff(values[~np.isnan(values)]) >= 0).all())


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
    for column in columns:
        n = len(column.values)
        called = column.role != "target" and GROUPS.fullmatch(column.name)
        if called and 1 < column.n_different <= n / 2:
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
