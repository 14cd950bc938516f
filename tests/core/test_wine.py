"""The Wine exercise, with the course's settings, over 200 seeds."""

import sys

import numpy as np
import pytest

from nncore import (
    Dense,
    RMSprop,
    Sequential,
    accuracy,
    classify,
    load_wine,
    one_hot,
    standardize,
    train,
)

SEEDS = 40 if sys.platform == "emscripten" else 200  # NumPy is four times as slow there
DEFAULT_SEED = 1
WINE = load_wine()
X, Y = standardize(WINE.X), one_hot(WINE.y)
MODEL = Sequential(
    [
        Dense(8, "tanh", "he_normal"),
        Dense(5, "tanh", "he_normal"),
        Dense(2, "tanh", "he_normal"),
        Dense(3, "softmax", "glorot_uniform"),
    ],
    n_inputs=13,
)


def exercise(seed, model=MODEL):
    """Return the training accuracy after each of 20 epochs, and the last parameters."""
    rng = np.random.default_rng(seed)
    training = train(
        model,
        model.init(rng),
        X,
        Y,
        loss="categorical_crossentropy",
        optimizer=RMSprop(0.05),
        batch_size=16,
        shuffle=True,
        rng=rng,
        epochs=20,
    )
    accuracies = []
    for progress in training:
        accuracies.append(accuracy(WINE.y, classify(model.predict(progress.params, X))))
    assert progress.state.t == 240
    return np.array(accuracies), progress.params.copy()


def test_the_network_has_178_parameters_like_the_table_has_rows():
    assert MODEL.n_params == len(X) == 178


def test_many_seeds():
    runs = np.array([exercise(seed)[0] for seed in range(SEEDS)])
    assert runs.shape == (SEEDS, 20)
    perfect = runs == 1
    at_the_end, at_some_epoch = perfect[:, -1].mean(), perfect.any(axis=1).mean()
    print(f"100 % after epoch 20: {at_the_end:.1%}; at some epoch: {at_some_epoch:.1%}")
    assert at_the_end >= 0.85
    assert at_some_epoch >= 0.97
    first = perfect[perfect.any(axis=1)].argmax(axis=1) + 1
    assert 4 <= np.median(first) <= 8


def test_the_default_seed_succeeds_and_stays():
    accuracies, params = exercise(DEFAULT_SEED)
    assert (accuracies[5:] == 1).all()
    assert (accuracies[:3] < 1).all(), "there is something to watch"
    assert MODEL.loss(params, X, Y, "categorical_crossentropy") < 1e-3


def test_the_default_seed_s_features_lie_in_three_places():
    _, params = exercise(DEFAULT_SEED)
    features = MODEL.features(params, X, 2)
    assert features.shape == (178, 2)
    assert np.abs(features).max() <= 1
    centres = np.array([features[WINE.y == label].mean(axis=0) for label in range(3)])
    distances = np.linalg.norm(centres[:, np.newaxis] - centres, axis=2)[[0, 0, 1], [1, 2, 2]]
    assert distances.min() > 1.8
    for label in range(3):
        others = features[WINE.y != label][:, np.newaxis]
        gaps = np.linalg.norm(others - features[WINE.y == label], axis=2)
        assert gaps.min() > 0.5, "and the classes do not touch"


@pytest.mark.parametrize("activation", ["relu", "elu", "sigmoid", "silu", "softplus", "linear"])
def test_the_default_seed_succeeds_with_other_activations(activation):
    hidden = [Dense(units, activation, "he_normal") for units in (8, 5, 2)]
    model = Sequential([*hidden, MODEL.layers[-1]], 13)
    assert exercise(DEFAULT_SEED, model)[0][-1] == 1


def test_the_last_layer_draws_straight_borders_between_the_features():
    """What the softmax makes of two features: the winner is the largest of three planes."""
    _, params = exercise(DEFAULT_SEED)
    W, b = MODEL.unflatten(params)[3]
    winners = (MODEL.features(params, X, 2) @ W + b).argmax(axis=1)
    np.testing.assert_array_equal(winners, classify(MODEL.predict(params, X)))
