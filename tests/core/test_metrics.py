"""Accuracy, R squared, confusion matrix and the class that outputs stand for, by hand."""

import numpy as np
import pytest
from complaints import exactly

from nncore import accuracy, classify, confusion_matrix, r2_score


def test_accuracy():
    assert accuracy([1, -1, 1, 1], [1, 1, 1, -1]) == 0.5
    assert accuracy(np.array([0, 1, 2]), np.array([0, 1, 2])) == 1.0
    assert isinstance(accuracy([0], [1]), float)


def test_classify_one_column_by_sign():
    outputs = np.array([[0.3], [-0.2], [0.0], [np.nan]])
    np.testing.assert_array_equal(classify(outputs), [1.0, -1.0, 1.0, -1.0])
    np.testing.assert_array_equal(classify(outputs[:, 0]), [1.0, -1.0, 1.0, -1.0])
    np.testing.assert_array_equal(classify([0.4, 0.6], threshold=0.5), [-1.0, 1.0])


def test_classify_more_columns_by_the_largest():
    outputs = np.array([[0.2, 0.5, 0.3], [0.9, 0.05, 0.05]])
    np.testing.assert_array_equal(classify(outputs), [1, 0])
    np.testing.assert_array_equal(classify([[1.0, 2.0]]), [1])


def test_r2_score():
    y = np.array([1.0, 2.0, 3.0, 4.0])
    assert r2_score(y, y) == 1.0
    np.testing.assert_allclose(r2_score(y, np.full(4, 2.5)), 0.0)
    # residuals 1, 0, 0, 1 over a total of 5
    np.testing.assert_allclose(r2_score(y, [2, 2, 3, 3]), 0.6)
    np.testing.assert_allclose(r2_score(y[:, np.newaxis], np.array([[4.0], [3], [2], [1]])), -3)
    assert r2_score([2, 2], [2, 2]) == 1.0
    assert r2_score([2, 2], [2, 3]) == 0.0


def test_confusion_matrix_rows_are_the_truth():
    matrix = confusion_matrix([0, 0, 1, 2, 2, 2], [0, 1, 1, 0, 2, 2])
    np.testing.assert_array_equal(matrix, [[1, 1, 0], [0, 1, 0], [1, 0, 2]])
    np.testing.assert_array_equal(confusion_matrix([0], [1], n_classes=3).sum(), 1)
    assert confusion_matrix([0], [1], n_classes=3).shape == (3, 3)


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: accuracy([1, 2], [1]), "y_pred must be of shape (2,), like y_true; got (1,)"),
        (
            lambda: accuracy([[1]], [1]),
            "y_true must be of shape (n,) with at least one entry; got (1, 1)",
        ),
        (
            lambda: accuracy([], []),
            "y_true must be of shape (n,) with at least one entry; got (0,)",
        ),
        (
            lambda: accuracy(["a"], ["a"]),
            "y_true must be an array of real numbers; got 'list'",
        ),
        (
            lambda: accuracy([1, np.nan], [1, 1]),
            "y_true must be finite everywhere (it is not at position 1); got nan",
        ),
        (lambda: classify(np.ones((1, 2, 3))), "outputs must be of shape (n,) or (n, k); "
                                               "got (1, 2, 3)"),
        (
            lambda: confusion_matrix([0, 3], [0, 1], n_classes=3),
            "y_true must be class numbers 0 to 2 (position 1 is not); got 3.0",
        ),
        (
            lambda: confusion_matrix([0, 1], [0, 1.5]),
            "y_pred must be class numbers 0 to ... (position 1 is not); got 1.5",
        ),
        (
            lambda: confusion_matrix([0], [0], n_classes=0),
            "n_classes must be a whole number of at least 1; got 0",
        ),
    ],
)  # fmt: skip
def test_bad_arguments(call, text):
    with pytest.raises(ValueError, match=exactly(text)):
        call()
