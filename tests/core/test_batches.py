"""The rows of an epoch lie in its order, gathered at once or piece by piece."""

import numpy as np
import pytest

from nncore.batches import BLOCK, Batches

N = 2 * BLOCK + 50


@pytest.fixture
def batches():
    rng = np.random.default_rng(0)
    return Batches(rng.normal(size=(N, 3)), rng.normal(size=(2, N)), batch_size=10)


@pytest.mark.parametrize("stops", [(N,), (10, 20, BLOCK + 7, N), (N, 10)])
def test_rows_are_gathered_as_far_as_they_are_wanted(batches, stops):
    X, targets = batches.rows.copy(), batches.answers.copy()
    for order in (np.random.default_rng(1).permutation(N), batches.natural_order):
        for stop in stops:
            batches.arrange(order, stop)
            np.testing.assert_array_equal(batches.x[:-1, :stop], X[order[:stop]].T)
            np.testing.assert_array_equal(batches.targets[:, :stop], targets[order[:stop]].T)
        batches.arrange(order)
        np.testing.assert_array_equal(batches.x[:-1], X[order].T)
        np.testing.assert_array_equal(batches.x[-1], 1.0)


def test_an_order_that_was_left_begins_anew(batches):
    one, other = (np.random.default_rng(seed).permutation(N) for seed in (1, 2))
    batches.arrange(one)
    batches.arrange(other, 20)
    batches.arrange(one)
    np.testing.assert_array_equal(batches.targets, batches.answers[one].T)


def test_a_caller_may_change_its_rows_afterwards():
    X, targets = np.ones((12, 2)), np.ones((1, 12))
    batches = Batches(X, targets, 5)
    X[:], targets[:] = 0.0, 0.0
    batches.arrange(batches.natural_order)
    assert batches.x.all()
    assert batches.targets.all()
