"""Formulas: they compute what Python computes, and let nothing else through."""

import math

import numpy as np
import pytest

from nncore.formulas import LONGEST, formula

RIGHT = {
    "sin(x1*x2)": lambda a, b: math.sin(a * b),
    "hypot(x1, x2)": math.hypot,
    "x1 > 0": lambda a, b: float(a > 0),
    "x1**2 + x2**2 <= 4": lambda a, b: float(a * a + b * b <= 4),
    "-x1 + 2*x2 - .5": lambda a, b: -a + 2 * b - 0.5,
    "max(x1, min(x2, 1)) / 3": lambda a, b: max(a, min(b, 1)) / 3,
    "atan2(x2, x1) % pi": lambda a, b: math.atan2(b, a) % math.pi,
    "exp(-abs(x1)) * tanh(x2)": lambda a, b: math.exp(-abs(a)) * math.tanh(b),
    "log(x1)": lambda a, b: math.log(a) if a > 0 else 0.0,
    "x1 ** 0.5": lambda a, b: a**0.5 if a >= 0 else 0.0,
    "x1 / 0": lambda a, b: 0.0,
    "exp(9 * x1 ** 2)": lambda a, b: min(math.exp(9 * a * a), 1e6),
    "e": lambda a, b: math.e,
    "sign(x1) * floor(x2)": lambda a, b: (a > 0) * 1.0 - (a < 0) and np.sign(a) * math.floor(b),
}


@pytest.mark.parametrize("text", RIGHT)
def test_values(text):
    rng = np.random.default_rng(0)
    x1, x2 = rng.uniform(-3, 3, (2, 50))
    expected = [RIGHT[text](a, b) for a, b in zip(x1.tolist(), x2.tolist(), strict=True)]
    found = formula(text)(x1, x2)
    assert found.shape == (50,)
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-12)


REFUSED = {
    "": "must have 1 to 80 characters; got 0",
    "x1 + " * 40: "must have 1 to 80 characters",
    "x1 +": "cannot be read",
    "sin(x1": "cannot be read",
    "y": "at character 1 'y' is no name of a formula",
    "x1 + foo(x2)": "at character 6 'foo(x2)' is no function",
    "sin(x1, x2)": "at character 1 'sin(x1, x2)' takes 1 number",
    "hypot(x1)": "takes 2 numbers",
    "x1.real": "at character 1 'x1.real' is not allowed",
    "x1[0]": "is not allowed",
    "().__class__": "is not allowed",
    "__import__('os')": "at character 12 \"'os'\" is not allowed",
    "lambda: 1": "is not allowed",
    "[x1 for x1 in x2]": "is not allowed",
    "x1 if x2 else 1": "is not allowed",
    "'text'": "is not allowed",
    "1e400": "is not allowed",
    "9 ** 9 ** 9 + True": "'True' is not allowed",
    "x1 and x2": "is not allowed",
    "1 < x1 < 2": "is not allowed",
    "x1 == x2": "is not allowed",
    "(x1 := 3)": "is not allowed",
    "sin(x=x1)": "is not allowed",
    "1j": "is not allowed",
    "x1^2": "'x1^2' is not allowed in a formula; a power is written x1**2",
    " x1²": "at character 3 it cannot be read: '²'; a power",
    "2x1 + 1": "a product is written 2*x1",
    "x1(x2 + 1)": "a product is written 2*x1",
    "−x1": "a minus is written -",
    "0,5*x1": "decimals have a point",
    "sin x1": "functions have brackets, as in sin(x1)",
    "x1 > 0 and x2 > 0": "that both hold is written (x1 > 0)*(x2 > 0)",
    "X1*x2": "x1 and x2 are small",
    "ln(x1)": "the natural logarithm is log",
}


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: text[:16])
def test_what_is_no_formula_names_the_place(text):
    with pytest.raises(ValueError, match=r"character|cannot be read") as caught:
        formula(text)
    assert REFUSED[text] in str(caught.value)


def test_towers_of_powers_and_brackets_end_quickly():
    ones = np.ones(3)
    assert formula("9 ** 9 ** 9 ** 9 ** 9")(ones, ones).tolist() == [0, 0, 0]
    nested = "(" * 38 + "x1" + ")" * 38
    assert len(nested) <= LONGEST
    assert formula(nested)(ones, ones).tolist() == [1, 1, 1]
