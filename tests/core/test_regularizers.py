"""L1 and L2: the penalty, its slope, and the step with links that die."""

import numpy as np
import pytest
from complaints import exactly

from nncore import L1, L2, REGULARIZERS
from nncore.regularizers import shrink


def test_penalties_by_hand():
    weights = np.array([3.0, -4.0, 0.0])
    assert L1(0.1).penalty(weights) == 7.0
    assert L2(0.1).penalty(weights) == 12.5
    np.testing.assert_array_equal(L1(0.1).slope(weights), [1, -1, 0])
    np.testing.assert_array_equal(L2(0.1).slope(weights), weights)
    assert REGULARIZERS == {"l1": L1, "l2": L2}


def test_l2_step_by_hand():
    # w2 = w1 - 0.5 * 0.2 * (w before the step), here 1 and -2
    params = np.array([0.9, -1.8])
    assert shrink(L2(0.2), params, np.array([1.0, -2.0]), 0.5) is None
    np.testing.assert_allclose(params, [0.8, -1.6])


def test_l2_never_kills_a_weight():
    params = np.array([0.1])
    assert shrink(L2(1.0), params, np.array([0.5]), 1.0) is None
    np.testing.assert_allclose(params, [-0.4])


def test_l1_step_by_hand():
    """A step of 0.1 towards zero: it crosses for 0.05 and -0.05 only.

    The third was negative before the optimizer's step, so its pull is upwards: away from zero.
    The fourth lands on zero exactly and does not cross it; the last is a bias, slope 0.
    """
    params = np.array([0.05, -0.05, 0.03, 0.1, 0.5, 0.05])
    slope = np.array([1.0, -1.0, -1.0, 1.0, 1.0, 0.0])
    crossed = shrink(L1(0.2), params, slope, 0.5)
    np.testing.assert_array_equal(crossed, [True, True, False, False, False, False])
    np.testing.assert_allclose(params[2:], [0.13, 0.0, 0.4, 0.05], atol=1e-16)


def test_l1_without_a_crossing_reports_none():
    params = np.array([0.5, -0.5])
    assert shrink(L1(0.2), params, np.array([1.0, -1.0]), 0.5) is None
    np.testing.assert_allclose(params, [0.4, -0.4])


@pytest.mark.parametrize("kind", REGULARIZERS.values())
@pytest.mark.parametrize("rate", [-0.1, float("nan"), "0.1", None])
def test_rate_must_be_a_number_of_zero_or_more(kind, rate):
    text = f"rate must be a finite number of 0 or more; got {rate!r}"
    with pytest.raises(ValueError, match=exactly(text)):
        kind(rate)
