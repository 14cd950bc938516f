"""The loss around a network: the map, the gradient on it, the steps that follow."""

import numpy as np
import pytest
from runs import trained

from explorer.frames.deadline import ENDLESS, Deadline
from explorer.learning.inside.landscape import SIDES, Landscape, NoPlane
from explorer.learning.trainer import optimizer_of
from explorer.settings.settings import DEFAULTS, Settings
from nncore import train
from nncore.kernel.native import WasmtimeEngine


def mapped(experiment, axes=(0, 1)):
    land = Landscape(experiment, axes)
    land.work(ENDLESS)
    assert land.complete
    return land


def loss_at(experiment, index, value):
    params = experiment.params.copy()
    params[list(index)] = value
    rows = experiment.problem.train
    return experiment.model.loss(params, rows.inputs, rows.targets, experiment.problem.loss)


@pytest.mark.parametrize("settings", [Settings(), DEFAULTS["wine"]])
def test_the_map_is_the_loss_of_the_two_weights(settings):
    experiment = trained(settings, 2)
    land = mapped(experiment, (3, 8))
    side = len(land.losses)
    s, t = (np.linspace(a, b, side) for a, b in zip(land.low, land.high, strict=True))
    for row, column in ((0, 0), (7, 40), (side - 1, 20)):
        value = s[column], t[row]
        expected = loss_at(experiment, (3, 8), value)
        assert land.losses[row, column] == pytest.approx(expected)
    np.testing.assert_array_equal(land.here, experiment.params[[3, 8]])
    assert (land.low < land.here).all()
    assert (land.here < land.high).all()


def test_the_slope_is_the_gradient_of_the_training_loss():
    experiment = trained(Settings(), 20)
    land = Landscape(experiment, (3, 8))
    loss, (first, second) = land.slope()
    here, h = land.here, 1e-6
    assert loss == pytest.approx(experiment.shown.loss_train)
    for gradient, way in ((first, (h, 0)), (second, (0, h))):
        up, down = (loss_at(experiment, (3, 8), here + sign * np.array(way)) for sign in (1, -1))
        assert gradient == pytest.approx((up - down) / (2 * h), rel=1e-4, abs=1e-8)


@pytest.mark.parametrize("name", ["sgd", "momentum", "adam"])
def test_the_steps_are_the_optimizer_s_with_all_else_held(name):
    settings = Settings(optimizer=name, learning_rate=0.3)
    experiment = trained(settings, 1)
    places = Landscape(experiment, (3, 8)).steps(5)
    assert places.shape == (6, 2)
    np.testing.assert_array_equal(places[0], experiment.params[[3, 8]])
    params, rows = experiment.params.copy(), experiment.problem.train
    frozen = np.ones(len(params), dtype=bool)
    frozen[[3, 8]] = False
    steps = train(
        experiment.model, params, rows.inputs, rows.targets, optimizer=optimizer_of(settings),
        batch_size=1000, frozen=frozen, epochs=5,
    )  # fmt: skip
    np.testing.assert_allclose(places[1:], [step.params[[3, 8]].copy() for step in steps])


def test_a_map_holds_while_only_its_two_weights_move():
    experiment = trained(Settings(), 1)
    land = mapped(experiment)
    experiment.set_param(1, 0.7)
    assert land.is_of(experiment)
    assert land.here[1] == 0.7
    experiment.set_param(2, 0.7)
    assert not land.is_of(experiment)


def test_the_run_s_own_plane_has_its_path_on_it():
    experiment = trained(Settings(), 30)
    land = mapped(experiment, None)
    assert land.path.shape == (31, 2)
    np.testing.assert_allclose(land.path[-1], land.here, atol=1e-12)
    assert (land.path > land.low).all()
    assert (land.path < land.high).all()
    assert 0 <= land.plane.unexplained < 0.5
    assert land.steps(3).shape == (4, 2)


def test_a_run_that_has_not_begun_has_no_plane():
    with pytest.raises(NoPlane):
        Landscape(trained(Settings(), 0))


def test_it_is_worked_out_in_parts_compiled_or_not():
    settings = Settings()
    plain = mapped(trained(settings, 1))
    experiment = trained(settings, 1)
    experiment.engine = WasmtimeEngine()
    land = Landscape(experiment, (0, 1))
    assert land.compiled is not None
    parts = 0
    sides = []
    while not land.complete:
        land.work(Deadline(lambda: 0.0, 0.0))
        parts += 1
        sides.append(0 if land.losses is None else len(land.losses))
    assert parts > len(SIDES)
    assert sides == sorted(sides)
    assert set(sides) == {0, *SIDES}
    np.testing.assert_allclose(land.losses[::2, ::2], plain.losses, rtol=1e-9)
    np.testing.assert_allclose(land.steps(4), Landscape(experiment, (0, 1)).steps(4))
    experiment.engine = None
    np.testing.assert_allclose(land.steps(4), Landscape(experiment, (0, 1)).steps(4), rtol=1e-9)


def test_it_is_looked_at_more_closely():
    experiment = trained(Settings(), 1)
    usual, close = (Landscape(experiment, (0, 1), zoom) for zoom in (1, 4))
    np.testing.assert_allclose(close.high - close.low, (usual.high - usual.low) / 4)
    np.testing.assert_allclose((close.high + close.low) / 2, close.here)
    assert close.shows_here
    experiment.set_param([0, 1], close.high + 0.1)
    assert not close.shows_here
    assert close.is_of(experiment)


def test_many_rows_are_looked_at_by_some():
    land = Landscape(trained(Settings(n_points=5000), 0), (0, 1))
    assert land.is_partial
    assert len(land.inputs) <= 1000
