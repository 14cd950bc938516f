"""How far the kernel's exp, tanh, ... are from the truth, in units in the last place.

The truth comes from mpmath with 60 digits; one unit is the distance between the true value and
the next float64. The bounds hold over many thousand points each, near zero and far out.
"""

import numpy as np
import pytest
from engines import SIMD, apply

from nncore.kernel import mathlib

N = 4000


def spread(low, high):
    """Points from low to high: even, and closing in on 0 from both sides (as far as allowed)."""
    rng = np.random.default_rng(0)
    even = rng.uniform(low, high, N // 2)
    near = rng.choice([-1.0, 1.0], N // 2) * 10.0 ** rng.uniform(-9, 1, N // 2)
    return np.concatenate([even, np.clip(near, low, high)])


CASES = {  # function, its name in mpmath or a formula, points, bound
    "exp": (mathlib.exp, lambda m, x: m.exp(x), spread(-700, 0), 1.5),
    "exp of positive": (mathlib.exp, lambda m, x: m.exp(x), spread(0, 700), 1.5),
    "expm1": (mathlib.expm1, lambda m, x: m.expm1(x), spread(-60, 0), 1.5),
    "tanh": (mathlib.tanh, lambda m, x: m.tanh(x), spread(-25, 25), 3.0),
    "tanh near 1": (mathlib.tanh, lambda m, x: m.tanh(x), spread(-2, 2), 3.0),
    "sigmoid": (mathlib.sigmoid, lambda m, x: 1 / (1 + m.exp(-x)), spread(-700, 50), 2.5),
    "sigmoid near 0": (mathlib.sigmoid, lambda m, x: 1 / (1 + m.exp(-x)), spread(-4, 4), 2.5),
    "log": (mathlib.log, lambda m, x: m.log(x), 10 ** spread(-300, 300), 1.0),
    "log near 1": (mathlib.log, lambda m, x: m.log(x), spread(0.5, 2), 1.0),
    "log1p": (mathlib.log1p, lambda m, x: m.log1p(x), np.abs(spread(0, 1)), 1.5),
    "softplus": (mathlib.softplus, lambda m, x: m.log1p(m.exp(x)), spread(-600, 600), 2.0),
    "softplus near 0": (mathlib.softplus, lambda m, x: m.log1p(m.exp(x)), spread(-3, 3), 2.0),
    "sine": (lambda f, x: mathlib.sin_cos(f, x)[0], lambda m, x: m.sin(x), spread(-50, 50), 1.5),
    "cosine": (lambda f, x: mathlib.sin_cos(f, x)[1], lambda m, x: m.cos(x), spread(-50, 50), 1.5),
    "sine far out": (
        lambda f, x: mathlib.sin_cos(f, x)[0], lambda m, x: m.sin(x), spread(-1.6e6, 1.6e6), 2.0,
    ),
}  # fmt: skip


@SIMD
@pytest.mark.parametrize("name", CASES)
def test_within_the_bound(name, simd):
    mpmath = pytest.importorskip("mpmath")
    function, truth, points, bound = CASES[name]
    got = apply(function, points, simd=simd)
    with mpmath.workdps(60):
        exact = [truth(mpmath, mpmath.mpf(float(x))) for x in points]
        units = np.spacing(np.abs(np.array([float(value) for value in exact])))
        errors = np.array([
            float(abs(mpmath.mpf(float(mine)) - value) / float(unit))
            for mine, value, unit in zip(got, exact, units, strict=True)
        ])  # fmt: skip
    worst = int(errors.argmax())
    assert errors[worst] <= bound, f"{errors[worst]:.2f} units off at {points[worst]!r}"


NOT_FINITE = np.array([np.nan, np.inf, -np.inf, 0.0])


@SIMD
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("exp", [np.nan, None, 0.0, 1.0]),
        ("expm1", [np.nan, None, -1.0, 0.0]),
        ("tanh", [np.nan, 1.0, -1.0, 0.0]),
        ("sigmoid", [np.nan, 1.0, 0.0, 0.5]),
        ("softplus", [np.nan, np.inf, 0.0, np.log(2)]),
        ("sine", [np.nan, np.nan, np.nan, 0.0]),
    ],
)
def test_what_is_not_finite(name, expected, simd):
    """As in NumPy; None stands for numbers outside a function's domain."""
    got = apply(CASES[name][0], NOT_FINITE, simd=simd)
    asked = [k for k, value in enumerate(expected) if value is not None]
    want = np.array([expected[k] for k in asked])
    np.testing.assert_allclose(got[asked], want, rtol=1e-15, atol=1e-300)


@SIMD
def test_signs_of_zero_and_tiny_numbers_survive(simd):
    tiny = np.array([0.0, -0.0, 5e-324, -5e-324])
    got = apply(mathlib.tanh, tiny, simd=simd)
    np.testing.assert_array_equal(got, tiny)
    np.testing.assert_array_equal(np.signbit(got), np.signbit(tiny))


@SIMD
def test_sine_stays_bounded_however_far_out(simd):
    far = 10.0 ** np.arange(6.0, 306.0)
    for part in (0, 1):
        got = apply(lambda f, x, part=part: mathlib.sin_cos(f, x)[part], far, simd=simd)
        assert np.abs(got).max() <= 1.0
