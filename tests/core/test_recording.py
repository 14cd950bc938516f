"""A recorded step is the step that train() takes, and every number in it is what it says.

500 random networks are walked. Their parameters afterwards must equal those of one step of
train() bit for bit; derivatives are checked against central differences, everything else against
its definition, written here once more from the records' own numbers.
"""

import numpy as np
import pytest
from kernel_cases import random_case

from nncore import ACTIVATIONS, L1, SGD, Dense, Momentum, RMSprop, Sequential, train
from nncore.losses import loss_for
from nncore.recording import index_of, place_of, record_step

EPSILON = 1e-6
SMOOTH = set(ACTIVATIONS) - {"relu", "leaky_relu"}


def walked(seed, **changes):
    """(case, its options with `changes`, the recorded first step, its Progress)."""
    case = random_case(seed)
    options = case.options | changes
    record, progress = record_step(
        case.model, case.params, case.X, case.y, rng=np.random.default_rng(seed), **options
    )
    return case, options, record, progress


def seeds(count):
    """Let a test meet the seeds below `count`, twenty at a time: one by one they would cost more
    than what they do."""

    def met(test):
        @pytest.mark.parametrize("first", range(0, count, 20))
        def twenty(first):
            for seed in range(first, first + 20):
                test(seed)

        twenty.__name__, twenty.__doc__ = test.__name__, test.__doc__
        return twenty

    return met


@seeds(500)
def test_a_walk_ends_where_one_step_of_training_ends(seed):
    case, options, record, progress = walked(seed)
    steps = train(
        case.model, case.params, case.X, case.y, every="batch",
        rng=np.random.default_rng(seed), **options,
    )  # fmt: skip
    step = next(steps)
    assert record.after.tobytes() == step.params.tobytes()
    assert progress.params.tobytes() == step.params.tobytes()
    assert record.memory_after.slots.tobytes() == step.state.slots.tobytes()
    assert record.memory_after.t == step.state.t == 1
    np.testing.assert_array_equal(record.rows, step.rows)
    # and a walk of one sample where one step on that sample ends, after the step just taken
    row = slice(seed % len(case.X), seed % len(case.X) + 1)
    one = options | {"batch_size": 1, "shuffle": False, "start": step}
    data = case.model, step.params.copy(), case.X[row], case.y[row]
    single = record_step(*data, **one)[0]
    assert single.after.tobytes() == next(train(*data, every="batch", **one)).params.tobytes()
    assert single.memory_after.t == 2


@seeds(100)
def test_forward_numbers_are_their_definitions(seed):
    case, _, record, _ = walked(seed)
    inputs = case.X[record.rows].T
    np.testing.assert_array_equal(record.targets, case.y[record.rows].T)
    for (W, b), layer, kind in zip(
        case.model.unflatten(case.params), record.layers, case.model.layers, strict=True
    ):
        np.testing.assert_array_equal(layer.inputs, inputs)
        np.testing.assert_allclose(layer.z, W.T @ inputs + b[:, None], rtol=1e-12, atol=1e-12)
        np.testing.assert_array_equal(layer.a, ACTIVATIONS[kind.activation](layer.z))
        inputs = layer.a
    rows = case.X[record.rows], case.y[record.rows]
    assert record.loss == case.model.loss(case.params, *rows, record.loss_name)
    assert record.loss_under(record.before) == record.loss


def loss_from(model, params, layer, z, targets, rule):
    """The loss when layer number `layer` has the sums z, passed on by matrix products alone."""
    blocks = model.unflatten(params)
    for k in range(layer, len(blocks)):
        a = ACTIVATIONS[model.layers[k].activation](z)
        if k + 1 < len(blocks):
            W, b = blocks[k + 1]
            z = W.T @ a + b[:, None]
    return rule.value(a, z, targets)


@seeds(100)
def test_deltas_and_slopes_are_central_differences(seed):
    case, _, record, _ = walked(seed)
    rng = np.random.default_rng(seed)
    rule = loss_for(record.loss_name, case.model.layers[-1].activation)
    for k, layer in enumerate(record.layers):
        unit, sample = rng.integers(layer.z.shape[0]), rng.integers(layer.z.shape[1])
        kinked = [
            each for each, kind in zip(record.layers[k:], case.model.layers[k:], strict=True)
            if kind.activation not in SMOOTH and np.abs(each.z).min() < 1e-3
        ]  # fmt: skip
        if kinked:
            continue
        sides = []
        for sign in (1, -1):
            z = layer.z.copy()
            z[unit, sample] += sign * EPSILON
            sides.append(loss_from(case.model, case.params, k, z, record.targets, rule))
        numeric = (sides[0] - sides[1]) / (2 * EPSILON)
        np.testing.assert_allclose(layer.delta[unit, sample], numeric, rtol=1e-4, atol=1e-7)
        if layer.slope is None:
            assert k == len(record.layers) - 1
            assert rule.activation is not None
            assert layer.upstream is None
            continue
        f, z = ACTIVATIONS[case.model.layers[k].activation], layer.z[unit, sample]
        slope = (f([[z + EPSILON]]) - f([[z - EPSILON]]))[0, 0] / (2 * EPSILON)
        np.testing.assert_allclose(layer.slope[unit, sample], slope, rtol=1e-4, atol=1e-7)


@seeds(100)
def test_backward_numbers_are_their_definitions(seed):
    case, _, record, _ = walked(seed)
    gradient = case.model.blocks(record.gradient)
    weights = [W for W, _ in case.model.unflatten(case.params)]
    for k, layer in enumerate(record.layers):
        ones = np.vstack([layer.inputs, np.ones(layer.z.shape[1])])
        np.testing.assert_allclose(gradient[k], ones @ layer.delta.T, rtol=1e-10, atol=1e-14)
        if layer.upstream is not None:
            product = layer.upstream * layer.slope
            np.testing.assert_allclose(layer.delta, product, rtol=1e-9, atol=1e-15)
        if k + 1 < len(weights):
            fed = weights[k + 1] @ record.layers[k + 1].delta
            np.testing.assert_allclose(layer.upstream, fed, rtol=1e-12, atol=1e-15)


