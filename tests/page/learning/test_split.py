"""Which rows of a table are used: shares, rows left out, scaling, and what is wrong with it."""

from dataclasses import replace

import numpy as np
import pytest
from sklearn.preprocessing import StandardScaler

from explorer.learning.experiment import Experiment
from explorer.learning.problem import table_of
from explorer.learning.split import Fault, split_table
from explorer.settings.settings import DEFAULTS
from nncore import Table

WINE = DEFAULTS["wine"]


def split(table=None, seed=0, **changes):
    settings = replace(WINE, **changes)
    return split_table(table or table_of("wine"), settings, np.random.default_rng(seed))


def small_table(labels, columns=None):
    labels = np.array(labels)
    X = np.column_stack([np.arange(len(labels), dtype=float), np.arange(len(labels)) % 3.0])
    X = X if columns is None else np.array(columns, dtype=float)
    names = tuple(f"column {k}" for k in range(X.shape[1]))
    classes = tuple(f"class {k}" for k in range(labels.max() + 1))
    return Table("small", X, labels, names, classes, "class", "made up")


def test_all_rows_are_learned_from_without_a_validation_share():
    whole = split()
    np.testing.assert_array_equal(whole.train, np.arange(178))
    assert len(whole.test) == 0
    assert whole.faults == ()


@pytest.mark.parametrize("share", [10, 20, 30, 50])
def test_every_class_keeps_its_share_and_rows_are_drawn_from_all_over(share):
    halves = split(train_share=100 - share)
    table = table_of("wine")
    assert sorted([*halves.train, *halves.test]) == list(range(178))
    held = np.bincount(table.y[halves.test], minlength=3)
    np.testing.assert_allclose(held, np.array([59, 71, 48]) * share / 100, atol=0.5)
    assert (np.diff(halves.test) > 1).any()  # not simply the last rows of each class


def test_the_seed_decides_which_rows_are_held_back():
    first = split(train_share=80)
    np.testing.assert_array_equal(split(train_share=80).test, first.test)
    assert (split(train_share=80, seed=1).test != first.test).any()


def test_scaling_is_scikit_learns_over_the_rows_in_use():
    left_out = tuple(range(1, 60))
    part = split(left_out=left_out)
    table = table_of("wine")
    scaler = StandardScaler().fit(table.X[59:])
    np.testing.assert_allclose(part.inputs, scaler.transform(table.X), atol=1e-12)
    np.testing.assert_allclose(part.mean, scaler.mean_)
    np.testing.assert_allclose(part.std, scaler.scale_)


def test_raw_values_are_the_table_s_own():
    np.testing.assert_array_equal(split(standardize=False).inputs, table_of("wine").X)


def test_rows_left_out_are_neither_learned_from_nor_tested():
    part = split(left_out=(1, 2, 178), train_share=50)
    assert not {0, 1, 177} & {*part.train.tolist(), *part.test.tolist()}
    assert len(part.train) + len(part.test) == 175


def test_numbers_beyond_the_table_are_passed_over():
    assert len(split(left_out=(178, 179, 9999)).train) == 177


# What is wrong --------------------------------------------------------------------------------


def test_a_class_with_one_row_stays_in_the_training_data():
    table = small_table([0, 0, 0, 0, 1, 2, 2, 2])
    part = split(table, train_share=50)
    assert 4 in part.train
    assert set(table.y[part.test]) == {0, 2}
    assert part.faults == (Fault("single", ("class 1",), 8),)


def test_a_class_with_one_row_is_no_fault_where_nothing_is_held_back():
    assert split(small_table([0, 0, 1])).faults == ()


def test_too_few_rows_for_a_split_are_all_learned_from():
    part = split(small_table([0, 1, 2]), train_share=80)
    assert (len(part.train), len(part.test)) == (3, 0)
    assert part.faults == (Fault("too_few", count=3),)


def test_values_are_split_too_or_all_learned_from():
    values = replace(small_table([0, 0]), class_names=(), y=np.array([1.0, 2.0]))
    part = split(values, train_share=80)
    assert (len(part.train), len(part.test), part.faults) == (1, 1, ())
    part = split(values, train_share=10)
    assert (len(part.train), len(part.test)) == (2, 0)
    assert part.faults == (Fault("too_few", count=2),)


def test_a_constant_column_becomes_zero_and_is_named():
    table = small_table([0, 0, 1, 1], [[1, 5], [2, 5], [3, 5], [4, 5]])
    part = split(table)
    np.testing.assert_array_equal(part.inputs[:, 1], np.zeros(4))
    assert np.isfinite(part.inputs).all()
    assert part.std[1] == 0
    assert part.faults == (Fault("constant", ("column 1",), 4),)


def test_a_column_that_only_the_rows_in_use_share_is_constant_too():
    table = small_table([0, 0, 1, 1], [[1, 5], [2, 5], [3, 5], [4, 9]])
    assert split(table, left_out=(4,)).faults == (Fault("constant", ("column 1",), 3),)
    assert split(table).faults == ()


@pytest.mark.parametrize("left_out", [tuple(range(1, 178)), tuple(range(1, 179))])
def test_if_next_to_nothing_is_left_all_rows_are_used(left_out):
    part = split(left_out=left_out)
    assert len(part.train) == 178
    assert part.faults == (Fault("none_left", count=178 - len(left_out)),)


@pytest.mark.parametrize(
    "changes",
    [
        dict(left_out=tuple(range(3, 179))),
        dict(left_out=tuple(range(2, 131)), train_share=50),
        dict(left_out=tuple(range(1, 131)), train_share=10),
        dict(standardize=False, train_share=70),
        dict(dataset="diabetes", train_share=10),
    ],
)
def test_whatever_rows_are_chosen_the_network_can_be_trained(changes):
    experiment = Experiment(replace(WINE, **changes))
    experiment.step()
    assert experiment.epoch == 1
    assert np.isfinite(experiment.params).all()
