"""The experiment: the playground's arithmetic, resets, and what each change rebuilds."""

from dataclasses import replace

import numpy as np
import pytest
import strategies
from runs import digits, trained

from explorer.learning.experiment import Experiment
from explorer.settings.settings import DATA, DEFAULTS, KNOBS, NOTHING, WEIGHTS, Settings


def test_the_playgrounds_own_numbers_to_every_digit():
    experiment = trained()
    assert digits(experiment, 5) == ("0.50158", "0.51811")
    expected = {1: ("0.496", "0.509"), 20: ("0.357", "0.391"), 100: ("0.009", "0.011")}
    for epoch in range(1, 101):
        experiment.step()
        assert experiment.epoch == epoch
        if epoch in expected:
            assert digits(experiment, 3) == expected[epoch]


def test_the_same_numbers_one_batch_at_a_time():
    experiment = trained()
    for _ in range(20 * 25):
        experiment.work(1)
    assert experiment.epoch == 20
    assert digits(experiment, 3) == ("0.357", "0.391")


def test_reset_restores_the_very_same_initial_weights():
    experiment = trained()
    first, shown = experiment.params.copy(), experiment.shown
    for _ in range(5):
        experiment.step()
    assert np.abs(experiment.params - first).max() > 0.01
    experiment.reset()
    np.testing.assert_array_equal(experiment.params, first)
    assert (experiment.epoch, experiment.batch) == (0, 0)
    assert digits(experiment, 5) == ("0.50158", "0.51811")
    assert [r.epoch for r in experiment.history.records] == [0]
    assert shown.loss_train == experiment.shown.loss_train


@pytest.mark.parametrize("view", list(DEFAULTS))
def test_after_a_reset_training_goes_the_same_way_again(view):
    experiment = trained(replace(DEFAULTS[view], shuffle=True), 3)
    first = experiment.params.copy()
    experiment.reset()
    for _ in range(3):
        experiment.step()
    np.testing.assert_array_equal(experiment.params, first)


def test_the_last_smaller_batch_is_applied_within_its_epoch():
    experiment = trained(batch_size=240)  # 250 rows: 240 and then 10
    experiment.work(1)
    assert (experiment.epoch, experiment.batch, len(experiment.batch_rows)) == (0, 1, 240)
    before = experiment.params.copy()
    experiment.work(1)
    assert (experiment.epoch, experiment.batch, len(experiment.batch_rows)) == (1, 0, 10)
    assert np.abs(experiment.params - before).max() > 0


# What a change rebuilds -------------------------------------------------------------------------


@pytest.mark.parametrize("name", [n for n in KNOBS if n != "view"])
def test_a_change_rebuilds_what_it_invalidates_and_nothing_else(name):
    experiment = trained(epochs=2)
    problem, model, params = experiment.problem, experiment.model, experiment.params.copy()
    new = strategies.changed(experiment.settings, name)
    undone = experiment.change(new)
    assert experiment.settings == new
    assert undone == KNOBS[name].metadata["invalidates"]
    if undone == NOTHING:
        assert experiment.problem is problem
        assert experiment.model is model
        assert experiment.epoch == 2
        np.testing.assert_array_equal(experiment.params, params)
        assert len(experiment.history.records) == 3
    else:
        assert experiment.epoch == 0
        assert len(experiment.history.records) == 1
        fresh = Experiment(new)
        np.testing.assert_array_equal(experiment.params, fresh.params)
        assert experiment.shown.loss_train == fresh.shown.loss_train


def test_a_change_of_the_weights_keeps_the_points():
    experiment = trained(epochs=1)
    points = experiment.problem.train.points
    assert experiment.change(Settings(network_shape=(3,))) == WEIGHTS
    assert experiment.problem.train.points is points


def test_a_change_of_the_data_makes_new_points():
    experiment = trained(epochs=1)
    points = experiment.problem.train.points
    assert experiment.change(Settings(seed="0.9")) == DATA
    assert not np.array_equal(experiment.problem.train.points, points)


LIVE = {
    "learning_rate": 0.3, "batch_size": 7, "optimizer": "adam", "regularization": "L2",
    "shuffle": True, "schedule": "cosine",
}  # fmt: skip


@pytest.mark.parametrize(("name", "value"), LIVE.items())
def test_a_live_change_shows_in_the_next_epoch(name, value):
    usual = replace(Settings(), regularization_rate=0.1, schedule_epochs=2)
    changed, same = trained(usual, 1), trained(usual, 1)
    assert changed.change(replace(usual, **{name: value})) == NOTHING
    np.testing.assert_array_equal(changed.params, same.params)
    changed.step()
    same.step()
    assert changed.epoch == same.epoch == 2
    if name != "schedule":
        assert np.abs(changed.params - same.params).max() > 1e-6
    changed.step()
    same.step()
    assert np.abs(changed.params - same.params).max() > 1e-6


def test_a_live_change_within_an_epoch_goes_on_with_the_next_batch():
    experiment = trained()
    for _ in range(3):
        experiment.work(1)
    experiment.change(Settings(learning_rate=0.3))
    experiment.work(1)
    assert (experiment.epoch, experiment.batch) == (0, 4)
    np.testing.assert_array_equal(experiment.batch_rows, np.arange(30, 40))


def test_optimizers_keep_their_memory_over_a_live_change():
    settings = Settings(optimizer="adam", learning_rate=0.01)
    changed, same = trained(settings, 3), trained(settings, 3)
    changed.change(replace(settings, show_test_data=True))
    changed.step()
    same.step()
    np.testing.assert_array_equal(changed.params, same.params)


@pytest.mark.parametrize(
    ("optimizer", "name", "value"),
    [
        ("momentum", "momentum", 0.5),
        ("nesterov", "momentum", 0.5),
        ("rmsprop", "rho", 0.5),
        ("adam", "beta_1", 0.5),
        ("adam", "beta_2", 0.9),
    ],
)
def test_an_optimizers_own_parameters_count(optimizer, name, value):
    usual = Settings(optimizer=optimizer, learning_rate=0.01)
    one, other = trained(usual, 3), trained(replace(usual, **{name: value}), 3)
    assert np.abs(one.params - other.params).max() > 1e-6


def test_regenerate_keeps_weights_and_epoch_and_measures_anew():
    experiment = trained(epochs=20)
    params, points = experiment.params.copy(), experiment.problem.train.points
    old = digits(experiment, 6)
    experiment.renew(replace(experiment.settings, seed="0.777"))
    assert experiment.epoch == 20
    assert experiment.settings.seed == "0.777"
    np.testing.assert_array_equal(experiment.params, params)
    assert not np.array_equal(experiment.problem.train.points, points)
    assert digits(experiment, 6) != old
    rows = experiment.problem.train
    loss = experiment.model.loss(params, rows.inputs, rows.targets, "half_mse")
    assert experiment.shown.loss_train == pytest.approx(loss, rel=1e-12)
    experiment.step()
    assert experiment.epoch == 21
