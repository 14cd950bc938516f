"""Formulas of the package's registries as trees, for symbols and for numbers alike.

The registries write them as Python expressions (see nncore.activation.Activation); here they are
read, never run, and set as a reader expects them: fractions, roots, powers, cases. Each name gets
the tree that it is called with: a letter, or a number, which loses its brackets where it stands
alone.
"""

import ast
import operator

import numpy as np

from explorer.panels.inside.mathml import (
    TIMES,
    applied,
    fraction,
    joined,
    name,
    number,
    power,
    root,
    row,
    sign,
    word,
)
from explorer.settings.formulas import LOSS_TERMS, SLOPES, VALUES
from explorer.text.inside import INSIDE

SIGNS = {ast.Add: "+", ast.Sub: "−"}
ARITHMETIC = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul,
    ast.Div: operator.truediv, ast.Pow: operator.pow,
}  # fmt: skip
# What the functions of a formula do with numbers.
KNOWN = {
    "exp": np.exp, "ln": np.log, "sqrt": np.sqrt, "tanh": np.tanh, "sin": np.sin, "cos": np.cos,
    "max": np.maximum, "sign": np.sign, "pi": np.pi,
}  # fmt: skip


def value_rule(activation, symbol, z):
    """a = f(z) in symbols; see `rule`."""
    return rule(VALUES[activation], symbol, {"z": z})


def slope_rule(activation, symbol, z, a):
    """f'(z) in symbols, written with z or with a, whichever is shorter; see `rule`."""
    return rule(SLOPES[activation], symbol, {"z": z, "a": a})


def rule(formula, symbol, letters):
    """The equation of a formula, and one for each name that it gives ("T = tanh(z); z * T").

    Args:
        symbol: What stands on the left.
        letters: A tree for each letter of the formula.
    """
    *named, (_, last) = steps_of(formula)
    letters, wheres = dict(letters), []
    for letter, node in named:
        wheres.append(row(name(letter), sign("="), *pieces(node, letters)))
        letters[letter] = name(letter)
    return row(symbol, sign("="), *pieces(last, letters)), *wheres


def value_tree(activation, z):
    """f(z) of a number."""
    return number_tree(VALUES[activation], {"z": z})


def slope_tree(activation, z, a):
    """f'(z) of numbers."""
    return number_tree(SLOPES[activation], {"z": z, "a": a})


def number_tree(formula, numbers):
    """A formula with numbers in the place of its letters, and of the names that it gives."""
    *named, (_, last) = steps_of(formula)
    numbers = dict(numbers)
    for letter, node in named:
        numbers[letter] = number_of(node, numbers)
    return alone(last, {letter: number(value) for letter, value in numbers.items()})


def term_tree(loss, o, t):
    """The loss of one output; o and t: trees."""
    [(_, term)] = steps_of(LOSS_TERMS[loss])
    return alone(term, {"o": o, "t": t})


def steps_of(formula):
    """[(name, expression)] in order; the last has the name None where the formula gives it none."""
    return [
        (each.targets[0].id if isinstance(each, ast.Assign) else None, each.value)
        for each in ast.parse(formula).body
    ]


def reads(node, letter):
    """Whether an expression has this letter in it."""
    return any(isinstance(each, ast.Name) and each.id == letter for each in ast.walk(node))


def number_of(node, numbers):
    """The number that an expression stands for; not finite where it is too large."""
    match node:
        case ast.Constant():
            return np.float64(node.value)
        case ast.Name():
            return np.float64({**KNOWN, **numbers}[node.id])
        case ast.UnaryOp(op=ast.USub()):
            return -number_of(node.operand, numbers)
        case ast.Call():
            inputs = [number_of(each, numbers) for each in node.args]
            with np.errstate(all="ignore"):
                return KNOWN[node.func.id](*inputs)
        case ast.BinOp() if type(node.op) in ARITHMETIC:
            sides = number_of(node.left, numbers), number_of(node.right, numbers)
            with np.errstate(all="ignore"):
                return ARITHMETIC[type(node.op)](*sides)
    raise ValueError(f"a formula cannot have {ast.unparse(node)!r}")


# How it is set ----------------------------------------------------------------------------------


def pieces(node, letters, first=True):
    """Return the parts of an expression, from left to right.

    Args:
        first: Whether nothing stands before it.
    """
    match node:
        case ast.BinOp(op=ast.Add() | ast.Sub()):
            before = pieces(node.left, letters, first)
            return [*before, sign(SIGNS[type(node.op)]), factor(node.right, letters)]
        case ast.BinOp(op=ast.Mult()):
            before = (
                [factor(node.left, letters)] if is_sum(node.left)
                else pieces(node.left, letters, first)
            )  # fmt: skip
            times = sign("×" if is_simple(node.right) else TIMES)
            return [*before, times, factor(node.right, letters)]
        case ast.BinOp(op=ast.Div()):
            return [fraction(alone(node.left, letters), alone(node.right, letters))]
        case ast.BinOp(op=ast.Pow()):
            return [power(factor(node.left, letters), alone(node.right, letters))]
        case ast.UnaryOp(op=ast.USub()):
            return [sign("−"), factor(node.operand, letters)]
        case ast.Compare(ops=[ast.Gt()]):
            [right] = node.comparators
            return [*pieces(node.left, letters), sign(">"), *pieces(right, letters)]
        case ast.IfExp():
            return [cases(*(alone(n, letters) for n in (node.body, node.test, node.orelse)))]
        case ast.Call():
            return [called(node.func.id, [alone(each, letters) for each in node.args])]
        case ast.Name(id="pi"):
            return [name("π")]
        case ast.Name():
            return [opened(letters[node.id]) if first else letters[node.id]]
        case ast.Constant():
            return [("mn", str(node.value))]
    raise ValueError(f"a formula cannot have {ast.unparse(node)!r}")


def is_sum(node):
    """Whether an expression needs brackets beside a sign, or below an exponent."""
    match node:
        case ast.BinOp(op=ast.Add() | ast.Sub()) | ast.UnaryOp() | ast.IfExp():
            return True
    return False


def is_simple(node):
    """Whether an expression would run into a factor before it that has no sign."""
    match node:
        case ast.Name() | ast.Constant() | ast.BinOp(op=ast.Pow()):
            return True
    return False


def factor(node, letters):
    """An expression behind a sign, or below an exponent."""
    tree = whole(pieces(node, letters, first=False))
    return row(sign("("), alone(node, letters), sign(")")) if is_sum(node) else tree


def alone(node, letters):
    """An expression that brackets, a line or a root already hold together."""
    return whole(pieces(node, letters))


def whole(parts):
    return parts[0] if len(parts) == 1 else row(*parts)


def opened(tree):
    """A number without the brackets that a negative one has behind a sign."""
    return tree[2] if tree[:2] == row(sign("(")) else tree


def called(function, inputs):
    """A function with its inputs, as it is usually written."""
    if function == "exp":
        return power(name("e"), *inputs)
    if function == "sqrt":
        return root(*inputs)
    return applied(function, joined(inputs, ","))


def cases(first, condition, otherwise):
    """One value where a condition holds, another elsewhere."""
    rows = (first, condition), (otherwise, word(INSIDE["otherwise"]))
    lines = [("mtr", ("mtd", row(value)), ("mtd", row(when))) for value, when in rows]
    return row(sign("{"), ("mtable", *lines))
