"""What the reader does to a run: go back in time, set weights by hand, hold them fixed."""

from dataclasses import replace

import numpy as np
import pytest
from runs import loss_now, trained

from explorer.settings.settings import DEFAULTS, Settings

# Going back -------------------------------------------------------------------------------------


def test_going_back_shows_that_epoch_as_it_was():
    experiment = trained(epochs=10)
    record = experiment.history.nearest(4)
    experiment.go_to(record)
    assert (experiment.epoch, experiment.batch) == (4, 0)
    assert experiment.shown is record
    np.testing.assert_array_equal(experiment.params, record.params)
    assert len(experiment.history.records) == 11  # what came later can still be gone to


def test_training_goes_on_from_an_earlier_epoch_and_replaces_what_came_later():
    experiment = trained(epochs=10)
    experiment.go_to(experiment.history.nearest(4))
    experiment.step()
    assert experiment.epoch == 5
    assert [r.epoch for r in experiment.history.records] == list(range(6))
    np.testing.assert_array_equal(experiment.params, trained(epochs=5).params)  # SGD: the same


def test_going_back_leaves_the_record_alone():
    experiment = trained(epochs=10)
    record = experiment.history.nearest(4)
    kept = record.params.copy()
    experiment.go_to(record)
    experiment.step()
    experiment.set_param(0, 9.0)
    np.testing.assert_array_equal(record.params, kept)


def test_going_back_forgets_the_optimizers_memory():
    settings = Settings(optimizer="momentum", learning_rate=0.01)
    experiment = trained(settings, 10)
    record = experiment.history.nearest(4)
    experiment.go_to(record)
    experiment.step()
    fresh = trained(settings)
    fresh.go_to(record)
    fresh.step()
    np.testing.assert_allclose(experiment.params, fresh.params, rtol=1e-12)


def test_weights_that_l1_switched_off_later_live_again_after_going_back():
    experiment = trained(regularization="L1", regularization_rate=0.1, epochs=60)
    dead = experiment.progress.dead.copy()
    assert dead.any()
    first = experiment.history.records[0]
    assert (first.params[dead] != 0).any()
    experiment.go_to(first)
    assert not experiment.progress.dead[first.params != 0].any()
    experiment.step()
    assert (experiment.params[dead] != 0).any()


# Dead links -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        dict(learning_rate=0.1),
        dict(regularization="none"),
        dict(regularization_rate=0.001),
        dict(optimizer="adam", learning_rate=0.01),
        dict(batch_size=3),
    ],
)
def test_links_that_l1_switched_off_stay_dead_over_live_changes(changes):
    settings = Settings(regularization="L1", regularization_rate=0.1)
    experiment = trained(settings, 60)
    dead = experiment.progress.dead.copy()
    assert dead.any()
    experiment.change(replace(settings, **changes))
    for _ in range(5):
        experiment.step()
    assert experiment.progress.dead[dead].all()
    np.testing.assert_array_equal(experiment.params[dead], 0)


def test_a_reset_brings_dead_links_back():
    experiment = trained(regularization="L1", regularization_rate=0.1, epochs=60)
    dead = experiment.progress.dead.copy()
    experiment.reset()
    assert (experiment.params[dead] != 0).all()
    experiment.step()
    assert (experiment.params[dead] != 0).any()


# Weights by hand --------------------------------------------------------------------------------


@pytest.mark.parametrize("epochs", [0, 3])
def test_a_weight_set_by_hand_shows_in_the_losses_at_once(epochs):
    experiment = trained(epochs=epochs)
    old, expected = experiment.shown, experiment.params.copy()
    expected[2] = 1.25
    experiment.set_param(2, 1.25)
    np.testing.assert_array_equal(experiment.params, expected)
    shown, problem = experiment.shown, experiment.problem
    assert shown.loss_train != old.loss_train
    assert shown.loss_train == pytest.approx(loss_now(experiment), rel=1e-12)
    assert shown.loss_test == pytest.approx(loss_now(experiment, problem.test), rel=1e-12)
    assert experiment.epoch == epochs
    assert experiment.history.records[-1] is shown


def test_setting_a_weight_does_not_write_into_what_was_recorded():
    experiment = trained(epochs=3)
    before = experiment.params
    kept = before.copy()
    record = experiment.shown
    experiment.set_param(0, 5.0)
    np.testing.assert_array_equal(before, kept)
    np.testing.assert_array_equal(record.params, kept)


def test_training_goes_on_from_the_weight_that_was_set():
    experiment = trained(epochs=3)
    experiment.set_param(0, 2.0)
    experiment.step()
    assert experiment.epoch == 4
    assert 1.5 < experiment.params[0] < 2.5


def test_a_dead_link_that_is_set_by_hand_lives_again():
    settings = Settings(
        dataset="gauss", network_shape=(), x_times_y=True, regularization="L1",
        regularization_rate=0.1,
    )  # fmt: skip
    experiment = trained(settings, 30)
    index = int(np.flatnonzero(experiment.progress.dead)[0])
    experiment.change(replace(settings, regularization="none"))
    experiment.set_param(index, 0.7)
    experiment.step()
    assert experiment.params[index] not in (0.0, 0.7)


def test_a_weight_set_within_an_epoch_keeps_the_place_in_it():
    experiment = trained()
    for _ in range(3):
        experiment.work(1)
    experiment.set_param(0, 2.0)
    experiment.work(1)
    assert (experiment.epoch, experiment.batch) == (0, 4)


def test_a_large_weight_set_by_hand_is_no_blow_up_of_training():
    experiment = trained(problem="regression", network_shape=())
    experiment.set_param(0, 100.0)
    assert not experiment.diverged
    assert experiment.params[0] == 100.0


@pytest.mark.parametrize(
    "settings",
    [
        Settings(),
        Settings(optimizer="adam"),
        Settings(optimizer="momentum", regularization="L2", regularization_rate=0.1),
        Settings(regularization="L1", regularization_rate=0.001),
        DEFAULTS["wine"],
    ],
)
def test_a_weight_held_fixed_does_not_move_and_the_others_do(settings):
    experiment = trained(settings, 2)
    experiment.freeze(1, True)
    held = experiment.params[1]
    before = experiment.params.copy()
    for _ in range(5):
        experiment.step()
    assert experiment.params[1] == held
    moved = experiment.params != before
    assert moved.sum() > moved.size / 2


def test_a_weight_that_is_let_go_moves_again():
    experiment = trained(epochs=2)
    experiment.freeze(1, True)
    experiment.step()
    held = experiment.params[1]
    experiment.freeze(1, False)
    experiment.step()
    assert experiment.params[1] != held


def test_a_held_weight_can_be_set_by_hand_and_stays_there():
    experiment = trained(epochs=2)
    experiment.freeze(1, True)
    experiment.set_param(1, 0.33)
    experiment.step()
    assert experiment.params[1] == 0.33


def test_a_reset_lets_all_weights_go():
    experiment = trained()
    experiment.freeze(1, True)
    experiment.reset()
    assert not experiment.frozen.any()
