"""train(): one step on paper, batches, order, live arguments, resuming, and what it refuses."""

import dataclasses
from collections import deque
from itertools import islice

import numpy as np
import pytest
from complaints import exactly

from nncore import (
    L1,
    L2,
    OPTIMIZERS,
    SGD,
    Adam,
    Cosine,
    Dense,
    Momentum,
    Progress,
    RMSprop,
    Sequential,
    Step,
    train,
)

MODEL = Sequential([Dense(4, "tanh"), Dense(1, "tanh")], 2)


def data(n=25, seed=0):
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((n, 2))
    return MODEL.init(rng), X, np.sign(X[:, 0] * X[:, 1])


def last(generator):
    return deque(generator, maxlen=1)[0]


def test_one_step_on_paper():
    """Two inputs, two relu units, one linear output, two rows in one batch, learning rate 0.1.

    Weights W0 = [[1, -1], [0.5, 1]], b0 = [0, 0.5], W1 = [[0.5], [-1]], b1 = [0.25].

    Row 1, x = (1, 2), target 0.75:
      sums 1 + 1 + 0 = 2 and -1 + 2 + 0.5 = 1.5, both on; output 1 - 1.5 + 0.25 = -0.25
      error -1; loss 1/2; gradient of W1 (2 * -1, 1.5 * -1) = (-2, -1.5), of b1 -1
      back: (-1 * 0.5, -1 * -1) = (-0.5, 1); gradient of W0 [[-0.5, 1], [-1, 2]], of b0 (-0.5, 1)
    Row 2, x = (-1, 1), target -1.25:
      sums -1 + 0.5 + 0 = -0.5 (off) and 1 + 1 + 0.5 = 2.5; output 0 - 2.5 + 0.25 = -2.25
      error -1; loss 1/2; gradient of W1 (0, -2.5), of b1 -1
      back: (0, 1); gradient of W0 [[0, -1], [0, 1]], of b0 (0, 1)
    Mean: W0 [[-0.25, 0], [-0.5, 1.5]], b0 (-0.25, 1), W1 (-1, -2), b1 -1; loss 1/2.
    """
    model = Sequential([Dense(2, "relu"), Dense(1)], 2)
    params = np.array([1, -1, 0.5, 1, 0, 0.5, 0.5, -1, 0.25])
    X, y = np.array([[1.0, 2.0], [-1.0, 1.0]]), np.array([0.75, -1.25])
    value, gradient = model.loss_and_gradient(params, X, y, "half_mse")
    np.testing.assert_allclose(value, 0.5, rtol=1e-15)
    np.testing.assert_allclose(
        gradient, [-0.25, 0, -0.5, 1.5, -0.25, 1, -1, -2, -1], rtol=1e-15, atol=1e-16
    )
    progress = next(train(model, params, X, y, optimizer=SGD(0.1), batch_size=2))
    expected = [1.025, -1, 0.55, 0.85, 0.025, 0.4, 0.6, -0.8, 0.35]
    np.testing.assert_allclose(progress.params, expected, rtol=1e-14)
    assert progress.state.t == 1


def test_an_epoch_is_the_gradient_steps_of_its_batches():
    params, X, y = data(25)
    expected = params.copy()
    for rows in (slice(0, 10), slice(10, 20), slice(20, 25)):
        expected -= 0.03 * MODEL.loss_and_gradient(expected, X[rows], y[rows], "half_mse")[1]
    progress = next(train(MODEL, params, X, y))
    np.testing.assert_allclose(progress.params, expected, rtol=1e-13)
    assert (progress.epoch, progress.batch, progress.n_batches, progress.position) == (1, 0, 3, 0)
    assert progress.rows is None
    np.testing.assert_array_equal(progress.order, np.arange(25))


@pytest.mark.parametrize("batch_size", [25, 26, 1000])
def test_one_batch_may_hold_everything(batch_size):
    params, X, y = data(25)
    progress = next(train(MODEL, params, X, y, batch_size=batch_size))
    _, gradient = MODEL.loss_and_gradient(params, X, y, "half_mse")
    np.testing.assert_allclose(progress.params, params - 0.03 * gradient, rtol=1e-13)
    assert progress.n_batches == 1


def test_per_batch_and_per_epoch_compute_the_same():
    params, X, y = data()
    options = dict(optimizer=Adam(0.01), batch_size=10)
    per_epoch = next(train(MODEL, params, X, y, **options))
    batches = [
        dataclasses.replace(progress, params=progress.params.copy())
        for progress in islice(train(MODEL, params, X, y, every="batch", **options), 4)
    ]
    np.testing.assert_array_equal(batches[2].params, per_epoch.params)
    places = [(p.epoch, p.batch, p.n_batches, p.position) for p in batches]
    assert places == [(0, 1, 3, 10), (0, 2, 3, 20), (1, 0, 3, 0), (1, 1, 3, 10)]
    rows = [p.rows.tolist() for p in batches]
    assert rows == [[*range(10)], [*range(10, 20)], [*range(20, 25)], [*range(10)]]


