"""train(): weights that are frozen by the caller or switched off by L1."""

import dataclasses

import numpy as np
import pytest
from small_training import MODEL, data, last

from nncore import L1, L2, OPTIMIZERS, SGD, Adam, Dense, Sequential, train


@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize("regularizer", [None, L1(0.05), L2(0.05)])
def test_frozen_parameters_stay(name, regularizer):
    params, X, y = data()
    frozen = np.zeros(MODEL.n_params, dtype=bool)
    frozen[[0, 5, 9, 16]] = True
    start = last(train(MODEL, params, X, y, optimizer=OPTIMIZERS[name](0.05), epochs=3))
    kept = start.params.copy()
    progress = last(
        train(MODEL, kept, X, y, optimizer=OPTIMIZERS[name](0.05), regularizer=regularizer,
              frozen=frozen, start=start, epochs=13)
    )  # fmt: skip
    np.testing.assert_array_equal(progress.params[frozen], kept[frozen])
    assert (progress.params[~frozen] != kept[~frozen]).any()
    assert not progress.dead[frozen].any()


def test_dead_weights_stay_zero_whatever_comes():
    params, X, y = data()
    progress = last(train(MODEL, params, X, y, regularizer=L1(0.3), epochs=20))
    dead = progress.dead.copy()
    assert dead.any()
    assert not dead[~MODEL.is_weight].any(), "biases are not penalised"
    assert (progress.params[dead] == 0).all()
    # L1 switched off and the optimizer changed: dead until reset.
    progress = last(
        train(MODEL, progress.params, X, y, optimizer=Adam(0.1), start=progress, epochs=30)
    )
    np.testing.assert_array_equal(progress.dead, dead)
    assert (progress.params[dead] == 0).all()
    # A new start knows nothing of it.
    progress = last(train(MODEL, progress.params, X, y, optimizer=Adam(0.1), epochs=3))
    assert not progress.dead.any()
    assert (progress.params[dead] != 0).any()


def test_a_frozen_weight_does_not_die():
    params, X, y = data()
    params[:8] = 1e-3
    frozen = np.arange(MODEL.n_params) < 4
    progress = next(train(MODEL, params, X, y, regularizer=L1(1.0), frozen=frozen))
    assert not progress.dead[:4].any()
    assert progress.dead[4:8].all()
    np.testing.assert_array_equal(progress.params[:4], 1e-3)
    thawed = next(train(MODEL, progress.params, X, y, start=progress))
    assert (thawed.params[:4] != 1e-3).all()


def test_dead_weights_of_the_start_are_zero_from_the_first_pass_on():
    params, X, y = data(10)
    start = next(train(MODEL, params, X, y))
    dead = np.arange(MODEL.n_params) < 2
    start = dataclasses.replace(start, dead=dead)
    found = next(train(MODEL, params, X, y, start=start))
    cut = np.where(dead, 0.0, params)
    expected = cut - 0.03 * MODEL.loss_and_gradient(cut, X, y, "half_mse")[1]
    np.testing.assert_allclose(found.params, np.where(dead, 0.0, expected), rtol=1e-13)


def test_regularization_leaves_biases_alone():
    """With a gradient of zero only the pull acts: weights shrink, biases stay."""
    model = Sequential([Dense(2), Dense(1)], 2)
    params = np.array([0.5, -0.5, 0.5, -0.5, 1.0, -1.0, 0.0, 0.0, 3.0])
    X, y = np.array([[1.0, 2.0]]), np.array([3.0])
    progress = next(train(model, params, X, y, optimizer=SGD(0.1), regularizer=L2(0.5)))
    np.testing.assert_allclose(progress.params, params * np.where(model.is_weight, 0.95, 1.0))
    progress = next(train(model, params, X, y, optimizer=SGD(0.1), regularizer=L1(0.5)))
    expected = params - 0.05 * np.sign(params) * model.is_weight
    np.testing.assert_allclose(progress.params, expected)
