"""Sequential: shapes, the flat vector's layout, forward, features, and buffers that are reused."""

import dataclasses

import numpy as np
import pytest
from complaints import exactly

from nncore import ACTIVATIONS, LOSSES, Dense, Sequential, Workspace

MODEL = Sequential([Dense(4, "tanh"), Dense(2, "relu"), Dense(3, "softmax")], n_inputs=2)


def test_shapes():
    assert MODEL.shapes == ((3, 4), (5, 2), (3, 3))
    assert MODEL.n_params == 12 + 10 + 9
    assert MODEL.n_outputs == 3
    assert MODEL.layers[1] == Dense(2, "relu", "glorot_uniform")


def test_layout_of_the_flat_vector():
    """Per layer one block: a row per input with a weight for each unit, then the biases."""
    params = np.arange(MODEL.n_params, dtype=float)
    W, b = MODEL.unflatten(params)[0]
    np.testing.assert_array_equal(W, [[0, 1, 2, 3], [4, 5, 6, 7]])
    np.testing.assert_array_equal(b, [8, 9, 10, 11])
    np.testing.assert_array_equal(MODEL.blocks(params)[1][-1], [20, 21])
    W[0, 1] = -1
    b[:] = 0
    assert params[1] == -1
    assert (params[8:12] == 0).all()
    expected = [True] * 8 + [False] * 4 + [True] * 8 + [False] * 2 + [True] * 6 + [False] * 3
    np.testing.assert_array_equal(MODEL.is_weight, expected)
    assert not MODEL.is_weight.flags.writeable


def test_forward_is_the_textbook_formula():
    rng = np.random.default_rng(0)
    params = rng.standard_normal(MODEL.n_params)
    X = rng.standard_normal((5, 2))
    (W0, b0), (W1, b1), (W2, b2) = MODEL.unflatten(params)
    first = np.tanh(X @ W0 + b0)
    second = np.maximum(first @ W1 + b1, 0)
    powers = np.exp(second @ W2 + b2)
    third = powers / powers.sum(axis=1, keepdims=True)
    outputs = MODEL.forward(params, X)
    for found, expected in zip(outputs, (first, second, third), strict=True):
        np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-15)
    np.testing.assert_array_equal(MODEL.predict(params, X), outputs[-1])
    for layer, expected in enumerate(outputs):
        np.testing.assert_array_equal(MODEL.features(params, X, layer), expected)


def test_init_is_layer_by_layer_and_repeatable():
    params = MODEL.init(np.random.default_rng(7))
    np.testing.assert_array_equal(params, MODEL.init(np.random.default_rng(7)))
    shorter = Sequential(MODEL.layers[:2], 2)
    np.testing.assert_array_equal(shorter.init(np.random.default_rng(7)), params[:22])
    assert params.dtype == np.float64


def test_choices_are_frozen_comparable_and_hashable():
    same = Sequential((Dense(4, "tanh"), Dense(2, "relu"), Dense(3, "softmax")), 2)
    assert same == MODEL
    assert hash(same) == hash(MODEL)
    with pytest.raises(dataclasses.FrozenInstanceError):
        MODEL.n_inputs = 3
    with pytest.raises(dataclasses.FrozenInstanceError):
        MODEL.layers[0].units = 3


def test_a_workspace_reuses_its_memory_and_changes_no_number():
    rng = np.random.default_rng(1)
    params, X, Z = MODEL.init(rng), rng.standard_normal((6, 2)), rng.standard_normal((6, 2))
    y = np.eye(3)[[0, 1, 2, 0, 1, 2]]
    workspace = Workspace(MODEL, 6)
    first = MODEL.forward(params, X, workspace=workspace)
    kept = [a.copy() for a in first]
    for found, expected in zip(kept, MODEL.forward(params, X), strict=True):
        np.testing.assert_array_equal(found, expected)
    second = MODEL.forward(params, Z, workspace=workspace)
    for before, after in zip(first, second, strict=True):
        assert np.shares_memory(before, after)
    np.testing.assert_array_equal(second[-1], MODEL.predict(params, Z))
    assert MODEL.loss(params, X, y, LOSS, workspace) == MODEL.loss(params, X, y, LOSS)
    value, gradient = MODEL.loss_and_gradient(params, X, y, LOSS, workspace)
    plain_value, plain_gradient = MODEL.loss_and_gradient(params, X, y, LOSS)
    assert value == plain_value
    np.testing.assert_array_equal(gradient, plain_gradient)


def test_a_workspace_follows_changes_of_the_parameters():
    rng = np.random.default_rng(2)
    params, X = MODEL.init(rng), rng.standard_normal((4, 2))
    workspace = Workspace(MODEL, 4)
    MODEL.forward(params, X, workspace)
    params += 0.5
    np.testing.assert_array_equal(MODEL.predict(params, X, workspace), MODEL.predict(params, X))
    other = params * 2
    np.testing.assert_array_equal(MODEL.predict(other, X, workspace), MODEL.predict(other, X))


def test_without_a_workspace_results_are_the_caller_s_own():
    rng = np.random.default_rng(3)
    params, X = MODEL.init(rng), rng.standard_normal((4, 2))
    first, second = MODEL.predict(params, X), MODEL.predict(params, X)
    assert not np.shares_memory(first, second)
    _, gradient = MODEL.loss_and_gradient(params, X, Y, LOSS)
    assert not np.shares_memory(gradient, params)


def test_inputs_are_not_changed():
    rng = np.random.default_rng(4)
    params, X, y = MODEL.init(rng), rng.standard_normal((4, 2)), np.eye(3)[[0, 1, 2, 0]]
    copies = params.copy(), X.copy(), y.copy()
    MODEL.loss_and_gradient(params, X, y, "categorical_crossentropy")
    for original, copy in zip((params, X, y), copies, strict=True):
        np.testing.assert_array_equal(original, copy)


