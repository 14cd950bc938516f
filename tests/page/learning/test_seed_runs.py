"""Twenty seeds: trained in slices with the very same experiment, counted honestly."""

from dataclasses import replace

import numpy as np
import pytest
from runs import Looks, trained

from explorer.learning.seed_runs import SeedRuns
from explorer.learning.setups import seeds_from
from explorer.settings.settings import DEFAULTS

WINE = replace(DEFAULTS["wine"], seed="11")


def run_all(runs, looks=5):
    slices = 0
    while runs.is_running:
        runs.work(Looks(looks))
        slices += 1
    return slices


def test_seeds_follow_the_current_one():
    assert seeds_from("11", 3) == ["11", "12", "13"]
    assert seeds_from("vine", 3) == ["vine", "vine-2", "vine-3"]
    assert len(set(seeds_from("0", 20))) == 20


@pytest.mark.parametrize(
    "settings",
    [
        WINE,
        replace(WINE, train_share=60),
        replace(WINE, dataset="diabetes", train_share=70),
        replace(DEFAULTS["playground"], problem="regression", seed="11"),
        replace(DEFAULTS["playground"], dataset="xor", seed="x", shuffle=True),
    ],
)
def test_a_run_is_the_page_s_own_experiment_with_that_seed(settings):
    runs = SeedRuns(settings, count=2, epochs=20)
    run_all(runs)
    assert [run.seed for run in runs.runs] == seeds_from(settings.seed, 2)
    for run in runs.runs:
        alone = trained(runs.settings_of(run.seed), 20)
        np.testing.assert_array_equal(run.params, alone.params)
        shown = alone.shown
        for name in ("loss_train", "loss_test", "score_test", "epoch"):
            want = getattr(shown, name)
            found = getattr(run, name)
            assert found == want or found == pytest.approx(want, rel=1e-12), name
        assert run.score == pytest.approx(shown.score_train, rel=1e-12)
        scores = [record.score_train for record in alone.history.records]
        assert run.first == (scores.index(1.0) if 1.0 in scores else None)


def test_it_works_in_slices_and_gives_the_rest_of_the_frame_back():
    runs = SeedRuns(WINE, count=2)
    deadline = Looks(5)
    assert not runs.work(deadline)
    assert deadline.looks <= 0
    assert runs.is_running
    assert runs.runs == []
    assert run_all(runs) > 5


def test_most_of_twenty_seeds_end_at_100_percent():
    runs = SeedRuns(WINE)
    run_all(runs)
    assert len(runs.runs) == runs.count == 20
    assert runs.solved == sum(run.score == 1 for run in runs.runs) >= 16
    assert runs.touched >= runs.solved
    assert len({run.loss_train for run in runs.runs}) == 20


def test_stop_keeps_what_is_finished():
    runs = SeedRuns(WINE, count=3)
    while len(runs.runs) < 1:
        runs.work(Looks(5))
    runs.stop()
    assert not runs.is_running
    assert not runs.work(Looks(100))
    assert len(runs.runs) == 1


@pytest.mark.parametrize(("stop", "epochs"), [(3, 3), (0, 20)])
def test_runs_are_as_long_as_the_settings_say_or_twenty_epochs(stop, epochs):
    runs = SeedRuns(replace(WINE, stop_epoch=stop), count=1)
    run_all(runs)
    assert runs.runs[0].epoch == epochs


def test_a_run_that_blows_up_says_so_and_the_others_go_on():
    wild = replace(WINE, activation="linear", optimizer="sgd", learning_rate=1000.0)
    runs = SeedRuns(wild, count=2)
    run_all(runs)
    assert [run.diverged for run in runs.runs] == [True, True]
    assert [run.loss_train for run in runs.runs] == [np.inf, np.inf]
    assert runs.solved == 0
    assert all(0 <= run.score <= 1 for run in runs.runs)


def test_weights_by_hand_are_left_to_the_seeds():
    runs = SeedRuns(replace(WINE, frozen=(1, 2)), count=1)
    run_all(runs)
    np.testing.assert_array_equal(runs.runs[0].params, trained(WINE, 20).params)


def test_another_seed_or_look_keeps_the_runs_other_settings_do_not():
    runs = SeedRuns(WINE)
    assert runs.belong_to(replace(WINE, seed="99"))
    assert runs.belong_to(replace(WINE, speed="fast", projection="units"))
    assert not runs.belong_to(replace(WINE, learning_rate=0.1))
    assert not runs.belong_to(replace(WINE, left_out=(1,)))
