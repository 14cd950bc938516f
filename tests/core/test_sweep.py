"""Many runs: each is what train() alone makes of it, by every engine and in every order."""

from dataclasses import replace
from itertools import islice

import numpy as np
import pytest
from engines import IN_PYODIDE, new_engine

from nncore import L1, Adam, Cosine, Dense, Momentum, Sequential, train
from nncore.sweep import Setup, grid, pieces, sweep

MODEL = Sequential([Dense(4, "tanh"), Dense(2, "tanh"), Dense(1, "tanh")], n_inputs=2)
RNG = np.random.default_rng(0)
X = RNG.normal(size=(53, 2))
Y = np.sign(X[:, 0] * X[:, 1])
BASE = Setup(MODEL, X, Y, test=(X[:20], Y[:20]))
CASES = {
    "default": BASE,
    "no test set": replace(BASE, test=None),
    "shuffled, Adam": replace(BASE, shuffle=True, optimizer=Adam(0.02)),
    "L1 and a schedule": replace(BASE, regularizer=L1(0.3), schedule=Cosine(10)),
    "momentum, batch 1": replace(BASE, optimizer=Momentum(0.01, 0.5), batch_size=1),
}


def alone(setup, epochs, engine=None):
    """The parameters after each epoch, by train()."""
    rng = np.random.default_rng(setup.seed)
    params = setup.model.init(rng)
    training = train(
        setup.model, params, setup.X, setup.y, loss=setup.loss, optimizer=setup.optimizer,
        regularizer=setup.regularizer, batch_size=setup.batch_size, shuffle=setup.shuffle,
        rng=rng, schedule=setup.schedule, epochs=epochs, engine=engine,
    )  # fmt: skip
    return [progress.params.copy() for progress in training]


@pytest.mark.parametrize("compiled", [True, False])
@pytest.mark.parametrize("base", CASES.values(), ids=list(CASES))
def test_each_run_is_what_training_alone_comes_to(base, compiled):
    setups = list(grid(base, learning_rate=[0.005, 0.02], seed=range(3)))
    engine = new_engine() if compiled else None
    runs = list(sweep(setups, epochs=23, points=5, engine=engine))
    assert [run.choice for run in runs] == [
        {"learning_rate": rate, "seed": seed} for rate in (0.005, 0.02) for seed in range(3)
    ]
    for setup, run in zip(setups, runs, strict=True):
        params = alone(setup, 23)
        np.testing.assert_array_equal(run.epochs, [5, 10, 15, 20, 23])
        np.testing.assert_allclose(run.params, params[-1], rtol=1e-9, atol=1e-15)
        sets = [(X, Y), setup.test] if setup.test else [(X, Y)]
        for place, (inputs, answers) in enumerate(sets):
            want = [MODEL.loss(params[k - 1], inputs, answers, "half_mse") for k in run.epochs]
            np.testing.assert_allclose(run.losses[:, place], want, rtol=1e-9)
            outputs = MODEL.predict(params[-1], inputs)[:, 0]
            assert run.right[-1, place] == ((outputs >= 0) == (answers > 0)).sum()
        assert not run.diverged
        assert run.engine == (engine.name if compiled else "NumPy")


@pytest.mark.parametrize("compiled", [True, False])
def test_a_run_is_the_same_to_the_last_bit_whatever_came_before_it(compiled):
    """Another activation, dead links, another optimizer: nothing is left over."""
    engine = new_engine() if compiled else None
    other = Sequential([Dense(3, "relu"), Dense(1, "tanh")], n_inputs=2)
    setups = [
        *CASES.values(), replace(BASE, model=other), replace(BASE, regularizer=L1(5.0)), BASE,
        replace(BASE, regularizer=L1(0.01)),
    ]  # fmt: skip
    together = list(sweep(setups, epochs=8, engine=engine))
    for setup, run in zip(setups, together, strict=True):
        [single] = sweep([setup], epochs=8, engine=engine)
        np.testing.assert_array_equal(run.params, single.params)
        np.testing.assert_array_equal(run.losses, single.losses)
    assert (together[-3].params == 0).sum() > (together[-1].params == 0).sum()


def test_in_pieces_it_is_the_same():
    setups = list(grid(BASE, seed=range(2)))
    found = list(pieces(setups, epochs=23, points=5))
    prepared = [True] * 2  # before and after: only for the first, since they share a network
    assert [each is None for each in found] == prepared + ([True] * 4 + [False]) * 2
    for got, want in zip(found[6::5], sweep(setups, epochs=23, points=5), strict=True):
        np.testing.assert_array_equal(got.losses, want.losses)
        np.testing.assert_array_equal(got.params, want.params)


