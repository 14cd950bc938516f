"""Every activation: its value from the definition, its derivative from differences."""

import math

import numpy as np
import pytest

from nncore import ACTIVATIONS

# The definitions once more, in plain Python; where exp would overflow the limit is written out.
DEFINITIONS = {
    "linear": lambda z: z,
    "relu": lambda z: max(z, 0.0),
    "leaky_relu": lambda z: z if z > 0 else 0.01 * z,
    "elu": lambda z: z if z > 0 else math.exp(z) - 1,
    "silu": lambda z: z / (1 + math.exp(-z)),
    "gelu": lambda z: z / 2 * (1 + math.tanh(math.sqrt(2 / math.pi) * (z + 0.044715 * z**3))),
    "softplus": lambda z: math.log(1 + math.exp(z)),
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "tanh": lambda z: (math.exp(z) - math.exp(-z)) / (math.exp(z) + math.exp(-z)),
    "sin": math.sin,
}
AT_1000 = {  # the limits at z = -1000 and z = +1000
    "linear": (-1000, 1000),
    "relu": (0, 1000),
    "leaky_relu": (-10, 1000),
    "elu": (-1, 1000),
    "silu": (0, 1000),
    "gelu": (0, 1000),
    "softplus": (0, 1000),
    "sigmoid": (0, 1),
    "tanh": (-1, 1),
}
GRID = np.linspace(-4.05, 4.05, 82)  # no 0: relu, leaky_relu and elu have a kink there


def test_the_definitions_cover_the_table():
    assert set(DEFINITIONS) | {"softmax"} == set(ACTIVATIONS)
    assert all(activation.name == name for name, activation in ACTIVATIONS.items())


@pytest.mark.parametrize("name", DEFINITIONS)
def test_value(name):
    expected = [DEFINITIONS[name](float(z)) for z in GRID]
    np.testing.assert_allclose(ACTIVATIONS[name](GRID), expected, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("name", DEFINITIONS)
def test_backprop_multiplies_by_the_derivative(name):
    activation, h = ACTIVATIONS[name], 1e-5
    z = GRID.reshape(2, -1)
    a = activation(z)
    upstream = np.linspace(-2, 3, z.size).reshape(z.shape)
    delta = upstream.copy()
    assert activation.backprop(delta, z, a) is None, "it works in place"
    slope = (activation(z + h) - activation(z - h)) / (2 * h)
    np.testing.assert_allclose(delta, upstream * slope, rtol=1e-7, atol=1e-9)


def worked_out(formula, **letters):
    """The number that a formula gives; what it names first is worked out first."""
    known = {name: getattr(math, name) for name in ("exp", "sqrt", "tanh", "sin", "cos", "pi")}
    known |= {"ln": math.log, "max": max, "__builtins__": {}}
    *named, last = formula.split(";")
    for each in named:
        letter, _, text = each.partition("=")
        letters[letter.strip()] = eval(text.strip(), known, letters)
    return eval(last.strip(), known, letters)


@pytest.mark.parametrize("name", DEFINITIONS)
def test_formula_and_slope_say_what_the_function_does(name):
    activation, h = ACTIVATIONS[name], 1e-5
    for z in GRID.tolist():
        a = float(activation(z))
        assert worked_out(activation.formula, z=z) == pytest.approx(a, rel=1e-12, abs=1e-15)
        slope = float(activation(z + h) - activation(z - h)) / (2 * h)
        assert worked_out(activation.slope, z=z, a=a) == pytest.approx(slope, rel=1e-7, abs=1e-9)


@pytest.mark.parametrize("name", AT_1000)
def test_extremes_neither_overflow_nor_warn(name):
    z = np.array([[-1000.0, 1000.0]])
    a = ACTIVATIONS[name](z)
    np.testing.assert_allclose(a[0], AT_1000[name], rtol=1e-12, atol=1e-300)
    delta = np.ones_like(z)
    with np.errstate(over="ignore"):  # as training does
        ACTIVATIONS[name].backprop(delta, z, a)
    assert np.isfinite(delta).all()


def test_which_are_bounded_and_which_saturate():
    bounded = {name for name in DEFINITIONS if ACTIVATIONS[name].is_bounded}
    assert bounded >= {"sigmoid", "tanh", "sin"}
    assert not bounded & {"linear", "relu", "leaky_relu", "elu", "silu", "gelu", "softplus"}
    saturating = {name for name in DEFINITIONS if ACTIVATIONS[name].saturates}
    assert saturating >= {"sigmoid", "tanh"}
    assert not saturating & {"linear", "relu", "leaky_relu", "elu", "softplus", "sin"}


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_function_leaves_its_input_alone_and_passes_nan_on(name):
    z = np.array([[0.5, np.nan], [-1.0, 2.0]])
    before = z.copy()
    a = ACTIVATIONS[name](z)
    np.testing.assert_array_equal(z, before)
    assert np.isnan(a[0, 1])
    assert np.isfinite(a[:, 0]).all()


def test_slopes_at_zero():
    zero = np.zeros((1, 1))
    expected = {"relu": 0.0, "leaky_relu": 0.01, "elu": 1.0, "tanh": 1.0, "sigmoid": 0.25}
    for name, slope in expected.items():
        delta = np.ones((1, 1))
        ACTIVATIONS[name].backprop(delta, zero, ACTIVATIONS[name](zero))
        np.testing.assert_allclose(delta, slope, err_msg=name)


def test_gelu_is_close_to_the_exact_form():
    exact = [z / 2 * (1 + math.erf(z / math.sqrt(2))) for z in GRID]
    difference = np.abs(ACTIVATIONS["gelu"](GRID) - exact).max()
    assert 1e-5 < difference < 5e-4


def test_softmax_gives_shares_per_sample():
    z = np.array([[1.0, 0.0, 1000.0], [2.0, 0.0, -1000.0], [3.0, 0.0, 0.0]])
    shares = ACTIVATIONS["softmax"](z)
    total = math.e + math.e**2 + math.e**3
    expected = [math.e / total, math.e**2 / total, math.e**3 / total]
    np.testing.assert_allclose(shares[:, 0], expected, rtol=1e-14)
    np.testing.assert_allclose(shares[:, 1], 1 / 3, rtol=1e-15)
    np.testing.assert_allclose(shares[:, 2], [1, 0, 0], atol=1e-300)
    np.testing.assert_allclose(ACTIVATIONS["softmax"](z + 50), shares, rtol=1e-12, atol=1e-300)
    assert ACTIVATIONS["softmax"].backprop is None
