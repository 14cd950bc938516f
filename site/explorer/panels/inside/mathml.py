"""Formulas as trees of tuples, and the trees as MathML elements.

A tree is (tag, child, child, ...), where a child is a tree or a text. The helpers below name the
few kinds of element that the walk's formulas need. Texts only ever become text nodes.
"""

from explorer.drawing.figures import chosen, shown

TIMES = "\u2062"  # between factors that need no sign
BREAKS = "×+−" + TIMES  # signs after which a line may end


def name(text):
    """A variable: italics if it is one letter."""
    return "mi", text


def number(value, decimals=None):
    """A number; one that is negative in brackets, as behind another sign."""
    text = ("mn", shown(value, decimals=decimals))
    return row(sign("("), text, sign(")")) if value < 0 else text


def bare(value):
    """A number without brackets."""
    return "mn", shown(value)


def constant(value):
    """A number that was chosen, such as a learning rate, with all its digits and no others."""
    return "mn", chosen(value)


def sign(text):
    return "mo", text


def word(text):
    return "mtext", text


def row(*parts):
    return "mrow", *parts


def sub(base, *index):
    """A letter with an index below: sub("w", "2") or sub("w", "2", "1")."""
    lower = row(*(each if isinstance(each, tuple) else ("mi", each) for each in index))
    return "msub", ("mi", base), lower


def power(base, exponent):
    return "msup", base, exponent


def fraction(above, below):
    return "mfrac", above, below


def root(inside):
    return "msqrt", inside


def total(below, inside):
    """A sum over what stands below the sign."""
    return row(("munder", ("mo", "∑"), ("mi", below)), inside)


def applied(function, inside):
    """A function by name, with its argument."""
    return row(("mi", function), sign("("), inside, sign(")"))


def joined(parts, between):
    """Trees with a sign between them."""
    found = []
    for part in parts:
        found += [part] if not found else [sign(between), part]
    return row(*found)


def equation(*sides):
    return joined(sides, "=")


def veiled(tree, texts):
    """The same formula with a question mark for every number that has one of these texts."""
    tag, *children = tree
    if tag == "mn" and children[0] in texts:
        return "mn", "?"
    return tag, *(veiled(c, texts) if isinstance(c, tuple) else c for c in children)


def write(browser, parent, tree):
    """Add a formula to an element, as <math>."""
    parent.setAttribute("translate", "no")
    math = browser.create_math("math", parent)
    math.setAttribute("displaystyle", "true")
    _grow(browser, math, tree)
    return math


def write_in_parts(browser, parent, tree):
    """The same for a formula that may be long: sums and products break after a sign where a line
    is full, for which each part becomes a <math> of its own."""
    parts, part = [], []
    for child in unfolded(tree):
        part.append(child)
        if child[0] == "mo" and child[1] in BREAKS and len(part) > 1:
            parts.append(part)
            part = []
    for each in [*parts, part] if part else parts:
        write(browser, parent, row(*each))
        browser.create("wbr", parent)


def unfolded(tree):
    """What a row is made of; the parts of rows within it too, unless they stand in brackets."""
    tag, *children = tree
    if tag != "mrow" or children[0] == sign("("):
        return [tree]
    return [part for child in children for part in unfolded(child)]


def _grow(browser, parent, tree):
    tag, *children = tree
    if len(children) == 1 and isinstance(children[0], str):
        browser.create_math(tag, parent, children[0])
        return
    node = browser.create_math(tag, parent)
    for child in children:
        _grow(browser, node, child)
