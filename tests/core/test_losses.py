"""Losses by hand, far from zero, and what they refuse."""

import math

import numpy as np
import pytest
from complaints import exactly

from nncore import LOSSES, Dense, Sequential
from nncore.losses import loss_for

# The definitions once more, in plain Python: for one output o and its target t.
DEFINITIONS = {
    "half_mse": lambda o, t: (o - t) ** 2 / 2,
    "mse": lambda o, t: (o - t) ** 2,
    "binary_crossentropy": lambda o, t: -t * math.log(o) - (1 - t) * math.log(1 - o),
    "categorical_crossentropy": lambda o, t: -t * math.log(o),
}
NAMES = ", ".join(map(repr, LOSSES))
PAIRS = {name: loss.activation or "linear" for name, loss in LOSSES.items()}


def logits_model(activation, k):
    """A model whose logits are its inputs."""
    model = Sequential([Dense(k, activation, "zeros")], k)
    params = np.zeros(model.n_params)
    model.unflatten(params)[0][0][:] = np.eye(k)
    return model, params


def test_the_definitions_cover_the_table():
    assert set(DEFINITIONS) == set(LOSSES)
    assert all(loss.name == name for name, loss in LOSSES.items())
    assert PAIRS["binary_crossentropy"] == "sigmoid"
    assert PAIRS["categorical_crossentropy"] == "softmax"


@pytest.mark.parametrize("name", LOSSES)
def test_value_and_term_are_the_definition(name):
    model, params = logits_model(PAIRS[name], 3)
    X = np.array([[0.3, -1.2, 2.0], [-0.5, 0.1, 1.4]])
    y = np.eye(3)[[2, 0]] if LOSSES[name].activation else np.array([[1.0, 0.2, -3], [0.1, 4, -0.5]])
    pairs = [
        (float(o), float(t))
        for o, t in zip(model.predict(params, X).ravel(), y.ravel(), strict=True)
    ]
    terms = [DEFINITIONS[name](o, t) for o, t in pairs]
    n = y.size if LOSSES[name].compiled.per_entry else len(y)
    assert model.loss(params, X, y, name) == pytest.approx(sum(terms) / n, rel=1e-12)
    known = {"ln": math.log, "sqrt": math.sqrt, "exp": math.exp, "tanh": math.tanh}
    said = [eval(LOSSES[name].term, known, {"o": o, "t": t}) for o, t in pairs]
    assert said == pytest.approx(terms, rel=1e-12)


def test_squares_by_hand():
    model, params = logits_model("linear", 2)
    X, y = np.array([[1.0, 2.0], [0.0, -1.0]]), np.array([[0.0, 0.0], [2.0, 1.0]])
    # squared errors 1 + 4 and 4 + 4
    np.testing.assert_allclose(model.loss(params, X, y, "half_mse"), (5 + 8) / 2 / 2)
    np.testing.assert_allclose(model.loss(params, X, y, "mse"), (5 + 8) / 4)


def test_binary_crossentropy_by_hand():
    model, params = logits_model("sigmoid", 1)
    X, y = np.array([[0.0], [math.log(3)]]), np.array([1.0, 0.0])
    # outputs 1/2 and 3/4: -ln(1/2) and -ln(1 - 3/4)
    expected = (math.log(2) + math.log(4)) / 2
    np.testing.assert_allclose(model.loss(params, X, y, "binary_crossentropy"), expected)


def test_categorical_crossentropy_by_hand():
    model, params = logits_model("softmax", 3)
    X = np.array([[0.0, 0.0, 0.0], [math.log(2), math.log(5), 0.0]])
    y = np.array([[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]])
    # outputs 1/3 each; then 2/8, 5/8, 1/8: -ln(1/3) and -ln(1/4)
    expected = (math.log(3) + math.log(4)) / 2
    np.testing.assert_allclose(model.loss(params, X, y, "categorical_crossentropy"), expected)


