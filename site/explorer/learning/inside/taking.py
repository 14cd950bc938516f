"""The network takes the step that a walk has shown: of one sample alone, or of the next batch.

The step is train()'s own, by whichever engine the experiment has. A step on one sample changes the
parameters and the optimizer's memory; which rows come next in the epoch stays as it was.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from explorer.learning.inside.walk import StepWalk, options_of
from nncore import train

if TYPE_CHECKING:
    from explorer.learning.experiment import Experiment


def take(experiment: Experiment, walk: StepWalk) -> float:
    """Take the walk's step.

    Returns:
        The largest difference between the parameters that the network has now and those of the
        walk.
    """
    expected = walk.update.after
    if walk.whole_batch:
        experiment.work(1)
    else:
        learn_from(experiment, walk.row)
    return float(np.abs(experiment.params - expected).max())


def learn_from(experiment: Experiment, row: int) -> None:
    """One step on one row of the training data."""
    rows, one = experiment.problem.train, slice(row, row + 1)
    data = experiment.model, experiment.params, rows.inputs[one], rows.targets[one]
    options = options_of(experiment) | {"engine": experiment.wanted_engine}
    step = next(train(*data, batch_size=1, every="batch", **options))
    params = step.params.copy()
    changed: dict[str, Any] = {
        "params": params,
        "state": step.state.copy(),
        "dead": step.dead.copy(),
    }
    if experiment.progress is None:
        changed |= {"epoch": 0, "batch": 0, "position": 0, "rows": None}
    experiment.progress = replace(experiment.progress or step, **changed)
    experiment.params, experiment.training = params, None
    experiment.record()
