"""train(start=...): going on from a Progress, anywhere, with other arguments."""

from itertools import islice

import numpy as np
import pytest
from small_training import MODEL, data, last

from nncore import L1, L2, OPTIMIZERS, Adam, Momentum, RMSprop, Step, train

OPTIONS = [
    dict(),
    dict(optimizer=Momentum(0.05)),
    dict(optimizer=Adam(0.02), regularizer=L1(0.02)),
    dict(optimizer=RMSprop(0.02), shuffle=True),
    dict(schedule=Step(0.5, 2), regularizer=L2(0.1), shuffle=True),
]


@pytest.mark.parametrize("stop", [1, 3, 4, 6, 8])
@pytest.mark.parametrize("options", OPTIONS, ids=range(len(OPTIONS)))
def test_resuming_anywhere_changes_nothing(options, stop):
    """Three batches an epoch: stopping after 3 or 6 batches is between epochs, else within one."""
    params, X, y = data()

    def run(start=None, params=params, rng=None):
        options_here = options | (dict(rng=rng) if options.get("shuffle") else {})
        return train(MODEL, params, X, y, every="batch", start=start, epochs=5, **options_here)

    straight = last(run(rng=np.random.default_rng(3)))
    rng = np.random.default_rng(3)
    pause = last(islice(run(rng=rng), stop))
    *between, resumed = run(pause, pause.params, rng)
    assert len(between) + 1 == 15 - stop
    assert resumed.epoch == straight.epoch == 5
    assert resumed.state.t == straight.state.t == 15
    np.testing.assert_array_equal(resumed.params, straight.params)
    np.testing.assert_array_equal(resumed.dead, straight.dead)


def test_a_progress_that_was_kept_is_not_touched_by_the_run_that_starts_from_it():
    params, X, y = data()
    start = last(train(MODEL, params, X, y, optimizer=Adam(0.1), regularizer=L1(0.1), epochs=2))
    copies = start.params.copy(), start.state.copy(), start.dead.copy()
    last(train(MODEL, start.params, X, y, optimizer=Adam(0.1), regularizer=L1(0.5), start=start,
               epochs=9))  # fmt: skip
    np.testing.assert_array_equal(start.params, copies[0])
    np.testing.assert_array_equal(start.state.slots, copies[1].slots)
    assert start.state.t == copies[1].t
    np.testing.assert_array_equal(start.dead, copies[2])


def test_the_learning_rate_can_change_between_epochs():
    params, X, y = data()
    start = next(train(MODEL, params, X, y, optimizer=Adam(0.01), batch_size=25))
    steps = start.state.t
    after = next(train(MODEL, start.params, X, y, optimizer=Adam(0.1), batch_size=25, start=start))
    assert after.epoch == 2
    assert after.state.t == steps + 1, "the memory goes on"
    assert after.learning_rate == 0.1


def test_a_new_batch_size_goes_on_in_the_middle_of_the_epoch():
    params, X, y = data(25)
    training = train(MODEL, params, X, y, batch_size=10, every="batch")
    start = next(training)
    resumed = train(MODEL, start.params, X, y, batch_size=4, every="batch", start=start)
    found = list(islice(resumed, 5))
    assert [p.rows.tolist() for p in found[:4]] == [
        [10, 11, 12, 13],
        [14, 15, 16, 17],
        [18, 19, 20, 21],
        [22, 23, 24],
    ]
    places = [(p.epoch, p.batch, p.n_batches, p.position) for p in found]
    assert places == [(0, 2, 5, 14), (0, 3, 5, 18), (0, 4, 5, 22), (1, 0, 5, 0), (1, 1, 7, 4)]


def test_half_an_epoch_is_completed_by_a_pull_per_epoch():
    params, X, y = data(25)
    start = next(train(MODEL, params, X, y, every="batch"))
    whole = next(train(MODEL, params, X, y))
    completed = next(train(MODEL, start.params, X, y, start=start))
    assert (completed.epoch, completed.batch, completed.n_batches) == (1, 0, 3)
    np.testing.assert_array_equal(completed.params, whole.params)


def test_a_shuffled_epoch_is_completed_before_the_rows_take_their_own_order_again():
    params, X, y = data(25)
    start = next(
        train(MODEL, params, X, y, every="batch", shuffle=True, rng=np.random.default_rng(4))
    )
    resumed = list(train(MODEL, start.params, X, y, every="batch", start=start, epochs=2))
    np.testing.assert_array_equal(resumed[0].rows, start.order[10:20])
    np.testing.assert_array_equal(resumed[2].rows, np.arange(10))
    first = train(MODEL, params, X[start.order], y[start.order], epochs=1)
    expected = last(train(MODEL, last(first).params, X, y, epochs=1))
    np.testing.assert_array_equal(resumed[-1].params, expected.params)


def test_other_data_begin_a_new_epoch():
    params, X, y = data(25)
    start = next(train(MODEL, params, X, y, every="batch"))
    _, other_X, other_y = data(40, seed=1)
    progress = next(train(MODEL, start.params, other_X, other_y, start=start))
    assert (progress.epoch, progress.n_batches) == (1, 4)
    expected = next(train(MODEL, start.params, other_X, other_y)).params
    np.testing.assert_array_equal(progress.params, expected)


@pytest.mark.parametrize(("before", "after"), [("momentum", "adagrad"), ("rmsprop", "nesterov"),
                                               ("adam", "sgd"), ("sgd", "adam")])  # fmt: skip
def test_another_kind_of_optimizer_starts_without_memory(before, after):
    """A velocity can be negative; AdaGrad would take its root if it inherited it."""
    params, X, y = data()
    start = last(train(MODEL, params, X, y, optimizer=OPTIMIZERS[before](0.1), epochs=3))
    options = dict(optimizer=OPTIMIZERS[after](0.1))
    resumed = next(train(MODEL, start.params, X, y, start=start, **options))
    fresh = next(train(MODEL, start.params, X, y, **options))
    np.testing.assert_array_equal(resumed.params, fresh.params)
    assert resumed.state.optimizer == after
    assert resumed.epoch == 4
