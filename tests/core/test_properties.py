"""Properties that hold for any network and any data, tried on random ones."""

import io
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nncore import (
    ACTIVATIONS,
    INITIALIZERS,
    OPTIMIZERS,
    SGD,
    Dense,
    SeedRandom,
    Sequential,
    from_json,
    gradcheck,
    load_npz,
    one_hot,
    save_npz,
    shuffle_split,
    standardize,
    stratified_split,
    to_json,
    train,
)

HIDDEN = sorted(set(ACTIVATIONS) - {"softmax"})
SMOOTH = sorted(set(HIDDEN) - {"relu", "leaky_relu"})
seeds = st.integers(0, 2**32 - 1)


@st.composite
def models(draw, activations=HIDDEN, least_inputs=1):
    layers = draw(
        st.lists(
            st.builds(
                Dense,
                st.integers(1, 6),
                st.sampled_from(activations),
                st.sampled_from(sorted(INITIALIZERS)),
            ),
            min_size=1,
            max_size=4,
        )
    )
    return Sequential(layers, draw(st.integers(least_inputs, 5)))


def data(model, n, seed):
    rng = np.random.default_rng(seed)
    params = model.init(rng) + 0.1 * rng.standard_normal(model.n_params)
    return (
        params,
        rng.standard_normal((n, model.n_inputs)),
        rng.standard_normal((n, model.n_outputs)),
    )


@given(models(least_inputs=0), st.integers(1, 20), seeds)
def test_shapes(model, n, seed):
    params, X, y = data(model, n, seed)
    assert params.shape == model.is_weight.shape == (model.n_params,)
    outputs = model.forward(params, X)
    assert [a.shape for a in outputs] == [(n, layer.units) for layer in model.layers]
    value, gradient = model.loss_and_gradient(params, X, y, "mse")
    assert gradient.shape == (model.n_params,)
    assert value >= 0
    assert sum(W.size + b.size for W, b in model.unflatten(params)) == model.n_params
    n_biases = sum(layer.units for layer in model.layers)
    assert (~model.is_weight).sum() == n_biases


@given(models(SMOOTH), st.integers(1, 6), seeds)
def test_gradients(model, n, seed):
    params, X, y = data(model, n, seed)
    check = gradcheck(model, params, X, y, "half_mse")
    assert check.error < 1e-5, str(check)


@given(models(), st.integers(2, 20), seeds, st.sampled_from(sorted(OPTIMIZERS)))
def test_the_order_within_a_full_batch_does_not_matter(model, n, seed, name):
    params, X, y = data(model, n, seed)
    order = np.random.default_rng(seed).permutation(n)
    optimizer = OPTIMIZERS[name](0.01)
    if hasattr(optimizer, "epsilon"):  # a tiny one would make noise out of slopes near zero
        optimizer = replace(optimizer, epsilon=0.1)
    options = dict(batch_size=n, optimizer=optimizer)
    first = next(train(model, params, X, y, **options)).params
    second = next(train(model, params, X[order], y[order], **options)).params
    np.testing.assert_allclose(first, second, rtol=1e-9, atol=1e-9)


@given(models(), st.integers(1, 20), seeds)
def test_every_row_is_treated_alone(model, n, seed):
    params, X, _ = data(model, n, seed)
    together = model.predict(params, X)
    alone = np.vstack([model.predict(params, row[np.newaxis]) for row in X])
    np.testing.assert_allclose(together, alone, rtol=1e-9, atol=1e-12)


@given(models(), st.integers(1, 12), st.integers(1, 14), seeds)
def test_batches_cover_every_row_once(model, n, batch_size, seed):
    params, X, y = data(model, n, seed)
    rng = np.random.default_rng(seed)
    options = dict(batch_size=batch_size, shuffle=True, rng=rng, every="batch", epochs=1)
    steps = list(train(model, params, X, y, optimizer=SGD(1e-3), **options))
    assert len(steps) == steps[-1].n_batches == -(-n // batch_size)
    assert sorted(np.concatenate([step.rows for step in steps])) == list(range(n))
    assert [len(step.rows) for step in steps[:-1]] == [batch_size] * (len(steps) - 1)


@given(models(least_inputs=0), seeds)
def test_saved_networks_come_back_equal(model, seed):
    params = model.init(np.random.default_rng(seed))
    file = io.BytesIO()
    save_npz(file, model, params)
    file.seek(0)
    for loaded_model, loaded in (from_json(to_json(model, params)), load_npz(file)):
        assert loaded_model == model
        np.testing.assert_array_equal(loaded, params)


@given(st.text(max_size=300))
def test_any_text_is_a_seed(seed):
    numbers = SeedRandom(seed).random(5)
    assert ((numbers >= 0) & (numbers < 1)).all()
    np.testing.assert_array_equal(numbers, SeedRandom(seed).random(5))


@given(st.text() | st.binary())
def test_any_text_is_refused_or_a_model(text):
    with pytest.raises(ValueError, match="must be"):
        from_json(text)


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_as_npz(content):
    with pytest.raises(ValueError, match="must be"):
        load_npz(io.BytesIO(content))


@given(st.integers(1, 60), st.integers(0, 100), seeds)
def test_shuffle_split_loses_no_row(n, percent, seed):
    X, y = np.arange(2.0 * n).reshape(n, 2), np.arange(n)
    parts = shuffle_split(X, y, percent / 100, np.random.default_rng(seed))
    X_train, X_test, y_train, y_test = parts
    assert len(y_train) == n * percent // 100
    assert sorted([*y_train, *y_test]) == list(range(n))
    np.testing.assert_array_equal(X[y_train], X_train)
    np.testing.assert_array_equal(X[y_test], X_test)


@given(st.lists(st.integers(2, 20), min_size=1, max_size=5), st.floats(0.01, 0.99), seeds)
def test_stratified_split_keeps_all_classes(sizes, share, seed):
    y = np.repeat(np.arange(len(sizes)), sizes)
    X = np.arange(float(len(y)))[:, np.newaxis]
    X_a, X_b, y_a, y_b = stratified_split(X, y, share, np.random.default_rng(seed))
    counts = np.bincount(y_b, minlength=len(sizes))
    assert ((counts >= 1) & (counts < sizes)).all()
    assert (np.abs(counts - np.array(sizes) * share) <= 1).all()
    assert sorted([*X_a[:, 0], *X_b[:, 0]]) == X[:, 0].tolist()
    assert len(y_a) + len(y_b) == len(y)


@given(st.integers(2, 30), st.integers(1, 5), st.floats(-1e6, 1e6), st.floats(1e-3, 1e6), seeds)
def test_standardize_forgets_shift_and_unit(n, columns, shift, unit, seed):
    X = np.random.default_rng(seed).standard_normal((n, columns))
    Z = standardize(X)
    np.testing.assert_allclose(Z.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(Z.std(axis=0), 1, rtol=1e-12)
    tolerance = 1e-6 * max(1.0, abs(shift) / unit / X.std(axis=0).min())
    np.testing.assert_allclose(standardize(X * unit + shift), Z, atol=tolerance)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=40))
def test_one_hot_rows_name_their_label(y):
    rows = one_hot(y, 10)
    np.testing.assert_array_equal(rows.argmax(axis=1), y)
    np.testing.assert_array_equal(rows.sum(axis=1), 1)
