"""Losses, accuracies and R squared as the page measures them, against nncore and scikit-learn."""

import numpy as np
import pytest
from runs import trained
from sklearn.metrics import accuracy_score, r2_score

from explorer.learning.evaluation import Evaluation
from explorer.settings.settings import DEFAULTS, Settings

CASES = {
    "binary": Settings(noise=30),
    "cross-entropy": Settings(noise=30, loss="cross_entropy"),
    "three classes": Settings(dataset="blobs", noise=40),
    "regression": Settings(problem="regression", reg_dataset="reg-gauss"),
    "wine": DEFAULTS["wine"],
}


def judged(labels, outputs, settings, task):
    """The score that scikit-learn gives."""
    if task == "regression":
        return r2_score(labels, outputs[:, 0])
    if task == "multiclass":
        return accuracy_score(labels, outputs.argmax(axis=1))
    middle = 0.5 if settings.loss == "cross_entropy" else 0.0
    return accuracy_score(labels, np.where(outputs[:, 0] >= middle, 1, -1))


@pytest.mark.parametrize("settings", CASES.values(), ids=list(CASES))
@pytest.mark.parametrize("share", ["train", "test"])
def test_loss_and_score_are_the_ones_of_others(settings, share):
    experiment = trained(settings, 4)
    problem, model = experiment.problem, experiment.model
    rows = getattr(problem, share)
    loss, score = Evaluation(model, problem, rows)(experiment.params)
    assert loss == getattr(experiment.shown, f"loss_{share}")
    if not len(rows.inputs):
        assert (loss, score) == (None, None)
        return
    expected = model.loss(experiment.params, rows.inputs, rows.targets, problem.loss)
    np.testing.assert_allclose(loss, expected, rtol=1e-12)
    outputs = model.predict(experiment.params, rows.inputs)
    assert 0 < score < 1
    np.testing.assert_allclose(score, judged(rows.labels, outputs, settings, problem.task), 1e-12)


def test_a_measurement_can_be_repeated_with_other_parameters():
    experiment = trained(epochs=3)
    evaluation = Evaluation(experiment.model, experiment.problem, experiment.problem.train)
    first = evaluation(experiment.params)
    assert evaluation(experiment.history.records[0].params)[0] == pytest.approx(0.50158, abs=5e-6)
    assert evaluation(experiment.params) == first


def test_an_output_in_the_very_middle_counts_as_positive():
    experiment = trained(init_zero=True)  # every output is 0
    labels = experiment.problem.train.labels
    assert experiment.shown.score_train == np.mean(labels > 0)


def test_overflow_gives_a_loss_that_is_not_finite_and_no_warning():
    experiment = trained(problem="regression", network_shape=(), n_points=50)
    evaluation = Evaluation(experiment.model, experiment.problem, experiment.problem.train)
    loss, score = evaluation(np.full(experiment.model.n_params, 1e300))
    assert not np.isfinite(loss)
    assert np.isnan(score)
