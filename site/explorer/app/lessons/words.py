"""Says in words what of a check does not hold, and what is wrong with a lesson."""

import ast

from explorer.drawing.scales import decimals
from explorer.learning.lessons.checks import holds, name_of
from explorer.learning.lessons.facts import FACTS
from explorer.learning.lessons.judging import numbers_of
from explorer.text.labels import CHOICES, LABELS
from explorer.text.lessons import FACT_NAMES, FAULTS, LESSONS
from explorer.text.receipts import RECEIPTS

KEYS = {
    ast.Lt: "below", ast.Gt: "above", ast.LtE: "most", ast.GtE: "least", ast.Eq: "is",
    ast.NotEq: "other",
}  # fmt: skip
LOSSES = ("train_loss", "test_loss", "gap")


def fault(error):
    """What a LessonError says, with its line if it has one."""
    table = FAULTS if error.key in FAULTS else RECEIPTS
    text = table[error.key].format(**error.words)
    return LESSONS["at_line"].format(line=error.line, fault=text) if error.line else text


def of_parts(check, parts, facts, counts):
    """A sentence for each part of a check that does not hold."""
    return tuple(of_part(check, part, facts, counts) for part in parts)


def of_part(check, part, facts, counts):
    if isinstance(part, ast.Compare) and len(part.ops) == 1:
        left, right = part.left, part.comparators[0]
        key = KEYS[type(part.ops[0])]
        if isinstance(left, ast.Name) and isinstance(right, ast.Constant):
            return of_fact(left.id, key, right.value, facts)
        if isinstance(left, ast.Call) and check.source(left) in counts:
            return of_count(check, left, part, counts[check.source(left)])
    if isinstance(part, ast.Name):
        return LESSONS["flag_on"].format(fact=called(part.id))
    if isinstance(part, ast.UnaryOp) and isinstance(part.operand, ast.Name):
        return LESSONS["flag_off"].format(fact=called(part.operand.id))
    if isinstance(part, ast.BoolOp) and isinstance(part.op, ast.And):
        missing = [each for each in part.values if not holds(each, facts)]
        if missing and not counts:
            return of_part(check, missing[0], facts, counts)
    return LESSONS["part"].format(text=check.source(part))


def of_fact(name, key, value, facts):
    now = facts.get(name)
    if now is None:
        return LESSONS["fact_missing"].format(fact=called(name))
    words = {"value": shown(name, value), "now": shown(name, now)}
    return LESSONS[f"fact_{key}"].format(fact=called(name), **words)


def of_count(check, call, part, now):
    """A count that is too small, or too large."""
    need = ast.unparse(part.comparators[0])
    if name_of(call) == "kept":
        key = "count_kept_more" if now else "count_kept"
        return LESSONS[key].format(need=need, now=now, wanted=wanted(check, check.condition(call)))
    if name_of(call) == "right":
        from explorer.text.inside import PHASE_NAMES  # it comes with the part of Inside

        phase = PHASE_NAMES[call.args[0].value]
        return LESSONS["count_right"].format(phase=phase, need=need, now=now)
    n, epochs = numbers_of(call)
    return LESSONS["count_seeds"].format(n=n, need=need, epochs=epochs, now=now)


def wanted(check, condition):
    """What a condition asks for, part by part."""
    parts = condition.values if isinstance(condition, ast.BoolOp) else [condition]
    if isinstance(condition, ast.BoolOp) and isinstance(condition.op, ast.Or):
        parts = [condition]
    return "; ".join(wish(check, part) for part in parts)


def wish(check, part):
    match part:
        case ast.Compare(left=ast.Name(id=name), ops=[op], comparators=[ast.Constant(value=value)]):
            words = {"fact": called(name), "value": shown(name, value)}
            return LESSONS[f"want_{KEYS[type(op)]}"].format(**words)
    return check.source(part)


def called(name):
    """A fact's name in a sentence; an input or a switch has that of its control."""
    return FACT_NAMES[name] if name in FACT_NAMES else LABELS[name]


def shown(name, value):
    """A fact's value as a reader knows it."""
    if isinstance(value, bool):
        return LESSONS["yes" if value else "no"]
    if isinstance(value, str):
        return CHOICES.get("dataset" if name == "data" else name, {}).get(value, value)
    if "accuracy" in name:
        return f"{100 * value:.4g} %"
    if isinstance(value, float) and FACTS[name].kind == "number" and name in LOSSES:
        return decimals(value, 3)
    return f"{value:.6g}" if isinstance(value, float) else str(value)
