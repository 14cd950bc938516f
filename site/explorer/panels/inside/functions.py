"""The activation functions and their slopes as formulas, for symbols and for numbers alike."""

from explorer.panels.inside.mathml import applied, fraction, name, power, root, row, sign, word
from explorer.text.inside import INSIDE

ONE, TWO, E = ("mn", "1"), ("mn", "2"), name("e")
LEAK, CUBE = ("mn", "0.01"), ("mn", "0.0447")


def brackets(tree):
    return row(sign("("), tree, sign(")"))


def minus(tree):
    return row(sign("−"), tree)


def cases(first, condition, otherwise):
    """One value where a condition holds, another elsewhere."""
    rows = (first, condition), (otherwise, word(INSIDE["otherwise"]))
    lines = [("mtr", ("mtd", row(value)), ("mtd", row(when))) for value, when in rows]
    return row(sign("{"), ("mtable", *lines))


def logistic(z):
    return fraction(ONE, row(ONE, sign("+"), power(E, minus(z))))


def inner(z):
    cube = row(CUBE, power(z, ("mn", "3")))
    scale = root(fraction(TWO, name("π")))
    return row(scale, brackets(row(z, sign("+"), cube)))


# By activation: f(z) from (z, z in brackets where it is negative).
VALUES = {
    "linear": lambda z, _: z,
    "relu": lambda z, _: applied("max", row(z, sign(","), ("mn", "0"))),
    "leaky_relu": lambda z, b: applied("max", row(z, sign(","), LEAK, sign("×"), b)),
    "elu": lambda z, b: cases(
        z, row(b, sign(">"), ("mn", "0")), row(power(E, b), sign("−"), ONE)
    ),
    "silu": lambda z, b: fraction(z, row(ONE, sign("+"), power(E, minus(b)))),
    "gelu": lambda z, b: row(
        fraction(z, TWO), brackets(row(ONE, sign("+"), applied("tanh", inner(b))))
    ),
    "softplus": lambda z, b: applied("ln", row(ONE, sign("+"), power(E, b))),
    "sigmoid": lambda z, b: logistic(b),
    "tanh": lambda z, _: applied("tanh", z),
    "sin": lambda z, _: applied("sin", z),
    "softmax": lambda z, _: applied("softmax", z),
}  # fmt: skip
# By activation: f'(z) from z and a = f(z), both in brackets where they are negative.
SLOPES = {
    "linear": lambda z, a: ONE,
    "relu": lambda z, a: cases(ONE, row(z, sign(">"), ("mn", "0")), ("mn", "0")),
    "leaky_relu": lambda z, a: cases(ONE, row(z, sign(">"), ("mn", "0")), LEAK),
    "elu": lambda z, a: cases(ONE, row(z, sign(">"), ("mn", "0")), row(a, sign("+"), ONE)),
    "silu": lambda z, a: row(
        logistic(z), sign("+"), a, brackets(row(ONE, sign("−"), logistic(z)))
    ),
    "gelu": lambda z, a: row(
        fraction(ONE, TWO), brackets(row(ONE, sign("+"), name("T"))), sign("+"),
        fraction(z, TWO), brackets(row(ONE, sign("−"), power(name("T"), TWO))),
        root(fraction(TWO, name("π"))),
        brackets(row(ONE, sign("+"), ("mn", "3"), sign("×"), CUBE, power(z, TWO))),
    ),
    "softplus": lambda z, a: logistic(z),
    "sigmoid": lambda z, a: row(a, brackets(row(ONE, sign("−"), a))),
    "tanh": lambda z, a: row(ONE, sign("−"), power(a, TWO)),
    "sin": lambda z, a: applied("cos", z),
}  # fmt: skip


def value_tree(activation, z, bracketed):
    """f(z): z as a tree, and the same in brackets where it is a negative number."""
    return VALUES[activation](z, bracketed)


def slope_tree(activation, z, a):
    """f'(z), written with z or with a, whichever is shorter."""
    return SLOPES[activation](z, a)
