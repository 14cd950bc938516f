"""The tables beside scikit-learn's: the same rows in the same order, the same classes and names."""

import numpy as np
import pytest
from sklearn import datasets

from nncore import Table, load_breast_cancer, load_diabetes, load_iris, load_wine

CLASSIFICATION = [
    (load_wine, datasets.load_wine),
    (load_iris, datasets.load_iris),
    (load_breast_cancer, datasets.load_breast_cancer),
]


@pytest.mark.parametrize(("ours", "theirs"), CLASSIFICATION)
def test_classification(ours, theirs):
    table, bunch = ours(), theirs()
    np.testing.assert_array_equal(table.X, bunch.data)
    np.testing.assert_array_equal(table.y, bunch.target)
    assert table.y.dtype == np.int64
    assert table.n_classes == len(bunch.target_names)


def test_diabetes_is_the_table_that_is_not_scaled():
    table, bunch = load_diabetes(), datasets.load_diabetes(scaled=False)
    np.testing.assert_array_equal(table.X, bunch.data)
    np.testing.assert_array_equal(table.y, bunch.target)
    assert table.y.dtype == np.float64
    assert table.n_classes == 0
    assert table.class_names == ()


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [(load_iris, datasets.load_iris), (load_breast_cancer, datasets.load_breast_cancer)],
)
def test_columns_and_classes_have_their_names(ours, theirs):
    table, bunch = ours(), theirs()
    assert [name.lower() for name in table.feature_names] == list(bunch.feature_names)
    assert [name.lower() for name in table.class_names] == list(bunch.target_names)


def test_diabetes_s_columns_stand_in_scikit_learn_s_order():
    expected = [
        *("Age", "Sex", "Body mass index", "Blood pressure", "Total cholesterol"),
        *("LDL cholesterol", "HDL cholesterol", "Cholesterol / HDL", "Log of triglycerides"),
        "Blood sugar",
    ]
    table = load_diabetes()
    assert list(table.feature_names) == expected
    ages, ratio = table.X[:, 0], table.X[:, 7]
    assert ages.min() >= 18
    # The eighth column is the fifth over the seventh, mostly rounded to a whole number.
    np.testing.assert_allclose(ratio, table.X[:, 4] / table.X[:, 6], atol=1.01)


@pytest.mark.parametrize("load", [load_iris, load_breast_cancer, load_diabetes])
def test_every_table_says_what_and_whose_it_is(load):
    table = load()
    assert isinstance(table, Table)
    assert f"load_{table.name}" == load.__name__
    assert len(set(table.feature_names)) == table.X.shape[1]
    assert table.X.flags.c_contiguous
    assert "doi 10." in table.source
