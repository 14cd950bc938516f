"""What comes of a formula with the numbers that it shows.

These are rounded, and so is what a reader works out with them; where numbers nearly cancel out,
that may differ from the network's own by more than the last digit. Such an answer is right, too.
A formula is a tree of `mathml`; None stands for one that cannot be worked out from what is seen.
"""

import math

from explorer.drawing.figures import read
from explorer.panels.inside.functions import KNOWN
from explorer.panels.inside.mathml import TIMES


def of_line(sheet, number):
    """The result of a line of a sheet, or None."""
    line = sheet.lines[number]
    if line.tree[0] == "mtext":  # "the sum of these"
        above = [read(each.text) for each in sheet.lines[:number]]
        return None if None in above else sum(above)
    return reckoned(line.tree)


def reckoned(tree):
    """The number that a tree stands for, or None."""
    try:
        parts = flat(tree)
        value = float(total_of(parts))
    except (IndexError, KeyError, TypeError, ValueError, ArithmeticError):
        return None
    return value if not parts and math.isfinite(value) else None


def flat(tree):
    """The parts of a tree from left to right, those of rows within it too."""
    tag, *children = tree
    return [part for child in children for part in flat(child)] if tag == "mrow" else [tree]


def is_next(parts, *signs):
    return bool(parts) and parts[0][0] == "mo" and parts[0][1] in signs


def total_of(parts):
    """Take a sum from the parts."""
    value = product_of(parts)
    while is_next(parts, "+", "−"):
        value += product_of(parts) if parts.pop(0)[1] == "+" else -product_of(parts)
    return value


def product_of(parts):
    """Take a product from the parts."""
    value = factor_of(parts)
    while is_next(parts, "×", TIMES):
        parts.pop(0)
        value *= factor_of(parts)
    return value


def factor_of(parts):
    """Take a number, brackets, or a function from the parts."""
    tag, *children = parts.pop(0)
    if tag == "mn":
        return read(children[0])
    if tag == "mo" and children[0] in ("−", "("):
        return -factor_of(parts) if children[0] == "−" else until_bracket(parts)[0]
    if tag == "mi":
        if children[0] == "π":
            return math.pi
        parts.pop(0)  # its bracket
        return KNOWN[children[0]](*until_bracket(parts))
    inside = children if tag in ("msup", "mfrac", "msqrt") else [None]
    if tag == "msup" and inside[0] == ("mi", "e"):
        return math.exp(reckoned(inside[1]))
    values = [reckoned(each) for each in inside]
    if tag == "msup":
        return values[0] ** values[1]
    return math.sqrt(values[0]) if tag == "msqrt" else values[0] / values[1]


def until_bracket(parts):
    """Take what stands between brackets, which may be several numbers."""
    found = [total_of(parts)]
    while is_next(parts, ","):
        parts.pop(0)
        found.append(total_of(parts))
    if not is_next(parts, ")"):
        raise ValueError("a bracket is not closed")
    parts.pop(0)
    return found
