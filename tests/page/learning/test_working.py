"""Many runs on the page by workers, or without them: the same runs, whatever workers do."""

from dataclasses import replace

import numpy as np
import pytest
from elsewhere import Elsewhere
from engines import new_engine

from explorer.frames.deadline import ENDLESS
from explorer.learning.experiment import Experiment
from explorer.learning.seed_runs import SeedRuns
from explorer.learning.sweeps import Sweep, Variation
from explorer.learning.training_map import SEED, TrainingMap, Window
from explorer.settings.settings import DEFAULTS, Settings

BASE = Settings(seed="11", dataset="gauss", network_shape=(3,))
VARIATION = Variation(BASE, {"learning_rate": ["0.03", "0.3"]}, 3, 40)


@pytest.fixture(scope="module")
def engine():
    return new_engine()


def do(sweep, crew, most=10_000):
    """Frame by frame; in each the crew has time for one errand."""
    for _ in range(most):
        sweep.work(ENDLESS)
        if not sweep.is_running:
            return
        if crew.waiting and not crew.is_broken:
            crew.do_one()
    raise AssertionError("it does not come to an end")


def same_runs(sweep, engine):
    plain = Sweep(VARIATION, engine)
    while plain.is_running:
        plain.work(ENDLESS)
    for got, want in zip(sweep.cells, plain.cells, strict=True):
        assert list(got.runs) == list(want.runs), "in the order of the seeds"
        for seed, run in want.runs.items():
            np.testing.assert_array_equal(got.runs[seed].losses, run.losses)
            np.testing.assert_array_equal(got.runs[seed].params, run.params)


def test_workers_give_the_page_s_own_runs(engine):
    crew = Elsewhere(engine, places=4)
    sweep = Sweep(VARIATION, engine, crew)
    do(sweep, crew)
    same_runs(sweep, engine)
    assert crew.is_over, "nobody waits for it any more"


@pytest.mark.parametrize("answers", [0, 2])
def test_workers_that_stop_answering_leave_the_rest_to_the_page(engine, answers):
    crew = Elsewhere(engine, places=4)
    sweep = Sweep(VARIATION, engine, crew)
    sweep.work(ENDLESS)
    for _ in range(answers):
        crew.do_one()
    crew.is_broken = True
    do(sweep, crew)
    same_runs(sweep, engine)
    assert crew.is_over


@pytest.mark.parametrize("changes", [{}, {"dataset": "iris", "view": "wine"}])
def test_shuffled_runs_are_those_of_the_page_itself(engine, changes):
    """Also of those that workers leave to the page when they stop answering."""
    settings = replace(BASE, shuffle=True, **changes)
    crew = Elsewhere(engine, places=4)
    sweep = Sweep(Variation(settings, {"learning_rate": ["0.03"]}, 4, 7), engine, crew)
    sweep.work(ENDLESS)
    for _ in range(2):
        crew.do_one()
    crew.is_broken = True
    do(sweep, crew)
    for seed, run in sweep.cells[0].runs.items():
        page = Experiment(replace(settings, seed=seed), engine)
        for _ in range(7):
            page.step()
        np.testing.assert_array_equal(run.params, page.params)
        assert run.losses[-1, 0] == page.shown.loss_train


def test_stopped_half_way_it_lets_them_go(engine):
    crew = Elsewhere(engine)
    sweep = Sweep(VARIATION, engine, crew)
    sweep.work(ENDLESS)
    crew.do_one()
    sweep.work(ENDLESS)
    sweep.stop()
    assert (sweep.done, sweep.is_running, crew.is_over) == (1, False, True)
    assert sweep.work(ENDLESS) == []


def test_a_map_is_the_same_by_workers(engine):
    crew, window = Elsewhere(engine, places=5), Window(4, SEED, -2.0, 0.0)
    found = TrainingMap(BASE, window, 20, 0.05, engine, crew)
    do(found, crew)
    plain = TrainingMap(BASE, window, 20, 0.05, engine)
    while plain.is_running:
        plain.work(ENDLESS)
    np.testing.assert_array_equal(found.losses, plain.losses)
    assert crew.is_over


# Many seeds --------------------------------------------------------------------------------------

WINE = replace(DEFAULTS["wine"], seed="11", shuffle=False, train_share=70)


def outcomes(runs):
    return [(run.seed, run.first, run.params.tobytes(), *map(repr, numbers(run))) for run in runs]


def numbers(run):
    return run.epoch, run.loss_train, run.loss_test, run.score, run.score_test, run.diverged


@pytest.mark.parametrize("broken_after", [None, 2])
@pytest.mark.parametrize(
    "changes", [{}, {"dataset": "diabetes"}, {"learning_rate": 1e4}, {"shuffle": True}]
)
def test_seeds_end_as_they_do_without_workers(engine, changes, broken_after):
    settings = replace(WINE, **changes)
    crew = Elsewhere(engine, places=4)
    runs, plain = SeedRuns(settings, engine, 5, 40, crew), SeedRuns(settings, engine, 5, 40)
    if broken_after is not None:
        runs.work(ENDLESS)
        for _ in range(broken_after):
            crew.do_one()
        crew.is_broken = True
    seen = []
    while runs.is_running:
        if runs.work(ENDLESS):
            seen.append([run.seed for run in runs.runs])
        if crew.waiting and not crew.is_broken:
            crew.do_one()
    while plain.is_running:
        plain.work(ENDLESS)
    assert outcomes(runs.runs) == outcomes(plain.runs)
    assert runs.predicts_values == plain.predicts_values == (settings.dataset == "diabetes")
    assert all(shown == sorted(shown) for shown in seen), "in the order of the seeds"
    assert crew.is_over


def test_seeds_stopped_half_way_keep_what_came_back_and_let_workers_go(engine):
    crew = Elsewhere(engine)
    runs = SeedRuns(WINE, engine, 5, 40, crew)
    runs.work(ENDLESS)
    while not runs.runs:
        crew.do_one()
        runs.work(ENDLESS)
    runs.stop()
    assert (len(runs.runs), runs.is_running, crew.is_over) == (1, False, True)
    assert not runs.work(ENDLESS)
