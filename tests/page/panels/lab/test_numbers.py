"""Numbers of the Wine lab: confusion matrix, lost classes, the feature function as printed."""

from dataclasses import replace

import numpy as np
import pytest
from runs import trained
from sklearn.metrics import confusion_matrix

import nncore
from explorer.learning.problem import table_of
from explorer.panels.lab.confusion import counts_of, lost_classes
from explorer.panels.lab.data import scaled_values, short_number
from explorer.panels.lab.features import code
from explorer.panels.lab.table import plain_number, texts
from explorer.settings.settings import DEFAULTS, HIDDEN_ACTIVATIONS
from nncore import load_wine, standardize

WINE = DEFAULTS["wine"]


@pytest.mark.parametrize("epochs", [0, 1, 20])
def test_the_confusion_matrix_is_scikit_learn_s(epochs):
    experiment = trained(WINE, epochs)
    labels = experiment.problem.train.labels
    answers = experiment.snapshot().responses[-1].argmax(axis=1)
    counts = counts_of(labels, answers, 3)
    np.testing.assert_array_equal(counts, confusion_matrix(labels, answers, labels=[0, 1, 2]))
    assert np.trace(counts) / counts.sum() == experiment.shown.score_train


def test_a_class_is_lost_when_none_of_its_rows_is_right():
    assert lost_classes(np.array([[5, 0, 0], [3, 0, 4], [0, 0, 9]])) == [1]
    assert lost_classes(np.array([[5, 0], [0, 1]])) == []
    assert lost_classes(np.array([[5, 0], [0, 0]])) == []  # a class without rows is not lost


def test_columns_have_as_many_places_as_they_need():
    assert texts(np.array([2.5, 2.87, 3.0])) == ["2.50", "2.87", "3.00"]
    assert texts(np.array([1065.0, 735.0])) == ["1065", "735"]
    assert texts(np.array([-0.5, 1 / 3])) == ["−0.5000", "0.3333"]
    assert texts(np.array([-0.5, 1 / 3]), 2) == ["−0.50", "0.33"]


def test_every_measurement_of_wine_is_written_as_in_its_source():
    for column in load_wine().X.T:
        # One value of the source is 9.899999; six digits show it as 9.90.
        np.testing.assert_allclose([float(text) for text in texts(column)], column, rtol=1e-6)


def test_short_numbers():
    assert [short_number(v) for v in (13.0006, 2.336, 746.89, 1e-15, -0.25)] == [
        "13", "2.34", "747", "0", "−0.25",
    ]  # fmt: skip
    assert plain_number(0.28) == "0.28"


def test_scaled_values_are_the_standardized_table():
    experiment = trained(WINE)
    scaled = scaled_values(table_of("wine"), experiment.problem.split)
    np.testing.assert_allclose(scaled, standardize(load_wine().X), atol=1e-12)


# The feature function -------------------------------------------------------------------------


def executed(settings):
    """What the printed code computes: (features, what the written-out function gives)."""
    experiment = trained(settings, 2)
    X = experiment.problem.train.inputs
    program = code(settings.network_shape, settings.activations, len(X), X.shape[1])
    names = {
        "np": np, "model": experiment.model, "params": experiment.params, "X": X,
        "ACTIVATIONS": nncore.ACTIVATIONS,
    }  # fmt: skip
    exec(program, names)
    return experiment, names


@pytest.mark.parametrize("activation", HIDDEN_ACTIVATIONS)
def test_the_printed_function_gives_the_features(activation):
    settings = replace(WINE, activation=activation, learning_rate=0.01)
    experiment, names = executed(settings)
    assert names["features"].shape == (178, 2)
    written_out = names["feature_function"](names["X"])
    np.testing.assert_allclose(written_out, names["features"], rtol=1e-12, atol=1e-14)
    np.testing.assert_array_equal(names["features"], experiment.snapshot().responses[-2])


@pytest.mark.parametrize("shape", [(3,), (4, 1), (2, 2, 2, 2, 2)])
def test_it_is_printed_for_any_network(shape):
    settings = replace(WINE, network_shape=shape, layer_activations=("relu",))
    _, names = executed(settings)
    np.testing.assert_allclose(names["feature_function"](names["X"]), names["features"], rtol=1e-12)


def test_without_a_hidden_layer_the_features_are_the_inputs():
    _, names = executed(replace(WINE, network_shape=()))
    np.testing.assert_array_equal(names["features"], names["X"])
