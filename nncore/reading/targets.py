"""Which column is the target: the one that a header declares or names, or else a guess by place.

A target is often called class or target, and stands last or first. Each guess is a doubt that can
be said, and so is a class of which there are only few rows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from nncore.arrays import FloatArray, distinct
from nncore.reading.columns import Column, written
from nncore.reading.faults import Doubt

MOST_CLASSES = 12
OFTEN = 3  # rows that a class has at least on the average, where there are more
FEW_OF_CLASS, OF_ROWS = 5, 50  # a class of fewer rows is rare in so many
UNNAMED = re.compile(r"Column \d+")  # what columns are called that have no names
TARGETS = re.compile(
    r"(class|classes|klasse|classe|clase|target|ziel|cible|objetivo|label|labels|y|species|"
    r"espèce|especie|outcome|cultivar|diagnosis|diagnose|diagnostic|survived|quality|category|"
    r"kind|type|variety|result|ergebnis|résultat|resultado|response|output|churn|default|income)",
    re.IGNORECASE,
)
AMOUNTS = re.compile(
    r"((sale|house|median)?[ _]?price|cost|salary|charges|score|rating|sales|mpg|medv|strength|"
    r"yield|preis|gehalt|ertrag|prix|salaire|precio|salario|prezzo)s?",
    re.IGNORECASE,
)


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
    ends = (able[0], able[-1])
    named = [
        i for i in able
        if TARGETS.fullmatch(columns[i].name) and (columns[i].name not in ("y", "Y") or i in ends)
    ]  # fmt: skip
    for place in reversed(named):
        if place in classes or columns[place].kind == "number":
            return place, []
    last, first = able[-1], able[0]
    if last in classes and not (first in classes and is_alone(columns, able)):
        return last, []
    amounts = [
        i for i in able if columns[i].kind == "number" and AMOUNTS.fullmatch(columns[i].name)
    ]
    if amounts and amounts[-1] == last:
        return last, [by_place(columns, last, "last")]
    unnamed = all(UNNAMED.fullmatch(column.name) for column in columns)
    if first in classes and (unnamed or len(classes) == 1):
        return first, [by_place(columns, first, "first")]
    if last in few:
        return last, [by_place(columns, last, "last")]
    if first in few and is_sorted(columns[first].values):
        return first, [by_place(columns, first, "first")]
    if amounts:
        return amounts[-1], [Doubt("target_guess", columns[amounts[-1]].name, reading="only such")]
    if has_many_classes(columns[last]):
        return last, [by_place(columns, last, "last")]
    if len(classes) == 1:
        return classes[0], [Doubt("target_guess", columns[classes[0]].name, reading="only named")]
    numbers = [i for i in able if columns[i].kind == "number"]
    if not numbers:
        if not classes:
            return None, [Doubt("no_target")]
        where = "last" if classes[-1] == last else "last named"
        return classes[-1], [by_place(columns, classes[-1], where)]
    where = "last" if numbers[-1] == last else "last numeric"
    return numbers[-1], [by_place(columns, numbers[-1], where)]


def by_place(columns: list[Column], place: int, where: str) -> Doubt:
    """Return the doubt about a target that was guessed by `where` it stands: the first or last of
    the table, or only of the columns that can be used."""
    ends = {"first": 0, "last": len(columns) - 1}
    reading = where if ends.get(where, place) == place else f"{where} usable"
    return Doubt("target_guess", columns[place].name, reading=reading)


def is_alone(columns: list[Column], able: list[int]) -> bool:
    """Whether all columns but the first have the same few values: answers to many questions."""
    first, *others = [columns[i].categories for i in able]
    return len(others) > 2 and len({*others}) == 1 and others[0] != () and first != others[0]


def has_many_classes(column: Column) -> bool:
    """Whether a column is a category of more classes than can be learned, each met often."""
    n = int((~column.missing).sum())
    return column.kind == "category" and n >= OFTEN * column.n_different > OFTEN * MOST_CLASSES


def rare_classes(target: Column) -> list[Doubt]:
    """Classes of so few rows that there is next to none of them to test on."""
    if not 2 <= len(target.categories) <= MOST_CLASSES or len(target.values) < OF_ROWS:
        return []
    counts = np.bincount(target.values[~target.missing].astype(int))
    rare = [k for k, count in enumerate(counts.tolist()) if 0 < count < FEW_OF_CLASS]
    if not rare:
        return []
    names = tuple(target.categories[k] for k in rare)
    return [Doubt("rare_class", target.name, values=names, count=int(counts[rare].sum()))]


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