@pytest.mark.parametrize(("most", "prepared"), [(64, 2), (1, 6)])
def test_runs_on_data_by_turns_share_what_was_prepared_for_each(monkeypatch, most, prepared):
    monkeypatch.setattr("nncore.sweep.MOST_KEPT", most)
    other = replace(BASE, X=X[::-1].copy(), test=None)
    setups = [replace(each, seed=k) for k in range(3) for each in (BASE, other)]
    found = list(pieces(setups, epochs=6, points=1, rounds=9))
    runs = [run for run in found if run is not None]
    assert len(found) - len(runs) == 2 * prepared, "before and after"
    for setup, run in zip(setups, runs, strict=True):
        [single] = sweep([setup], epochs=6, points=1)
        np.testing.assert_array_equal(run.params, single.params)
        np.testing.assert_array_equal(run.losses, single.losses)


def test_pieces_hold_as_many_measurements_as_they_are_told():
    setups = list(grid(BASE, seed=range(2)))
    counts = iter([1, 3, 9, 2, 2, 2])
    found = list(pieces(setups, epochs=23, points=5, rounds=lambda: next(counts)))
    # Five measurements of a run, the last after the 3 epochs that are left: 1 + 3 + 1, 2 + 2 + 1.
    assert [each is None for each in found] == [True] * 2 + ([True] * 2 + [False]) * 2
    for got, want in zip(found[4::3], sweep(setups, epochs=23, points=5), strict=True):
        np.testing.assert_array_equal(got.losses, want.losses)
        np.testing.assert_array_equal(got.epochs, want.epochs)


@pytest.mark.parametrize("compiled", [True, False])
def test_a_run_that_blows_up_ends_there_and_the_next_begins_anew(compiled):
    model = Sequential([Dense(3, "relu"), Dense(1)], n_inputs=2)
    setups = grid(replace(BASE, model=model), learning_rate=[1000.0, 0.01])
    engine = new_engine() if compiled else None
    wild, calm = sweep(setups, epochs=100, points=10, engine=engine)
    assert wild.diverged
    assert len(wild.epochs) < 10
    assert not np.isfinite(wild.losses[-1]).all()
    assert not calm.diverged
    assert calm.epochs[-1] == 100


@pytest.mark.skipif(IN_PYODIDE, reason="there are no processes")
def test_processes_give_the_same_runs_in_the_same_order():
    pytest.importorskip("wasmtime")
    from nncore.kernel.native import WasmtimeEngine

    setups = list(grid(BASE, learning_rate=[0.01, 0.1], seed=range(10)))
    here = sweep(setups, epochs=6, engine=WasmtimeEngine)
    there = sweep(setups, epochs=6, engine=WasmtimeEngine, workers=2)
    for got, want in zip(there, here, strict=True):
        assert got.choice == want.choice
        np.testing.assert_array_equal(got.params, want.params)


def test_it_is_pulled_run_by_run():
    begun = []

    def setups():
        for setup in grid(BASE, seed=range(1_000_000)):
            begun.append(setup.seed)
            yield setup

    runs = list(islice(sweep(setups(), epochs=1), 3))
    assert len(runs) == 3
    assert begun == [0, 1, 2]


def test_many_finished_runs_take_little_memory():
    """256 of them with their curves: at most 20 MB."""
    [run] = sweep([BASE], epochs=300)
    assert len(run.epochs) > 20
    assert 256 * run.nbytes < 1e6
    assert not any(np.shares_memory(array, run.params) for array in (X, Y))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: sweep([BASE], epochs=0), "epochs must be a whole number of at least 1"),
        (lambda: sweep([BASE], points=0), "points must be a whole number of at least 1"),
        (lambda: sweep([BASE], workers=0), "workers must be a whole number of at least 1"),
        (lambda: grid(BASE, speed=[1]), "names must be fields of Setup, or learning_rate; got 'sp"),
        (lambda: grid(BASE, seed=[]), r"seed must be one or more values; got \[\]"),
        (lambda: list(grid(BASE, learning_rate=[0.0])), "learning_rate must be a finite number"),
        (lambda: list(sweep([replace(BASE, batch_size=0)])), "batch_size must be a whole number"),
        (lambda: list(sweep([replace(BASE, y=Y[:3])])), "y must be of shape"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_an_engine_cannot_be_handed_to_other_processes():
    with pytest.raises(ValueError, match="engine must be a function that makes one"):
        sweep([BASE], engine=new_engine(), workers=2)
