"""Principal components: against scikit-learn, by hand, and by what defines them."""

import numpy as np
import pytest
from complaints import exactly
from sklearn.decomposition import PCA

from nncore import load_wine, principal_components, standardize


def test_wine_s_components_are_scikit_learn_s_up_to_sign():
    X = standardize(load_wine().X)
    mean, directions = principal_components(X, 3)
    theirs = PCA(3).fit(X)
    np.testing.assert_allclose(mean, theirs.mean_, atol=1e-14)
    np.testing.assert_allclose(np.abs(directions), np.abs(theirs.components_), atol=1e-10)
    scores = (X - mean) @ directions.T
    np.testing.assert_allclose(np.abs(scores), np.abs(theirs.transform(X)), atol=1e-10)


def test_points_along_a_line_by_hand():
    # Rows t * (3, 4) / 5 around (1, 2): the first direction is (0.6, 0.8), the second is the
    # one at right angles to it, and the scores are t and 0.
    t = np.array([-2.0, -1.0, 0.0, 3.0])
    X = np.array([1.0, 2.0]) + np.outer(t, [0.6, 0.8])
    mean, directions = principal_components(X)
    np.testing.assert_allclose(mean, [1, 2], atol=1e-15)
    np.testing.assert_allclose(directions, [[0.6, 0.8], [0.8, -0.6]], atol=1e-12)
    np.testing.assert_allclose((X - mean) @ directions.T, np.column_stack([t, 0 * t]), atol=1e-12)


def test_directions_are_orthonormal_and_their_largest_entries_positive():
    X = np.random.default_rng(3).normal(size=(40, 6)) @ np.diag([1, 9, 2, 8, 3, 7])
    _, directions = principal_components(X, 6)
    np.testing.assert_allclose(directions @ directions.T, np.eye(6), atol=1e-12)
    assert (directions[np.arange(6), np.abs(directions).argmax(axis=1)] > 0).all()
    variances = ((X - X.mean(axis=0)) @ directions.T).var(axis=0)
    assert (np.diff(variances) < 0).all()


def test_rows_that_are_all_alike_have_scores_of_zero():
    X = np.ones((5, 3))
    mean, directions = principal_components(X)
    np.testing.assert_array_equal((X - mean) @ directions.T, np.zeros((5, 2)))


@pytest.mark.parametrize(
    ("X", "n_components", "message"),
    [
        (
            np.ones((2, 3)), 3,
            "n_components must be a whole number of at least 1 and at most 2; got 3",
        ),
        (
            np.ones((5, 2)), 0,
            "n_components must be a whole number of at least 1 and at most 2; got 0",
        ),
        (np.ones(5), 1, "X must be of shape (n, columns); got (5,)"),
    ],
)  # fmt: skip
def test_complaints(X, n_components, message):
    with pytest.raises(ValueError, match=exactly(message)):
        principal_components(X, n_components)
