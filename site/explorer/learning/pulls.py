"""Many epochs in one go: at full speed the compiled network trains and measures them by itself.

A call costs more than an epoch of a small network, so training and measuring are left to one call
of many epochs where nothing has to be seen in between. What comes back is the same, number by
number, as if each epoch had been asked for alone.
"""

from __future__ import annotations

import math
from itertools import repeat
from typing import TYPE_CHECKING

from explorer.learning.history import Record
from nncore import Progress
from nncore.measuring import Measure

if TYPE_CHECKING:
    from explorer.learning.experiment import Experiment


BLOWN_UP = 1000  # a loss that has grown by this factor since the start counts as diverged
SMALLEST = 1e-3  # what the first loss is taken for where it is smaller
KEPT = 200_000  # parameters of all epochs that one call may bring back


def blown_up(experiment: Experiment) -> float:
    """The loss from which on training counts as diverged, if it still grows."""
    return BLOWN_UP * max(experiment.history.records[0].loss_train or 0.0, SMALLEST)


def has_blown_up(experiment: Experiment, loss: float | None) -> bool:
    """Whether training has made the loss a thousand times what it was, and it still grows.

    A weight set by hand may do that too, but is no reason to take it back.
    """
    records = experiment.history.records
    if experiment.training is None or not records or loss is None:
        return False
    return loss > max(blown_up(experiment), records[-1].loss_train or 0.0)


def rounds(experiment: Experiment, batches: int) -> int:
    """How many epochs may be done in one call that is to have so many batches; 0 for a part of
    an epoch, and where an epoch is not measured in one piece."""
    e, s = experiment, experiment.settings
    if e.compiled is None or e.evaluations is None:
        return 0
    if any(len(evaluation.spans) > 1 for evaluation in e.evaluations):
        return 0
    most = min(batches // -(-e.evaluations[0].n // s.batch_size), KEPT // e.model.n_params)
    return max(0, min(most, s.stop_epoch - e.epoch) if s.stop_epoch else most)


def measure(experiment: Experiment) -> Measure:
    """What a call measures after each epoch, and where it ends because training may have to."""
    e, s = experiment, experiment.settings
    shares = (e.problem.train, e.problem.test)
    return Measure(
        [(rows.inputs, rows.targets) for rows in shares if len(rows.inputs)],
        rounds=lambda: e.rounds, low=s.stop_loss if s.stop_loss > 0 else -math.inf,
        high=blown_up(e), keeps_params=True,
    )  # fmt: skip


def take(experiment: Experiment, progress: Progress) -> int:
    """Write the epochs of a call into the history; return how many batches they had."""
    e, found = experiment, progress.measured
    assert found is not None, "there is a measurement; see `work`"
    assert found.params is not None, "with parameters; see `measure`"
    assert e.evaluations is not None, "of what there is to measure; see `rounds`"
    columns = [each.numbers(found, place) for place, each in enumerate(e.evaluations)]
    (loss_train, score_train), (loss_test, score_test) = columns
    records = list(
        map(Record, found.epochs.tolist(), loss_train, loss_test, score_train, score_test,
            found.params, repeat(None))
    )  # fmt: skip
    *before, last = records
    if before:
        e.history.extend(before)
    e.evaluations[0].remember(e.params)
    e.batch = progress.n_batches
    e.measured([(last.loss_train, last.score_train), (last.loss_test, last.score_test)])
    return len(records) * progress.n_batches


def complete(experiment: Experiment, record: Record) -> Record:
    """Return the record with its confusion matrix, which the epochs of a call are without."""
    if experiment.problem.task != "multiclass" or record.confusion is not None:
        return record
    evaluation = experiment.evaluations and experiment.evaluations[0]
    if not evaluation or len(evaluation.spans) > 1:
        return record
    evaluation.remember(record.params)
    return record._replace(confusion=evaluation.confusion())
