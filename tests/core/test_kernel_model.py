"""Engine.model: outputs, losses and colours as the NumPy path has them."""

import numpy as np
import pytest
from engines import SIMD, new_engine
from kernel_cases import random_case

from nncore import Dense, Sequential
from nncore.kernel.columns import Columns
from nncore.kernel.plan import Unsupported, plan_for

SEEDS = range(60)


@pytest.mark.parametrize("seed", SEEDS)
def test_outputs_and_loss_agree(seed):
    case = random_case(seed)
    engine, loss = new_engine(simd=seed % 2 == 0), case.options["loss"]
    compiled, columns = engine.model(case.model, loss), Columns(engine, case.X, case.y)
    want = case.model.forward(case.params, case.X)
    for got, expected in zip(compiled.forward(case.params, columns), want, strict=True):
        np.testing.assert_allclose(got.T, expected, rtol=1e-11, atol=1e-14)
    value, outputs = compiled.evaluate(case.params, columns)
    np.testing.assert_allclose(outputs.T, want[-1], rtol=1e-11, atol=1e-14)
    np.testing.assert_allclose(
        value, case.model.loss(case.params, case.X, case.y, loss), rtol=1e-11
    )


@SIMD
@pytest.mark.parametrize(
    ("loss", "activation"),
    [("binary_crossentropy", "sigmoid"), ("categorical_crossentropy", "softmax")],
)
def test_cross_entropies_at_huge_logits(loss, activation, simd):
    model = Sequential([Dense(3, activation)], n_inputs=1)
    params = np.array([1000.0, -1000.0, 0.0, 0.0, 0.0, 0.5])
    X, y = np.array([[1.0], [-1.0], [0.001]]), np.eye(3)
    engine = new_engine(simd)
    got = engine.model(model, loss).evaluate(params, Columns(engine, X, y))[0]
    np.testing.assert_allclose(got, model.loss(params, X, y, loss), rtol=1e-12)


@SIMD
def test_what_is_not_finite_shows(simd):
    engine = new_engine(simd)
    model = Sequential([Dense(2, "tanh"), Dense(1, "tanh")], n_inputs=2)
    columns = Columns(engine, np.ones((5, 2)), np.ones((5, 1)))
    value, outputs = engine.model(model, "half_mse").evaluate(np.full(9, np.nan), columns)
    assert np.isnan(value)
    assert np.isnan(outputs).all()


@pytest.mark.parametrize("n", [3, 32, 33, 100])
def test_without_targets_there_is_no_loss(n):
    """Neither worked out nor read from somewhere: the module's `forward` gives 0."""
    engine, model = new_engine(), Sequential([Dense(2, "tanh")], n_inputs=1)
    forward = engine.load(plan_for(model, "half_mse", engine.lanes)).forward
    memory = engine.empty(4000)
    memory[:] = 1.0
    place = engine.address(memory)
    out = place + 8 * 3000
    assert forward(place, place + 800, place, 0, 8 * n, n, out, 8 * n, 0, 1) == 0.0


def test_one_model_serves_many_data_sets():
    engine = new_engine()
    model = Sequential([Dense(3, "relu"), Dense(1)], n_inputs=2)
    compiled, rng = engine.model(model, "half_mse"), np.random.default_rng(0)
    params = model.init(rng)
    data = [rng.normal(size=(n, 2)) for n in (1, 31, 32, 33, 1000)]
    columns = [Columns(engine, X) for X in data]
    got = [compiled.forward(params, each)[-1] for each in columns]
    for outputs, X in zip(got, data, strict=True):
        np.testing.assert_allclose(outputs.T, model.predict(params, X), rtol=1e-12, atol=1e-15)
    again = compiled.forward(params, columns[0])[-1]
    assert again.__array_interface__["data"] == got[0].__array_interface__["data"]
    assert engine.compiled == 1


def test_columns_that_do_not_fit_are_refused():
    engine = new_engine()
    compiled = engine.model(Sequential([Dense(2)], n_inputs=3), "half_mse")
    params, X, y = np.zeros(8), np.ones((5, 3)), np.ones((5, 2))
    assert compiled.evaluate(params, Columns(engine, X, y))[0] == 0.5 * 2
    complaint = r"columns must be of 3 and 2 rows; got \[3, 1\]"
    with pytest.raises(ValueError, match=complaint):
        compiled.evaluate(params, Columns(engine, X, y[:, 0]))
    with pytest.raises(ValueError, match=r"columns must be of 3 rows; got \[2\]"):
        compiled.forward(params, Columns(engine, X[:, :2]))
    with pytest.raises(ValueError, match="columns must be made with a y, for a loss; got None"):
        compiled.evaluate(params, Columns(engine, X))


def test_columns_are_copies_of_any_numbers():
    engine = new_engine()
    compiled = engine.model(Sequential([Dense(1)], n_inputs=1), "half_mse")
    X, y = np.array([[1], [2], [3]]), np.array([1, 2, 3])
    columns = Columns(engine, X, y)
    X[:], y[:] = 0, 0
    loss, outputs = compiled.evaluate(np.array([2.0, 0.0]), columns)
    np.testing.assert_array_equal(outputs, [[2.0, 4.0, 6.0]])
    np.testing.assert_allclose(loss, (1 + 4 + 9) / 6, rtol=1e-15)


@SIMD
def test_colours(simd):
    """place = (value - low) (n - 1) / (high - low), cut to the table; NaN takes the middle."""
    engine = new_engine(simd)
    model = Sequential([Dense(3, "linear")], n_inputs=1)
    X = np.concatenate([np.linspace(-3, 3, 200), [np.nan, np.inf, -np.inf, 1.0, -1.0]])[:, None]
    compiled, columns = engine.model(model, "half_mse"), Columns(engine, X)
    with np.errstate(invalid="ignore"):
        values = compiled.forward(np.array([1.0, -0.7, 0.1, 0.0, 0.1, 0.2]), columns)[0]
    table = np.random.default_rng(0).integers(0, 2**32, 256, dtype=np.uint32)
    place = np.clip(np.nan_to_num((values + 2) * (255 / 3.5), nan=127.5), 0, 255)
    pixels = compiled.shade(values, table, low=-2.0, high=1.5)
    assert pixels.dtype == np.uint32
    np.testing.assert_array_equal(pixels, table[place.astype(int)])
    with pytest.raises(ValueError, match="values must be a C-contiguous array of float64"):
        compiled.shade(values.T, table)


def test_a_module_that_only_computes_is_small():
    model = Sequential([Dense(4, "tanh"), Dense(2, "tanh"), Dense(1, "tanh")], n_inputs=2)
    engine = new_engine()
    sizes = []
    instantiate = engine.instantiate

    def measured(wasm):
        sizes.append(len(wasm))
        return instantiate(wasm)

    engine.instantiate = measured
    engine.model(model, "half_mse")
    assert sizes[0] < 5000


def test_unknown_kinds_are_refused_in_words():
    odd = Sequential([Dense(2)], n_inputs=1)
    object.__setattr__(odd.layers[0], "activation", "step")
    with pytest.raises(Unsupported, match="the activation 'step' is not compiled"):
        plan_for(odd, "half_mse", 2)
    with pytest.raises(Unsupported, match="the loss 'hinge' is not compiled"):
        plan_for(Sequential([Dense(2)], n_inputs=1), "hinge", 2)
