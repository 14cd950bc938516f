"""Planes through the space of parameters, and the losses over them, compiled and not."""

import numpy as np
import pytest
from engines import SIMD, new_engine
from kernel_cases import random_case

from nncore import train
from nncore.kernel.columns import Columns
from nncore.kernel.plan import Unsupported
from nncore.kernel.plane import CompiledPlane
from nncore.landscape import path_plane, plane_losses, weight_plane


def two(case, seed):
    """Two different parameters of a case's network, which has two or more."""
    rng = np.random.default_rng(seed)
    return rng.choice(case.model.n_params, 2, replace=False)


@pytest.mark.parametrize("seed", range(60))
def test_two_weights_give_the_loss_of_those_weights(seed):
    case = random_case(seed)
    first, second = two(case, seed) if case.model.n_params > 1 else (0, 0)
    if first == second:
        return
    loss, s, t = case.options["loss"], [-1.5, 0.0, 2.0], [0.25, 1.0]
    plane = weight_plane(case.params, first, second)
    losses = plane_losses(case.model, plane, s, t, case.X, case.y, loss)
    for row, t_value in enumerate(t):
        for column, s_value in enumerate(s):
            params = case.params.copy()
            params[[first, second]] = s_value, t_value
            assert losses[row, column] == case.model.loss(params, case.X, case.y, loss)
    np.testing.assert_array_equal(plane.place(case.params), case.params[[first, second]])
    np.testing.assert_array_equal(plane.point(*plane.place(case.params)), case.params)
    engine = new_engine(simd=seed % 2 == 0)
    compiled = CompiledPlane(engine, case.model, loss)
    got = compiled.losses(plane, s, t, Columns(engine, case.X, case.y))
    np.testing.assert_allclose(got, losses, rtol=1e-10, atol=1e-14)


@SIMD
def test_a_compiled_plane_follows_its_data_and_what_is_not_finite(simd):
    case = random_case(3)
    engine, loss = new_engine(simd), case.options["loss"]
    compiled, plane = CompiledPlane(engine, case.model, loss), weight_plane(case.params, 1, 0)
    s, t = np.linspace(-2, 2, 9), np.linspace(-1, 3, 7)
    for n in (1, 2, len(case.X)):
        X, y = case.X[:n], case.y[:n]
        got = compiled.losses(plane, s, t, Columns(engine, X, y))
        want = plane_losses(case.model, plane, s, t, X, y, loss)
        np.testing.assert_allclose(got, want, rtol=1e-10)
    far = compiled.losses(plane, [1e300, np.nan], [1e300], Columns(engine, case.X, case.y))
    assert np.isnan(far[0, 1])
    again = CompiledPlane(engine, case.model, loss)
    np.testing.assert_allclose(again.losses(plane, s, t, Columns(engine, X, y)), want, rtol=1e-10)
    assert engine.compiled == 1


def test_the_slope_across_the_plane_is_the_gradient():
    case = random_case(7)
    first, second = two(case, 1)
    plane, loss = weight_plane(case.params, first, second), case.options["loss"]
    gradient = case.model.loss_and_gradient(case.params, case.X, case.y, loss)[1]
    np.testing.assert_array_equal(plane.along(gradient), gradient[[first, second]])
    s, t = plane.place(case.params)
    h = 1e-6
    around = plane_losses(
        case.model, plane, [s - h, s, s + h], [t - h, t, t + h], case.X, case.y, loss
    )
    slopes = (around[1, 2] - around[1, 0]) / (2 * h), (around[2, 1] - around[0, 1]) / (2 * h)
    np.testing.assert_allclose(slopes, plane.along(gradient), rtol=1e-5, atol=1e-8)


def a_path(seed=0):
    case = random_case(seed)
    data = case.model, case.params, case.X, case.y
    steps = train(*data, **case.options, epochs=30, rng=np.random.default_rng(0))
    return np.array([case.params, *(progress.params.copy() for progress in steps)])


@pytest.mark.parametrize("seed", [1, 3, 4, 5, 6, 9])
def test_the_plane_of_a_path_is_that_of_its_principal_components(seed):
    path = a_path(seed)
    plane = path_plane(path)
    u, v = plane.directions
    assert u @ u == pytest.approx(1)
    assert v @ v == pytest.approx(1)
    assert u @ v == pytest.approx(0, abs=1e-9)
    np.testing.assert_array_equal(plane.origin, path[-1])
    values, vectors = np.linalg.eigh(np.cov(path.T))
    assert plane.unexplained == pytest.approx(1 - values[-2:].sum() / values.sum(), abs=1e-9)
    for direction, vector in ((u, vectors[:, -1]), (v, vectors[:, -2])):
        assert abs(direction @ vector) == pytest.approx(1, abs=1e-6)
    places = plane.place(path)
    np.testing.assert_allclose(places[-1], 0, atol=1e-12)
    assert (places[0] <= 0).all()
    spread = np.square(places - places.mean(axis=0)).sum()
    whole = np.square(path - path.mean(axis=0)).sum()
    assert spread / whole == pytest.approx(1 - plane.unexplained)


@pytest.mark.parametrize(
    "path",
    [np.zeros((5, 3)), np.ones((1, 3)), np.outer(np.arange(5.0), [1.0, 2.0, 3.0])],
)
def test_a_straight_path_has_no_plane(path):
    with pytest.raises(ValueError, match="path must be one that leaves a straight line; got"):
        path_plane(path)


def test_bad_arguments_are_refused():
    with pytest.raises(ValueError, match="second must be another parameter than the first; got 1"):
        weight_plane(np.zeros(3), 1, 1)
    with pytest.raises(ValueError, match="first must be a whole number"):
        weight_plane(np.zeros(3), 3, 1)
    with pytest.raises(ValueError, match="params must be finite"):
        weight_plane(np.array([0.0, np.nan]), 0, 1)
    with pytest.raises(ValueError, match="path must be finite"):
        path_plane(np.array([[0.0, np.inf], [1.0, 2.0]]))


def test_what_the_kernel_does_not_know_is_left_to_numpy():
    case = random_case(1)
    object.__setattr__(case.model.layers[0], "activation", "step")
    with pytest.raises(Unsupported, match="the activation 'step' is not compiled"):
        CompiledPlane(new_engine(), case.model, "half_mse")
