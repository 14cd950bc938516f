"""A deadline counts down by the clock that it is given, and not below nothing."""

import math

import pytest

from explorer.frames.deadline import ENDLESS, Deadline


def test_a_deadline_says_what_is_left():
    time = [10.0]
    deadline = Deadline(lambda: time[0], 0.5)
    assert deadline.left() == 0.5
    time[0] = 10.4
    assert deadline.left() == pytest.approx(0.1)
    time[0] = 10.5
    assert deadline.left() == 0
    time[0] = 12.0
    assert deadline.left() == 0


def test_a_deadline_of_no_time_is_over_at_once():
    assert not Deadline(lambda: 3.0, 0.0).left()


def test_what_is_endless_is_never_over():
    assert ENDLESS.left() == math.inf
