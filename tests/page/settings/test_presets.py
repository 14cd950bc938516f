"""The presets: each opens from its link, and does what its sentence says."""

import numpy as np
import pytest
from runs import trained

from explorer.learning.experiment import Experiment
from explorer.settings import link
from explorer.settings.presets import SETTINGS, presets
from explorer.settings.settings import Settings
from explorer.text.presets import PRESETS


def run(name, epochs):
    return trained(SETTINGS[name], epochs)


def is_closed(experiment):
    """Whether the positive region is surrounded: it reaches no edge of the picture."""
    inside = experiment.snapshot().maps(60)[-1].reshape(60, 60) > 0
    assert inside.any()
    edges = np.concatenate([inside[0], inside[-1], inside[:, 0], inside[:, -1]])
    return not edges.any()


@pytest.mark.parametrize("name", list(SETTINGS))
def test_a_preset_opens_from_its_link(name):
    assert link.decode(link.encode(SETTINGS[name])) == (SETTINGS[name], [])


def test_every_preset_has_a_title_and_one_reason():
    assert list(PRESETS) == list(SETTINGS)
    titles = [title for title, _, _ in presets()]
    assert len(set(titles)) == len(titles) >= 8
    for _, sentence, settings in presets():
        assert sentence.endswith((".", "?"))
        assert isinstance(settings, Settings)


def test_no_two_presets_are_the_same():
    assert len({link.encode(settings) for settings in SETTINGS.values()}) == len(SETTINGS)


def test_the_default_bends_four_borders_into_a_closed_curve():
    experiment = run("default", 100)
    assert experiment.shown.score_test > 0.98
    assert is_closed(experiment)


def test_relu_draws_straight_edges():
    experiment = run("relu", 100)
    assert experiment.shown.score_train > 0.97
    assert is_closed(experiment)
    # Straight: before the output's tanh, the answer along a line has few bends.
    x = np.linspace(-6, 6, 2001)
    answers = experiment.model.predict(experiment.params, np.column_stack([x, x / 3]))[:, 0]
    bends = np.abs(np.diff(np.arctanh(np.clip(answers, -1 + 1e-12, 1 - 1e-12)), 2)) > 1e-6
    assert 1 <= np.count_nonzero(np.diff(bends.astype(int)) == 1) <= 6


def test_with_a_tiny_rate_nothing_moves():
    experiment = run("tiny-rate", 100)
    first = experiment.history.records[0]
    assert 0 < np.abs(experiment.params - first.params).max() < 0.01
    assert 0 < first.loss_train - experiment.shown.loss_train < 0.005


def test_with_a_huge_rate_every_neuron_is_stuck_at_its_end():
    experiment = run("huge-rate", 50)
    assert experiment.shown.loss_train > experiment.history.records[0].loss_train
    stuck = [np.abs(answers) > 0.99 for answers in experiment.snapshot().responses]
    assert min(layer.mean() for layer in stuck) > 0.75
    before = experiment.params.copy()
    experiment.step()
    # Single small weights move by more or less: how far, a machine's own rounding decides.
    moved = np.linalg.norm(experiment.params - before)
    assert moved < 1e-3 * np.linalg.norm(before)


def test_two_neurons_stay_open_on_one_side():
    experiment = run("two-neurons", 500)
    assert not is_closed(experiment)
    assert experiment.shown.score_train < 0.95


def test_three_neurons_lock_the_disc_in():
    experiment = run("three-neurons", 500)
    assert is_closed(experiment)
    assert experiment.shown.score_train > 0.98


def test_the_default_network_does_not_solve_the_spiral():
    assert run("small-spiral", 200).shown.score_train < 0.75


def test_more_neurons_sines_and_adam_solve_the_spiral():
    experiment = run("big-spiral", 200)
    assert experiment.shown.score_train > 0.95
    assert experiment.shown.score_test > 0.95


def test_three_arms_have_one_output_each_and_come_apart():
    experiment = run("three-arms", 200)
    assert experiment.model.n_outputs == 3
    assert experiment.shown.score_test > 0.9


def test_learning_by_heart_lowers_one_loss_and_raises_the_other():
    experiment = run("by-heart", 400)
    early, late = experiment.history.nearest(40), experiment.shown
    assert late.loss_train < 0.6 * early.loss_train
    assert late.loss_test > 1.2 * early.loss_test
    assert len(experiment.problem.train.points) < len(experiment.problem.test.points)


@pytest.mark.parametrize("name", list(SETTINGS))
def test_no_preset_blows_up_at_once(name):
    experiment = Experiment(SETTINGS[name])
    for _ in range(10):
        experiment.step()
        assert not experiment.diverged
