"""The page's side of its workers: what is sent from where in its memory, and what comes back."""

import ctypes
import sys
from dataclasses import replace
from importlib import import_module
from types import SimpleNamespace

import numpy as np
import pytest
from elsewhere import Elsewhere
from engines import new_engine

from nncore import L1, SGD, Adam, Dense, Sequential
from nncore.crew import Outside
from nncore.sweep import Setup, grid, sweep

X = np.random.default_rng(0).normal(size=(53, 2))
Y = np.sign(X[:, 0] * X[:, 1])
MODEL = Sequential([Dense(4, "tanh"), Dense(1, "tanh")], n_inputs=2)
EPOCHS = 71  # more than one errand for each run


class Workers(Elsewhere):
    """Stands for a Crew of crew.mjs: it knows addresses in the page's memory, and no arrays."""

    def __init__(self, engine, answered):
        super().__init__(engine)
        self.told = answered

    @property
    def hasRoom(self):
        return self.has_room

    def part(self, at, length):
        """The bytes of the page's memory from an address on, as an array."""
        return np.frombuffer(
            (ctypes.c_ubyte * length).from_address(self.engine.base + at), np.uint8
        )

    def spans(self, flat):
        triples = zip(*[iter(flat)] * 3, strict=True)
        return [(there, self.part(at, length)) for there, at, length in triples]

    def send(self, number, _module, wasm, given, reads, writes):
        errand = SimpleNamespace(
            wasm=wasm, arguments=given, reads=self.spans(reads), writes=self.spans(writes)
        )
        super().send(errand, lambda done: self.told(number, done))


@pytest.fixture
def page(monkeypatch):
    """(engine, its Crew, the Workers that were made)."""
    engine, made = new_engine(), []

    def new(answered, _broken):
        made.append(Workers(engine, answered))
        return made[0]

    module = SimpleNamespace(Crew=SimpleNamespace(new=new))
    promise = SimpleNamespace(then=lambda came, failed: came(module))
    js = SimpleNamespace(nncoreBoot=SimpleNamespace(crew=lambda: promise))
    ffi = SimpleNamespace(create_proxy=lambda function: function, to_js=lambda value: value)
    for name, stand_in in (("js", js), ("pyodide", None), ("pyodide.ffi", ffi)):
        monkeypatch.setitem(sys.modules, name, stand_in)
    monkeypatch.delitem(sys.modules, "explorer.browser.crew", raising=False)
    browser = SimpleNamespace(guard=lambda function: function)
    crew = import_module("explorer.browser.crew").Crew(browser, engine)
    monkeypatch.delitem(sys.modules, "explorer.browser.crew")
    return engine, crew, made[0]


@pytest.mark.parametrize("optimizer", [SGD, Adam])
def test_runs_by_workers_are_the_page_s_own_with_their_parameters(page, optimizer):
    engine, crew, workers = page
    base = Setup(MODEL, X, Y, test=(X[:20], Y[:20]))
    setups = [
        replace(each, optimizer=optimizer(0.01 * (k + 1)), regularizer=L1(0.02 * k))
        for k, each in enumerate(grid(base, seed=range(5)))
    ]
    outside = Outside(iter(setups), epochs=EPOCHS, engine=engine, crew=crew)
    while outside.send() or workers.waiting:
        if not outside.send():
            workers.do_one()
    found = {run.choice["seed"]: run for run in outside.finished}
    for want in sweep(setups, epochs=EPOCHS, engine=engine):
        run = found[want.choice["seed"]]
        np.testing.assert_array_equal(run.losses, want.losses)
        np.testing.assert_array_equal(run.params, want.params)
    assert not crew.errands, "nothing is kept of what has come back"
