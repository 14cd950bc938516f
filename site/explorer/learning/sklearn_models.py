"""scikit-learn's models on the rows that the network learns from, beside the network.

A linear model shows what can be had without hidden layers; a multi-layer perceptron with the same
layers shows what another program makes of them; principal components show a plane that was not
learned for the question. The models are trained one by one, so that the page stays alive between
them. scikit-learn is imported only when a comparison is made.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from explorer.learning.experiment import Experiment
from explorer.learning.problem import Problem
from explorer.learning.projection import plane_of
from nncore import ACTIVATIONS
from nncore.arrays import FloatArray

EPOCHS, RATE = 200, 0.01  # the perceptron's; it stops earlier when its loss stands still
LARGEST_SEED = 2**32


@dataclass(frozen=True)
class Score:
    """How one model does: accuracies, or R squared for regression; None without such rows.

    Attributes:
        model: "network", "linear", "perceptron" or "components".
    """

    model: str
    train: float | None
    test: float | None
    epochs: int = 0  # how long the perceptron was trained


@dataclass(frozen=True)
class Picture:
    """The training rows in a plane, and how far it reaches both ways."""

    points: FloatArray  # (n, 2)
    reach: float


def comparison(experiment: Experiment) -> Iterator[str | Score | Picture]:
    """Yield each model's name before it is trained, then its Score; the network comes first.

    The last but one thing is the Picture of the principal components, the last that of what the
    network's last hidden layer has learned.
    """
    problem, record = experiment.problem, experiment.shown
    yield Score("network", record.score_train, record.score_test)
    yield "linear"
    yield fitted("linear", linear_model(problem), problem)
    yield "perceptron"
    yield fitted("perceptron", perceptron(experiment), problem)
    if min(problem.train.inputs.shape) >= 2:
        yield "components"
        plane = principal_plane(problem)
        yield fitted("components", linear_model(problem), problem, plane.transform)
        points = plane.transform(problem.train.inputs)
        yield Picture(points, float(np.abs(points).max()) * 1.1)
        learned = plane_of(experiment.model, problem, experiment.settings, experiment.params)
        yield Picture(learned.train, learned.reach)


def linear_model(problem: Problem) -> Any:
    """Logistic regression, or least squares for regression."""
    from sklearn.linear_model import LinearRegression, LogisticRegression

    if problem.task == "regression":
        return LinearRegression()
    return LogisticRegression(max_iter=1000)


def perceptron(experiment: Experiment) -> Any:
    """A perceptron of the same layers and batches, trained by Adam."""
    from sklearn.neural_network import MLPClassifier, MLPRegressor

    problem, settings = experiment.problem, experiment.settings
    kind = MLPRegressor if problem.task == "regression" else MLPClassifier
    seed = "".join(c for c in settings.seed if c in "0123456789")
    return kind(
        hidden_layer_sizes=settings.network_shape,
        activation=ACTIVATIONS[settings.activation].sklearn,
        learning_rate_init=RATE,
        batch_size=min(settings.batch_size, len(problem.train.inputs)),
        max_iter=EPOCHS,
        random_state=int(seed or 0) % LARGEST_SEED,
    )


def principal_plane(problem: Problem) -> Any:
    from sklearn.decomposition import PCA

    return PCA(2).fit(problem.train.inputs)


def fitted(
    name: str,
    model: Any,
    problem: Problem,
    transform: Callable[[FloatArray], FloatArray] = lambda X: X,
) -> Score:
    """The Score of a model after training; without inputs or a second class there is none."""
    train, test = problem.train, problem.test
    one_class = problem.task != "regression" and len(np.unique(train.labels)) < 2
    if one_class or not train.inputs.shape[1]:
        return Score(name, None, None)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that the perceptron could go on is no fault
        model.fit(transform(train.inputs), train.labels)
    scores = [
        float(model.score(transform(rows.inputs), rows.labels)) if len(rows.labels) else None
        for rows in (train, test)
    ]
    epochs = getattr(model, "n_iter_", 0) if name == "perceptron" else 0
    return Score(name, scores[0], scores[1], epochs)
