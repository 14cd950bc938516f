"""Every kind of network learns: tasks, activations, optimizers, starts, tables, and any link."""

import numpy as np
import pytest
import strategies
from hypothesis import given
from hypothesis import settings as given_settings
from hypothesis import strategies as st
from runs import assert_all_finite, trained
from sklearn.svm import SVC

from explorer.learning.experiment import Experiment
from explorer.learning.projection import plane_of
from explorer.settings.settings import DEFAULTS
from nncore import ACTIVATIONS, INITIALIZERS, OPTIMIZERS


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
    worst = 1.02 if initializer == "zeros" else 1.0  # of the start: only the last bias learns then
    assert losses[-1] < worst * losses[0]
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
    experiment.work(1)
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
    plane = plane_of(
        experiment.model, experiment.problem, experiment.settings, experiment.shown.params
    )
    points = plane.train
    assert points.shape == (178, 2)
    assert np.abs(points).max() <= 1 < plane.reach
    judge = SVC(kernel="linear", C=1e6).fit(points, experiment.problem.train.labels)
    assert judge.score(points, experiment.problem.train.labels) == 1.0
