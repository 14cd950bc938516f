"""Play, pause and speed, with a clock that the test turns."""

import pytest

from explorer.player import BUDGET, SLOW_PAUSE, Player


class Clock:
    """Seconds that move only when told to."""

    now = 100.0

    def __call__(self):
        return self.now


class FakeExperiment:
    """Counts steps; each takes `cost` seconds; finished after `last` of them."""

    def __init__(self, clock, cost=0.0, last=None):
        self.clock, self.cost, self.last = clock, cost, last
        self.steps = []

    def step(self, kind="epoch"):
        self.steps.append(kind)
        self.clock.now += self.cost

    def step_batch(self):
        self.step("batch")

    @property
    def finished(self):
        return self.last is not None and len(self.steps) >= self.last


def playing(cost=0.0, last=None):
    clock = Clock()
    player, experiment = Player(clock), FakeExperiment(clock, cost, last)
    player.play()
    return player, experiment, clock


def test_nothing_is_trained_before_play():
    clock = Clock()
    player, experiment = Player(clock), FakeExperiment(clock)
    assert player.frame(experiment, "fast") == 0
    assert experiment.steps == []


def test_toggle_goes_to_and_fro():
    player = Player(Clock())
    player.toggle()
    assert player.playing
    player.toggle()
    assert not player.playing


@pytest.mark.parametrize(("speed", "kind"), [("epoch", "epoch"), ("batch", "batch")])
def test_one_step_a_frame(speed, kind):
    player, experiment, _ = playing()
    assert [player.frame(experiment, speed) for _ in range(3)] == [1, 1, 1]
    assert experiment.steps == [kind] * 3


def test_full_speed_fills_the_budget_of_a_frame():
    player, experiment, _ = playing(cost=0.3 * BUDGET)
    assert player.frame(experiment, "fast") == 4
    assert experiment.steps == ["epoch"] * 4


def test_full_speed_takes_one_step_at_least():
    player, experiment, _ = playing(cost=10 * BUDGET)
    assert player.frame(experiment, "fast") == 1


def test_slow_motion_takes_a_batch_and_waits():
    player, experiment, clock = playing()
    assert player.frame(experiment, "slow") == 1
    clock.now += 0.9 * SLOW_PAUSE
    assert player.frame(experiment, "slow") == 0
    clock.now += 0.2 * SLOW_PAUSE
    assert player.frame(experiment, "slow") == 1
    assert experiment.steps == ["batch", "batch"]


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
    assert len(experiment.steps) == 3
    assert not player.playing


def test_full_speed_stops_within_the_frame():
    player, experiment, _ = playing(last=3)
    assert player.frame(experiment, "fast") == 3
