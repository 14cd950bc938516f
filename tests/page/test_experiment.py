"""The experiment: the playground's arithmetic, what changes rebuild, and every kind of network."""

from dataclasses import replace

import numpy as np
import pytest
import strategies
from hypothesis import given
from hypothesis import settings as given_settings
from hypothesis import strategies as st
from runs import assert_all_finite, digits, trained
from sklearn.svm import SVC

from explorer.experiment import Experiment
from explorer.settings import DATA, DEFAULTS, KNOBS, NOTHING, WEIGHTS, Settings
from nncore import ACTIVATIONS, INITIALIZERS, OPTIMIZERS


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
        experiment.step_batch()
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
    experiment.step_batch()
    assert (experiment.epoch, experiment.batch, len(experiment.batch_rows)) == (0, 1, 240)
    before = experiment.params.copy()
    experiment.step_batch()
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
        experiment.step_batch()
    experiment.change(Settings(learning_rate=0.3))
    experiment.step_batch()
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
    experiment.regenerate("0.777")
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


# Every kind of network --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "epochs", "score"),
    [
        (dict(problem="regression"), 20, 0.95),
        (dict(problem="regression", reg_dataset="reg-gauss", network_shape=(8, 6)), 60, 0.5),
        (dict(problem="regression", network_shape=()), 5, 0.99),
        (dict(dataset="blobs"), 30, 0.99),
        (dict(dataset="gauss", network_shape=()), 10, 0.99),
        (dict(loss="cross_entropy", learning_rate=0.3), 60, 0.99),
        (dict(dataset="xor", x_times_y=True), 20, 0.95),
        (dict(dataset="moons", activation="relu", network_shape=(8,)), 60, 0.9),
        (dict(layer_activations=("relu", "tanh")), 60, 0.9),
        (dict(train_share=100), 60, 0.99),
    ],
)
def test_it_learns(changes, epochs, score):
    experiment = trained(epochs=epochs, **changes)
    assert experiment.shown.score_train >= score
    assert experiment.shown.loss_train < experiment.history.records[0].loss_train
    assert_all_finite(experiment)


def test_without_test_data_there_is_no_test_loss_or_score():
    experiment = trained(epochs=2, train_share=100)
    assert experiment.shown.loss_test is None
    assert experiment.shown.score_test is None


def test_with_no_inputs_at_all_the_network_still_learns_its_bias():
    experiment = trained(epochs=10, x=False, y=False)
    assert experiment.model.n_inputs == 0
    (answers,) = experiment.model.predict(experiment.params, np.empty((1, 0)))
    labels = experiment.problem.train.labels
    np.testing.assert_allclose(answers, labels.mean(), atol=0.1)
    assert_all_finite(experiment)


@pytest.mark.parametrize("activation", [name for name in ACTIVATIONS if name != "softmax"])
@pytest.mark.parametrize("task", ["circle", "blobs", "reg-gauss"])
def test_every_activation_trains_every_task(activation, task):
    where = "reg_dataset" if task.startswith("reg") else "dataset"
    problem = "regression" if task.startswith("reg") else "classification"
    experiment = trained(
        epochs=4, activation=activation, problem=problem, n_points=200, **{where: task}
    )
    first, last = experiment.history.records[0], experiment.shown
    assert last.epoch == 4
    assert last.loss_train < first.loss_train
    assert_all_finite(experiment)


@pytest.mark.parametrize("optimizer", list(OPTIMIZERS))
@pytest.mark.parametrize("initializer", list(INITIALIZERS))
def test_every_optimizer_trains_from_every_start(optimizer, initializer):
    experiment = trained(
        epochs=5, optimizer=optimizer, initializer=initializer, learning_rate=0.01,
        dataset="gauss", n_points=100,
    )  # fmt: skip
    losses = [record.loss_train for record in experiment.history.records]
    assert losses[-1] < losses[0]
    assert_all_finite(experiment)


@given(
    strategies.settings(
        n_points=st.integers(10, 40),
        batch_size=st.integers(1, 50),
        network_shape=st.lists(st.integers(1, 16), max_size=3).map(tuple),
    )
)
@given_settings(max_examples=50)
def test_any_link_gives_an_experiment_that_trains_and_can_be_drawn(settings):
    experiment = Experiment(settings)
    experiment.step_batch()
    experiment.step()
    snapshot = experiment.snapshot()
    if experiment.problem.on_plane:
        maps = snapshot.maps(5)
        assert [m.shape for m in maps] == [(25, k.units) for k in experiment.model.layers]
        assert all(np.isfinite(m).all() for m in maps)
    assert_all_finite(experiment)


# Wine -------------------------------------------------------------------------------------------


def test_wine_reaches_full_accuracy_within_twenty_epochs():
    experiment = trained(DEFAULTS["wine"], 20)
    assert experiment.shown.score_train == 1.0
    assert experiment.shown.loss_test is None
    assert experiment.finished


def test_the_wine_features_are_linearly_separable():
    experiment = trained(DEFAULTS["wine"], 20)
    points, reach = experiment.features_at(experiment.shown)
    assert points.shape == (178, 2)
    assert np.abs(points).max() <= reach
    judge = SVC(kernel="linear", C=1e6).fit(points, experiment.problem.train.labels)
    assert judge.score(points, experiment.problem.train.labels) == 1.0


def test_there_are_no_features_to_plot_where_the_last_layer_is_no_plane():
    experiment = trained(replace(DEFAULTS["wine"], network_shape=(8, 5)))
    assert experiment.features_at(experiment.shown) is None
    assert trained(network_shape=()).features_at(None) is None


def test_the_features_of_an_earlier_epoch_are_of_that_epoch():
    experiment = trained(DEFAULTS["wine"], 3)
    first = experiment.history.records[0]
    points, _ = experiment.features_at(first)
    expected = experiment.model.features(first.params, experiment.problem.train.inputs, 2)
    np.testing.assert_array_equal(points, expected)
