"""Planes of every kind of layer, the regions behind them, and the straight borders."""

from dataclasses import replace

import numpy as np
import pytest
from runs import trained
from sklearn.decomposition import PCA

from explorer.drawing.views.borders import borders
from explorer.learning.projection import MARGIN, nice, plane_of
from explorer.settings.settings import DEFAULTS

WINE = DEFAULTS["wine"]


def plane(epochs=2, layer=None, **changes):
    experiment = trained(replace(WINE, **changes), epochs)
    now = experiment.settings, experiment.params, layer
    return experiment, plane_of(experiment.model, experiment.problem, *now)


def test_two_units_are_shown_as_they_are():
    experiment, shown = plane()
    expected = experiment.model.features(experiment.params, experiment.problem.train.inputs, 2)
    assert (shown.kind, shown.layer, shown.units, shown.axes) == ("two", 3, 2, (1, 2))
    np.testing.assert_array_equal(shown.train, expected)
    assert shown.test.shape == (0, 2)
    assert shown.reach == MARGIN


def test_rows_held_back_are_placed_by_the_same_function():
    experiment, shown = plane(train_share=80)
    expected = experiment.model.features(experiment.params, experiment.problem.test.inputs, 2)
    np.testing.assert_array_equal(shown.test, expected)
    assert len(shown.train) + len(shown.test) == 178


def test_the_regions_are_what_the_last_layer_says():
    experiment, shown = plane()
    cells = 9
    outputs = shown.outputs(cells)
    side = np.linspace(-shown.reach, shown.reach, cells)
    W, b = experiment.model.unflatten(experiment.params)[-1]
    for row, column in [(0, 0), (0, 8), (4, 4), (8, 2)]:
        scores = np.array([side[column], side[cells - 1 - row]]) @ W + b
        expected = np.exp(scores - scores.max())
        np.testing.assert_allclose(outputs[row * cells + column], expected / expected.sum())


def test_one_unit_is_a_line_and_the_classes_are_kept_apart_upwards():
    experiment, shown = plane(network_shape=(4, 1))
    answers = experiment.model.features(experiment.params, experiment.problem.train.inputs, 1)
    assert (shown.kind, shown.decides) == ("one", True)
    np.testing.assert_array_equal(shown.train[:, 0], answers[:, 0])
    heights = [set(shown.train[experiment.problem.train.labels == c, 1]) for c in range(3)]
    assert heights == [{0.6}, {0.0}, {-0.6}]
    outputs = shown.outputs(5).reshape(5, 5, 3)
    np.testing.assert_array_equal(outputs[0], outputs[4])  # only across does it matter


def test_more_units_give_their_principal_components_up_to_sign():
    experiment, shown = plane(network_shape=(8, 5))
    answers = experiment.model.features(experiment.params, experiment.problem.train.inputs, 1)
    assert (shown.kind, shown.units, shown.decides) == ("components", 5, False)
    expected = PCA(2).fit_transform(answers)
    np.testing.assert_allclose(np.abs(shown.train), np.abs(expected), atol=1e-9)
    assert shown.weighing is None


def test_components_do_not_flip_from_epoch_to_epoch():
    experiment, before = plane(4, network_shape=(8, 5))
    for _ in range(16):
        experiment.step()
        now = plane_of(experiment.model, experiment.problem, experiment.settings, experiment.params)
        for axis in (0, 1):
            assert np.corrcoef(before.train[:, axis], now.train[:, axis])[0, 1] > 0.5
        before = now


def test_rows_held_back_go_through_the_training_rows_components():
    experiment, shown = plane(network_shape=(8, 5), train_share=70)
    model, problem = experiment.model, experiment.problem
    judge = PCA(2).fit(model.features(experiment.params, problem.train.inputs, 1))
    expected = judge.transform(model.features(experiment.params, problem.test.inputs, 1))
    np.testing.assert_allclose(np.abs(shown.test), np.abs(expected), atol=1e-9)


