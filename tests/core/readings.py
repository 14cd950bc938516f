"""What the tests of reading tables ask of a Reading."""

import numpy as np

from nncore.reading.reader import Reading


def values(found: Reading, name: str) -> list:
    """The values of a column as they are meant: numbers, names, or days."""
    [column] = [c for c in found.columns if c.name == name]
    numbers = [None if np.isnan(v) else v for v in column.values.tolist()]
    if not column.categories:
        return numbers
    return [None if v is None else column.categories[int(v)] for v in numbers]


def kinds(found: Reading) -> dict[str, str]:
    return {column.name: column.kind for column in found.columns}


def roles(found: Reading, role: str) -> list[str]:
    return [column.name for column in found.columns if column.role == role]


def doubts(found: Reading) -> set[tuple[str, str]]:
    return {(doubt.kind, doubt.column) for doubt in found.doubts}
