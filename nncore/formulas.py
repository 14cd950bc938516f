"""Formulas of two numbers, such as sin(x1 * x2), hypot(x1, x2) or x1 > 0, read from a text.

The text is parsed by Python, and only names, numbers, operators and functions of the lists below
are let through. Each part becomes a small function of arrays, so that nothing is ever evaluated as
a program. Where a formula has no finite value, as log(x1) left of 0, its value is 0.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np

from nncore.arrays import ArrayLike, FloatArray

Part: TypeAlias = Callable[[FloatArray, FloatArray], Any]

LONGEST = 80  # characters
LARGEST = 1e6  # values beyond it are cut off
ONE: dict[str, Callable[..., Any]] = {
    "sin": np.sin, "cos": np.cos, "tan": np.tan, "tanh": np.tanh, "exp": np.exp, "log": np.log,
    "sqrt": np.sqrt, "abs": np.abs, "sign": np.sign, "floor": np.floor,
}  # fmt: skip
TWO: dict[str, Callable[..., Any]] = {
    "hypot": np.hypot, "atan2": np.arctan2, "min": np.minimum, "max": np.maximum,
}  # fmt: skip
CONSTANTS = {"pi": np.pi, "e": np.e}
OPERATORS: dict[str, Callable[..., Any]] = {
    "Add": operator.add, "Sub": operator.sub, "Mult": operator.mul, "Div": np.divide,
    "Pow": np.float_power, "Mod": np.mod,
}  # fmt: skip
COMPARISONS: dict[str, Callable[..., Any]] = {
    "Lt": operator.lt, "LtE": operator.le, "Gt": operator.gt, "GtE": operator.ge,
}  # fmt: skip
# What people write who know mathematics and no Python, and how it is written here.
HINTS = (
    (r"\^|[²³]", "a power is written x1**2"),
    (r"\d,\d", "decimals have a point, as in 0.5"),
    (r"[·×]|((?<![a-z\d])\d+|\)|x[12])\s*(x[12]\b|[a-z]+\(|\()", "a product is written 2*x1"),
    (r"−", "a minus is written -"),
    (rf"\b({'|'.join([*ONE, *TWO])})\s+x[12]\b", "functions have brackets, as in sin(x1)"),
    (r"\band\b|&|[<>].*[<>]", "that both hold is written (x1 > 0)*(x2 > 0)"),
    (r"\bX[12]\b", "x1 and x2 are small"),
    (r"\bln\(", "the natural logarithm is log"),
    (r"==", "values are compared by <, <=, > and >="),
)


def formula(text: str) -> Callable[[ArrayLike, ArrayLike], FloatArray]:
    """Return the function of (x1, x2) that a formula describes.

    A comparison is 1 where it holds and 0 elsewhere. What is not finite becomes 0, and values
    beyond a million are cut off.

    Args:
        text: Of x1, x2, numbers, pi, e, + - * / ** %, comparisons, and the functions sin, cos,
            tan, tanh, exp, log, sqrt, abs, sign, floor, hypot, atan2, min and max.

    Returns:
        A function of two arrays of one shape; its values have that shape.

    Raises:
        ValueError: If the text is no such formula; the message names the place in it.
    """
    text = text.strip()
    try:
        part = _read(text)
    except ValueError as fault:
        raise ValueError(f"{fault}{_hint(text)}") from None

    def values(x1: ArrayLike, x2: ArrayLike) -> FloatArray:
        one, two = np.asarray(x1, dtype=float), np.asarray(x2, dtype=float)
        with np.errstate(all="ignore"):
            found = np.broadcast_to(np.asarray(part(one, two), dtype=float), one.shape).copy()
        found[~np.isfinite(found)] = 0.0
        cut: FloatArray = np.clip(found, -LARGEST, LARGEST)
        return cut

    return values


def _read(text: str) -> Part:
    import ast  # large, and only needed here

    if not text or len(text) > LONGEST:
        raise ValueError(f"it must have 1 to {LONGEST} characters; got {len(text)}")
    try:
        tree = ast.parse(text, mode="eval")
    except SyntaxError as error:
        place = error.offset or 1
        rest = text[place - 1 :][:10]
        raise ValueError(f"at character {place} it cannot be read: {rest!r}") from None
    except (ValueError, MemoryError, RecursionError):
        raise ValueError("it cannot be read") from None
    return _part(tree.body, text)


def _hint(text: str) -> str:
    """Return how to write what people often write otherwise, or ""."""
    hint = next((hint for pattern, hint in HINTS if re.search(pattern, text)), "")
    return hint and f"; {hint}"


def _part(node: Any, text: str) -> Part:
    """Return the function of a part of the syntax tree."""
    kind = type(node).__name__
    if kind == "Constant" and type(node.value) in (int, float) and abs(node.value) <= LARGEST:
        number = float(node.value)
        return lambda x1, x2: number
    if kind == "Name":
        return _name(node, text)
    if kind == "UnaryOp" and type(node.op).__name__ in ("USub", "UAdd"):
        inner, sign = _part(node.operand, text), -1.0 if type(node.op).__name__ == "USub" else 1.0
        return lambda x1, x2: sign * inner(x1, x2)
    if kind == "BinOp" and (act := OPERATORS.get(type(node.op).__name__)):
        return _joined(act, _part(node.left, text), _part(node.right, text))
    if kind == "Compare" and len(node.ops) == 1:
        compare = COMPARISONS.get(type(node.ops[0]).__name__)
        if compare:
            both = _joined(compare, _part(node.left, text), _part(node.comparators[0], text))
            return lambda x1, x2: 1.0 * both(x1, x2)
    if kind == "Call" and type(node.func).__name__ == "Name" and not node.keywords:
        return _call(node, text)
    raise _fault(node, text, "is not allowed in a formula")


def _name(node: Any, text: str) -> Part:
    if node.id == "x1":
        return lambda x1, x2: x1
    if node.id == "x2":
        return lambda x1, x2: x2
    if node.id in CONSTANTS:
        number = CONSTANTS[node.id]
        return lambda x1, x2: number
    raise _fault(node, text, "is no name of a formula: it has x1, x2, pi and e")


def _call(node: Any, text: str) -> Part:
    name, parts = node.func.id, [_part(each, text) for each in node.args]
    if name in ONE and len(parts) == 1:
        [inner], act = parts, ONE[name]
        return lambda x1, x2: act(inner(x1, x2))
    if name in TWO and len(parts) == 2:
        return _joined(TWO[name], *parts)
    if name in ONE or name in TWO:
        count = 1 if name in ONE else 2
        raise _fault(node, text, f"takes {count} number{'s' if count > 1 else ''}")
    raise _fault(node, text, f"is no function of a formula: there are {', '.join([*ONE, *TWO])}")


def _joined(act: Callable[..., Any], left: Part, right: Part) -> Part:
    return lambda x1, x2: act(left(x1, x2), right(x1, x2))


def _fault(node: Any, text: str, what: str) -> ValueError:
    """Say what is wrong with a part of a formula, and where it stands."""
    start = len(text.encode()[: node.col_offset].decode(errors="ignore"))
    part = text.encode()[node.col_offset : node.end_col_offset].decode(errors="ignore")
    return ValueError(f"at character {start + 1} {part[:20]!r} {what}")
