"""The comparison with scikit-learn: its own models on our rows, each trained as it says."""

from dataclasses import replace

import numpy as np
import pytest
from sklearn.datasets import load_wine
from sklearn.decomposition import PCA
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.preprocessing import StandardScaler

from explorer.learning.experiment import Experiment
from explorer.learning.sklearn_models import Picture, Score, comparison, perceptron
from explorer.settings.settings import DEFAULTS, INPUT_NAMES

pytestmark = pytest.mark.slow

PLAY, WINE = DEFAULTS["playground"], DEFAULTS["wine"]
MODELS = ["network", "linear", "perceptron", "components"]


def compared(settings, epochs=0):
    """(scores by model, pictures, the experiment)."""
    experiment = Experiment(settings)
    for _ in range(epochs):
        experiment.step()
    found = list(comparison(experiment))
    scores = [each for each in found if isinstance(each, Score)]
    names = [each for each in found if isinstance(each, str)]
    assert names == [score.model for score in scores[1:]]
    pictures = [each for each in found if isinstance(each, Picture)]
    return {score.model: score for score in scores}, pictures, experiment


def test_wine_against_scikit_learn_alone():
    scores, (components, learned), experiment = compared(WINE, 20)
    assert list(scores) == MODELS
    X, y = load_wine(return_X_y=True)
    X = StandardScaler().fit_transform(X)
    plane = PCA(2).fit_transform(X)
    assert scores["linear"].train == LogisticRegression(max_iter=1000).fit(X, y).score(X, y)
    expected = LogisticRegression(max_iter=1000).fit(plane, y).score(plane, y)
    assert scores["components"].train == pytest.approx(expected)
    assert scores["network"] == Score("network", experiment.shown.score_train, None)
    assert scores["perceptron"].train > 0.95
    assert 0 < scores["perceptron"].epochs <= 200
    assert all(score.test is None for score in scores.values())
    signs = np.sign((components.points * plane).sum(axis=0))
    np.testing.assert_allclose(components.points * signs, plane, atol=1e-9)
    features = experiment.model.features(experiment.params, experiment.problem.train.inputs, 2)
    np.testing.assert_array_equal(learned.points, features)
    for picture in (components, learned):
        assert np.abs(picture.points).max() <= picture.reach


def test_regression_gives_r_squared():
    scores, pictures, _ = compared(replace(WINE, dataset="diabetes", train_share=70), 2)
    problem = Experiment(replace(WINE, dataset="diabetes", train_share=70)).problem
    model = LinearRegression().fit(problem.train.inputs, problem.train.labels)
    for rows, score in (
        (problem.train, scores["linear"].train),
        (problem.test, scores["linear"].test),
    ):
        assert score == pytest.approx(model.score(rows.inputs, rows.labels))
    assert 0.4 < scores["linear"].train < 0.6
    assert scores["perceptron"].train > scores["linear"].train
    assert scores["components"].train < scores["linear"].train
    assert len(pictures) == 2


def test_a_circle_is_too_much_for_a_line():
    scores, _, _ = compared(PLAY, 60)
    assert scores["linear"].train < 0.7
    assert scores["perceptron"].train > 0.9
    assert scores["perceptron"].test > 0.9
    assert scores["network"].train > 0.9


def test_inputs_that_make_no_plane():
    none = dict.fromkeys(INPUT_NAMES, False)
    scores, pictures, _ = compared(replace(PLAY, **none))
    assert pictures == []
    assert scores["linear"] == Score("linear", None, None)
    scores, pictures, _ = compared(replace(PLAY, **none | {"x": True}))
    assert "components" not in scores
    assert 0.4 < scores["linear"].train < 0.8


def test_a_single_class_cannot_be_told_apart():
    scores, _, _ = compared(replace(WINE, left_out=tuple(range(60, 179))))
    assert scores["linear"] == Score("linear", None, None)
    assert scores["network"].train is not None


def test_the_perceptron_is_the_network_s_twin():
    settings = replace(PLAY, activation="sigmoid", network_shape=(5, 3), batch_size=7, seed="0.25")
    model = perceptron(Experiment(settings))
    assert model.hidden_layer_sizes == (5, 3)
    assert (model.activation, model.batch_size, model.random_state) == ("logistic", 7, 25)
