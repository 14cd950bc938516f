"""A second run beside the one that is shown: on the same data, trained in step with it.

Whatever is done with the run that is shown, the one beside it goes to the same epoch. Its settings
stay as they are, but for the data, which both share, so that only the rest can make a difference.
"""

from __future__ import annotations

from dataclasses import replace

from explorer.learning.experiment import Experiment
from explorer.learning.history import Record
from explorer.learning.problem import Problem
from explorer.learning.until import Until
from explorer.settings.settings import DATA, KNOBS, Settings, invalidated
from nncore.arrays import FloatArray
from nncore.kernel.engine import Engine

PIECE = 0.002  # seconds that one part of training should take
# What both runs have in common.
SHARED = [name for name, knob in KNOBS.items() if knob.metadata["invalidates"] == DATA]
SHARED += ["view", "engine"]
NETWORK = ("network_shape", "activation", "layer_activations")


class Beside:
    """The run beside a leader.

    Args:
        settings: Its own; the data, and what does the arithmetic, are the leader's.
        leader: The Experiment that is shown.
    """

    def __init__(self, settings: Settings, leader: Experiment, engine: Engine | None) -> None:
        own = replace(settings, stop_epoch=0, stop_loss=0.0)
        self.leader, self.followed, self.batches = leader, leader.settings, 1
        wanted = with_data_of(own, leader.settings)
        self.experiment = Experiment(wanted, engine, shared(wanted, leader))

    @property
    def settings(self) -> Settings:
        return self.experiment.settings

    @property
    def shown(self) -> Record:
        return self.experiment.shown

    @property
    def is_behind(self) -> bool:
        """Whether it has to be trained to be where the leader is."""
        e = self.experiment
        return not e.diverged and (e.epoch < self.leader.epoch or e.measuring is not None)

    def lead(self, leader: Experiment) -> None:
        """Follow an experiment: on its data, and back to its epoch if that is an earlier one."""
        self.leader, e = leader, self.experiment
        if leader.settings is not self.followed:  # in most frames it is
            self.followed = leader.settings
            wanted = with_data_of(e.settings, leader.settings)
            if wanted != e.settings:
                # Where the leader has not begun anew, these are other points for networks that
                # stay.
                take = e.renew if leader.epoch else e.change
                take(wanted, shared(wanted, leader))
        if e.epoch > leader.epoch or (e.diverged and not leader.epoch):
            e.reset()

    def follow(self, deadline: Until) -> None:
        """Train until it is where the leader is, or the time has come; at least a little."""
        e = self.experiment
        while self.is_behind:
            before = deadline.left()
            an_epoch = e.problem.n_batches(e.settings.batch_size)
            to_go = max(1, (self.leader.epoch - e.epoch) * an_epoch)
            e.work(min(self.batches, to_go), through=True)
            left = deadline.left()
            if before - left > PIECE:
                self.batches = max(1, self.batches // 2)
            elif before - left < PIECE / 2 and left and self.batches < to_go:
                self.batches *= 2  # that was all it took: the deadline did not cut it off
            if not left:
                break


def with_data_of(settings: Settings, leader: Settings) -> Settings:
    """Settings with what two runs side by side have in common."""
    return replace(settings, **{name: getattr(leader, name) for name in SHARED})


def shared(settings: Settings, leader: Experiment) -> Problem | None:
    """The leader's Problem, if these settings ask for just that one."""
    same = {name: getattr(leader.settings, name) for name in NETWORK}
    is_same = invalidated(leader.settings, replace(settings, **same)) == "nothing"
    return leader.problem if is_same else None


def curve(experiment: Experiment) -> FloatArray:
    """(3, k): epochs, training losses and test losses (NaN where nothing is tested)."""
    return experiment.history.columns(("epoch", "loss_train", "loss_test"))
