"""NumPy calls per mini-batch, counted honestly.

In Pyodide a NumPy call costs about 1.5 microseconds whatever it does, so their number is the speed
of small networks. All memory that training works in is replaced by arrays that count every ufunc
(operators included) and every other NumPy function that touches them.
"""

from collections import Counter
from typing import ClassVar

import numpy as np
import pytest

from nncore import L1, L2, OPTIMIZERS, SGD, Dense, Sequential, learner, train, workspace
from nncore.optimizer import Optimizer

MOST = 30  # for a 2-4-2-1 network as the playground trains it


class CountingArray(np.ndarray):
    calls: ClassVar[Counter] = Counter()

    def __array_ufunc__(self, ufunc, method, *inputs, out=None, **kwargs):
        self.calls[ufunc.__name__] += 1
        bare = [a.view(np.ndarray) if isinstance(a, CountingArray) else a for a in inputs]
        if out is not None:
            kwargs["out"] = tuple(o.view(np.ndarray) for o in out)
        result = getattr(ufunc, method)(*bare, **kwargs)
        if out is not None:
            return out[0]
        return result.view(CountingArray) if isinstance(result, np.ndarray) else result

    def __array_function__(self, function, types, args, kwargs):
        self.calls[function.__name__] += 1
        return super().__array_function__(function, types, args, kwargs)


@pytest.fixture
def count(monkeypatch):
    """Return a function: the NumPy calls of each batch of one epoch of the given training."""

    def counting_buffer(shape):
        return np.empty(shape).view(CountingArray)

    monkeypatch.setattr(workspace, "buffer", counting_buffer)
    monkeypatch.setattr(learner, "buffer", counting_buffer)
    first_state = Optimizer.init

    def counting_state(self, n_params):
        state = first_state(self, n_params)
        state.slots = state.slots.view(CountingArray)
        return state

    monkeypatch.setattr(Optimizer, "init", counting_state)

    def run(widths=(4, 2, 1), rows=250, n_inputs=2, activation="tanh", epochs=2, **options):
        rng = np.random.default_rng(0)
        model = Sequential([Dense(units, activation) for units in widths], n_inputs)
        X = rng.standard_normal((rows, n_inputs))
        y = np.sign(rng.standard_normal((rows, widths[-1])))
        generator = train(model, model.init(rng), X, y, every="batch", epochs=epochs, **options)
        counts = []
        CountingArray.calls.clear()
        for _ in generator:
            counts.append(Counter(CountingArray.calls))
            CountingArray.calls.clear()
        assert len(counts) == epochs * -(-rows // options.get("batch_size", 10))
        return counts

    return run


def test_the_counter_sees_operators_functions_and_methods():
    a = np.ones(3).view(CountingArray)
    CountingArray.calls.clear()
    b = a * 2 + np.ones(3)
    b -= a
    np.tanh(b, np.empty(3))
    np.where(b > 0, 1.0, b)
    a.sum()
    expected = dict(multiply=1, add=2, subtract=1, tanh=1, greater=1, where=1)
    assert CountingArray.calls == expected


def test_the_playground_s_default_batch(count):
    """2-4-2-1, tanh, half_mse, SGD, batches of 10: 24 calls.

    Forward 3 matmul + 3 tanh; error 2; tanh's slope 3 x 3; back 2 matmul; gradients 3 matmul;
    step 2.
    """
    # The first batch also makes the workspace; from then on each is the same.
    counts = count()[1:]
    totals = {sum(calls.values()) for calls in counts}
    assert totals == {24}
    assert max(totals) <= MOST
    assert counts[0]["matmul"] == 8
    assert counts[0]["tanh"] == 3


def test_the_number_of_calls_depends_on_depth_only(count):
    few = sum(count()[-1].values())
    assert sum(count(widths=(8, 7, 1))[-1].values()) == few
    assert sum(count(rows=1000, batch_size=100)[-1].values()) == few
    assert sum(count(n_inputs=7)[-1].values()) == few
    # One more layer: two matmuls forward and back, one for its gradient, tanh and its slope.
    assert sum(count(widths=(4, 2, 2, 1))[-1].values()) == few + 3 + 1 + 3


@pytest.mark.parametrize(
    ("name", "extra"),
    [("sgd", 0), ("momentum", 2), ("nesterov", 4), ("adagrad", 5), ("rmsprop", 7), ("adam", 10)],
)
def test_optimizers_add_little(count, name, extra):
    counts = count(optimizer=OPTIMIZERS[name]())
    assert sum(counts[-1].values()) == 24 + extra


@pytest.mark.parametrize(("activation", "calls"), [("relu", 21), ("linear", 15), ("sigmoid", 33)])
def test_other_activations_of_the_playground(count, activation, calls):
    """The sigmoid takes four calls forward and three back, in each of three layers."""
    assert sum(count(activation=activation)[-1].values()) == calls


@pytest.mark.parametrize(("regularizer", "extra"), [(L1(1e-4), 8), (L2(1e-4), 4)])
def test_regularizers_add_little(count, regularizer, extra):
    counts = count(regularizer=regularizer, optimizer=SGD(0.003))
    assert sum(counts[-1].values()) <= 24 + extra


def test_the_last_smaller_batch_costs_the_same(count):
    counts = count(rows=25)
    assert {sum(calls.values()) for calls in counts[3:]} == {24}
