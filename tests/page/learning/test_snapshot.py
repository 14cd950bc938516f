"""What the views see of an experiment: maps the right way up, weights and biases in order."""

import math

import numpy as np
import pytest
from runs import trained

from explorer.drawing import palette
from explorer.drawing.views import heatmap
from explorer.learning.experiment import Experiment
from explorer.learning.map_computer import grid, input_maps
from explorer.settings.settings import DEFAULTS, INPUT_NAMES, Settings
from nncore.kernel.native import WasmtimeEngine

BEND = {
    "tanh": math.tanh,
    "relu": lambda z: max(z, 0.0),
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "linear": lambda z: z,
}
PLACES = [(0, 0), (0, 19), (19, 0), (7, 12), (13, 4)]  # (row, column) of a grid of 20


def inputs_of(x1, x2, names):
    values = [x1, x2, x1**2, x2**2, x1 * x2, math.sin(x1), math.sin(x2)]
    return [value for name, value in zip(INPUT_NAMES, values, strict=True) if name in names]


def plain_forward(experiment, values):
    """The forward pass neuron by neuron, in plain Python: each layer's answers."""
    layers = []
    for layer, block in zip(
        experiment.model.layers, experiment.model.blocks(experiment.params), strict=True
    ):
        values = [
            BEND[layer.activation](
                sum(w * v for w, v in zip(block[:-1, unit], values, strict=True)) + block[-1, unit]
            )
            for unit in range(layer.units)
        ]
        layers.append(values)
    return layers


@pytest.mark.parametrize(
    "changes",
    [
        dict(),
        dict(activation="relu", network_shape=(5, 3, 2)),
        dict(network_shape=()),
        dict(problem="regression", activation="sigmoid"),
        dict.fromkeys(("x_squared", "y_squared", "x_times_y", "sin_x", "sin_y"), True),
        dict(x=False, y=False),
        dict(x=False, sin_y=True),
    ],
)
def test_every_neurons_map_is_the_plain_forward_pass(changes):
    experiment = trained(epochs=3, **changes)
    maps = experiment.snapshot().maps(20)
    side = np.linspace(-6, 6, 20)
    for row, column in PLACES:
        place = side[column], side[19 - row]  # the top row is x2 = +6
        expected = plain_forward(experiment, inputs_of(*place, experiment.problem.input_names))
        for layer, answers in zip(maps, expected, strict=True):
            np.testing.assert_allclose(layer[row * 20 + column], answers, rtol=1e-9, atol=1e-12)


def test_the_grid_reads_like_a_page_with_the_top_row_first():
    points = grid(3)
    np.testing.assert_array_equal(points[0], [-6, 6])
    np.testing.assert_array_equal(points[2], [6, 6])
    np.testing.assert_array_equal(points[4], [0, 0])
    np.testing.assert_array_equal(points[6], [-6, -6])
    np.testing.assert_array_equal(grid(2, -1, 1), [[-1, 1], [1, 1], [-1, -1], [1, -1]])


def test_the_inputs_maps_are_all_seven_over_the_plane():
    maps = input_maps(4)
    assert maps.shape == (16, 7)
    np.testing.assert_allclose(maps[0], inputs_of(-6, 6, INPUT_NAMES))


def test_a_map_of_cross_entropy_runs_from_minus_one_to_one():
    experiment = trained(epochs=40, loss="cross_entropy", learning_rate=0.3)
    snapshot = experiment.snapshot()
    output = snapshot.maps(20)[-1]
    assert output.min() < -0.5
    assert output.max() > 0.5
    points = grid(20)
    raw = experiment.model.predict(experiment.params, points)
    np.testing.assert_allclose(output, 2 * raw - 1)


def test_a_map_of_three_classes_holds_their_probabilities():
    output = trained(epochs=3, dataset="blobs").snapshot().maps(10)[-1]
    assert output.shape == (100, 3)
    np.testing.assert_allclose(output.sum(axis=1), 1)


def test_drawing_does_not_disturb_training():
    drawn, alone = trained(epochs=2), trained(epochs=2)
    for _ in range(3):
        snapshot = drawn.snapshot()
        snapshot.maps(30)
        assert len(snapshot.responses) == 3
        drawn.step()
        alone.step()
    np.testing.assert_array_equal(drawn.params, alone.params)


def test_weights_and_biases_are_told_apart_in_order():
    experiment = trained(epochs=2)
    snapshot = experiment.snapshot()
    pairs = experiment.model.unflatten(experiment.params)
    np.testing.assert_array_equal(snapshot.weights, np.concatenate([W.ravel() for W, _ in pairs]))
    np.testing.assert_array_equal(snapshot.biases, np.concatenate([b for _, b in pairs]))
    assert (len(snapshot.weights), len(snapshot.biases)) == (8 + 8 + 2, 4 + 2 + 1)


def test_responses_are_the_answers_to_every_training_row():
    experiment = trained(DEFAULTS["wine"], 2)
    responses = experiment.snapshot().responses
    assert [r.shape for r in responses] == [(178, 8), (178, 5), (178, 2), (178, 3)]
    expected = experiment.model.features(experiment.params, experiment.problem.train.inputs, 1)
    np.testing.assert_allclose(responses[1], expected, rtol=1e-12)


def test_the_numbers_are_those_of_the_experiment():
    experiment = trained(epochs=2)
    experiment.work(1)
    snapshot = experiment.snapshot()
    assert (snapshot.epoch, snapshot.batch) == (2, 1)
    assert snapshot.last is experiment.shown
    assert snapshot.diverged_at is None
    np.testing.assert_array_equal(snapshot.batch_rows, np.arange(10))


def test_shades_are_the_same_compiled():
    pytest.importorskip("wasmtime")
    assert trained().snapshot().shader is None
    snapshot = Experiment(Settings(), WasmtimeEngine()).snapshot()
    values = np.random.default_rng(0).normal(0, 1, (5, 400))
    values[0, :4] = -1, 1, np.nan, np.inf
    shades = palette.diverging(palette.THEMES["light"])
    found = snapshot.shader(values, shades)
    np.testing.assert_array_equal(found, heatmap.shade(values, shades))
