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


def said(found: Reading, kind: str) -> str:
    """The only sentence of this kind."""
    [doubt] = [doubt for doubt in found.doubts if doubt.kind == kind]
    return str(doubt)


def mixed(line: str, n: int = 60) -> str:
    """n lines: in each, A and B are numbers of its own, K and C names, D a day."""
    return "".join(
        line.replace("<A>", f"{i * 7 % 23 / 4 + 1.25:.2f}").replace("<B>", f"{i * 5 % 17 / 8:.3f}")
        .replace("<K>", "xyz"[i % 3]).replace("<C>", f"c{i * 3 % 5}")
        .replace("<D>", f"{1 + i % 28:02d}.{1 + i // 28:02d}.2024") + "\n"
        for i in range(n)
    )  # fmt: skip
