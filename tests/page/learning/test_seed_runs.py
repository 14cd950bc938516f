"""Twenty seeds: trained in slices with the very same experiment, counted honestly."""

from dataclasses import replace

import numpy as np
import pytest
from runs import trained

from explorer.learning.seed_runs import SeedRuns, seeds_from
from explorer.session.session import Session
from explorer.settings.settings import DEFAULTS

WINE = replace(DEFAULTS["wine"], seed="11")


class Clock:
    """Every look at the clock takes a hundredth of a second."""

    def __init__(self):
        self.time = 0.0

    def __call__(self):
        self.time += 0.01
        return self.time


def run_all(runs):
    slices = 0
    while runs.is_running:
        runs.work(Clock(), budget=0.05)
        slices += 1
    return slices


def test_seeds_follow_the_current_one():
    assert seeds_from("11", 3) == ["11", "12", "13"]
    assert seeds_from("vine", 3) == ["vine", "vine-2", "vine-3"]
    assert len(set(seeds_from("0"))) == 20


def test_a_run_is_the_page_s_own_experiment_with_that_seed():
    runs = SeedRuns(WINE, count=2)
    run_all(runs)
    assert [run.seed for run in runs.runs] == ["11", "12"]
    for run in runs.runs:
        alone = trained(replace(WINE, seed=run.seed), 20)
        np.testing.assert_array_equal(run.experiment.params, alone.params)
        assert run.score == alone.shown.score_train
        scores = [record.score_train for record in alone.history.records]
        assert run.first == (scores.index(1.0) if 1.0 in scores else None)


def test_it_works_in_slices_and_gives_the_rest_of_the_frame_back():
    runs = SeedRuns(WINE, count=2)
    clock = Clock()
    runs.work(clock, budget=0.05)
    assert clock.time < 0.1
    assert runs.is_running
    assert runs.runs == []
    assert run_all(runs) > 5


def test_most_of_twenty_seeds_end_at_100_percent():
    runs = SeedRuns(WINE)
    run_all(runs)
    assert len(runs.runs) == runs.count == 20
    assert runs.solved == sum(run.score == 1 for run in runs.runs) >= 16
    assert runs.touched >= runs.solved
    assert len({run.experiment.shown.loss_train for run in runs.runs}) == 20


def test_stop_keeps_what_is_finished():
    runs = SeedRuns(WINE, count=3)
    while len(runs.runs) < 1:
        runs.work(Clock(), budget=0.05)
    runs.stop()
    assert not runs.is_running
    runs.work(Clock(), budget=1.0)
    assert len(runs.runs) == 1


@pytest.mark.parametrize(("stop", "epochs"), [(3, 3), (0, 20)])
def test_runs_are_as_long_as_the_settings_say_or_twenty_epochs(stop, epochs):
    runs = SeedRuns(replace(WINE, stop_epoch=stop), count=1)
    run_all(runs)
    assert runs.runs[0].experiment.epoch == epochs


def test_a_run_that_blows_up_ends_and_the_others_go_on():
    wild = replace(WINE, activation="linear", optimizer="sgd", learning_rate=1000.0)
    runs = SeedRuns(wild, count=2)
    run_all(runs)
    assert len(runs.runs) == 2
    assert all(np.isfinite(run.experiment.params).all() for run in runs.runs)


def test_another_seed_or_look_keeps_the_runs_other_settings_do_not():
    runs = SeedRuns(WINE)
    assert runs.belong_to(replace(WINE, seed="99"))
    assert runs.belong_to(replace(WINE, speed="fast", projection="units"))
    assert not runs.belong_to(replace(WINE, learning_rate=0.1))
    assert not runs.belong_to(replace(WINE, left_out=(1,)))


def test_a_run_that_is_opened_is_a_copy_and_can_be_undone():
    runs = SeedRuns(WINE, count=1)
    run_all(runs)
    session = Session(lambda: "0.5")
    session.show("wine")
    session.apply(replace(WINE, seed="4"))
    before = session.experiment.params.copy()
    session.adopt(runs.runs[0].experiment)
    assert session.current == replace(WINE, seed="11")
    assert session.experiment.epoch == 20
    session.experiment.step()
    assert len(runs.runs[0].experiment.history.records) == 21
    session.undo.undo()
    assert session.current.seed == "4"
    np.testing.assert_array_equal(session.experiment.params, before)
