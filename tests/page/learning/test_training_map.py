"""A map of what trains: its cells are the page's own runs, coarse ones first; windows and zoom."""

import math
from dataclasses import replace

import numpy as np
import pytest
from runs import Looks, trained

from explorer.learning.training_map import (
    BETTER,
    DIVERGED,
    SCALE,
    SEED,
    SOLVED,
    UNKNOWN,
    WORSE,
    TrainingMap,
    Window,
)
from explorer.settings import link
from explorer.settings.settings import Settings

BASE = Settings(seed="3", dataset="gauss", n_points=20, network_shape=(2,), stop_epoch=9)


def run_all(found):
    while found.is_running:
        found.work(Looks(1000))
    return found


@pytest.mark.parametrize("up", [SEED, SCALE])
def test_a_cell_is_the_page_s_own_run_and_its_link_trains_it_again(up):
    found = run_all(TrainingMap(BASE, Window(4, up, -2, 0, -1, 1), 3, 0.05))
    assert np.isfinite(found.losses).all()
    assert found.done == found.total == 16
    for row, column in ((0, 0), (1, 3), (3, 2)):
        settings = found.settings_of(row, column)
        opened, problems = link.decode(link.encode(settings))
        assert not problems
        assert (opened.learning_rate, opened.stop_epoch) == (found.window.rate(column), 0)
        alone = trained(opened, 3)
        assert alone.shown.loss_test == pytest.approx(found.losses[row, column], rel=1e-9)
        begun = trained(opened, 0)
        assert begun.shown.loss_test == pytest.approx(found.begins[row], rel=1e-9)
        if up == SCALE:
            drawn = trained(replace(BASE, seed="3"), 0)
            weights = begun.model.is_weight
            ratio = begun.params[weights] / drawn.params[weights]
            np.testing.assert_allclose(ratio, found.window.scale(row))


def test_weights_that_no_link_can_carry_are_not_opened():
    wide = replace(BASE, network_shape=(32, 32))
    found = TrainingMap(wide, Window(4, SCALE, -2, 0), 1, 0.05)
    found.work(Looks(1))
    assert found.settings_of(0, 0) is None


def test_coarse_cells_come_first_and_stand_for_the_others_until_these_come():
    found = TrainingMap(BASE, Window(16, SEED, -3, 1), 1, 0.05)
    while found.done < 4:
        found.work(Looks(1))
    assert np.argwhere(np.isfinite(found.losses)).tolist() == [[0, 0], [0, 8], [8, 0], [8, 8]]
    assert (found.shown[8:, :8] == found.losses[8, 0]).all()
    while found.done < 5:
        found.work(Looks(1))
    assert (found.shown[:4, 4:8] == found.losses[0, 4]).all()
    assert (found.shown[4:8, 4:8] == found.losses[0, 0]).all()
    run_all(found)
    np.testing.assert_array_equal(found.shown, found.losses)
    found.stop()


def test_stopped_half_way_what_is_there_stays():
    found = TrainingMap(BASE, Window(16, SEED, -3, 1), 1, 0.05)
    assert (found.fates() == UNKNOWN).all()
    found.work(Looks(20))
    found.stop()
    done = found.done
    assert not found.work(Looks(100))
    assert 0 < found.done == done < 256


def test_what_became_of_a_cell():
    found = TrainingMap(BASE, Window(4, SEED, -3, 1), 1, 0.05)
    found.begins[:] = 0.5
    found.shown[0] = [0.04, 0.3, 0.6, np.inf]
    found.shown[1] = [0.5, 600.0, np.nan, 0.0]
    fates = found.fates()
    assert fates[0].tolist() == [SOLVED, BETTER, WORSE, DIVERGED]
    assert fates[1].tolist() == [WORSE, DIVERGED, UNKNOWN, SOLVED]
    heights = found.heights()
    assert heights[0, 0] == heights[1, 3] == 1
    assert 0 < heights[0, 1] < 1
    assert -1 < heights[0, 2] < 0
    assert heights[0, 3] == heights[1, 1] == -1
    assert heights[1, 0] == heights[1, 2] == 0


def test_a_learning_rate_that_is_far_too_high_blows_up():
    wild = replace(BASE, problem="regression", activation="linear")
    found = run_all(TrainingMap(wild, Window(4, SEED, -3, 3), 20, 0.05))
    assert (found.fates()[:, -1] == DIVERGED).all()
    assert (found.fates()[:, 0] != DIVERGED).all()


def test_zooming_comes_closer_to_a_cell_and_stays_within_what_settings_allow():
    window = Window(16, SCALE, -3, 1)
    closer = window.zoomed(0, 15, 0.25)
    assert (closer.low, closer.high) == pytest.approx((0.5, 1.5))
    assert (closer.bottom, closer.top) == pytest.approx((-2.5, -1.5))
    by_seed = replace(window, up=SEED).zoomed(3, 0, 0.25)
    assert (by_seed.bottom, by_seed.top) == (window.bottom, window.top)
    edge = Window(16, SEED, 2, 3).zoomed(0, 15, 4)
    assert edge.high == pytest.approx(3)
    for column in range(16):
        rate = edge.rate(column)
        assert BASE.with_text("learning_rate", repr(rate)).learning_rate == rate
    whole = Window(16, SEED, -6, 3).zoomed(0, 0, 10)
    assert (whole.low, whole.high) == pytest.approx((-6, 3))
    assert math.isclose(whole.rate(0), 1e-6)
