"""Numbers to pixels, by cases small enough to work out by hand."""

import numpy as np

from explorer.drawing.views.heatmap import regions, shade, sides, tiles

TABLE = np.arange(100, 105, dtype=np.uint32)  # shades for -1, -0.5, 0, 0.5, 1


def test_values_find_their_place_in_the_table():
    pixels = shade(np.array([-1, -0.5, 0, 0.5, 1, 0.3, 0.9]), TABLE)
    np.testing.assert_array_equal(pixels, [100, 101, 102, 103, 104, 102, 103])
    assert pixels.dtype == np.uint32


def test_values_beyond_the_ends_take_the_ends_shades():
    pixels = shade(np.array([-1.01, -50, 7, np.inf, -np.inf]), TABLE)
    np.testing.assert_array_equal(pixels, [100, 100, 104, 104, 100])


def test_what_is_not_a_number_takes_the_middle():
    assert shade(np.array([np.nan]), TABLE).tolist() == [102]


def test_other_ends():
    np.testing.assert_array_equal(shade(np.array([0, 5, 10.0]), TABLE, 0, 10), [100, 102, 104])


def test_the_values_are_left_alone():
    values = np.array([np.nan, 5.0, -5.0])
    shade(values, TABLE)
    np.testing.assert_array_equal(values, [np.nan, 5, -5])


def test_tiles_are_one_picture_per_unit():
    activations = np.array([[-1, 1], [0, 0.5], [1, -1.0]])  # three cells, two units
    np.testing.assert_array_equal(tiles(activations, TABLE), [[100, 102, 104], [104, 103, 100]])


def test_sides_are_the_sign_with_zero_counting_as_positive():
    np.testing.assert_array_equal(sides(np.array([-0.1, 0, 0.2, -3])), [-1, 1, 1, -1])


# Three classes with five shades each, from uncertain to certain.
SHADES = np.array([[10, 11, 12, 13, 14], [20, 21, 22, 23, 24], [30, 31, 32, 33, 34]], np.uint32)


def test_the_winner_gives_the_colour_and_its_certainty_the_shade():
    probabilities = np.array([[1, 0, 0], [0, 2 / 3, 1 / 3], [0.1, 0.1, 0.8]])
    # Certainty (3 p - 1) / 2: 1, 0.5 and 0.7; times 4 shades, rounded down.
    np.testing.assert_array_equal(regions(probabilities, SHADES), [14, 22, 32])


def test_equal_classes_are_as_uncertain_as_can_be():
    assert regions(np.full((1, 3), 1 / 3), SHADES).tolist() == [10]


def test_discretized_regions_are_all_certain():
    probabilities = np.array([[0.4, 0.3, 0.3], [0.1, 0.1, 0.8]])
    np.testing.assert_array_equal(regions(probabilities, SHADES, discrete=True), [14, 34])


def test_two_classes():
    probabilities = np.array([[0.5, 0.5], [0.25, 0.75]])
    np.testing.assert_array_equal(regions(probabilities, SHADES[:2]), [10, 22])