@seeds(60)
def test_every_samples_gradient_is_its_own_and_their_mean_is_the_batchs(seed):
    case, _, record, _ = walked(seed)
    rng = np.random.default_rng(seed)
    for index in rng.integers(0, case.model.n_params, 5):
        each = record.per_sample(index)
        np.testing.assert_allclose(each.mean(), record.gradient[index], rtol=1e-9, atol=1e-14)
        for row, own in zip(record.rows[:4], each, strict=False):
            one = slice(row, row + 1)
            alone = case.model.loss_and_gradient(
                case.params, case.X[one], case.y[one], record.loss_name
            )[1]
            np.testing.assert_allclose(own, alone[index], rtol=1e-9, atol=1e-14)


@seeds(60)
def test_the_update_the_pull_and_what_is_held_add_up(seed):
    case, options, record, _ = walked(seed)
    optimizer, regularizer = options["optimizer"], options["regularizer"]
    alone, state = case.params.copy(), record.memory_before.copy()
    optimizer.update(alone, record.gradient, state, record.learning_rate)
    np.testing.assert_array_equal(record.stepped, alone)
    np.testing.assert_array_equal(record.memory_after.slots, state.slots)
    if regularizer is None:
        assert not record.pull.any()
    else:
        slope = regularizer.slope(case.params) * case.model.is_weight
        expected = record.learning_rate * regularizer.rate * slope
        np.testing.assert_array_equal(record.pull, expected)
    want = np.where(record.pruned, 0.0, record.stepped - record.pull)
    want = np.where(record.held, case.params, want)
    np.testing.assert_array_equal(record.after, want)
    if options["frozen"] is not None:
        np.testing.assert_array_equal(record.held, options["frozen"])


def test_a_weight_that_l1_switches_off_is_told():
    model = Sequential([Dense(1)], n_inputs=1)
    record, progress = record_step(
        model, np.array([0.001, 0.5]), [[0.0]], [[0.5]], optimizer=SGD(0.1), regularizer=L1(1.0)
    )
    np.testing.assert_array_equal(record.pruned, [True, False])
    assert record.pull[0] == 0.1
    assert record.after[0] == 0.0
    later = record_step(
        model, progress.params, [[1.0]], [[5.0]], optimizer=SGD(0.1), regularizer=L1(1.0),
        start=progress,
    )[0]  # fmt: skip
    np.testing.assert_array_equal(later.held, [True, False])
    assert not later.pruned.any()


def test_the_schedule_and_the_memory_go_on_from_where_training_stands():
    case = random_case(3)
    options = dict(loss=case.options["loss"], optimizer=RMSprop(0.01), batch_size=7)
    data = case.model, case.params, case.X, case.y
    schedule = lambda epoch: 1 / (1 + epoch)  # noqa: E731
    *_, now = train(*data, **options, schedule=schedule, epochs=2)
    record, _ = record_step(
        case.model, now.params, case.X, case.y, **options, schedule=schedule, start=now
    )
    assert record.learning_rate == 0.01 * (1 / 3)
    assert record.memory_before.t == now.state.t
    np.testing.assert_array_equal(record.memory_before.slots, now.state.slots)
    np.testing.assert_array_equal(record.rows, np.arange(min(7, len(case.X))))


def test_a_batch_larger_than_the_data_is_all_the_data():
    record = walked(5, batch_size=10_000)[2]
    assert len(record.rows) == len(random_case(5).X)


def test_recording_does_not_disturb_training_beside_it():
    case = random_case(1)
    data, options = (case.model, case.params, case.X, case.y), dict(loss=case.options["loss"])
    plain = next(train(*data, **options)).params.copy()
    steps = train(*data, **options, every="batch")
    disturbed = next(steps)
    while disturbed.batch:
        record_step(*data, **options, start=disturbed)
        disturbed = next(steps)
    assert disturbed.params.tobytes() == plain.tobytes()


def test_places():
    model = Sequential([Dense(4), Dense(2), Dense(1)], n_inputs=3)
    places = [place_of(model, index) for index in range(model.n_params)]
    assert places[0] == (0, 0, 0)
    assert places[15] == (0, 3, 3)
    assert places[16] == (1, 0, 0)
    assert places[-1] == (2, 2, 0)
    assert [index_of(model, *place) for place in places] == list(range(model.n_params))


def test_bad_arguments_are_refused():
    model = Sequential([Dense(1)], n_inputs=1)
    data = model, np.zeros(2), [[1.0]], [[1.0]]
    for name in ("every", "engine", "epochs"):
        with pytest.raises(ValueError, match=f"options must be without '{name}'"):
            record_step(*data, **{name: 1})
    with pytest.raises(ValueError, match="params must be finite"):
        record_step(model, np.array([np.nan, 0.0]), [[1.0]], [[1.0]])
    with pytest.raises(ValueError, match="index must be a whole number of at least 0 and at most"):
        place_of(model, 2)
    with pytest.raises(ValueError, match="unit must be"):
        index_of(model, 0, 0, 1)


def test_overflow_is_recorded_as_it_comes():
    model = Sequential([Dense(1)], n_inputs=1)
    record, _ = record_step(
        model, np.array([1e200, 0.0]), [[1e200]], [[0.0]], optimizer=Momentum(1.0)
    )
    assert np.isinf(record.loss)
    assert not np.isfinite(record.after).all()
