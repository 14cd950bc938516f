"""A check: one expression over facts, read by an allow-list over Python's own parser.

    test_loss < 0.04 and hidden_neurons <= 4 and seeds(10, epochs=600) >= 7

Nothing of it is ever run: the tree is walked, and what is not on the list is refused when the
lesson is read. So are unknown facts, and comparisons that can never hold. `seeds` counts how many
of so many networks get there from other seeds, `kept` how many of the kept runs are of a kind,
`right` how many numbers inside a step were typed right; `judging` works out what they count.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeGuard

from explorer.learning.lessons.facts import RESULTS, Facts, Value

LONGEST = 500  # characters
MOST_CALLS = 4
MOST_SEEDS, MOST_EPOCHS, MOST_WORK = 50, 5000, 50_000  # of `seeds`; their product
PHASES = ("input", "sum", "activation", "loss", "delta", "gradient", "update", "after")
COUNTS = {"seeds": MOST_SEEDS, "kept": 12, "right": 1000}  # functions, and how far they count
NUMERIC: dict[str, Callable[..., float]] = {"abs": abs, "min": min, "max": max}
COMPARE: dict[type, Callable[[Any, Any], bool]] = {
    ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge,
    ast.Eq: operator.eq, ast.NotEq: operator.ne,
}  # fmt: skip
ARITHMETIC: dict[type, Callable[[float, float], float]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
}  # fmt: skip
Counter: TypeAlias = Callable[[ast.Call], int]


class Missing(Exception):
    """A fact that there is not, such as a test loss without a test set."""


@dataclass(frozen=True)
class Check:
    """A check that was read.

    Attributes:
        parts: What all has to hold, in order.
        calls: What is counted.
    """

    text: str
    line: int
    tree: ast.expr
    parts: tuple[ast.expr, ...]
    calls: tuple[ast.Call, ...]

    def failing(self, facts: Facts, count: Counter | None = None) -> list[ast.expr]:
        """The parts that do not hold. Without `count` only those that count nothing."""
        return [
            part for part in self.parts
            if (count or not counts(part)) and not holds(part, facts, count or refuse)
        ]  # fmt: skip

    def condition(self, call: ast.Call) -> ast.expr:
        """What a run has to fulfil to be counted: as written, or what the check asks of the run
        that is shown."""
        if call.args[1:]:
            return call.args[1]
        if name_of(call) == "kept":
            return call.args[0]
        return ast.BoolOp(ast.And(), [part for part in self.parts if of_results(part)])

    def source(self, node: ast.AST) -> str:
        """The text of a part."""
        return ast.get_source_segment(self.text, node) or ast.unparse(node)


def refuse(_call: ast.Call) -> int:
    raise Missing


def name_of(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def is_and(node: ast.expr) -> TypeGuard[ast.BoolOp]:
    return isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And)


def calls_in(node: ast.AST) -> list[ast.Call]:
    """The calls of `seeds`, `kept` and `right`."""
    found = [each for each in ast.walk(node) if isinstance(each, ast.Call)]
    return [each for each in found if name_of(each) in COUNTS]


def counts(node: ast.AST) -> bool:
    return bool(calls_in(node))


def of_results(node: ast.AST) -> bool:
    """Whether a part is about what became of a run, and counts nothing."""
    found = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
    return bool(found & set(RESULTS)) and not counts(node)


# Whether it holds ---------------------------------------------------------------------------------


def holds(node: ast.expr, facts: Facts, count: Counter = refuse) -> bool:
    """Whether a condition holds for these facts; it does not if one of them is missing."""
    try:
        return bool(value(node, facts, count))
    except (Missing, ZeroDivisionError, OverflowError):
        return False


def value(node: ast.expr, facts: Facts, count: Counter) -> Value:
    """Return what a node of a Check comes to.

    Raises:
        Missing: If the run has no such fact.
    """
    if isinstance(node, ast.Constant):
        return node.value  # type: ignore[return-value]
    if isinstance(node, ast.Name):
        found = facts.get(node.id)
        if found is None:
            raise Missing
        return found
    if isinstance(node, ast.BoolOp):
        each = (holds(part, facts, count) for part in node.values)
        return all(each) if isinstance(node.op, ast.And) else any(each)
    if isinstance(node, ast.UnaryOp):
        inner = value(node.operand, facts, count)
        return not inner if isinstance(node.op, ast.Not) else -float(inner)  # type: ignore[arg-type]
    if isinstance(node, ast.BinOp):
        left, right = value(node.left, facts, count), value(node.right, facts, count)
        return ARITHMETIC[type(node.op)](left, right)  # type: ignore[arg-type]
    if isinstance(node, ast.Compare):
        values = [value(each, facts, count) for each in (node.left, *node.comparators)]
        return all(
            COMPARE[type(op)](a, b)
            for op, a, b in zip(node.ops, values, values[1:], strict=False)
        )  # fmt: skip
    assert isinstance(node, ast.Call), "nothing else passes the reader"
    if name_of(node) in COUNTS:
        return count(node)
    number: float = NUMERIC[name_of(node)](*(value(each, facts, count) for each in node.args))
    return number
