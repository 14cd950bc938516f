"""Points over a picture: every point once, classes by shape and colour, values by colour."""

import re
from collections import Counter

import numpy as np
import pytest
from recording import RecordingContext, starts

from explorer.drawing.palette import THEMES, diverging
from explorer.drawing.views import scatter
from explorer.drawing.views.shapes import MARKS, disc, marks, rounded, square, triangle

COLOURS = ("#111111", "#222222", "#333333")
rng = np.random.default_rng(5)
N = 97
XS, YS = np.round(rng.uniform(0, 300, (2, N)), 1)
CLASSES = rng.integers(0, 3, N)


def pieces(path):
    """The single marks of a path."""
    return ["M" + piece for piece in path.split("M")[1:]]


def test_every_point_is_drawn_exactly_once_in_its_own_shape_and_colour():
    drawn = Counter(
        (piece, colour)
        for path, colour in scatter.class_groups(XS, YS, CLASSES, COLOURS, 3.0)
        for piece in pieces(path)
    )
    expected = Counter(
        (marks(MARKS[c], [x], [y], 3.0), COLOURS[c])
        for x, y, c in zip(XS, YS, CLASSES, strict=True)
    )
    assert drawn == expected


def test_classes_take_turns_so_that_none_lies_under_the_others():
    groups = scatter.class_groups(XS, YS, CLASSES, COLOURS, 3.0)
    order = [colour for _, colour in groups]
    assert len(groups) > 6
    for colour in COLOURS:
        assert colour in order[: len(order) // 2]
        assert colour in order[len(order) // 2 :]


def test_a_class_without_points_draws_nothing():
    groups = scatter.class_groups(XS[:3], YS[:3], np.array([2, 2, 2]), COLOURS, 3.0)
    assert {colour for _, colour in groups} == {"#333333"}


@pytest.mark.parametrize("n", [0, 1, 7, 8, 9])
def test_few_points_are_all_drawn(n):
    groups = scatter.class_groups(XS[:n], YS[:n], np.zeros(n, int), COLOURS, 3.0)
    assert sum(len(pieces(path)) for path, _ in groups) == n


def test_values_are_drawn_once_each_in_a_colour_of_the_scale():
    table = diverging(THEMES["light"])
    values = np.linspace(-1.5, 1.5, N)
    groups = scatter.value_groups(XS, YS, values, table, 3.0)
    assert len(groups) <= scatter.VALUE_STEPS
    drawn = Counter(start for path, _ in groups for start in starts(path))
    assert drawn == Counter(starts(marks(disc, XS, YS, 3.0)))
    assert sum(drawn.values()) == N


def test_equal_values_have_equal_colours_and_the_ends_those_of_the_table():
    table = diverging(THEMES["light"])
    values = np.array([-1.0, -9.0, 1.0, 0.0])
    groups = scatter.value_groups(XS[:4], YS[:4], values, table, 3.0)
    ends = [table[0], table[round(8 / 16 * 255)], table[-1]]
    expected = [tuple(int(p) >> shift & 255 for shift in (0, 8, 16)) for p in ends]
    assert [colour for _, colour in groups] == [f"rgb({r},{g},{b})" for r, g, b in expected]
    assert [len(pieces(path)) for path, _ in groups] == [2, 1, 1]


def test_groups_are_filled_and_rimmed_in_order():
    ctx = RecordingContext()
    scatter.draw(ctx, str.upper, [("m1", "red"), ("m2", "blue")], "white", 0.7)
    names = [name for name, _, _ in ctx.calls]
    assert names == ["fill", "stroke", "fill", "stroke"]
    fills = [(arguments[0], style["fillStyle"]) for arguments, style in ctx.named("fill")]
    assert fills == [("M1", "red"), ("M2", "blue")]
    for _, style in ctx.named("stroke"):
        assert (style["strokeStyle"], style["lineWidth"]) == ("white", 0.7)


# Shapes -----------------------------------------------------------------------------------------


def test_a_disc_is_two_half_circles_around_its_centre():
    assert marks(disc, [10], [20], 3) == "M7.0 20.0a3 3 0 1 0 6 0a3 3 0 1 0 -6 0z"


def test_a_square_and_a_triangle():
    assert marks(square, [10], [20], 10) == "M1.0 11.0h18.0v18.0h-18.0z"
    assert marks(triangle, [10], [20], 10) == "M10.0 8.5l11.0 19.5h-22.0z"


def test_the_shapes_of_classes_differ():
    assert len({mark(5) for mark in MARKS}) == len(MARKS) == 12


def test_many_marks_are_one_path():
    assert marks(square, [1, 2], [3, 4], 1) == marks(square, [1], [3], 1) + marks(
        square, [2], [4], 1
    )
    assert marks(disc, [], [], 1) == ""


def test_a_rounded_rectangle_goes_around_once_and_ends_where_it_began():
    outline = rounded(10, 20, 30, 12, 4)
    moves = re.findall("([Mhvaz])([^Mhvaz]*)", outline)
    place, places = np.zeros(2), []
    for kind, text in moves:
        numbers = [float(number) for number in text.split()]
        if kind == "M":
            place = np.array(numbers)
        elif kind in "hv":
            place = place + (numbers + [0] if kind == "h" else [0, *numbers])
        elif kind == "a":
            assert numbers[:5] == [4, 4, 0, 0, 1], "a quarter of a circle, clockwise"
            place = place + numbers[5:]
        places.append(place)
    np.testing.assert_allclose(places[-1], places[0])
    np.testing.assert_allclose(np.min(places, axis=0), [10, 20])
    np.testing.assert_allclose(np.max(places, axis=0), [40, 32])