@pytest.mark.parametrize(("units", "axes"), [((2, 4), (2, 4)), ((5, 1), (5, 1)), ((9, 3), (5, 3))])
def test_two_chosen_units_of_more(units, axes):
    experiment, shown = plane(
        network_shape=(8, 5), projection="units", unit_x=units[0], unit_y=units[1]
    )
    answers = experiment.model.features(experiment.params, experiment.problem.train.inputs, 1)
    assert (shown.kind, shown.axes) == ("units", axes)
    np.testing.assert_array_equal(shown.train, answers[:, [axes[0] - 1, axes[1] - 1]])


def test_without_hidden_layers_the_measurements_themselves_are_shown():
    experiment, shown = plane(network_shape=())
    assert (shown.kind, shown.layer, shown.units) == ("components", 0, 13)
    expected = PCA(2).fit_transform(experiment.problem.train.inputs)
    np.testing.assert_allclose(np.abs(shown.train), np.abs(expected), atol=1e-9)


def test_any_layer_can_be_asked_for():
    experiment, shown = plane(layer=1)
    answers = experiment.model.features(experiment.params, experiment.problem.train.inputs, 0)
    assert (shown.layer, shown.units) == (1, 8)
    np.testing.assert_allclose(
        np.abs(shown.train), np.abs(PCA(2).fit_transform(answers)), atol=1e-9
    )


def test_an_unbounded_layer_s_picture_reaches_as_far_as_its_answers():
    _, shown = plane(activation="relu", learning_rate=0.01)
    assert not shown.bounded
    assert np.abs(shown.train).max() < shown.reach


def test_values_are_planes_too():
    experiment, shown = plane(dataset="diabetes")
    assert shown.kind == "two"
    assert shown.weighing is None
    assert shown.outputs(4).shape == (16, 1)
    labels = experiment.problem.train.labels
    wide = plane_of(
        experiment.model, experiment.problem, experiment.settings, experiment.params, layer=1
    )
    assert wide.train[:, 0] @ labels >= 0


@pytest.mark.parametrize(
    ("value", "expected"), [(1, 1), (1.1, 1.25), (2.2, 2.5), (9, 10), (11, 12.5), (0.03, 0.032)]
)
def test_scales_go_in_round_steps(value, expected):
    np.testing.assert_allclose(nice(value), expected)


# Borders --------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("classes", [2, 3, 5])
def test_on_a_border_two_classes_lead_together(seed, classes):
    rng = np.random.default_rng(seed)
    weights, biases = rng.normal(size=(2, classes)), rng.normal(size=classes) * 0.5
    segments = borders(weights, biases, 1.2)
    for x0, y0, x1, y1 in segments:
        assert max(map(abs, (x0, y0, x1, y1))) <= 1.2 + 1e-9
        for t in (0.02, 0.5, 0.98):
            scores = np.sort(np.array([x0 + t * (x1 - x0), y0 + t * (y1 - y0)]) @ weights + biases)
            np.testing.assert_allclose(scores[-1], scores[-2], atol=1e-9)


@pytest.mark.parametrize("seed", range(12))
def test_crossing_a_border_changes_the_winner_and_nothing_else_does(seed):
    """Along a fine line, the winner changes exactly where the line crosses a segment."""
    rng = np.random.default_rng(100 + seed)
    weights, biases = rng.normal(size=(2, 3)), rng.normal(size=3) * 0.3
    y = rng.uniform(-1, 1)
    xs = np.linspace(-1.2, 1.2, 4001)
    winners = (np.column_stack([xs, np.full_like(xs, y)]) @ weights + biases).argmax(axis=1)
    changes = xs[:-1][np.diff(winners) != 0]
    crossings = sorted(
        x0 + (y - y0) / (y1 - y0) * (x1 - x0)
        for x0, y0, x1, y1 in borders(weights, biases, 1.2).tolist()
        if (y0 - y) * (y1 - y) < 0
    )
    np.testing.assert_allclose(changes, crossings, atol=0.001)


def test_a_class_that_never_wins_has_no_border():
    weights = np.array([[1.0, -1.0, 0.0], [0.0, 0.0, 0.0]])
    assert borders(weights, np.array([0.0, 0.0, -5.0]), 1.0).tolist() == [[0.0, -1.0, 0.0, 1.0]]


def test_equal_weights_have_no_border():
    assert borders(np.zeros((2, 3)), np.array([0.0, 1.0, 2.0]), 1.0).shape == (0, 4)
