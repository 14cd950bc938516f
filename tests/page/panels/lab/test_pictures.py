"""The Wine lab's pictures: distributions, ranges, piles taken apart, the choice of epochs."""

import numpy as np
import pytest
from recording import RecordingContext, starts

from explorer.drawing.palette import THEMES
from explorer.drawing.views import histogram, scatter
from explorer.drawing.views.ranges import paths, ranges
from explorer.learning.experiment import Experiment
from explorer.learning.projection import plane_of
from explorer.panels.lab.film import MOST, chosen
from explorer.panels.lab.strip import small_scatter
from explorer.settings.settings import DEFAULTS
from nncore import load_wine

# Distributions --------------------------------------------------------------------------------


@pytest.mark.parametrize("bins", [1, 5, 24])
def test_counts_are_numpy_s_histogram_of_every_class(bins):
    wine = load_wine()
    for column in wine.X.T:
        counts, edges = histogram.counts(column, wine.y, 3, bins)
        np.testing.assert_allclose(edges, np.histogram_bin_edges(column, bins))
        inner = edges[1:-1]
        near = np.abs(column[:, None] - inner).min(axis=1) < 1e-9 if bins > 1 else column < 0
        for c in range(3):
            theirs = np.histogram(column[(wine.y == c) & ~near], edges)[0]
            assert (counts[c] >= theirs).all()
            assert counts[c].sum() == (wine.y == c).sum()


def test_equal_values_fall_into_one_bin():
    counts, edges = histogram.counts(np.full(7, 3.0), np.zeros(7), 1, 5)
    assert counts.tolist() == [[0, 0, 7, 0, 0]]
    np.testing.assert_allclose(edges, np.linspace(2.5, 3.5, 6))


def test_bars_stand_on_those_of_the_classes_before():
    first, second = histogram.bars(np.array([[1, 0], [1, 3]]), width=20, height=30, gap=0)
    assert first == "M0.0 20.0h10.0V30.0h-10.0z"
    assert second == "M0.0 10.0h10.0V20.0h-10.0zM10.0 0.0h10.0V30.0h-10.0z"


# Ranges ---------------------------------------------------------------------------------------


def test_a_range_is_minimum_mean_give_or_take_a_deviation_and_maximum():
    X = np.array([[1.0, 10.0], [3.0, 10.0]])
    np.testing.assert_allclose(ranges(X), [[1, 1, 3, 3], [10, 10, 10, 10]])


def test_all_columns_share_one_axis_with_zero_on_it():
    lines, bars, across = paths(np.array([[1.0, 2, 3, 4], [100.0, 200, 300, 400]]), 500, 40)
    assert across(0) >= 0
    assert across(400) <= 500
    (first, _), (second, _) = starts(lines)
    np.testing.assert_allclose([first, second], [across(1), across(100)], atol=0.06)
    assert len(starts(bars)) == 2


# Piles ----------------------------------------------------------------------------------------


def test_points_that_stand_alone_stay_where_they_are():
    xs, ys = np.array([10.0, 100.0, 200.0]), np.array([10.0, 100.0, 10.0])
    np.testing.assert_array_equal(scatter.spread(xs, ys), np.zeros((3, 2)))


@pytest.mark.parametrize("count", [2, 10, 59, 500])
def test_a_pile_becomes_a_disc_that_grows_with_it_up_to_a_limit(count):
    offsets = scatter.spread(np.full(count, 50.0), np.full(count, 50.0), most=20.0)
    distance = np.hypot(*offsets.T)
    assert distance.max() <= min(20, scatter.SPACING * np.sqrt(count - 1)) + 1e-9
    assert len(np.unique(offsets.round(6), axis=0)) == count  # no two on top of each other


def test_the_disc_is_filled_evenly_by_any_stretch_of_rows():
    offsets = scatter.spread(np.zeros(178), np.zeros(178), most=20.0)
    for part in (slice(0, 59), slice(59, 130), slice(130, 178)):
        inside = np.mean(np.hypot(*offsets[part].T) < 20 / np.sqrt(2))
        assert 0.4 < inside < 0.6  # half of the area holds half of the points
        np.testing.assert_allclose(offsets[part].mean(axis=0), [0, 0], atol=3)


def test_points_move_little_when_a_neighbour_does():
    rng = np.random.default_rng(0)
    xs, ys = rng.uniform(0, 400, (2, 178))
    before = scatter.spread(xs, ys)
    xs[5] += 300
    moved = np.hypot(*(scatter.spread(xs, ys) - before).T)
    assert np.sum(moved > 6) <= 1


def test_an_empty_picture_can_be_drawn():
    assert scatter.spread(np.empty(0), np.empty(0)).shape == (0, 2)


# The film -------------------------------------------------------------------------------------


def test_up_to_twenty_epochs_are_all_shown_and_epoch_0_never():
    assert chosen([0, 1, 2, 3]) == [1, 2, 3]
    assert chosen(range(21)) == list(range(1, 21))
    assert chosen([0]) == []


@pytest.mark.parametrize("last", [21, 39, 40, 57, 100, 199, 200, 1000, 12_345])
def test_of_a_longer_run_some_are_shown_evenly_and_the_last(last):
    epochs = chosen(range(last + 1))
    assert len(epochs) <= MOST
    assert len(epochs) > MOST / 3
    assert epochs[-1] == last
    assert len(set(np.diff(epochs[:-1]))) == 1


def test_a_small_scatter_draws_every_training_row_once():
    class Browser:
        def path(self, text):
            return text

        def fit(self, canvas, width, height):
            self.ctx = RecordingContext()
            return self.ctx, width, height

    experiment, browser = Experiment(DEFAULTS["wine"]), Browser()
    plane = plane_of(experiment.model, experiment.problem, experiment.settings, experiment.params)
    small_scatter(browser, None, plane, experiment.problem, THEMES["light"], None)
    filled = [starts(path) for (path,), _ in browser.ctx.named("fill")]
    assert sum(map(len, filled)) == 178
