"""exp, tanh, log, sine and their kin, which WebAssembly does not have.

Each function takes a Function to write into and an expression x, and returns an expression. All
work alike: bring x into a short interval where a polynomial serves, then undo that exactly. There
are no branches, so several numbers can be worked on at once. Errors stay within 3 units in
the last place (tests/core/test_kernel_mathlib.py states and checks each bound).
Source of the intervals and coefficients: Sun Microsystems (1993), fdlibm 5.3, e_exp.c, e_log.c,
k_sin.c and k_cos.c. "Permission to use, copy, modify, and distribute this software is freely
granted, provided that this notice is preserved."
"""

from __future__ import annotations

import numpy as np

from nncore.kernel.assembler import Expression, Function

LN2_HIGH, LN2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10
LOG2_E = 1.44269504088896338700
# Adding this makes a number whole, and leaves it plus 1023 in the lowest bits of the float64.
TO_EXPONENT = 1.5 * 2.0**52 + 1023
# Of r / tanh(r) = 1 + r^2/3 - r^4/45 + ...; fdlibm's are for the double of r.
EXP = tuple(2.0 ** (2 * k + 1) * coefficient for k, coefficient in enumerate((
    1.66666666666666019037e-01, -2.77777777770155933842e-03, 6.61375632143793436117e-05,
    -1.65339022054652515390e-06, 4.13813679705723846039e-08,
)))  # fmt: skip
LOG = (6.666666666666735130e-01, 3.999999999940941908e-01, 2.857142874366239149e-01,
       2.222219843214978396e-01, 1.818357216161805012e-01, 1.531383769920937332e-01,
       1.479819860511658591e-01)  # fmt: skip
SIN = (-1.66666666666666324348e-01, 8.33333333332248946124e-03, -1.98412698298579493134e-04,
       2.75573137070700676789e-06, -2.50507602534068634195e-08,
       1.58969099521155010221e-10)  # fmt: skip
COS = (4.16666666666666019037e-02, -1.38888888888741095749e-03, 2.48015872894767294178e-05,
       -2.75573143513906633035e-07, 2.08757232129817482790e-09,
       -1.13596475577881948265e-11)  # fmt: skip
TWO_OVER_PI = 6.36619772367581382433e-01
# pi/2 in three parts; the first two have 33 bits, so that k times them is exact for k < 2^20.
HALF_PI = 1.57079632673412561417e00, 6.07710050630396597660e-11, 2.02226624879595063154e-21
TANH = -1 / 3, 2 / 15, -17 / 315  # of tanh(b) = b - b^3/3 + 2 b^5/15 - 17 b^7/315 + ...
STEP = 1 / 64
TO_STEPS = 1.5 * 2.0**52 * STEP  # adding this leaves the number of steps in the lowest bits
TANH_ENDS, TANH_LAST = 20.0, 2047  # tanh(20) is 1
TANH_TABLE = np.tanh(np.arange(TANH_LAST + 1) * STEP)
SMALLEST_EXPONENT = -708.0  # exp of less is smaller than any normal float64
HIGHEST, SQRT_2 = 40.0, 1.4142135623730951  # 1 + exp(-40) is 1


def polynomial(x: Expression, coefficients: tuple[float, ...]) -> Expression:
    """Return c0 + c1 x + c2 x^2 + ... by Horner's scheme."""
    *others, last, highest = coefficients
    total = highest * x + last
    for coefficient in reversed(others):
        total = total * x + coefficient
    return total


def _exponential_parts(f: Function, half: Expression) -> tuple[Expression, Expression, Expression]:
    """Return (s, r, c) with exp(2 half) = s (1 + c + r) / (1 + c - r), for |half| <= 354.

    half = k ln(2) / 2 + r with k whole and |r| <= ln(2) / 4, s = 2^k, and 1 + c = r / tanh(r), so
    that c is even in r and small. Seen so, exp, expm1, tanh and sigmoid need one division each.
    """
    t = f.let(half * (2 * LOG2_E) + TO_EXPONENT)
    k = f.let(t - TO_EXPONENT)
    r = f.let(half - k * (LN2_HIGH / 2) - k * (LN2_LOW / 2))
    square = f.let(r * r)
    return f.let(t.shift(52)), r, f.let(polynomial(square, EXP) * square)


def exp(f: Function, x: Expression) -> Expression:
    """e^x for x <= 708; 0 where it would be below 2.3e-308."""
    s, r, c = _exponential_parts(f, f.let(x.maximum(SMALLEST_EXPONENT) * 0.5))
    result = f.let(s + s * ((r + r) / (c - r + 1.0)))
    return (x < SMALLEST_EXPONENT).where(0.0, result)


