"""Curves per layer: gradients, flat units and updates of a run, worked out from its history."""

from dataclasses import replace

import numpy as np
import pytest
from engines import new_engine
from runs import trained

from explorer.frames.deadline import ENDLESS, Deadline
from explorer.learning.experiment import Experiment
from explorer.learning.inside.over_time import OverTime
from explorer.learning.moments import MOST
from explorer.settings.settings import DEFAULTS, Settings
from nncore.diagnostics import flat_shares, layer_norms


class Clock:
    """A second passes every time that somebody asks."""

    time = 0.0

    def __call__(self):
        self.time += 1.0
        return self.time


def filled(experiment):
    over_time = OverTime()
    over_time.work(experiment, ENDLESS)
    return over_time


@pytest.mark.parametrize("settings", [Settings(), DEFAULTS["wine"]])
def test_gradients_and_flat_units_are_those_of_every_epoch(settings):
    experiment = trained(settings, 5)
    over_time, model, rows = filled(experiment), experiment.model, experiment.problem.train
    loss = experiment.problem.loss
    epochs, *norms = over_time.columns(experiment, "gradient")
    np.testing.assert_array_equal(epochs, np.arange(6))
    _, *flat = over_time.columns(experiment, "flat")
    for k, record in enumerate(experiment.history.records):
        gradient = model.loss_and_gradient(record.params, rows.inputs, rows.targets, loss)[1]
        np.testing.assert_allclose([n[k] for n in norms], layer_norms(model, gradient))
        shares = flat_shares(
            model, record.params, rows.inputs, fused_output=settings.view == "wine"
        )
        np.testing.assert_array_equal([f[k] for f in flat], shares)


@pytest.mark.parametrize("settings", [Settings(schedule="step"), DEFAULTS["wine"]])
def test_an_update_is_the_one_that_training_takes(settings):
    """The first of each epoch; of those that are over, on the rows in their own order."""
    settings = replace(settings, shuffle=False)
    experiment = trained(settings, 0)
    expected = []
    for _ in range(4):
        before = experiment.params.copy()
        experiment.work(1)
        weights, old = (experiment.model.unflatten(p)[0][0] for p in (experiment.params, before))
        expected.append(np.linalg.norm(weights - old) / np.linalg.norm(old))
        experiment.step()
    found = filled(experiment).columns(experiment, "update")
    np.testing.assert_array_equal(found[0], range(5))
    assert np.isfinite(found).all()
    np.testing.assert_allclose(found[1, :-1], expected, rtol=1e-12)


def test_an_update_goes_by_the_choices_of_its_own_time():
    experiment = trained(Settings(learning_rate=0.03), 3)
    experiment.change(replace(experiment.settings, learning_rate=0.3))
    for _ in range(3):
        experiment.step()
    before = filled(trained(Settings(learning_rate=0.03), 3)).columns(experiment, "update")
    found = filled(experiment).columns(experiment, "update")
    np.testing.assert_array_equal(found[:, :3], before[:, :3])
    assert found[1, 5] > 5 * found[1, 2]


@pytest.mark.parametrize("compiled", [False, True])
def test_updates_of_a_long_run_are_known_over_all_of_it(compiled):
    """Training at full speed keeps memories, evenly over the run; and no more than so many."""
    engine = new_engine() if compiled else None
    experiment = Experiment(replace(DEFAULTS["wine"], stop_epoch=0), engine)
    calls = 0
    while experiment.epoch < 600:
        experiment.work(12 * 8, through=True)
        calls += 1
    assert calls == (75 if compiled else 600), "compiled, a call does eight epochs"
    epochs, *updates = filled(experiment).columns(experiment, "update")
    assert np.isfinite(updates).all()
    assert len(experiment.history.moments) <= MOST
    assert epochs[0] == 0
    assert epochs[-1] == experiment.epoch
    assert np.diff(epochs).max() <= 600 / 20


def test_it_is_worked_out_in_parts_the_newest_first():
    experiment = trained(Settings(), 4)
    over_time = OverTime()
    over_time.work(experiment, Deadline(Clock(), 0.5))
    assert not over_time.complete
    epochs = []
    for _ in range(4):
        epochs.append(over_time.columns(experiment, "gradient")[0].tolist())
        over_time.work(experiment, Deadline(Clock(), 0.5))
    assert epochs == [[4.0], [0.0, 4.0], [0.0, 3.0, 4.0], [0.0, 2.0, 3.0, 4.0]]
    while not over_time.complete:
        over_time.work(experiment, Deadline(Clock(), 1.5))
    assert np.isfinite(over_time.columns(experiment, "gradient")).all()
    assert over_time.columns(experiment, "gradient", last=2).shape == (4, 3)


def test_another_network_is_looked_at_anew():
    experiment = trained(Settings(), 2)
    over_time = filled(experiment)
    experiment.change(Settings(network_shape=(3,)))
    over_time.work(experiment, ENDLESS)
    assert over_time.columns(experiment, "gradient").shape == (3, 1)


def test_many_rows_are_looked_at_by_some():
    over_time = filled(trained(Settings(n_points=5000), 1))
    assert len(over_time.inputs) <= 250


def test_a_vanishing_gradient_shows():
    """4 by 4 sigmoid neurons on Circle do not learn; their first layer's gradient is far below."""
    deep = Settings(activation="sigmoid", network_shape=(4, 4, 4, 4))
    found = filled(trained(deep, 10)).columns(trained(deep, 10), "gradient")
    assert found[1, -1] < found[-1, -1] / 300
