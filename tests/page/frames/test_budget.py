"""The budget of a frame: parts that fit, maps that give way, and no flutter."""

from itertools import pairwise

import pytest

from explorer.frames.budget import (
    CELLS,
    FILLED,
    FLUENT,
    PATIENCE,
    STRIKES,
    Budget,
)
from explorer.frames.deadline import PART, PERIOD, PICTURE, SHORTEST, TRAINING

ROOM = FILLED * PERIOD - TRAINING  # what drawing may take


def trained(budget, per_batch, parts):
    """Parts as the budget wants them, on a machine where a batch takes `per_batch` seconds."""
    sizes = []
    for _ in range(parts):
        sizes.append(budget.batches)
        budget.trained(budget.batches, budget.batches * per_batch)
    return sizes


# Parts of training -------------------------------------------------------------------------------


@pytest.mark.parametrize("per_batch", [1e-6, 3e-5, 1e-3, 0.01])
def test_parts_grow_from_one_batch_to_what_takes_a_few_milliseconds(per_batch):
    sizes = trained(Budget(), per_batch, 20)
    assert sizes[0] == 1
    assert sizes == sorted(sizes)
    assert all(size * per_batch <= max(PART, per_batch) * 1.001 for size in sizes)
    assert sizes[-1] >= 0.9 * PART / per_batch - 1


def test_a_machine_that_gets_slower_gets_smaller_parts():
    budget = Budget()
    before = trained(budget, 1e-5, 20)[-1]
    assert trained(budget, 1e-4, 20)[-1] <= before / 9


def test_other_work_begins_with_one_batch():
    budget = Budget()
    trained(budget, 1e-6, 20)
    budget.other_work()
    assert budget.batches == 1


def test_a_measurement_says_nothing_about_batches():
    budget = Budget()
    trained(budget, 1e-5, 20)
    before = budget.batches
    budget.trained(0, 1.0)
    assert budget.batches == before


# The time for training ---------------------------------------------------------------------------


def drawn(budget, cost, frames=200):
    """Frames whose drawing takes cost(cells) seconds; the cells of each."""
    seen = []
    for _ in range(frames):
        seen.append(budget.cells)
        budget.drew(cost(budget.cells), cost(budget.cells))
    return seen


@pytest.mark.parametrize("drawing", [0.001, 0.005, 0.010])
def test_training_gets_what_drawing_leaves_of_a_frame(drawing):
    budget = Budget()
    drawn(budget, lambda cells: drawing)
    assert budget.training == pytest.approx(FILLED * PERIOD - drawing)
    assert budget.cells == CELLS[0]


@pytest.mark.parametrize("drawing", [0.012, 0.020, 0.035, 0.2])
def test_where_drawing_is_dear_whatever_the_maps_a_frame_takes_the_time_of_more(drawing):
    budget = Budget()
    drawn(budget, lambda cells: drawing)
    assert budget.training >= TRAINING
    if drawing < 3 * FILLED * PERIOD - TRAINING:
        assert drawing + budget.training <= 3 * FILLED * PERIOD


@pytest.mark.parametrize(("periods", "alone"), [(0, 2), (1, 2), (1.5, 4), (2, 8), (3, 9), (30, 9)])
def test_dear_pictures_come_seldom_enough_for_most_frames_to_come(periods, alone):
    budget = Budget()
    assert budget.frames_alone == 2
    for _ in range(50):
        budget.shown(periods * budget.period)
    assert budget.frames_alone == alone
    if 1 < periods <= 2:
        share = (alone + 1) / (alone + periods)
        assert share == pytest.approx(FLUENT, abs=0.01)
    budget.other_pictures()
    assert budget.frames_alone == 2


def test_dear_pictures_come_twenty_times_a_second_whatever_the_display():
    for rate in (60, 100, 144):
        budget = Budget()
        budget.period = 1 / rate
        assert (budget.frames_alone + 1) / rate == pytest.approx(PICTURE, abs=0.5 / rate)


def test_drawing_is_dear_where_it_makes_frames_late_whatever_python_takes():
    budget = Budget()
    drawn(budget, lambda cells: 0.001)
    budget.shown(budget.period)
    assert not budget.is_dear
    for _ in range(50):
        budget.shown(1.3 * budget.period)
    assert budget.is_dear
    for _ in range(500):
        budget.shown(budget.period)
    assert not budget.is_dear


def test_training_leaves_the_browser_as_much_as_makes_frames_come_in_time():
    """Here it needs 6 ms after Python has drawn for 3."""
    budget, late = Budget(), []
    drawn(budget, lambda cells: 0.003)
    for _ in range(1000):
        took = 0.003 + budget.training + 0.006
        late.append(took > PERIOD)
        budget.shown(2 * PERIOD if late[-1] else PERIOD)
    assert late[0]
    assert sum(late[100:]) < 0.1 * 900
    assert PERIOD - 0.003 < 0.003 + budget.training + 0.006 <= PERIOD
    for _ in range(500):
        budget.shown(PERIOD)
    assert budget.training == FILLED * PERIOD - 0.003, "the browser has become quick"


