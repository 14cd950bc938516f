"""A run beside another: on its data, at its epoch, and otherwise what it would be by itself."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from engines import new_engine

from explorer.frames.deadline import ENDLESS, Deadline
from explorer.learning.beside import PIECE, Beside
from explorer.learning.experiment import Experiment
from explorer.settings.settings import Settings

BASE = Settings(seed="11", dataset="gauss")
OTHERS = {
    "rate": replace(BASE, learning_rate=0.3),
    "batch of one, shuffled": replace(BASE, batch_size=1, shuffle=True, optimizer="adam"),
    "inputs and layers": replace(BASE, x_squared=True, network_shape=(3,), activation="relu"),
}


@pytest.fixture(scope="module")
def engine():
    return new_engine()


def alone(settings, epochs, engine=None):
    experiment = Experiment(settings, engine)
    for _ in range(epochs):
        experiment.step()
    return experiment


@pytest.mark.parametrize("settings", OTHERS.values(), ids=list(OTHERS))
def test_it_is_what_it_would_be_by_itself(engine, settings):
    leader = alone(BASE, 7, engine)
    beside = Beside(replace(settings, stop_epoch=3), leader, engine)
    assert beside.is_behind
    beside.follow(Deadline(lambda: 0.0, 0.0))
    assert beside.experiment.batch == 1, "a deadline that is over lets it do one part"
    calls, clock = 1, itertools.count(0, 0.0001).__next__
    while beside.is_behind:
        beside.follow(Deadline(clock, 0.0005))
        calls += 1
        assert calls < 1000
    assert calls > 2
    np.testing.assert_array_equal(beside.experiment.params, alone(settings, 7, engine).params)
    assert beside.shown.epoch == 7


def test_a_part_is_not_taken_for_short_because_a_deadline_cuts_it_off(engine):
    beside, now = Beside(BASE, alone(BASE, 7, engine), engine), [0.0]
    work = beside.experiment.work

    def slow(*arguments, **options):
        now[0] += 0.02
        return work(*arguments, **options)

    beside.experiment.work = slow
    for _ in range(5):
        beside.follow(Deadline(lambda: now[0], PIECE / 4))
    assert beside.experiment.batch == 5, "one batch each time"


def test_it_goes_where_the_leader_goes(engine):
    leader = alone(BASE, 6, engine)
    beside = Beside(OTHERS["rate"], leader, engine)
    beside.follow(ENDLESS)
    leader.go_to(leader.history.nearest(2))
    beside.lead(leader)
    beside.follow(ENDLESS)
    np.testing.assert_array_equal(beside.experiment.params, alone(OTHERS["rate"], 2, engine).params)
    leader.reset()
    beside.lead(leader)
    assert (beside.shown.epoch, beside.is_behind) == (0, False)


def test_the_data_are_the_leader_s_whatever_it_had(engine):
    leader = alone(BASE, 0, engine)
    beside = Beside(replace(OTHERS["rate"], dataset="xor", noise=30, seed="5"), leader, None)
    assert beside.settings == OTHERS["rate"]
    assert beside.experiment.problem is leader.problem, "and they are not made twice"
    leader.change(replace(BASE, dataset="xor", network_shape=(5,)))
    beside.lead(leader)
    assert beside.settings == replace(OTHERS["rate"], dataset="xor")
    assert beside.experiment.problem is leader.problem
    leader.change(replace(leader.settings, x_times_y=True))
    beside.lead(leader)
    assert not beside.settings.x_times_y, "inputs are a difference like any other"


def test_new_points_leave_both_networks_as_they_are(engine):
    leader = alone(BASE, 4, engine)
    beside = Beside(OTHERS["rate"], leader, engine)
    beside.follow(ENDLESS)
    before = beside.experiment.params.copy()
    leader.renew(replace(BASE, seed="99"))
    beside.lead(leader)
    assert (beside.settings.seed, beside.shown.epoch) == ("99", 4)
    np.testing.assert_array_equal(beside.experiment.params, before)


def test_one_that_blows_up_stays_there_until_both_begin_anew():
    base = replace(BASE, problem="regression")
    leader, wild = alone(base, 30), replace(base, learning_rate=1000.0, activation="relu")
    beside = Beside(wild, leader, None)
    beside.follow(ENDLESS)
    assert beside.experiment.diverged
    assert not beside.is_behind
    leader.reset()
    beside.lead(leader)
    assert not beside.experiment.diverged
