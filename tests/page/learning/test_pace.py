"""How much of many runs is done in one call: more where calls are short, never a long one."""

import pytest

from explorer.learning.pace import MOST, PIECE, Pace


class Deadline:
    """What is left of some time."""

    def __init__(self, seconds):
        self.seconds = seconds

    def left(self):
        return max(0.0, self.seconds)


def calls(pace, deadline, costs, asks=True):
    """Pieces of work that cost so many seconds for each measurement that they are told to do."""
    for cost in costs:
        deadline.seconds -= cost * (pace() if asks else 1)
        yield


def rounds_after(cost, frames=30, seconds=0.016, asks=True):
    pace = Pace()
    for _ in range(frames):
        deadline = Deadline(seconds)
        work = calls(pace, deadline, [cost] * 2000, asks)
        while deadline.left():
            pace.of(work, deadline)
    return pace.rounds


@pytest.mark.parametrize(("cost", "low", "high"), [
    (0.00001, MOST, MOST), (0.0001, 10, 20), (0.0009, 1, 2), (0.003, 1, 1), (0.1, 1, 1),
])  # fmt: skip
def test_calls_grow_to_about_the_length_of_a_piece(cost, low, high):
    assert low <= rounds_after(cost) <= high


def test_work_that_does_not_ask_teaches_nothing():
    assert rounds_after(0.0001, asks=False) == 1


def test_a_call_that_ran_out_of_the_frame_does_not_seem_short():
    pace = Pace()
    pace.rounds = 16
    pace.of(calls(pace, deadline := Deadline(PIECE / 4), [0.01]), deadline)
    assert pace.rounds == 16
    pace.of(calls(pace, deadline := Deadline(0.016), [0.01]), deadline)
    assert pace.rounds == 8
    pace.restart()
    assert pace.rounds == 1
