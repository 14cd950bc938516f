"""train() with an engine: everything it can do besides training from start to end."""

from dataclasses import dataclass
from itertools import islice

import numpy as np
import pytest
from engines import new_engine

from nncore import L1, L2, SGD, Adam, Dense, Momentum, Progress, Sequential, train
from nncore.kernel.engine import Engine
from nncore.kernel.plan import Unsupported

MODEL = Sequential([Dense(4, "tanh"), Dense(2, "tanh"), Dense(1, "tanh")], n_inputs=2)


@pytest.fixture(scope="module")
def data():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(53, 2))
    return MODEL.init(rng), X, np.sign(X[:, 0] * X[:, 1])


@pytest.fixture
def engine():
    return new_engine()


def assert_same(got: Progress, want: Progress):
    np.testing.assert_allclose(got.params, want.params, rtol=1e-9, atol=1e-15)
    np.testing.assert_allclose(got.state.slots, want.state.slots, rtol=1e-9, atol=1e-15)
    np.testing.assert_array_equal(got.dead, want.dead)
    for name in ("epoch", "batch", "n_batches", "position", "learning_rate"):
        assert getattr(got, name) == getattr(want, name)
    assert got.state.t == want.state.t
    np.testing.assert_array_equal(got.order, want.order)


def test_batch_by_batch_is_the_same_as_epoch_by_epoch(data, engine):
    options = dict(optimizer=Adam(0.01), batch_size=7, engine=engine)
    whole = next(train(MODEL, *data, **options))
    batches = list(islice(train(MODEL, *data, every="batch", **options), 8))
    assert [len(progress.rows) for progress in batches] == [7] * 7 + [4]
    np.testing.assert_array_equal(batches[-1].params, whole.params)
    for got, want in zip(
        train(MODEL, *data, every="batch", epochs=2, **options),
        train(MODEL, *data, every="batch", epochs=2, optimizer=Adam(0.01), batch_size=7),
        strict=True,
    ):
        assert_same(got, want)
        np.testing.assert_array_equal(got.rows, want.rows)


@pytest.mark.parametrize("first", ["compiled", "NumPy"])
@pytest.mark.parametrize("batches", [1, 8, 11])
def test_what_one_begins_the_other_goes_on_with(data, engine, first, batches):
    """Also in the middle of an epoch, with Adam's memory and the links that L1 has killed."""
    options = dict(optimizer=Adam(0.05), regularizer=L1(0.5), batch_size=7, shuffle=True)
    engines = [engine, None] if first == "compiled" else [None, engine]

    def in_two_parts(one, other):
        rng = np.random.default_rng(1)
        start = train(MODEL, *data, every="batch", rng=rng, engine=one, **options)
        *_, middle = islice(start, batches)
        params, X, y = middle.params, *data[1:]
        rest = train(MODEL, params, X, y, rng=rng, start=middle, epochs=6, engine=other, **options)
        *_, last = rest
        return last

    want = in_two_parts(None, None)
    assert want.dead.any()
    assert_same(in_two_parts(*engines), want)


def test_numbers_change_live_without_another_module(data, engine):
    """Learning rate, schedule, momentum, regularization rate and batch size."""
    compiled = reference = None
    for rate, momentum, pull, batch_size in (
        (0.1, 0.9, 0.1, 10),
        (0.03, 0.5, 0.0, 1),
        (1.0, 0.0, 2.0, 40),
    ):
        options = dict(
            optimizer=Momentum(rate, momentum), regularizer=L2(pull), batch_size=batch_size,
            schedule=lambda epoch: 0.9**epoch,
        )  # fmt: skip
        params = data[0] if compiled is None else compiled.params
        compiled = next(train(MODEL, params, *data[1:], start=compiled, engine=engine, **options))
        params = data[0] if reference is None else reference.params
        reference = next(train(MODEL, params, *data[1:], start=reference, **options))
        assert_same(compiled, reference)
    assert engine.compiled == 1


def test_another_learning_rate_or_data_set_asks_for_no_other_module(data, engine):
    next(train(MODEL, *data, optimizer=SGD(0.1), engine=engine))
    params, X, y = data
    next(train(MODEL, params, X[:20], y[:20], optimizer=SGD(0.2), engine=engine))
    assert engine.compiled == 1
    next(train(MODEL, *data, optimizer=Adam(0.1), engine=engine))
    assert engine.compiled == 2


