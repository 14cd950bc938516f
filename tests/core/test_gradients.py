"""Backpropagation against central differences, for every combination of parts."""

import numpy as np
import pytest

from nncore import ACTIVATIONS, L1, L2, LOSSES, Dense, GradientCheck, Sequential, gradcheck

OUTPUT = {name: loss.activation or "linear" for name, loss in LOSSES.items()} | {"half_mse": "tanh"}
HIDDEN = [name for name in ACTIVATIONS if name != "softmax"]
PENALTIES = {"none": None, "l1": L1(0.1), "l2": L2(0.3)}


def case(widths, activations, loss, seed=0):
    """A random model, parameters and data with targets that suit the loss."""
    rng = np.random.default_rng(seed)
    layers = [
        Dense(units, name, "glorot_uniform")
        for units, name in zip(widths, activations, strict=True)
    ]
    model = Sequential(layers, 3)
    params = model.init(rng) + 0.3 * rng.standard_normal(model.n_params)
    X = rng.standard_normal((7, 3))
    if loss == "categorical_crossentropy":
        y = np.eye(widths[-1])[rng.integers(widths[-1], size=7)]
    elif loss == "binary_crossentropy":
        y = rng.integers(2, size=(7, widths[-1])).astype(float)
    else:
        y = rng.standard_normal((7, widths[-1]))
    return model, params, X, y


@pytest.mark.parametrize("penalty", PENALTIES)
@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("activation", HIDDEN)
def test_two_hidden_layers(activation, loss, penalty):
    model, params, X, y = case((4, 3, 3), (activation, activation, OUTPUT[loss]), loss)
    check = gradcheck(model, params, X, y, loss, PENALTIES[penalty])
    assert check.error < 1e-7, str(check)


@pytest.mark.parametrize("loss", ["half_mse", "mse"])
@pytest.mark.parametrize("activation", HIDDEN)
def test_as_output_activation(activation, loss):
    model, params, X, y = case((3, 2), ("tanh", activation), loss, seed=1)
    check = gradcheck(model, params, X, y, loss)
    assert check.error < 1e-7, str(check)


@pytest.mark.parametrize("depth", [1, 2, 4, 6])
@pytest.mark.parametrize("loss", LOSSES)
def test_any_depth_and_mixed_activations(loss, depth):
    names = ["sin", "gelu", "softplus", "elu", "silu"][: depth - 1]
    model, params, X, y = case([3] * depth, [*names, OUTPUT[loss]], loss, seed=2)
    check = gradcheck(model, params, X, y, loss)
    assert check.error < 1e-7, str(check)


@pytest.mark.parametrize("k", [1, 2])
def test_one_and_two_outputs(k):
    for loss in ("half_mse", "mse", "binary_crossentropy"):
        model, params, X, y = case((4, k), ("tanh", OUTPUT[loss]), loss, seed=3)
        check = gradcheck(model, params, X, y, loss)
        assert check.error < 1e-7, str(check)


def test_a_wrong_gradient_is_found():
    """The check must be able to fail: spoil one entry of the gradient."""

    class Spoilt(Sequential):
        def loss_and_gradient(self, params, X, y, loss, workspace=None):
            value, gradient = super().loss_and_gradient(params, X, y, loss, workspace)
            gradient[5] *= 1.001
            return value, gradient

    model, params, X, y = case((3, 1), ("tanh", "tanh"), "half_mse")
    spoilt = Spoilt(model.layers, model.n_inputs)
    check = gradcheck(spoilt, params, X, y, "half_mse")
    assert check.worst == 5
    np.testing.assert_allclose(check.error, 1e-3, rtol=0.01)


def test_report_and_untouched_parameters():
    model, params, X, y = case((3, 1), ("tanh", "tanh"), "half_mse")
    before = params.copy()
    check = gradcheck(model, params, X, y, "half_mse")
    np.testing.assert_array_equal(params, before)
    assert isinstance(check, GradientCheck)
    assert check.analytic.shape == check.numeric.shape == (model.n_params,)
    assert str(check).startswith(f"largest relative error {check.error:.2e} over 16 parameters")
    with pytest.raises(ValueError, match=r"^epsilon must be a finite number above 0; got 0$"):
        gradcheck(model, params, X, y, "half_mse", epsilon=0)
