"""train(measure=...): many epochs in one pull, with the numbers that single epochs give."""

from dataclasses import replace

import numpy as np
import pytest
from engines import new_engine
from kernel_cases import random_case

from nncore import L1, SGD, Adam, Dense, Sequential, train
from nncore.measuring import Measure

SEEDS = range(120)
MODEL = Sequential([Dense(4, "tanh"), Dense(2, "tanh"), Dense(1, "tanh")], n_inputs=2)


def data(n=53):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(n, 2))
    return MODEL.init(rng), X, np.sign(X[:, 0] * X[:, 1])


def pull(case, engine=None, epochs=6, **measure):
    """The Progress of a pull that holds all epochs; the sets are all rows and the first third."""
    third = -(-len(case.X) // 3)
    sets = [(case.X, case.y), (case.X[:third], case.y[:third])]
    measure = Measure(sets, **({"rounds": epochs, "keeps_params": True} | measure))
    rng = np.random.default_rng(case.seed)
    rows = case.model, case.params, case.X, case.y
    training = train(*rows, **case.options, rng=rng, epochs=epochs, engine=engine, measure=measure)
    return next(training)


def right(outputs, y, loss):
    """Rows classified rightly, in the plainest words."""
    if outputs.shape[1] > 1:
        return sum(row[out.argmax()] == row.max() for out, row in zip(outputs, y, strict=True))
    middle = 0.5 if loss == "binary_crossentropy" else 0.0
    sides = zip(outputs[:, 0], np.ravel(y), strict=True)
    return sum((out >= middle) == (target > middle) for out, target in sides)


@pytest.mark.parametrize("seed", SEEDS)
def test_both_engines_measure_what_single_epochs_show(seed):
    case = random_case(seed)
    engine = new_engine(simd=seed % 2 == 0) if seed % 3 else None
    got = pull(case, engine)
    rng, loss = np.random.default_rng(case.seed), case.options["loss"]
    rows = case.model, case.params, case.X, case.y
    third = -(-len(case.X) // 3)
    for k, want in enumerate(train(*rows, **case.options, rng=rng, epochs=6)):
        np.testing.assert_allclose(got.measured.params[k], want.params, rtol=1e-9, atol=1e-15)
        for place, n in enumerate((len(case.X), third)):
            X, y = case.X[:n], case.y[:n]
            value = case.model.loss(want.params, X, y, loss)
            assert got.measured.losses[k, place] == pytest.approx(value, rel=1e-9, abs=1e-15)
            outputs = case.model.predict(want.params, X)
            assert got.measured.right[k, place] == right(outputs, y, loss)
    np.testing.assert_array_equal(got.measured.epochs, np.arange(1, 7))
    np.testing.assert_allclose(got.params, want.params, rtol=1e-9, atol=1e-15)
    np.testing.assert_allclose(got.state.slots, want.state.slots, rtol=1e-9, atol=1e-15)
    np.testing.assert_array_equal(got.dead, want.dead)
    np.testing.assert_array_equal(got.order, want.order)
    for name in ("epoch", "batch", "n_batches", "position", "learning_rate"):
        assert getattr(got, name) == getattr(want, name), name
    assert got.state.t == want.state.t
    assert got.rows is None


@pytest.mark.parametrize("compiled", [True, False])
@pytest.mark.parametrize("shuffle", [True, False])
def test_however_epochs_are_dealt_out_the_numbers_are_the_same(compiled, shuffle):
    """One by one, many in a pull, some measured and some not: to the last bit."""
    params, X, y = data()
    ends = {}
    for cut in ("single", "many", "every third", "mixed"):
        rounds = iter([0, 4, 0, 0, 3, 1, 2, 12])
        measure = {
            "single": None,
            "many": Measure([(X, y)], rounds=12),
            "every third": Measure([(X, y)], rounds=4, every=3),
            "mixed": Measure([(X, y)], rounds=lambda left=rounds: next(left)),
        }[cut]
        *_, ends[cut] = train(
            MODEL, params, X, y, optimizer=Adam(0.05), regularizer=L1(0.5), batch_size=7,
            shuffle=shuffle, rng=np.random.default_rng(3), schedule=lambda epoch: 0.9**epoch,
            epochs=12, engine=new_engine() if compiled else None, measure=measure,
        )  # fmt: skip
        assert ends[cut].epoch == 12
        np.testing.assert_array_equal(ends[cut].params, ends["single"].params)
        np.testing.assert_array_equal(ends[cut].dead, ends["single"].dead)
        assert ends[cut].learning_rate == ends["single"].learning_rate
        assert ends[cut].state.t == ends["single"].state.t
    assert ends["single"].dead.any()


@pytest.mark.parametrize("compiled", [True, False])
def test_a_pull_ends_where_somebody_has_to_look(compiled):
    params, X, y = data()
    engine = new_engine() if compiled else None

    def epochs(**limits):
        options = {"learning_rate": 0.3} | limits.pop("options", {})
        measure = Measure([(X, y)], rounds=50, **limits)
        optimizer = SGD(options["learning_rate"])
        progress = next(
            train(MODEL, params, X, y, optimizer=optimizer, engine=engine, measure=measure)
        )
        return progress.measured.epochs, progress.measured.losses[:, 0]

    whole, losses = epochs()
    assert len(whole) == 50
    low = float(losses[20])
    first = int(np.argmax(losses <= low))
    got, _ = epochs(low=low)
    assert got[-1] == whole[first]
    high = float(losses[:5].min()) - 1e-3
    got, _ = epochs(high=high)
    assert len(got) == 1


@pytest.mark.parametrize("compiled", [True, False])
def test_a_pull_ends_where_numbers_are_no_longer_finite(compiled):
    model = Sequential([Dense(3, "relu"), Dense(1)], n_inputs=2)
    params, X, y = model.init(np.random.default_rng(1)), *data()[1:]
    engine = new_engine() if compiled else None
    measure = Measure([(X, y)], rounds=300, keeps_params=True)
    progress = next(train(model, params, X, y, optimizer=SGD(30.0), engine=engine, measure=measure))
    losses = progress.measured.losses[:, 0]
    assert len(losses) < 300
    assert np.isfinite(losses[:-1]).all()
    assert not np.isfinite(losses[-1])


def test_within_an_epoch_it_waits_for_the_next():
    params, X, y = data()
    every = iter([2, 100, 100])
    training = train(
        MODEL, params, X, y, batch_size=10, every=lambda: next(every),
        measure=Measure([(X, y)], rounds=iter([0, 5]).__next__),
    )  # fmt: skip
    assert [(p.batch, p.epoch, p.measured is None) for p in (next(training), next(training))] == [
        (2, 0, True), (0, 1, True),
    ]  # fmt: skip
    assert next(training).epoch == 6


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"sets": []}, r"sets must be one or more pairs \(X, y\)"),
        ({"every": 0}, "every must be a whole number"),
        ({"rounds": -1}, "rounds must be a whole number"),
    ],
)
def test_bad_input_is_named(change, message):
    params, X, y = data()
    with pytest.raises(ValueError, match=message):
        next(train(MODEL, params, X, y, measure=Measure(**{"sets": [(X, y)]} | change)))


def test_sets_must_fit_the_model():
    params, X, y = data()
    measure = Measure([(X, y)])
    with pytest.raises(ValueError, match="X must be"):
        train(MODEL, params, X, y, measure=replace(measure, sets=[(X[:, :1], y)]))
    with pytest.raises(ValueError, match="measure must be a Measure or None"):
        train(MODEL, params, X, y, measure=[(X, y)])