def test_a_frame_that_only_trains_is_filled_until_frames_come_late():
    """Here the browser needs 1 ms of it, and then none."""
    budget, late = Budget(), []
    assert budget.whole == pytest.approx(budget.alone)
    for frame in range(1000):
        late.append(budget.whole + 0.001 * (frame < 800) > PERIOD)
        budget.passed(2 * PERIOD if late[-1] else PERIOD)
        assert budget.alone <= budget.whole * 1.0001 < PERIOD
    assert 0 < sum(late[:800]) < 0.05 * 800
    assert budget.whole > 0.9 * PERIOD
    for _ in range(10):
        budget.passed(2 * PERIOD)
    assert budget.whole == pytest.approx(budget.alone), "on a busy machine it is as it was"


def test_training_has_a_little_even_where_the_browser_always_comes_late():
    budget = Budget()
    drawn(budget, lambda cells: 0.003)
    for _ in range(100):
        budget.shown(3 * PERIOD)
    assert (budget.training, budget.beside) == (TRAINING, 0.0)


def test_the_period_of_the_display_is_learned_from_idle_frames():
    budget = Budget()
    for frame in range(200):
        late = 0.004 if frame % 10 == 3 else 0.0  # and the next comes the sooner
        budget.idle(frame / 120 + late)
    assert budget.period == pytest.approx(1 / 120, abs=0.0003)
    for frame in range(200):
        budget.idle(10 + frame / 30)
    assert SHORTEST <= budget.period <= PERIOD


# Maps --------------------------------------------------------------------------------------------


def by_cells(full, fixed=0.001):
    """Seconds of drawing with maps whose cost grows with their area."""
    return lambda cells: fixed + full * (cells / CELLS[0]) ** 2


def test_cheap_maps_stay_as_fine_as_they_are():
    assert set(drawn(Budget(), by_cells(0.5 * ROOM))) == {CELLS[0]}


@pytest.mark.parametrize(("full", "cells"), [(2.5 * ROOM, CELLS[1]), (10 * ROOM, CELLS[2])])
def test_dear_maps_get_as_coarse_as_they_must(full, cells):
    budget = Budget()
    drawn(budget, by_cells(full), PATIENCE - 1)
    assert budget.cells == cells
    assert by_cells(full)(cells) + budget.training <= PERIOD


def test_maps_that_cost_little_stay_fine_however_dear_the_rest_is():
    budget = Budget()
    for _ in range(100):
        budget.drew(0.040, 0.004)
    assert budget.cells == CELLS[0]


def test_a_frame_that_is_late_once_changes_nothing():
    budget = Budget()
    for _ in range(20):
        drawn(budget, by_cells(0.5 * ROOM), 5)
        budget.drew(1.5 * ROOM, ROOM)
    assert budget.cells == CELLS[0]


def test_it_takes_some_frames_in_a_row_and_only_one_that_is_far_too_long():
    budget = Budget()
    assert drawn(budget, lambda cells: 1.2 * ROOM, STRIKES + 1)[-2:] == [CELLS[0], CELLS[1]]
    budget = Budget()
    budget.drew(0.2, 0.1)
    assert budget.cells == CELLS[1]


def test_finer_maps_come_back_when_there_is_room_again():
    budget = Budget()
    drawn(budget, by_cells(10 * ROOM), 30)
    assert budget.cells == CELLS[2]
    seen = drawn(budget, by_cells(0.2 * ROOM), 4 * PATIENCE)
    assert seen[-1] == CELLS[0]
    assert seen == sorted(seen)


def test_maps_on_trial_have_one_frame_that_is_too_long():
    budget = Budget()
    drawn(budget, by_cells(10 * ROOM), 30)
    while budget.cells == CELLS[2]:
        budget.drew(0.2 * ROOM, 0.1 * ROOM)
    assert budget.cells == CELLS[1]
    budget.drew(1.2 * ROOM, ROOM)
    assert budget.cells == CELLS[2]


def test_finer_maps_are_not_tried_where_four_times_the_cells_have_no_room():
    budget = Budget()
    drawn(budget, by_cells(10 * ROOM), 30)
    for _ in range(4 * PATIENCE):
        budget.drew(0.5 * ROOM, 0.2 * ROOM)
        assert budget.cells == CELLS[2]


@pytest.mark.parametrize("full", [1.3 * ROOM, 2.5 * ROOM, 10 * ROOM])
def test_nothing_flutters(full):
    """On a machine that stays as it is, finer maps are tried in vain, and ever more seldom."""
    seen = drawn(Budget(), by_cells(full), 20_000)
    changes = sum(a != b for a, b in pairwise(seen))
    assert changes < 40
    assert seen.count(min(seen)) > 0.99 * len(seen)


def test_another_network_starts_anew():
    budget = Budget()
    drawn(budget, by_cells(10 * ROOM))
    budget.other_pictures()
    assert budget.cells == CELLS[0]
    budget.other_pictures(2)
    assert budget.cells == CELLS[2]
