"""The history of a run: bounded, even, and right after going back."""

from itertools import pairwise

import numpy as np
import pytest

from explorer.learning.history import MOST, MOST_MARKS, RECENT, History, Record


def record(epoch, loss_test=0.5):
    return Record(epoch, 1.0 / (epoch + 1), loss_test, 0.9, None, np.array([float(epoch)]))


def history_of(epochs):
    history = History()
    for epoch in range(epochs + 1):
        history.add(record(epoch))
    return history


def epochs_of(history):
    return [r.epoch for r in history.records]


def test_a_short_run_is_kept_whole():
    assert epochs_of(history_of(MOST - 1)) == list(range(MOST))


def test_a_long_run_is_bounded_with_its_beginning_and_its_newest_epochs_kept():
    history = History()
    for epoch in range(30_001):
        history.add(record(epoch))
        assert len(history.records) <= MOST
    epochs = epochs_of(history)
    assert epochs[0] == 0
    assert epochs[-RECENT:] == list(range(30_001 - RECENT, 30_001))
    assert all(a < b for a, b in pairwise(epochs))


@pytest.mark.parametrize("last", [1001, 5_000, 30_000])
def test_what_is_kept_of_a_long_run_is_spread_evenly(last):
    gaps = np.diff(epochs_of(history_of(last)))
    assert gaps.max() <= max(2, last / 150)


def test_a_record_of_an_earlier_epoch_replaces_all_that_came_later():
    history = history_of(10)
    again = record(4, loss_test=0.1)
    history.add(again)
    assert epochs_of(history) == [0, 1, 2, 3, 4]
    assert history.records[-1] is again


def test_a_copy_goes_its_own_way():
    history = history_of(3)
    history.mark(1, "noise", "5")
    twin = history.copy()
    history.add(record(4))
    history.mark(4, "noise", "10")
    assert epochs_of(twin) == [0, 1, 2, 3]
    assert twin.marks == [(1, "noise", "5")]


def test_the_nearest_record():
    history = History()
    for epoch in (0, 10, 20):
        history.add(record(epoch))
    assert [history.nearest(e).epoch for e in (0, 4, 6, 19, 1000)] == [0, 0, 10, 20, 20]


def test_marks_are_bounded():
    history = History()
    for epoch in range(MOST_MARKS + 10):
        history.mark(epoch, "learning_rate", "0.1")
    assert [epoch for epoch, *_ in history.marks] == list(range(10, MOST_MARKS + 10))


def test_columns_hold_the_named_numbers():
    columns = history_of(3).columns(("epoch", "loss_train", "loss_test"))
    np.testing.assert_allclose(
        columns, [[0, 1, 2, 3], [1, 1 / 2, 1 / 3, 1 / 4], [0.5, 0.5, 0.5, 0.5]]
    )
    assert columns.dtype == np.float64


def test_missing_numbers_are_nan_in_the_columns():
    assert np.isnan(history_of(2).columns(("score_test",))).all()


def test_columns_of_the_last_epochs():
    history = history_of(500)
    np.testing.assert_array_equal(history.columns(("epoch",), last=200)[0], np.arange(300, 501))


def test_columns_of_no_records_are_empty():
    assert History().columns(("epoch", "loss_train")).shape == (2, 0)