@pytest.mark.parametrize(
    ("logit", "target", "loss", "slope"),
    [(1000, 1, 0, 0), (1000, 0, 1000, 1), (-1000, 0, 0, 0), (-1000, 1, 1000, -1)],
)
def test_binary_crossentropy_at_thousand(logit, target, loss, slope):
    model, params = logits_model("sigmoid", 1)
    value, gradient = model.loss_and_gradient(
        params, np.array([[float(logit)]]), np.array([float(target)]), "binary_crossentropy"
    )
    np.testing.assert_allclose(value, loss, atol=1e-300)
    np.testing.assert_allclose(gradient, [slope * logit, slope], atol=1e-300)


@pytest.mark.parametrize(("right", "loss", "slopes"), [(0, 0, [0, 0, 0]), (1, 2000, [1, -1, 0])])
def test_categorical_crossentropy_at_thousand(right, loss, slopes):
    model, params = logits_model("softmax", 3)
    X, y = np.array([[1000.0, -1000.0, 0.0]]), np.eye(3)[[right]]
    value, gradient = model.loss_and_gradient(params, X, y, "categorical_crossentropy")
    np.testing.assert_allclose(value, loss, atol=1e-300)
    np.testing.assert_allclose(model.unflatten(gradient)[0][1], slopes, atol=1e-300)


def test_soft_targets_are_allowed():
    model, params = logits_model("softmax", 2)
    X, y = np.array([[0.0, math.log(3)]]), np.array([[0.5, 0.5]])
    expected = -(math.log(1 / 4) + math.log(3 / 4)) / 2
    np.testing.assert_allclose(model.loss(params, X, y, "categorical_crossentropy"), expected)


def test_one_output_takes_a_vector_or_a_column():
    model, params = logits_model("linear", 1)
    X, y = np.array([[1.0], [2.0]]), np.array([0.0, 5.0])
    assert model.loss(params, X, y, "mse") == model.loss(params, X, y[:, np.newaxis], "mse") == 5.0


@pytest.mark.parametrize("name", LOSSES)
def test_overflow_gives_a_number_that_is_not_finite_and_no_warning(name):
    model, params = logits_model(PAIRS[name], 2)
    X, y = np.array([[1e308, -1e308]]), np.array([[0.0, 1.0]])
    value, gradient = model.loss_and_gradient(params * 1e10, X, y, name)
    assert not math.isfinite(value)
    assert gradient.shape == (model.n_params,)


@pytest.mark.parametrize(
    ("loss", "activation", "text"),
    [
        ("huber", "linear", f"loss must be one of {NAMES}; got 'huber'"),
        (["mse"], "linear", f"loss must be one of {NAMES}; got ['mse']"),
        ("mse", "softmax",
         "loss must be 'categorical_crossentropy' for a softmax output; got 'mse'"),
        ("half_mse", "softmax",
         "loss must be 'categorical_crossentropy' for a softmax output; got 'half_mse'"),
        ("binary_crossentropy", "softmax", "activation must be 'sigmoid' in the last layer for "
         "the loss 'binary_crossentropy'; got 'softmax'"),
        ("binary_crossentropy", "tanh", "activation must be 'sigmoid' in the last layer for the "
         "loss 'binary_crossentropy'; got 'tanh'"),
        ("categorical_crossentropy", "linear", "activation must be 'softmax' in the last layer "
         "for the loss 'categorical_crossentropy'; got 'linear'"),
    ],
)  # fmt: skip
def test_loss_and_output_must_go_together(loss, activation, text):
    with pytest.raises(ValueError, match=exactly(text)):
        loss_for(loss, activation)


@pytest.mark.parametrize(
    ("loss", "y", "text"),
    [
        ("binary_crossentropy", [[0.0], [-1.0]],
         "y must be from 0 to 1 for the loss 'binary_crossentropy'; got -1.0"),
        ("binary_crossentropy", [[2.0], [0.0]],
         "y must be from 0 to 1 for the loss 'binary_crossentropy'; got 2.0"),
        ("categorical_crossentropy", [[1.0, 0.0], [1.0, 1.0]],
         "y must be one-hot for the loss 'categorical_crossentropy' (row 1 does not add up to 1); "
         "got 2.0"),
    ],
)  # fmt: skip
def test_targets_that_the_loss_is_not_defined_for(loss, y, text):
    y = np.array(y)
    model, params = logits_model(PAIRS[loss], y.shape[1])
    with pytest.raises(ValueError, match=exactly(text)):
        model.loss(params, np.zeros_like(y), y, loss)
