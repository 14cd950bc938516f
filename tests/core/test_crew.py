"""Many runs with a crew that works in a memory of its own: the same runs, to the last bit."""

from dataclasses import replace

import numpy as np
import pytest
from elsewhere import Elsewhere
from engines import IN_PYODIDE, new_engine

from nncore import L1, SGD, Adam, Cosine, Dense, Momentum, Sequential
from nncore.crew import Outside
from nncore.seedrandom import SeedRandom
from nncore.sweep import Setup, grid, sweep

pytestmark = pytest.mark.skipif(IN_PYODIDE, reason="the other memory is made by wasmtime")
MODEL = Sequential([Dense(4, "tanh"), Dense(2, "tanh"), Dense(1, "tanh")], n_inputs=2)
RNG = np.random.default_rng(0)
X = RNG.normal(size=(53, 2))
Y = np.sign(X[:, 0] * X[:, 1])
BASE = Setup(MODEL, X, Y, test=(X[:20], Y[:20]))
EPOCHS = 71  # 23 measurements of 3 epochs, and one of the 2 that are left
CASES = {
    "default": BASE,
    "no test set, Adam": replace(BASE, test=None, optimizer=Adam(0.02)),
    "L1 and a schedule": replace(BASE, regularizer=L1(0.3), schedule=Cosine(10)),
    "momentum, batch 1": replace(BASE, optimizer=Momentum(0.01, 0.5), batch_size=1),
    "shuffled": replace(BASE, shuffle=True),
    "shuffled, Adam, batch 1": replace(BASE, shuffle=True, optimizer=Adam(0.02), batch_size=1),
}


def all_of(outside, crew):
    while outside.send() or crew.waiting:
        if not (crew.has_room and outside.send()) and crew.waiting:
            crew.do_one()
    return {run.choice["seed"]: run for run in outside.finished}


@pytest.mark.parametrize("base", CASES.values(), ids=list(CASES))
def test_each_run_is_the_same_to_the_last_bit(base):
    assert_same(list(grid(base, seed=range(5))))


@pytest.mark.parametrize("optimizer", [SGD, Adam])
def test_runs_under_way_at_the_same_time_keep_numbers_of_their_own(optimizer):
    """They share a learner, which by then stands where the newest of them begins."""
    setups = enumerate(grid(BASE, seed=range(5)))
    assert_same(
        [
            replace(s, optimizer=optimizer(0.01 * (k + 1)), regularizer=L1(0.02 * k))
            for k, s in setups
        ]
    )


def assert_same(setups):
    engine = new_engine()
    crew = Elsewhere(engine)
    outside = Outside(iter(setups), epochs=EPOCHS, engine=engine, crew=crew)
    found = all_of(outside, crew)
    assert list(outside.rest()) == []
    for want in sweep(setups, epochs=EPOCHS, engine=engine):
        run = found[want.choice["seed"]]
        for name in ("epochs", "losses", "right", "params"):
            np.testing.assert_array_equal(getattr(run, name), getattr(want, name))
        assert (run.diverged, run.engine) == (want.diverged, want.engine)


def test_one_that_blows_up_ends_there():
    model = Sequential([Dense(3, "relu"), Dense(1)], n_inputs=2)
    engine = new_engine()
    setups = list(grid(replace(BASE, model=model), learning_rate=[1000.0, 0.01], seed=[1]))
    for setup, ends in zip(setups, (True, False), strict=True):
        crew = Elsewhere(engine)
        [run] = all_of(Outside(iter([setup]), epochs=90, engine=engine, crew=crew), crew).values()
        [want] = sweep([setup], epochs=90, engine=engine)
        assert run.diverged == want.diverged == ends
        np.testing.assert_array_equal(run.losses, want.losses)


def test_what_has_not_come_back_is_left_to_others():
    engine = new_engine()
    crew, setups = Elsewhere(engine, places=4), list(grid(BASE, seed=range(6)))
    outside = Outside(iter(setups), epochs=9, engine=engine, crew=crew)
    while outside.send():
        pass
    crew.do_one()
    assert [run.choice["seed"] for run in outside.finished] == [3]
    crew.is_broken = True
    assert not outside.send()
    assert [setup.seed for setup in outside.rest()] == [0, 1, 2, 4, 5]


@pytest.mark.parametrize("kind", [np.random.default_rng, lambda seed: SeedRandom(str(seed))])
def test_shuffled_runs_have_sources_of_their_own(kind, monkeypatch):
    """What has not come back begins again with the same numbers, and many rows go in parts."""
    monkeypatch.setattr("nncore.crew.ORDERED", 5 * 3 * len(X))

    def setups():
        for number in range(4):
            source = kind(number)
            start = MODEL.init(source)
            yield replace(
                BASE, seed=source, params=start, shuffle=True, choice={"seed": number}
            )  # fmt: skip

    engine = new_engine()
    want = {run.choice["seed"]: run for run in sweep(setups(), epochs=EPOCHS, engine=engine)}
    crew = Elsewhere(engine, places=3)
    outside = Outside(setups(), epochs=EPOCHS, engine=engine, crew=crew)
    sent = []
    while not outside.finished:
        while outside.send():
            sent.append(len(crew.waiting[-1][0].results))
        crew.do_one()
    assert max(sent) == 5
    left = sweep(outside.rest(), epochs=EPOCHS, engine=engine)
    found = {run.choice["seed"]: run for run in [*outside.finished, *left]}
    assert sorted(found) == sorted(want) == [0, 1, 2, 3]
    for seed, run in found.items():
        np.testing.assert_array_equal(run.losses, want[seed].losses)
        np.testing.assert_array_equal(run.params, want[seed].params)


def test_what_a_crew_cannot_do_is_not_sent():
    engine, setups = NumPyOnly(), [BASE] * 2
    crew = Elsewhere(new_engine())
    outside = Outside(iter(setups), epochs=9, engine=engine, crew=crew)
    assert not outside.send()
    assert not outside.is_of_use
    assert list(outside.rest()) == setups


class NumPyOnly:
    """An engine that compiles nothing."""

    @staticmethod
    def take_over(learner, batches):
        return learner
