"""A network that was trained before: shown at its epoch, and trained on from there.

The optimizer's memory of earlier gradients starts anew, as after a step back in time.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from explorer.learning import by_hand
from explorer.learning.trainer import optimizer_of
from nncore.arrays import FloatArray
from nncore.learner import Progress

if TYPE_CHECKING:
    from explorer.learning.experiment import Experiment
    from explorer.learning.history import Record


def dead_of(experiment: Experiment) -> tuple[int, ...]:
    """The numbers (from 1) of the weights that L1 has switched off."""
    if experiment.progress is None:
        return ()
    return tuple((np.flatnonzero(experiment.progress.dead) + 1).tolist())


def take_up(
    experiment: Experiment, params: FloatArray, epoch: int, dead: Sequence[int] = (),
    records: Sequence[Record] = (),
) -> None:  # fmt: skip
    """Put a network in place of the one at epoch 0; it was trained for `epoch` epochs.

    Args:
        dead: Numbers (from 1) of weights that stay switched off.
        records: Earlier epochs, where they are known.
    """
    n_params = experiment.model.n_params
    by_itself = np.array_equal(params, experiment.params)
    experiment.params, experiment.epoch, experiment.training = params.copy(), epoch, None
    if epoch:
        mask = np.zeros(n_params, bool)
        mask[np.array(dead, int) - 1] = True
        experiment.progress = Progress(
            epoch, 0, 0, 0, None, experiment.params,
            optimizer_of(experiment.settings).init(n_params), mask,
            np.arange(len(experiment.problem.train.inputs)), experiment.settings.learning_rate,
        )  # fmt: skip
    elif not by_itself:
        by_hand.note(experiment)
    if records:
        experiment.history.records[:] = records
    experiment.record()
