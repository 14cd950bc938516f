"""Play, pause and speed, with a clock that the test turns."""

import math
from types import SimpleNamespace

import pytest

from explorer.frames.deadline import PART, PERIOD, SLOW_MOTION, TRAINING
from explorer.frames.player import Player


class Clock:
    """Seconds that move only when told to."""

    now = 100.0

    def __call__(self):
        return self.now


class FakeExperiment:
    """Epochs of some batches, each of which takes `cost` seconds; a measurement of every epoch
    in so many `parts` of `cost` seconds; finished after the `last` epoch."""

    diverged, preparing = False, 0.0

    def __init__(self, clock, cost=0.0, batches=1, parts=0, last=None):
        self.clock, self.cost, self.batches, self.parts, self.last = (
            clock, cost, batches, parts, last,
        )  # fmt: skip
        self.epoch = self.batch = 0
        self.settings, self.problem = SimpleNamespace(batch_size=1), self
        self.measuring = self.training = None
        self.asked = []  # how many batches were wanted; None for a part of a measurement

    def prepare(self):
        self.clock.now += self.preparing
        self.training = "goes on"

    def work(self, batches, through=False):
        if self.measuring is not None:
            self.asked.append(None)
            self.clock.now += self.cost
            self.measuring -= 1
            if not self.measuring:
                self.complete()
            return 0
        self.training = "goes on"
        self.asked.append(batches)
        done = min(batches, self.batches - self.batch)
        if through and not self.batch and not self.parts:  # many epochs in one call
            left = math.inf if self.last is None else self.last - self.epoch
            whole = min(batches // self.batches, left)
            self.epoch += whole
            self.clock.now += whole * self.batches * self.cost
            if whole:
                return whole * self.batches
        self.clock.now += done * self.cost
        self.batch += done
        if self.batch == self.batches:
            self.measuring = self.parts
            if not self.parts:
                self.complete()
        return done

    def n_batches(self, batch_size):
        return self.batches // batch_size

    def complete(self):
        self.epoch, self.batch, self.measuring = self.epoch + 1, 0, None

    @property
    def finished(self):
        return self.last is not None and self.epoch >= self.last


def playing(**options):
    clock = Clock()
    player, experiment = Player(clock), FakeExperiment(clock, **options)
    player.play()
    return player, experiment, clock


def test_nothing_is_trained_before_play():
    clock = Clock()
    player, experiment = Player(clock), FakeExperiment(clock)
    assert player.frame(experiment, "fast") == 0
    assert experiment.asked == []


def test_toggle_goes_to_and_fro():
    player = Player(Clock())
    player.toggle()
    assert player.playing
    player.toggle()
    assert not player.playing


@pytest.mark.parametrize("batches", [1, 25, 1000])
def test_one_epoch_a_frame(batches):
    player, experiment, _ = playing(batches=batches, cost=1e-6)
    for epoch in (1, 2, 3):
        assert player.frame(experiment, "epoch")
        assert (experiment.epoch, experiment.batch) == (epoch, 0)


@pytest.mark.parametrize("speed", ["slow", "batch"])
def test_one_batch_a_frame(speed):
    player, experiment, clock = playing(batches=25)
    for batch in (1, 2, 3):
        assert player.frame(experiment, speed) == 1
        assert (experiment.epoch, experiment.batch) == (0, batch)
        clock.now += SLOW_MOTION


def test_full_speed_fills_the_time_of_a_frame():
    player, experiment, clock = playing(cost=0.0001)
    share = player.budget.training
    for _ in range(3):
        start, parts = clock.now, player.frame(experiment, "fast")
        assert share - PART / 2 < clock.now - start < share + 0.0001
        assert parts == len(experiment.asked)
        experiment.asked.clear()


def test_no_part_begins_that_would_end_too_late():
    player, experiment, clock = playing(cost=0.004)
    start = clock.now
    assert player.frame(experiment, "fast") == 2
    assert clock.now - start < player.budget.training < 3 * 0.004


def test_parts_of_full_speed_are_whole_epochs_where_they_hold_some():
    player, experiment, _ = playing(cost=0.0004, batches=5)
    for _ in range(9):
        player.frame(experiment, "fast")
        experiment.asked.clear()
    player.frame(experiment, "fast")
    assert set(experiment.asked) == {5}


def test_full_speed_takes_one_part_at_least():
    player, experiment, _ = playing(cost=1.0)
    assert player.frame(experiment, "fast") == 1


@pytest.mark.parametrize("epoch", [0.0005, 0.0019, 0.0029, 0.0032, 0.007, 0.04])
@pytest.mark.parametrize("seconds", [0.001, 0.002, 0.0047, 0.0142])
def test_full_speed_gets_on_however_long_epochs_and_frames_are(seconds, epoch):
    player, experiment, clock = playing(cost=epoch / 10, batches=10)
    for _ in range(10):
        player.frame(experiment, "fast", seconds)
    began = clock.now
    for _ in range(20):
        start = clock.now
        player.frame(experiment, "fast", seconds)
        assert clock.now - start <= max(seconds, PART, epoch / 10) + 1e-9
    assert clock.now - began > 20 * seconds / 2


@pytest.mark.parametrize("speed", ["epoch", "fast"])
@pytest.mark.parametrize("cost", [2e-6, 5e-5, 2e-3])
def test_an_epoch_that_is_too_long_goes_on_in_the_next_frame(speed, cost):
    player, experiment, clock = playing(cost=cost, batches=1_000_000)
    batch = 0
    for _ in range(20):
        start = clock.now
        player.frame(experiment, speed)
        assert batch < experiment.batch
        assert TRAINING <= clock.now - start <= PERIOD + cost
        batch = experiment.batch
    assert experiment.epoch == 0


def test_so_does_a_measurement_and_its_epoch_counts_when_it_is_done():
    player, experiment, clock = playing(cost=0.004, parts=12)
    frames = 0
    while experiment.epoch == 0:
        start = clock.now
        player.frame(experiment, "epoch")
        assert clock.now - start <= PERIOD + 0.004
        frames += 1
    assert frames >= 3
    assert experiment.asked.count(None) == 12


def test_a_measurement_is_completed_after_a_pause_and_nothing_else():
    player, experiment, _ = playing(cost=0.004, parts=12)
    player.frame(experiment, "fast")
    player.pause()
    assert player.is_finishing(experiment)
    while player.frame(experiment, "fast"):
        assert experiment.epoch <= 1
    assert (experiment.epoch, experiment.batch) == (1, 0)
    assert not player.is_finishing(experiment)


# A single step -----------------------------------------------------------------------------------


def test_a_step_is_one_epoch():
    player, experiment, _ = playing(batches=25, cost=1e-6)
    player.step(experiment, "epoch")
    assert not player.playing
    assert (experiment.epoch, experiment.batch) == (1, 0)
    assert player.frame(experiment, "epoch") == 0


def test_a_long_step_goes_on_until_its_epoch_is_complete():
    player, experiment, clock = playing(cost=1e-3, batches=100, parts=3)
    experiment.work(30)  # Pause was pressed within the epoch
    player.step(experiment, "fast")
    assert experiment.epoch == 0
    assert player.is_finishing(experiment)
    frames = 0
    while player.is_finishing(experiment):
        start = clock.now
        player.frame(experiment, "fast")
        assert clock.now - start < PERIOD + 0.004
        frames += 1
    assert frames > 3
    assert (experiment.epoch, experiment.batch) == (1, 0)


def test_two_steps_are_two_epochs_however_quickly_they_follow_each_other():
    player, experiment, _ = playing(cost=1e-3, batches=100, parts=3)
    for _ in range(2):
        player.step(experiment, "epoch")
    assert experiment.epoch == 0
    while player.is_finishing(experiment):
        player.frame(experiment, "epoch")
    assert (experiment.epoch, experiment.batch) == (2, 0)


def test_a_step_beyond_the_last_epoch_is_still_a_whole_one():
    player, experiment, _ = playing(batches=25, last=1)
    for _ in range(2):
        player.step(experiment, "epoch")
    assert (experiment.epoch, experiment.batch) == (2, 0)


@pytest.mark.parametrize("end", ["pause", "play"])
def test_a_step_ends_where_something_else_begins(end):
    player, experiment, _ = playing(cost=1.0, batches=9)
    player.step(experiment, "epoch")
    getattr(player, end)()
    assert not player.is_finishing(experiment)
    assert player.frame(experiment, "batch") == (end == "play")


def test_a_step_in_slow_motion_is_one_batch():
    player, experiment, _ = playing(batches=9)
    player.step(experiment, "slow")
    assert (experiment.epoch, experiment.batch) == (0, 1)
    assert player.frame(experiment, "slow") == 0


# Slow motion, and the end ------------------------------------------------------------------------


def test_slow_motion_takes_a_batch_and_waits():
    player, experiment, clock = playing()
    assert player.frame(experiment, "slow") == 1
    clock.now += 0.9 * SLOW_MOTION
    assert player.frame(experiment, "slow") == 0
    clock.now += 0.2 * SLOW_MOTION
    assert player.frame(experiment, "slow") == 1
    assert experiment.asked == [1, 1]


def test_slow_motion_starts_at_once_after_a_pause():
    player, experiment, _ = playing()
    player.frame(experiment, "slow")
    player.pause()
    player.play()
    assert player.frame(experiment, "slow") == 1


@pytest.mark.parametrize("speed", ["slow", "batch", "epoch", "fast"])
def test_it_pauses_when_the_experiment_is_finished(speed):
    player, experiment, clock = playing(cost=1e-6, last=3)
    for _ in range(5):
        player.frame(experiment, speed)
        clock.now += 1.0
    assert experiment.epoch == 3
    assert not player.playing


def test_where_training_takes_long_to_prepare_it_begins_in_the_next_frame():
    player, experiment, clock = playing(batches=25)
    experiment.preparing = 2 * PART
    assert (player.frame(experiment, "batch"), experiment.asked) == (1, [])
    player.frame(experiment, "batch")
    assert (experiment.asked, clock.now) == ([1], 100 + 2 * PART)


def test_full_speed_stops_within_the_frame():
    player, experiment, _ = playing(last=3)
    player.frame(experiment, "fast")
    assert experiment.epoch == 3