def test_the_callers_arrays_are_left_alone(data, engine):
    params, X, y = (array.copy() for array in data)
    next(train(MODEL, params, X, y, engine=engine))
    for before, after in zip(data, (params, X, y), strict=True):
        np.testing.assert_array_equal(before, after)


def test_frozen_parameters_do_not_move(data, engine):
    frozen = np.zeros(MODEL.n_params, dtype=bool)
    frozen[[0, 3, 22]] = True
    options = dict(frozen=frozen, regularizer=L1(1.0), epochs=5)
    *_, compiled = train(MODEL, *data, engine=engine, **options)
    *_, reference = train(MODEL, *data, **options)
    np.testing.assert_array_equal(compiled.params[frozen], data[0][frozen])
    assert not compiled.dead[frozen].any()
    assert_same(compiled, reference)


def test_two_trainings_side_by_side_do_not_disturb_each_other(data, engine):
    options = dict(engine=engine, optimizer=Momentum(0.1))
    alone = [p.params.copy() for p in train(MODEL, *data, epochs=3, **options)]
    pairs = zip(train(MODEL, *data, **options), train(MODEL, *data, **options), alone, strict=False)
    for one, other, want in pairs:
        np.testing.assert_array_equal(one.params, want)
        np.testing.assert_array_equal(other.params, want)


@pytest.mark.parametrize("n_inputs", [0, 1])
def test_the_smallest_networks(n_inputs, engine):
    model = Sequential([Dense(1)], n_inputs)
    X, y = np.ones((1, n_inputs)), np.ones(1)
    data = model, np.zeros(model.n_params), X, y
    assert_same(next(train(*data, engine=engine)), next(train(*data)))


@pytest.mark.parametrize("batch_size", [33, 64, 301, 333, 10**12])
def test_a_batch_larger_than_the_workspace(data, engine, batch_size):
    rng = np.random.default_rng(2)
    X, y = rng.normal(size=(333, 2)), rng.normal(size=333)
    options = dict(batch_size=batch_size, epochs=2, optimizer=SGD(0.5))
    *_, compiled = train(MODEL, data[0], X, y, engine=engine, **options)
    *_, reference = train(MODEL, data[0], X, y, **options)
    assert_same(compiled, reference)


@dataclass(frozen=True)
class HalfSGD(SGD):
    """An optimizer that the compiler does not know."""

    def update(self, params, grad, state, learning_rate):
        return super().update(params, grad, state, learning_rate / 2)


class WeakerL2(L2):
    """A regularizer that the compiler does not know."""

    def slope(self, weights):
        return weights / 2


@pytest.mark.parametrize(
    ("options", "kind"),
    [({"optimizer": HalfSGD(0.1)}, "HalfSGD"), ({"regularizer": WeakerL2(1.0)}, "WeakerL2")],
)
def test_what_is_not_compiled_is_numpy_s_and_says_so(data, engine, options, kind):
    progress = next(train(MODEL, *data, engine=engine, **options))
    assert progress.engine == f"NumPy ({kind} is not compiled)"
    np.testing.assert_array_equal(progress.params, next(train(MODEL, *data, **options)).params)
    assert engine.compiled == 0


class Nothing(Engine):
    """A place without WebAssembly."""

    def validate(self, wasm):
        return False


class Forbidden(Nothing):
    """A place that knows WebAssembly and does not allow it."""

    def empty(self, n_words):
        return np.empty(n_words)

    def address(self, array):
        return array.__array_interface__["data"][0]

    def validate(self, wasm):
        return True

    def instantiate(self, wasm):
        raise Unsupported("the browser refused a module: not here")


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        (Nothing, "there is no WebAssembly here"),
        (Forbidden, "the browser refused a module: not here"),
    ],
)
def test_without_webassembly_numpy_goes_on(data, place, reason):
    progress = next(train(MODEL, *data, engine=place()))
    assert progress.engine == f"NumPy ({reason})"
    np.testing.assert_array_equal(progress.params, next(train(MODEL, *data)).params)


def test_the_engine_is_named(data, engine):
    assert next(train(MODEL, *data)).engine == "NumPy"
    assert next(train(MODEL, *data, engine=engine)).engine == engine.name
