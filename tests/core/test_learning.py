"""Does it learn? Seeded runs whose outcome is known with a wide margin."""

import numpy as np
import pytest

from nncore import (
    DATASETS,
    L1,
    Adam,
    Dense,
    RMSprop,
    SeedRandom,
    Sequential,
    accuracy,
    classify,
    one_hot,
    r2_score,
    shuffle_split,
    train,
)


def learned(name, layers, inputs=lambda X: X, noise=0.0, seed="5", epochs=100, **options):
    """Train on a data set as the playground does; return model, params and both halves."""
    rng = SeedRandom(seed)
    info = DATASETS[name]
    X, y = info.make(info.n_default, noise, rng)
    if info.task == "multiclass":
        y = one_hot(y, info.n_classes)
    X_train, X_test, y_train, y_test = shuffle_split(inputs(X), y, 0.5, rng)
    model = Sequential(layers, X_train.shape[1])
    training = train(model, model.init(rng), X_train, y_train, epochs=epochs, **options)
    *_, progress = training
    return model, progress.params, (X_train, y_train), (X_test, y_test)


def tanh(*units, output="tanh"):
    hidden = [Dense(n, "tanh", "uniform") for n in units]
    return [*hidden, Dense(1, output, "uniform")]


@pytest.mark.parametrize("seed", ["a", "b", "c", "d"])
def test_the_default_network_separates_the_circle(seed):
    model, params, training, test = learned("circle", tanh(4, 2), seed=seed, epochs=400)
    assert model.loss(params, *training, "half_mse") < 0.05
    assert accuracy(test[1], classify(model.predict(params, test[0]))) > 0.97


@pytest.mark.parametrize("name", ["xor", "gauss", "moons"])
def test_other_easy_sets(name):
    model, params, _, test = learned(name, tanh(4, 2), epochs=300)
    assert accuracy(test[1], classify(model.predict(params, test[0]))) > 0.95


def test_one_unit_suffices_for_two_clouds_but_not_for_xor():
    for name, enough in (("gauss", True), ("xor", False)):
        model, params, _, test = learned(name, tanh(), epochs=100)
        share = accuracy(test[1], classify(model.predict(params, test[0])))
        assert share > 0.98 if enough else share < 0.75


def test_the_spiral_falls_to_a_wider_network_with_adam():
    def all_inputs(X):
        x1, x2 = X.T
        return np.column_stack([x1, x2, x1**2, x2**2, x1 * x2, np.sin(x1), np.sin(x2)])

    layers = [
        Dense(8, "tanh", "glorot_uniform"),
        Dense(8, "tanh", "glorot_uniform"),
        Dense(1, "tanh", "glorot_uniform"),
    ]
    model, params, _, test = learned(
        "spiral", layers, all_inputs, optimizer=Adam(0.01), epochs=200, batch_size=10
    )
    assert accuracy(test[1], classify(model.predict(params, test[0]))) > 0.95


@pytest.mark.parametrize(
    ("name", "epochs", "score"), [("reg-plane", 20, 0.99), ("reg-gauss", 200, 0.8)]
)
def test_regression(name, epochs, score):
    layers = tanh(8, 6, output="linear")
    model, params, _, test = learned(name, layers, epochs=epochs, optimizer=Adam(0.01), loss="mse")
    assert r2_score(test[1], model.predict(params, test[0])) > score


@pytest.mark.parametrize("name", ["blobs", "spiral3"])
def test_three_classes_with_softmax(name):
    layers = [Dense(16, "tanh"), Dense(16, "tanh"), Dense(3, "softmax")]
    model, params, _, test = learned(
        name, layers, epochs=150, optimizer=Adam(0.01), loss="categorical_crossentropy"
    )
    labels = test[1].argmax(axis=1)
    assert accuracy(labels, classify(model.predict(params, test[0]))) > 0.95


def test_binary_crossentropy_with_sigmoid():
    rng = np.random.default_rng(0)
    X, y = DATASETS["moons"].make(300, 0.05, rng)
    model = Sequential([Dense(8, "relu", "he_uniform"), Dense(1, "sigmoid")], 2)
    options = dict(loss="binary_crossentropy", optimizer=RMSprop(0.01), epochs=100)
    *_, progress = train(model, model.init(rng), X, (y > 0).astype(float), **options)
    outputs = model.predict(progress.params, X)
    assert accuracy(y, classify(outputs, threshold=0.5)) > 0.98


def test_l1_switches_off_what_is_not_needed():
    """Two clouds need x1 and x2 at most; the sines and squares lose their links."""

    def all_inputs(X):
        x1, x2 = X.T
        return np.column_stack([x1, x2, x1**2, x2**2, x1 * x2, np.sin(x1), np.sin(x2)])

    rng = SeedRandom("l1")
    X, y = DATASETS["gauss"].make(400, 0.1, rng)
    model = Sequential([Dense(1, "tanh", "uniform")], 7)
    training = train(model, model.init(rng), all_inputs(X), y, regularizer=L1(0.03), epochs=100)
    *_, progress = training
    assert 3 <= progress.dead.sum() <= 6
    assert not progress.dead[:2].all()
    assert accuracy(y, classify(model.predict(progress.params, all_inputs(X)))) > 0.95
