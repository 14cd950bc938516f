"""Small helpers to train an experiment in a test."""

from itertools import pairwise

import numpy as np

from explorer.learning.experiment import Experiment
from explorer.settings.settings import Settings


class Looks:
    """A deadline that comes after so many looks at it."""

    def __init__(self, looks):
        self.looks = looks

    def left(self):
        self.looks -= 1
        return max(0, self.looks)


def trained(settings=None, epochs=0, **changes):
    """An experiment of these settings (or the default with changes) after some epochs."""
    experiment = Experiment(settings or Settings(**changes))
    for _ in range(epochs):
        experiment.step()
    return experiment


def digits(experiment, places):
    """Training and test loss as shown, with so many decimals."""
    shown = experiment.shown
    return f"{shown.loss_train:.{places}f}", f"{shown.loss_test:.{places}f}"


def assert_all_finite(experiment):
    """Nothing that can be shown or gone back to is infinite or not a number."""
    records = [experiment.shown, *experiment.history.records]
    for record in records:
        numbers = (record.loss_train, record.loss_test, record.score_train, record.score_test)
        assert np.isfinite([n for n in numbers if n is not None]).all()
        assert np.isfinite(record.params).all()
    assert np.isfinite(experiment.params).all()
    assert all(a.epoch < b.epoch for a, b in pairwise(experiment.history.records))


def loss_now(experiment, rows=None):
    """The loss on the training rows, or on others, worked out anew from the parameters."""
    rows = rows or experiment.problem.train
    model, problem = experiment.model, experiment.problem
    return model.loss(experiment.params, rows.inputs, rows.targets, problem.loss)
