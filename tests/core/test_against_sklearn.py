"""Against scikit-learn: same weights, same batches, equal parameters after several epochs."""

import warnings

import numpy as np
import pytest
from sklearn import datasets, metrics, preprocessing
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier, MLPRegressor

from nncore import (
    SGD,
    Adam,
    Dense,
    Momentum,
    Nesterov,
    Sequential,
    accuracy,
    confusion_matrix,
    load_wine,
    one_hot,
    r2_score,
    standardize,
    train,
)

EPOCHS = 7
SKLEARN_NAME = {"tanh": "tanh", "relu": "relu", "sigmoid": "logistic", "linear": "identity"}
OPTIMIZERS = {
    "sgd": (SGD(0.05), dict(solver="sgd", momentum=0.0)),
    "momentum": (Momentum(0.05, 0.8),
                 dict(solver="sgd", momentum=0.8, nesterovs_momentum=False)),
    "nesterov": (Nesterov(0.05, 0.8), dict(solver="sgd", momentum=0.8, nesterovs_momentum=True)),
    "adam": (Adam(0.01, epsilon=1e-8),
             dict(solver="adam", beta_1=0.9, beta_2=0.999, epsilon=1e-8)),
}  # fmt: skip


def train_theirs(kind, model, params, X, y, activation, optimizer, options, batch_size):
    """Let scikit-learn's network learn from our first weights; return its flat parameters."""
    theirs = kind(
        hidden_layer_sizes=[layer.units for layer in model.layers[:-1]],
        activation=SKLEARN_NAME[activation],
        learning_rate_init=optimizer.learning_rate,
        alpha=0,
        batch_size=batch_size,
        shuffle=False,
        max_iter=1,
        tol=0,
        n_iter_no_change=10**6,
        warm_start=True,
        **options,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        theirs.fit(X, y)  # makes the arrays
        for layer, (W, b) in enumerate(model.unflatten(params)):
            theirs.coefs_[layer], theirs.intercepts_[layer] = W.copy(), b.copy()
        del theirs._optimizer
        theirs.set_params(max_iter=EPOCHS).fit(X, y)
    parts = zip(theirs.coefs_, theirs.intercepts_, strict=True)
    return np.concatenate([np.vstack([W, b]).ravel() for W, b in parts])


def compare(kind, layers, X, y, targets, loss, activation, name, batch_size=16):
    optimizer, options = OPTIMIZERS[name]
    model = Sequential(layers, X.shape[1])
    params = model.init(np.random.default_rng(0))
    theirs = train_theirs(kind, model, params, X, y, activation, optimizer, options, batch_size)
    *_, ours = train(model, params, X, targets, loss=loss, optimizer=optimizer,
                     batch_size=batch_size, epochs=EPOCHS)  # fmt: skip
    assert np.abs(ours.params - params).max() > 0.05, "something was learned"
    np.testing.assert_allclose(ours.params, theirs, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize("activation", SKLEARN_NAME)
def test_three_classes(activation, name):
    wine = datasets.load_wine()
    X = preprocessing.StandardScaler().fit_transform(wine.data)
    layers = [Dense(8, activation), Dense(5, activation), Dense(3, "softmax")]
    compare(MLPClassifier, layers, X, wine.target, one_hot(wine.target),
            "categorical_crossentropy", activation, name)  # fmt: skip


@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize("activation", SKLEARN_NAME)
def test_two_classes(activation, name):
    X, y = datasets.make_moons(100, noise=0.1, random_state=0)
    layers = [Dense(6, activation), Dense(1, "sigmoid")]
    compare(MLPClassifier, layers, X, y, y, "binary_crossentropy", activation, name)


@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize("activation", SKLEARN_NAME)
def test_regression(activation, name):
    X, y = datasets.make_regression(90, 4, noise=1.0, random_state=0)
    y = (y - y.mean()) / y.std()
    layers = [Dense(6, activation), Dense(3, activation), Dense(1)]
    compare(MLPRegressor, layers, X, y, y, "half_mse", activation, name, batch_size=20)


@pytest.mark.parametrize("batch_size", [1, 7, 90, 200])
def test_batch_sizes(batch_size):
    X, y = datasets.make_regression(90, 3, noise=1.0, random_state=1)
    y = (y - y.mean()) / y.std()
    layers = [Dense(5, "tanh"), Dense(1)]
    compare(MLPRegressor, layers, X, y, y, "half_mse", "tanh", "adam", min(batch_size, 90))


def test_wine_is_their_wine():
    ours, theirs = load_wine(), datasets.load_wine()
    np.testing.assert_array_equal(ours.X, theirs.data)
    np.testing.assert_array_equal(ours.y, theirs.target)


def test_standardize_is_their_scaler():
    X = load_wine().X
    expected = preprocessing.StandardScaler().fit_transform(X)
    np.testing.assert_allclose(standardize(X), expected, rtol=1e-11, atol=1e-12)


def test_metrics_are_theirs():
    rng = np.random.default_rng(0)
    y_true, y_pred = rng.integers(4, size=(2, 200))
    assert accuracy(y_true, y_pred) == metrics.accuracy_score(y_true, y_pred)
    np.testing.assert_array_equal(
        confusion_matrix(y_true, y_pred), metrics.confusion_matrix(y_true, y_pred)
    )
    values, guesses = rng.standard_normal((2, 50))
    np.testing.assert_allclose(r2_score(values, guesses), metrics.r2_score(values, guesses))