def expm1(f: Function, x: Expression) -> Expression:
    """e^x - 1 for x <= 708, exact also near 0."""
    s, r, c = _exponential_parts(f, f.let(x.maximum(-HIGHEST) * 0.5))
    return s * ((r + r) / (c - r + 1.0)) + (s - 1.0)


def sigmoid(f: Function, x: Expression) -> Expression:
    """1 / (1 + e^-x); 0 where it would be below 2.3e-308."""
    s, r, c = _exponential_parts(f, f.let(x.maximum(SMALLEST_EXPONENT).minimum(HIGHEST) * 0.5))
    grown = f.let(s * (c + r + 1.0))
    return (x < SMALLEST_EXPONENT).where(0.0, grown / (grown + (c - r + 1.0)))


def tanh(f: Function, x: Expression) -> Expression:
    """(T + t) / (1 + T t) with T = tanh(a), t = tanh(b), for |x| = a + b; given the sign of x.

    a is the nearest multiple of 1/64, and its T stands in a table; |b| <= 1/128 is small enough
    for four terms of the series of tanh.
    """
    size = f.let(abs(x).minimum(TANH_ENDS))
    steps = f.let(size + TO_STEPS)
    b = f.let(size - (steps - TO_STEPS))
    places = [(steps.whole_lane(k) & TANH_LAST) * 8 for k in range(f.lanes)]
    big = f.let(f.gather(places, f.tanh_table))
    square = f.let(b * b)
    small = f.let(b + b * square * polynomial(square, TANH))
    return ((big + small) / (big * small + 1.0)).signed_as(x)


def log(f: Function, x: Expression) -> Expression:
    """The natural logarithm of a positive, finite, normal x.

    x = 2^k m with m from sqrt(1/2) to sqrt(2); log m is a series in (m - 1) / (m + 1).
    """
    fraction_bits, one = 2.0**-1022 - 2.0**-1074, 1.0
    m = f.let((x & fraction_bits) | one)  # the same digits, from 1 to 2
    high = f.let(m > SQRT_2)
    m = f.let(high.where(m * 0.5, m))
    biased = (x.shift(-52) | 2.0**52) - (2.0**52 + 1023)
    k = f.let(biased + high.where(1.0, f.number(0.0)))
    excess = f.let(m - 1.0)
    half_square = f.let(excess * excess * 0.5)
    s = f.let(excess / (excess + 2.0))
    z = f.let(s * s)
    tail = s * (half_square + z * polynomial(z, LOG)) + k * LN2_LOW
    return k * LN2_HIGH - ((half_square - tail) - excess)


def log1p(f: Function, x: Expression) -> Expression:
    """log(1 + x) for x from 0 to 1, exact also near 0: what 1 + x rounds off is put back."""
    w = f.let(x + 1.0)
    lost = f.let((x - (w - 1.0)) / w)
    return log(f, w) + lost


def softplus(f: Function, x: Expression) -> Expression:
    """log(1 + e^x), without overflow."""
    rest = f.let(exp(f, f.let(-abs(x))))
    return x.maximum(0.0) + log1p(f, rest)


def sin_cos(f: Function, x: Expression) -> tuple[Expression, Expression]:
    """(sine, cosine) for |x| < 1.6 million; beyond, the quarter turn is guessed, within [-1, 1].

    x = k pi/2 + r with |r| <= pi/4: k mod 4 says which of +-sin r and +-cos r to take.
    """
    k = f.let((x * TWO_OVER_PI).nearest())
    r = f.let(x - k * HALF_PI[0] - k * HALF_PI[1] - k * HALF_PI[2])
    r = f.let(r.minimum(0.8).maximum(-0.8))
    z = f.let(r * r)
    sine = f.let(r + r * z * polynomial(z, SIN))
    half = f.let(z * 0.5)
    w = f.let(1.0 - half)
    cosine = f.let(w + (((1.0 - w) - half) + z * z * polynomial(z, COS)))
    quarter = f.let(k - (k * 0.25).floor() * 4.0)  # 0, 1, 2, 3
    odd = f.let((quarter - (quarter * 0.5).floor() * 2.0) > 0.5)
    turned = f.let((quarter * 0.5).floor())  # 1 in the second half turn
    sine_sign = 1.0 - (turned + turned)
    next_half = f.let(((quarter + 1.0) * 0.5).floor())  # 0, 1, 1, 2
    cosine_sign = f.let(next_half.equals(1.0)).where(-1.0, f.number(1.0))
    return odd.where(cosine, sine) * sine_sign, odd.where(sine, cosine) * cosine_sign