def test_shuffling_takes_a_fresh_order_every_epoch():
    params, X, y = data()
    training = train(MODEL, params, X, y, shuffle=True, rng=np.random.default_rng(0))
    orders = [progress.order for progress in islice(training, 3)]
    rng = np.random.default_rng(0)
    for order in orders:
        np.testing.assert_array_equal(order, np.argsort(rng.random(25)))


def test_a_shuffled_epoch_equals_an_epoch_over_shuffled_rows():
    params, X, y = data()
    rng = np.random.default_rng(1)
    shuffled = next(train(MODEL, params, X, y, shuffle=True, rng=rng))
    order = shuffled.order
    plain = next(train(MODEL, params, X[order], y[order]))
    np.testing.assert_array_equal(shuffled.params, plain.params)


def test_rows_name_the_batch_in_a_shuffled_epoch():
    params, X, y = data()
    training = train(
        MODEL, params, X, y, shuffle=True, rng=np.random.default_rng(2), every="batch", epochs=1
    )
    seen = []
    for progress in training:
        seen += progress.rows.tolist()
        np.testing.assert_array_equal(progress.order[: len(seen)], seen)
    assert sorted(seen) == list(range(25))


def test_the_caller_s_arrays_are_copied():
    params, X, y = data()
    originals = params.copy(), X.copy(), y.copy()
    training = train(MODEL, params, X, y)
    expected = last(islice(train(MODEL, *originals), 3)).params.copy()
    first = next(training)
    np.testing.assert_array_equal(params, originals[0])
    params[:], X[:], y[:] = 0, 0, 0
    second = next(training)
    assert second.params is first.params, "params is the live vector"
    np.testing.assert_array_equal(next(training).params, expected)


def test_epochs_counts_and_none_goes_on():
    params, X, y = data()
    assert [p.epoch for p in train(MODEL, params, X, y, epochs=3)] == [1, 2, 3]
    assert list(train(MODEL, params, X, y, epochs=0)) == []
    assert [p.epoch for p in islice(train(MODEL, params, X, y), 40)] == list(range(1, 41))


def test_schedules_scale_the_learning_rate_by_epoch():
    params, X, y = data()
    training = train(MODEL, params, X, y, optimizer=SGD(0.4), schedule=Step(0.5, 2), epochs=5)
    rates = [progress.learning_rate for progress in training]
    np.testing.assert_allclose(rates, [0.4, 0.4, 0.2, 0.2, 0.1])
    first, second = (0.4 * Cosine(10)(epoch) for epoch in (0, 1))
    expected = params.copy()
    for rate in (first, second):
        expected -= rate * MODEL.loss_and_gradient(expected, X, y, "half_mse")[1]
    found = last(train(MODEL, params, X, y, optimizer=SGD(0.4), schedule=Cosine(10), epochs=2,
                       batch_size=25))  # fmt: skip
    np.testing.assert_allclose(found.params, expected, rtol=1e-13)


@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize("regularizer", [None, L1(0.05), L2(0.05)])
def test_frozen_parameters_stay(name, regularizer):
    params, X, y = data()
    frozen = np.zeros(MODEL.n_params, dtype=bool)
    frozen[[0, 5, 9, 16]] = True
    start = last(train(MODEL, params, X, y, optimizer=OPTIMIZERS[name](0.05), epochs=3))
    kept = start.params.copy()
    progress = last(
        train(MODEL, kept, X, y, optimizer=OPTIMIZERS[name](0.05), regularizer=regularizer,
              frozen=frozen, start=start, epochs=13)
    )  # fmt: skip
    np.testing.assert_array_equal(progress.params[frozen], kept[frozen])
    assert (progress.params[~frozen] != kept[~frozen]).any()
    assert not progress.dead[frozen].any()


def test_dead_weights_stay_zero_whatever_comes():
    params, X, y = data()
    progress = last(train(MODEL, params, X, y, regularizer=L1(0.3), epochs=20))
    dead = progress.dead.copy()
    assert dead.any()
    assert not dead[~MODEL.is_weight].any(), "biases are not penalised"
    assert (progress.params[dead] == 0).all()
    # L1 switched off and the optimizer changed: dead until reset.
    progress = last(
        train(MODEL, progress.params, X, y, optimizer=Adam(0.1), start=progress, epochs=30)
    )
    np.testing.assert_array_equal(progress.dead, dead)
    assert (progress.params[dead] == 0).all()
    # A new start knows nothing of it.
    progress = last(train(MODEL, progress.params, X, y, optimizer=Adam(0.1), epochs=3))
    assert not progress.dead.any()
    assert (progress.params[dead] != 0).any()


def test_a_frozen_weight_does_not_die():
    params, X, y = data()
    params[:8] = 1e-3
    frozen = np.arange(MODEL.n_params) < 4
    progress = next(train(MODEL, params, X, y, regularizer=L1(1.0), frozen=frozen))
    assert not progress.dead[:4].any()
    assert progress.dead[4:8].all()
    np.testing.assert_array_equal(progress.params[:4], 1e-3)
    thawed = next(train(MODEL, progress.params, X, y, start=progress))
    assert (thawed.params[:4] != 1e-3).all()


