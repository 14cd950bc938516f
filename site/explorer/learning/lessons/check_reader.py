"""Reads the text of a check by an allow-list over Python's own parser; see `checks`.

Every node is looked at before the check is used: what kind of value it has, whether its facts and
words are known, and whether what it compares can ever be so. What is not on the list is refused.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Sequence
from difflib import get_close_matches

from explorer.learning.lessons.checks import (
    ARITHMETIC,
    COMPARE,
    COUNTS,
    LONGEST,
    MOST_CALLS,
    MOST_EPOCHS,
    MOST_SEEDS,
    MOST_WORK,
    NUMERIC,
    PHASES,
    Check,
    calls_in,
    counts,
    is_and,
    name_of,
    of_results,
)
from explorer.learning.lessons.facts import FACTS
from explorer.learning.lessons.lesson import LessonError


def read(text: str, line: int, inner: bool = True) -> Check:
    """Return the Check of a text.

    Args:
        inner: Whether it may count.

    Raises:
        LessonError: If the text is no check.
    """
    text = text.strip()
    if len(text) > LONGEST:
        raise LessonError("long_check", line, most=LONGEST)
    try:
        tree = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise LessonError("no_expression", line, text=text[:80]) from None
    reader = Reader(text, line)
    try:
        reader.wants(tree, "flag")
        parts = tuple(tree.values) if is_and(tree) else (tree,)
        check = Check(text, line, tree, parts, tuple(calls_in(tree)))
        if len(check.calls) > (MOST_CALLS if inner else 0):
            raise LessonError("many_calls" if inner else "no_calls", line, most=MOST_CALLS)
        for call in check.calls:
            if name_of(call) == "seeds" and not call.args[1:] and not any(map(of_results, parts)):
                raise LessonError("seeds_of_nothing", line, text=check.source(call))
        reader.can_hold(parts)
    except RecursionError:
        raise LessonError("no_expression", line, text=text[:80]) from None
    return check


class Reader:
    """Finds out of every node what kind of value it has, and refuses what is not allowed."""

    def __init__(self, text: str, line: int) -> None:
        self.text, self.line = text, line

    def fail(self, key: str, node: ast.AST, **words: object) -> LessonError:
        text = ast.get_source_segment(self.text, node) or ""
        return LessonError(key, self.line, text=text[:80], **words)

    def wants(self, node: ast.expr, kind: str) -> None:
        found = self.kind(node)
        if found != kind:
            raise self.fail(f"no_{kind}", node)

    def kind(self, node: ast.expr) -> str:
        """Return "number", "text" or "flag".

        Raises:
            LessonError: If the expression cannot be used.
        """
        if isinstance(node, ast.Constant):
            return self.constant(node)
        if isinstance(node, ast.Name):
            if node.id not in FACTS:
                near = get_close_matches(node.id, FACTS, 1)
                key, known = "near_fact" if near else "unknown_fact", near or sorted(FACTS)
                raise self.fail(key, node, known=", ".join(known))
            return FACTS[node.id].kind
        if isinstance(node, ast.BoolOp):
            for value in node.values:
                self.wants(value, "flag")
            return "flag"
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.Not, ast.USub)):
            kind = "flag" if isinstance(node.op, ast.Not) else "number"
            self.wants(node.operand, kind)
            return kind
        if isinstance(node, ast.BinOp) and type(node.op) in ARITHMETIC:
            self.wants(node.left, "number")
            self.wants(node.right, "number")
            return "number"
        if isinstance(node, ast.Compare):
            return self.compare(node)
        if isinstance(node, ast.Call):
            return self.call(node)
        raise self.fail("not_allowed", node)

    def constant(self, node: ast.Constant) -> str:
        value = node.value
        if isinstance(value, bool):
            return "flag"
        if isinstance(value, (int, float)) and abs(value) < 1e15 and math.isfinite(value):
            return "number"
        if isinstance(value, str):
            return "text"
        raise self.fail("not_allowed", node)

    def compare(self, node: ast.Compare) -> str:
        operands = [node.left, *node.comparators]
        kinds = {self.kind(each) for each in operands}
        ordered = any(type(op) not in (ast.Eq, ast.NotEq) for op in node.ops)
        if any(type(op) not in COMPARE for op in node.ops):
            raise self.fail("not_allowed", node)
        if len(kinds) > 1 or (ordered and kinds != {"number"}):
            raise self.fail("no_order", node)
        texts = {e.value for e in operands if isinstance(e, ast.Constant) and kinds == {"text"}}
        for each in operands:
            known = FACTS[each.id].choices if isinstance(each, ast.Name) else ()
            if known and texts - set(known):
                raise self.fail("unknown_value", node, known=", ".join(known))
        return "flag"

    def call(self, node: ast.Call) -> str:
        name = name_of(node)
        words = {word.arg: word.value for word in node.keywords}
        if name in NUMERIC and not words and (len(node.args) > 1 or name == "abs"):
            if len(node.args) != 1 and name == "abs":
                raise self.fail("not_allowed", node)
            for each in node.args:
                self.wants(each, "number")
        elif name == "seeds" and 1 <= len(node.args) <= 2 and set(words) <= {"epochs"}:
            n = self.whole(node.args[0], node, MOST_SEEDS)
            epochs = self.whole(words.get("epochs"), node, MOST_EPOCHS)
            if n * epochs > MOST_WORK:
                raise self.fail("much_work", node, most=f"{MOST_WORK:,}")
            self.inner(node.args[1:])
        elif name == "kept" and len(node.args) == 1 and not words:
            self.inner(node.args)
        elif name == "right" and len(node.args) == 1 and not words:
            phase = node.args[0]
            if not isinstance(phase, ast.Constant) or phase.value not in PHASES:
                raise self.fail("no_phase", node, known=", ".join(PHASES))
        else:
            raise self.fail("not_allowed", node)
        return "number"

    def inner(self, conditions: Sequence[ast.expr]) -> None:
        """The condition of what is counted, which counts nothing itself."""
        for condition in conditions:
            if counts(condition):
                raise self.fail("nested", condition)
            self.wants(condition, "flag")
            self.can_hold(condition.values if is_and(condition) else [condition])

    def whole(self, node: ast.expr | None, call: ast.Call, most: int) -> int:
        value = node.value if isinstance(node, ast.Constant) else None
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= most:
            raise self.fail("bad_seeds", call, seeds=MOST_SEEDS, epochs=MOST_EPOCHS)
        return value

    # Whether it can hold --------------------------------------------------------------------------

    def can_hold(self, parts: Sequence[ast.expr]) -> None:
        """Refuse parts that contradict each other, or what values there can be."""
        bounds: dict[str, tuple[float, float]] = {}
        for part in parts:
            for left, op, right in pairs(part):
                if not isinstance(right, ast.Constant) or not isinstance(right.value, (int, float)):
                    continue
                name, low, high = self.range(left)
                low, high = bounds.get(name, (low, high))
                bounds[name] = low, high = narrowed(low, high, type(op), float(right.value))
                if low > high:
                    raise self.fail("never", part)

    def range(self, node: ast.expr) -> tuple[str, float, float]:
        """(what it is, the least it can be, the most)."""
        text = ast.unparse(node)
        if isinstance(node, ast.Name) and FACTS[node.id].kind == "number":
            return text, FACTS[node.id].low, FACTS[node.id].high
        if isinstance(node, ast.Call) and name_of(node) in COUNTS:
            most = COUNTS[name_of(node)]
            if name_of(node) == "seeds":
                most = self.whole(node.args[0], node, MOST_SEEDS)
            return text, 0.0, float(most)
        return text, -math.inf, math.inf


MIRRORED = {ast.Lt: ast.Gt, ast.LtE: ast.GtE, ast.Gt: ast.Lt, ast.GtE: ast.LtE}


def pairs(part: ast.expr) -> list[tuple[ast.expr, ast.cmpop, ast.expr]]:
    """The comparisons of a part, a constant always on the right."""
    if not isinstance(part, ast.Compare):
        return []
    operands = [part.left, *part.comparators]
    found: list[tuple[ast.expr, ast.cmpop, ast.expr]] = []
    for left, op, right in zip(operands, part.ops, operands[1:], strict=False):
        if isinstance(left, ast.Constant):
            found.append((right, MIRRORED.get(type(op), type(op))(), left))
        else:
            found.append((left, op, right))
    return found


def narrowed(low: float, high: float, op: type, value: float) -> tuple[float, float]:
    """What is left of a range under a comparison; an empty one has low above high."""
    if op is ast.Lt:
        return low, min(high, math.nextafter(value, -math.inf))
    if op is ast.LtE:
        return low, min(high, value)
    if op is ast.Gt:
        return max(low, math.nextafter(value, math.inf)), high
    if op is ast.GtE:
        return max(low, value), high
    return (max(low, value), min(high, value)) if op is ast.Eq else (low, high)
