"""Stopping by itself: at an epoch, at a loss, and when training blows up."""

from dataclasses import replace

import numpy as np
import pytest
from runs import assert_all_finite, loss_now, trained

from explorer.learning.experiment import Experiment
from explorer.learning.pulls import BLOWN_UP
from explorer.settings.settings import Settings

# Steeper than 2 / variance, so every step overshoots, but not all at once.
UNSTABLE = Settings(
    problem="regression", network_shape=(), learning_rate=0.18, batch_size=600, train_share=50
)


# Stopping by itself -----------------------------------------------------------------------------


def test_a_run_without_conditions_never_finishes():
    assert not trained(epochs=30).finished


def test_it_stops_at_the_last_epoch():
    experiment = trained(epochs=2, stop_epoch=3)
    assert not experiment.finished
    experiment.step()
    assert experiment.finished


def test_it_stops_at_the_loss():
    experiment = trained(stop_loss=0.3)
    while not experiment.finished:
        assert experiment.shown.loss_train > 0.3
        experiment.step()
        assert experiment.epoch < 100
    assert experiment.shown.loss_train <= 0.3
    assert experiment.epoch > 10


def test_a_stop_condition_is_live():
    experiment = trained(epochs=5)
    experiment.change(replace(experiment.settings, stop_epoch=5))
    assert experiment.finished
    experiment.change(replace(experiment.settings, stop_epoch=6))
    assert not experiment.finished


# Blowing up -------------------------------------------------------------------------------------


def run_until_diverged(settings, pull=Experiment.step, most=500):
    experiment = trained(settings)
    for _ in range(most):
        pull(experiment)
        if experiment.diverged:
            return experiment
    raise AssertionError("it did not diverge")


def test_divergence_is_caught_at_its_epoch_and_the_last_good_state_is_back():
    experiment = run_until_diverged(UNSTABLE)
    records = experiment.history.records
    assert len(records) > 3
    assert experiment.diverged_at == records[-1].epoch + 1
    assert experiment.finished
    assert experiment.shown is records[-1]
    assert experiment.epoch == records[-1].epoch
    np.testing.assert_array_equal(experiment.params, records[-1].params)
    assert records[-1].loss_train <= BLOWN_UP * records[0].loss_train
    assert loss_now(experiment) == pytest.approx(experiment.shown.loss_train, rel=1e-9)
    assert_all_finite(experiment)


@pytest.mark.parametrize("activation", ["relu", "linear", "elu", "softplus"])
def test_a_network_that_overflows_leaves_nothing_that_is_not_finite(activation):
    settings = Settings(
        problem="regression", reg_dataset="reg-gauss", activation=activation, learning_rate=1000.0,
        batch_size=3,
    )  # fmt: skip
    experiment = run_until_diverged(settings)
    assert experiment.diverged_at == 1
    assert experiment.epoch == 0
    assert_all_finite(experiment)


def test_parameters_that_overflow_within_an_epoch_are_caught_at_once():
    settings = Settings(
        problem="regression", network_shape=(4, 4), activation="linear", learning_rate=1000.0
    )
    experiment = run_until_diverged(settings, lambda experiment: experiment.work(1))
    assert experiment.diverged_at == 0
    assert experiment.batch == 0
    assert experiment.batch_rows is None
    assert_all_finite(experiment)


def test_after_a_blow_up_training_goes_on_with_a_smaller_rate():
    experiment = run_until_diverged(UNSTABLE)
    epoch = experiment.epoch
    experiment.change(replace(UNSTABLE, learning_rate=0.03))
    experiment.step()
    assert not experiment.diverged
    assert experiment.epoch == epoch + 1
    for _ in range(30):
        experiment.step()
    assert experiment.shown.loss_train < 0.01


def test_after_a_blow_up_a_reset_starts_clean():
    experiment = run_until_diverged(UNSTABLE)
    experiment.reset()
    assert not experiment.diverged
    assert not experiment.finished
