"""Gradient norms, the reach of an update, dead and saturated units: each by its definition."""

import numpy as np
import pytest
from kernel_cases import random_case

from nncore import ACTIVATIONS, Dense, Sequential, train
from nncore.diagnostics import flat_shares, layer_norms, update_shares


@pytest.mark.parametrize("seed", range(20))
def test_norms_and_shares_layer_by_layer(seed):
    case = random_case(seed)
    vector = np.random.default_rng(seed).normal(size=case.model.n_params)
    after = case.params + 0.01 * vector
    norms, shares = layer_norms(case.model, vector), update_shares(case.model, case.params, after)
    parts = zip(
        case.model.unflatten(vector), case.model.unflatten(case.params), norms, shares, strict=True
    )
    for (W, b), (weights, _), norm, share in parts:
        np.testing.assert_allclose(norm, np.linalg.norm([*W.ravel(), *b]))
        if weights.size:
            expected = 0.01 * np.linalg.norm(W) / np.linalg.norm(weights)
            np.testing.assert_allclose(share, expected, rtol=1e-9)


def test_weights_of_no_length_have_no_share():
    model = Sequential([Dense(2), Dense(1)], 1)
    shares = update_shares(model, np.zeros(7), np.ones(7))
    assert np.isnan(shares).all()


@pytest.mark.parametrize("name", sorted(set(ACTIVATIONS) - {"softmax", "relu"}))
def test_saturated_by_central_differences(name):
    """One unit, one weight: the share of inputs at which the function is nearly level."""
    model = Sequential([Dense(1, name)], n_inputs=1)
    X = np.linspace(-9, 9, 1000).reshape(-1, 1)
    f, h = ACTIVATIONS[name], 1e-6

    def slope(z):
        return np.abs(f(z.T + h) - f(z.T - h)) / (2 * h)

    steepest = slope(np.linspace(-8, 8, 100_000).reshape(-1, 1)).max()
    expected = (slope(X) < 0.01 * (1 - 1e-6) * steepest).mean()
    share = flat_shares(model, np.array([1.0, 0.0]), X)[0]
    assert share == pytest.approx(expected, abs=0.002)
    if name in ("linear", "leaky_relu"):
        assert share == 0


def test_a_relu_unit_is_dead_if_no_row_wakes_it():
    model = Sequential([Dense(4, "relu"), Dense(1)], n_inputs=1)
    params = np.array([1.0, -1.0, 1.0, 0.0] + [-5.0, -5.0, 0.5, -0.1] + [1.0] * 5)
    X = np.linspace(-1, 1, 11).reshape(-1, 1)
    np.testing.assert_array_equal(flat_shares(model, params, X), [0.75, 0.0])
    X[0] = 6.0  # wakes the first
    np.testing.assert_array_equal(flat_shares(model, params, X), [0.5, 0.0])


def test_an_output_fused_with_its_loss_has_no_share():
    sigmoid = Sequential([Dense(2, "tanh"), Dense(1, "sigmoid")], 1)
    params, X = np.full(7, 400.0), np.ones((3, 1))
    np.testing.assert_array_equal(flat_shares(sigmoid, params, X), [1.0, 1.0])
    np.testing.assert_array_equal(flat_shares(sigmoid, params, X, fused_output=True), [1.0, np.nan])
    softmax = Sequential([Dense(2, "softmax")], 1)
    assert np.isnan(flat_shares(softmax, np.ones(4), X)).all()


def test_what_overflowed_has_no_share():
    model = Sequential([Dense(1, "softplus")], 1)
    assert np.isnan(flat_shares(model, np.array([1e308, 0.0]), np.full((2, 1), 1e10))).all()


def test_a_vanishing_gradient_shows():
    """Eight sigmoid layers: the first layer's gradient is far below the last's; tanh's is not."""
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(100, 2)), rng.normal(size=(100, 1))
    ratios = {}
    for name in ("sigmoid", "tanh"):
        model = Sequential([Dense(8, name) for _ in range(8)] + [Dense(1, "linear")], 2)
        params = model.init(np.random.default_rng(1))
        gradient = model.loss_and_gradient(params, X, y, "half_mse")[1]
        norms = layer_norms(model, gradient)
        ratios[name] = norms[0] / norms[-1]
    assert ratios["sigmoid"] < 1e-4
    assert ratios["tanh"] > 0.05


def test_sgd_moves_by_rate_times_norm():
    case = random_case(2)
    data = case.model, case.params, case.X, case.y
    loss = case.options["loss"]
    gradient = case.model.loss_and_gradient(*data[1:], loss)[1]
    after = next(train(*data, loss=loss, batch_size=len(case.X))).params
    moved = layer_norms(case.model, after - case.params)
    np.testing.assert_allclose(moved, 0.03 * layer_norms(case.model, gradient), rtol=1e-9)
