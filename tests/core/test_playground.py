"""TensorFlow Playground's arithmetic: the check of playground.md, and a neuron-by-neuron twin."""

import numpy as np
import pytest
import reference

from nncore import DATASETS, L1, L2, SGD, Dense, SeedRandom, Sequential, shuffle_split, train

LOSSES = {  # epoch: training loss, test loss, as playground.md gives them
    0: ("0.50158", "0.51811"),
    1: ("0.496", "0.509"),
    20: ("0.357", "0.391"),
    100: ("0.009", "0.011"),
}


def network(widths, activation="tanh", output="tanh", n_inputs=2):
    hidden = [Dense(units, activation, "uniform") for units in widths]
    return Sequential([*hidden, Dense(1, output, "uniform")], n_inputs)


def default_experiment():
    rng = SeedRandom("0.12345")
    X, y = DATASETS["circle"].make(500, 0, rng)
    X_train, X_test, y_train, y_test = shuffle_split(X, y, 0.5, rng)
    model = network([4, 2])
    return model, model.init(rng), (X_train, y_train), (X_test, y_test)


def test_the_check_holds_to_every_digit():
    model, params, training, test = default_experiment()

    def shown(params, decimals):
        pair = (model.loss(params, *data, "half_mse") for data in (training, test))
        return tuple(f"{loss:.{decimals}f}" for loss in pair)

    assert shown(params, 5) == LOSSES[0]
    for progress in train(model, params, *training, epochs=100):
        if progress.epoch in LOSSES:
            assert shown(progress.params, 3) == LOSSES[progress.epoch]
    assert progress.epoch == 100
    assert progress.learning_rate == 0.03


@pytest.mark.parametrize("batch_size", [1, 7, 10, 40, 64])
@pytest.mark.parametrize(
    ("regularizer", "penalty", "rate"), [(None, None, 0), (L2(0.03), "l2", 0.03)]
)
def test_equals_the_twin_without_and_with_l2(batch_size, regularizer, penalty, rate):
    compare(network([4, 2]), batch_size, regularizer, penalty, rate)


@pytest.mark.parametrize("activation", reference.FUNCTIONS)
@pytest.mark.parametrize("output", ["tanh", "linear"])
def test_equals_the_twin_for_every_activation_of_the_playground(activation, output):
    compare(network([3, 3], activation, output), 10, None, None, 0)


@pytest.mark.parametrize("rate", [0.05, 0.2])
def test_equals_the_twin_with_l1_and_its_dead_links(rate):
    progress = compare(network([4, 2]), 10, L1(rate), "l1", rate)
    assert progress.dead.any(), "the case is only interesting if some links died"
    assert not progress.dead.all()


def compare(model, batch_size, regularizer, penalty, rate):
    rng = SeedRandom("twin")
    X, y = DATASETS["xor"].make(40, 0.1, rng)
    params = model.init(rng)
    twin = reference.Network(model, params)
    targets = y[:, np.newaxis].tolist()
    training = train(
        model, params, X, y, optimizer=SGD(0.1), batch_size=batch_size, regularizer=regularizer
    )
    for _ in range(8):
        progress = next(training)
        twin.epoch(X, targets, batch_size, 0.1, penalty, rate)
        np.testing.assert_allclose(progress.params, twin.flat(), rtol=1e-9, atol=1e-12)
    loss = model.loss(progress.params, X, y, "half_mse")
    np.testing.assert_allclose(loss, twin.loss(X, targets), rtol=1e-9)
    return progress


def test_all_inputs_off_leaves_the_biases():
    model = network([2], n_inputs=0)
    params = model.init(SeedRandom("s"))
    X, y = np.empty((6, 0)), np.ones(6)
    outputs = model.predict(params, X)
    assert outputs.shape == (6, 1)
    twin = reference.Network(model, params)
    np.testing.assert_allclose(outputs[0], twin.answer([]), rtol=1e-14)
    progress = next(train(model, params, X, y, batch_size=4))
    twin.epoch(X.tolist(), y[:, np.newaxis].tolist(), 4, 0.03)
    np.testing.assert_allclose(progress.params, twin.flat(), rtol=1e-12)
