"""train(): one step on paper, batches, order, schedules, divergence, and what it refuses."""

import dataclasses
from itertools import islice

import numpy as np
import pytest
from complaints import exactly
from small_training import MODEL, data, last

from nncore import (
    L1,
    L2,
    LOSSES,
    OPTIMIZERS,
    SGD,
    Adam,
    Cosine,
    Dense,
    Progress,
    Sequential,
    Step,
    train,
)


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
        (dict(every=None), "every must be one of 'epoch', 'batch'; got None"),
        (dict(every=0), "every must be a whole number of at least 1; got 0"),
        (dict(every=2.5), "every must be a whole number of at least 1; got 2.5"),
        (dict(optimizer="sgd"), "optimizer must be an optimizer such as SGD(0.03); got 'sgd'"),
        (dict(optimizer=None), "optimizer must be an optimizer such as SGD(0.03); got None"),
        (dict(regularizer="l1"), "regularizer must be L1(rate), L2(rate) or None; got 'l1'"),
        (dict(shuffle=True), "rng must be a random generator when shuffle is true; got None"),
        (dict(schedule=0.5),
         "schedule must be a function of the epoch such as Cosine(500), or None; got 0.5"),
        (dict(frozen=np.zeros(3, dtype=bool)),
         "frozen must be a boolean mask of shape (17,); got (dtype('bool'), (3,))"),
        (dict(loss="mae"),
         f"loss must be one of {', '.join(map(repr, LOSSES))}; got 'mae'"),
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