def test_lists_integers_and_transposed_arrays_serve_as_data():
    params = MODEL.init(np.random.default_rng(5))
    X = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
    expected = MODEL.predict(params, X)
    for same in ([[1, 2], [3, 4], [5, 6]], X.astype(np.float32), np.asfortranarray(X)):
        np.testing.assert_array_equal(MODEL.predict(params, same), expected)


def test_diverged_parameters_give_nan_without_a_warning():
    params = MODEL.init(np.random.default_rng(6))
    params[3] = np.nan
    assert np.isnan(MODEL.predict(params, np.ones((2, 2)))).all()
    params[:] = 1e200
    MODEL.predict(params, np.ones((2, 2)))


PARAMS, X = MODEL.init(np.random.default_rng(0)), np.ones((4, 2))
Y = np.eye(3)[[0, 1, 2, 0]]
LOSS = "categorical_crossentropy"


ACTIVATION_NAMES = ", ".join(map(repr, ACTIVATIONS))


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: Dense(0), "units must be a whole number of at least 1; got 0"),
        (lambda: Dense(2.0), "units must be a whole number of at least 1; got 2.0"),
        (lambda: Dense(True), "units must be a whole number of at least 1; got True"),
        (lambda: Dense(2, "relue"),
         f"activation must be one of {ACTIVATION_NAMES}; got 'relue'"),
        (lambda: Dense(2, None),
         f"activation must be one of {ACTIVATION_NAMES}; got None"),
        (lambda: Dense(2, "relu", "xavier"),
         "kernel_initializer must be one of 'zeros', 'uniform', 'glorot_uniform', "
         "'glorot_normal', 'he_uniform', 'he_normal'; got 'xavier'"),
        (lambda: Sequential([], 2), "layers must be one Dense layer or more; got ()"),
        (lambda: Sequential([3], 2), "layers must be one Dense layer or more; got (3,)"),
        (lambda: Sequential([Dense(1)], -1),
         "n_inputs must be a whole number of at least 0; got -1"),
        (lambda: Sequential([Dense(2, "softmax"), Dense(1)], 2),
         "activation must be another than 'softmax' in layer 0 (softmax is for the last layer); "
         "got 'softmax'"),
        (lambda: MODEL.predict(PARAMS[1:], X),
         "params must be an array of shape (31,); got (30,)"),
        (lambda: MODEL.predict(list(PARAMS), X),
         "params must be an array of shape (31,); got 'list'"),
        (lambda: MODEL.predict(PARAMS, X[:, :1]), "X must be of shape (n, 2); got (4, 1)"),
        (lambda: MODEL.predict(PARAMS, X[0]), "X must be of shape (n, 2); got (2,)"),
        (lambda: MODEL.predict(PARAMS, X[:0]),
         "X must be of shape (n, 2) with at least one row; got (0, 2)"),
        (lambda: MODEL.predict(PARAMS, [["a", "b"]]),
         "X must be an array of real numbers; got 'list'"),
        (lambda: MODEL.predict(PARAMS, ([1, 2], [3])),
         "X must be an array of real numbers; got 'tuple'"),
        (lambda: MODEL.predict(PARAMS, X * 1j),
         "X must be an array of real numbers; got 'ndarray'"),
        (lambda: MODEL.predict(PARAMS, [[1, 2], [3, np.nan]]),
         "X must be finite everywhere (it is not at row 1, column 1); got nan"),
        (lambda: MODEL.predict(PARAMS, [[np.inf, 2]]),
         "X must be finite everywhere (it is not at row 0, column 0); got inf"),
        (lambda: MODEL.features(PARAMS, X, 3),
         "layer must be a whole number of at least 0 and at most 2; got 3"),
        (lambda: MODEL.features(PARAMS, X, -1),
         "layer must be a whole number of at least 0 and at most 2; got -1"),
        (lambda: MODEL.loss(PARAMS, X, Y[:3], LOSS), "y must be of shape (4, 3); got (3, 3)"),
        (lambda: MODEL.loss(PARAMS, X, [0, 1, 2, 0], LOSS),
         "y must be of shape (4, 3); got (4,)"),
        (lambda: MODEL.loss(PARAMS, X, Y * np.nan, LOSS),
         "y must be finite everywhere (it is not at row 0, column 0); got nan"),
        (lambda: MODEL.loss(PARAMS, X, Y, "mae"),
         f"loss must be one of {', '.join(map(repr, LOSSES))}; got 'mae'"),
        (lambda: Sequential([Dense(1)], 2).loss(np.zeros(3), X, np.ones(5), "mse"),
         "y must be of shape (4, 1) or (4,); got (5,)"),
        (lambda: Sequential([Dense(1)], 2).loss(np.zeros(3), X, [1, 2, np.nan, 4], "mse"),
         "y must be finite everywhere (it is not at position 2); got nan"),
    ],
)  # fmt: skip
def test_errors_say_what_is_wrong(call, text):
    with pytest.raises(ValueError, match=exactly(text)):
        call()


def test_a_workspace_must_fit_model_and_rows():
    with pytest.raises(ValueError, match=r"^workspace must be one for this model and 4 rows; got"):
        MODEL.predict(PARAMS, X, Workspace(MODEL, 5))
    other = Sequential([Dense(3, "softmax")], 2)
    with pytest.raises(ValueError, match=r"^workspace must be one for this model and 4 rows; got"):
        MODEL.predict(PARAMS, X, Workspace(other, 4))