def test_dead_weights_of_the_start_are_zero_from_the_first_pass_on():
    params, X, y = data(10)
    start = next(train(MODEL, params, X, y))
    dead = np.arange(MODEL.n_params) < 2
    start = dataclasses.replace(start, dead=dead)
    found = next(train(MODEL, params, X, y, start=start))
    cut = np.where(dead, 0.0, params)
    expected = cut - 0.03 * MODEL.loss_and_gradient(cut, X, y, "half_mse")[1]
    np.testing.assert_allclose(found.params, np.where(dead, 0.0, expected), rtol=1e-13)


def test_regularization_leaves_biases_alone():
    """With a gradient of zero only the pull acts: weights shrink, biases stay."""
    model = Sequential([Dense(2), Dense(1)], 2)
    params = np.array([0.5, -0.5, 0.5, -0.5, 1.0, -1.0, 0.0, 0.0, 3.0])
    X, y = np.array([[1.0, 2.0]]), np.array([3.0])
    progress = next(train(model, params, X, y, optimizer=SGD(0.1), regularizer=L2(0.5)))
    np.testing.assert_allclose(progress.params, params * np.where(model.is_weight, 0.95, 1.0))
    progress = next(train(model, params, X, y, optimizer=SGD(0.1), regularizer=L1(0.5)))
    expected = params - 0.05 * np.sign(params) * model.is_weight
    np.testing.assert_allclose(progress.params, expected)


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


@pytest.mark.parametrize("regularizer", [None, L1(10.0), L2(10.0)])
@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize("activation", ["linear", "relu", "sigmoid", "elu", "gelu", "softplus"])
def test_divergence_is_handed_out_without_exception_or_warning(activation, name, regularizer):
    model = Sequential([Dense(4, activation), Dense(1)], 2)
    params, X, y = data()
    params = model.init(np.random.default_rng(0)) * 1e100
    training = train(
        model, params, X, y, optimizer=OPTIMIZERS[name](1e200), regularizer=regularizer
    )
    progress = last(islice(training, 4))
    assert progress.epoch == 4
    assert progress.params.shape == params.shape


def test_a_generator_at_rest_does_not_hide_the_caller_s_warnings():
    """The silence about overflow must hold within train() only, not between two pulls."""
    params, X, y = data()
    training = train(MODEL, params, X, y)
    with np.errstate(all="raise"):
        chosen = np.geterr()
        next(training)
        assert np.geterr() == chosen


def test_progress_is_frozen():
    params, X, y = data()
    progress = next(train(MODEL, params, X, y))
    assert isinstance(progress, Progress)
    with pytest.raises(dataclasses.FrozenInstanceError):
        progress.epoch = 5


PARAMS, X, Y = data(5)
START = next(train(MODEL, PARAMS, X, Y))
OTHER = Sequential([Dense(1, "tanh")], 2)


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (dict(params=PARAMS[:-1]), "params must be an array of shape (17,); got (16,)"),
        (dict(params=PARAMS * np.nan),
         "params must be finite everywhere (it is not at position 0); got nan"),
        (dict(X=X[:0], y=Y[:0]),
         "X must be of shape (n, 2) with at least one row; got (0, 2)"),
        (dict(X=X * np.nan),
         "X must be finite everywhere (it is not at row 0, column 0); got nan"),
        (dict(y=Y[:3]), "y must be of shape (5, 1) or (5,); got (3,)"),
        (dict(batch_size=0), "batch_size must be a whole number of at least 1; got 0"),
        (dict(batch_size=2.5), "batch_size must be a whole number of at least 1; got 2.5"),
        (dict(epochs=-1), "epochs must be a whole number of at least 0; got -1"),
        (dict(every="step"), "every must be one of 'epoch', 'batch'; got 'step'"),
        (dict(optimizer="sgd"), "optimizer must be an optimizer such as SGD(0.03); got 'sgd'"),
        (dict(optimizer=None), "optimizer must be an optimizer such as SGD(0.03); got None"),
        (dict(regularizer="l1"), "regularizer must be L1(rate), L2(rate) or None; got 'l1'"),
        (dict(shuffle=True), "rng must be a random generator when shuffle is true; got None"),
        (dict(schedule=0.5),
         "schedule must be a function of the epoch such as Cosine(500), or None; got 0.5"),
        (dict(frozen=np.zeros(3, dtype=bool)),
         "frozen must be a boolean mask of shape (17,); got (dtype('bool'), (3,))"),
        (dict(loss="mae"),
         "loss must be one of 'half_mse', 'mse', 'binary_crossentropy', "
         "'categorical_crossentropy'; got 'mae'"),
        (dict(model=OTHER, params=np.zeros(3), start=START),
         "start must be a Progress of 3 parameters; got (17,)"),
        (dict(start="now"), "start must be a Progress of 17 parameters; got 'now'"),
        (dict(model="mlp"), "model must be a Sequential; got 'mlp'"),
    ],
)  # fmt: skip
def test_bad_arguments_are_refused_before_the_first_pull(change, text):
    arguments = dict(model=MODEL, params=PARAMS, X=X, y=Y) | change
    with pytest.raises(ValueError, match=exactly(text)):
        train(**arguments)
