"""Scaling, one-hot rows and splits."""

import numpy as np
import pytest
from complaints import exactly

from nncore import SeedRandom, one_hot, shuffle_split, standardize, stratified_split


def test_standardize_by_hand():
    # mean 2, population standard deviation sqrt(2/3)
    X = np.array([[1.0, 7.0], [2.0, 7.0], [3.0, 7.0]])
    root = np.sqrt(3 / 2)
    np.testing.assert_allclose(standardize(X), [[-root, 0], [0, 0], [root, 0]], atol=1e-15)


@pytest.mark.parametrize("value", [0.0, 0.1, 1e300, -7.3, 1e-300])
def test_a_constant_column_becomes_zero(value):
    X = np.column_stack([np.full(7, value), np.arange(7.0)])
    Z = standardize(X)
    assert (Z[:, 0] == 0).all()
    np.testing.assert_allclose(Z[:, 1].std(), 1)


def test_standardize_leaves_its_input_alone():
    X = np.array([[1.0, 2.0], [3.0, 4.0]])
    standardize(X)
    np.testing.assert_array_equal(X, [[1, 2], [3, 4]])


def test_standardized_twice_is_the_same():
    X = np.random.default_rng(0).normal(50, 10, (30, 4))
    np.testing.assert_allclose(standardize(standardize(X)), standardize(X), atol=1e-14)


def test_one_hot():
    np.testing.assert_array_equal(one_hot([2, 0, 1]), [[0, 0, 1], [1, 0, 0], [0, 1, 0]])
    np.testing.assert_array_equal(one_hot(np.array([1.0, 0.0]), 3), [[0, 1, 0], [1, 0, 0]])
    assert one_hot([0]).dtype == np.float64


def test_shuffle_split_is_fisher_yates_from_the_end():
    class Scripted:
        """u = 0 (row 3 with 0), 0.99 (2 with 2), 0.5 (1 with 1), 0 (0 with 0)."""

        def __init__(self):
            self.answers = [0.0, 0.99, 0.5, 0.0]

        def random(self, n):
            drawn, self.answers = self.answers[:n], self.answers[n:]
            return np.array(drawn)

    X, y = np.arange(8.0).reshape(4, 2), np.array([10, 11, 12, 13])
    rng = Scripted()
    X_train, X_test, y_train, y_test = shuffle_split(X, y, 0.5, rng)
    np.testing.assert_array_equal(y_train, [13, 11])
    np.testing.assert_array_equal(y_test, [12, 10])
    np.testing.assert_array_equal(X_train, [[6, 7], [2, 3]])
    np.testing.assert_array_equal(X_test, [[4, 5], [0, 1]])
    assert rng.answers == [], "one draw per row"


@pytest.mark.parametrize("n", [100, 500])
@pytest.mark.parametrize("percent", range(0, 101))
def test_shuffle_split_counts_like_whole_percents(percent, n):
    """0.29 * 100 is 28.999999999999996 in floating point, and still 29 rows."""
    X, y = np.zeros((n, 2)), np.arange(n)
    _, _, y_train, y_test = shuffle_split(X, y, percent / 100, SeedRandom("p"))
    assert len(y_train) == n * percent // 100
    np.testing.assert_array_equal(np.sort(np.concatenate([y_train, y_test])), y)


def test_stratified_split_holds_back_a_share_of_each_class():
    y = np.repeat([0, 1, 2], [59, 71, 48])
    X = np.arange(178.0)[:, np.newaxis]
    X_train, X_held, y_train, y_held = stratified_split(X, y, 0.2, np.random.default_rng(0))
    np.testing.assert_array_equal(np.bincount(y_held), [12, 14, 10])
    np.testing.assert_array_equal(np.bincount(y_train), [47, 57, 38])
    np.testing.assert_array_equal(np.sort(np.concatenate([X_train, X_held]), axis=0), X)
    np.testing.assert_array_equal(y[X_held[:, 0].astype(int)], y_held)
    again = stratified_split(X, y, 0.2, np.random.default_rng(1))
    assert not np.array_equal(again[1], X_held)


def test_stratified_split_keeps_every_class_on_both_sides():
    y = np.array([0, 0, 1, 1, 1])
    for share in (0.01, 0.5, 0.99):
        _, _, y_train, y_held = stratified_split(np.zeros((5, 1)), y, share, SeedRandom("s"))
        assert set(y_train) == set(y_held) == {0, 1}


X, Y = np.zeros((3, 2)), np.array([0, 1, 1])
RNG = SeedRandom("x")


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: standardize([1, 2, 3]), "X must be of shape (n, columns); got (3,)"),
        (
            lambda: standardize(np.zeros((0, 2))),
            "X must be of shape (n, columns) with at least one row; got (0, 2)",
        ),
        (
            lambda: standardize([[1, np.nan]]),
            "X must be finite everywhere (it is not at row 0, column 1); got nan",
        ),
        (
            lambda: one_hot([0, 3], 3),
            "y must be class numbers 0 to 2 (position 1 is not); got 3.0",
        ),
        (
            lambda: one_hot([0, -1]),
            "y must be class numbers 0 to ... (position 1 is not); got -1.0",
        ),
        (
            lambda: one_hot([0.5]),
            "y must be class numbers 0 to ... (position 0 is not); got 0.5",
        ),
        (lambda: one_hot([0], 0), "n_classes must be a whole number of at least 1; got 0"),
        (
            lambda: shuffle_split(X, Y, 1.2, RNG),
            "train_share must be a number from 0 to 1; got 1.2",
        ),
        (
            lambda: shuffle_split(X, Y[:2], 0.5, RNG),
            "y must be of length 3, one entry per row of X; got (2,)",
        ),
        (
            lambda: stratified_split(X, Y, 0.5, RNG),
            "y must be labels with two rows or more of each class (class 0 has one); got 0",
        ),
        (
            lambda: stratified_split(X, Y, 0, RNG),
            "validation_share must be a number above 0 and below 1; got 0",
        ),
    ],
)
def test_bad_arguments(call, text):
    with pytest.raises(ValueError, match=exactly(text)):
        call()
