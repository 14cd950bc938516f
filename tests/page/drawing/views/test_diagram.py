"""The network's picture as data: places, curves in the order of the weights, and strokes."""

import re
from itertools import pairwise

import numpy as np
import pytest
from recording import NUMBER, RecordingContext, starts

from explorer.drawing.palette import THEMES
from explorer.drawing.views import diagram
from nncore import Dense, Sequential

THEME = THEMES["light"]
SHAPES = pytest.mark.parametrize("counts", [(2, 4, 2), (7, 8, 8, 8, 8, 8, 8), (1,), (3, 1)])


def layout_of(counts, size=44, right=700, **options):
    columns = [(count, size, size) for count in counts]
    return diagram.layout(columns, 500, right=right, port=(690, 200), **options)


def model_of(counts):
    """The network of these columns with a single output behind."""
    hidden = [Dense(units, "tanh") for units in counts[1:]]
    return Sequential([*hidden, Dense(1, "tanh")], n_inputs=counts[0])


# Places -----------------------------------------------------------------------------------------


@SHAPES
def test_tiles_stand_in_the_picture_and_do_not_overlap(counts):
    size = min(44, int(460 / (max(counts) * 1.18)))
    result = layout_of(counts, size, top=40, left=100, right=660)
    assert [len(column) for column in result.columns] == list(counts)
    for column in result.columns:
        assert all(t.x >= 100 - 1e-9 and t.x + t.width <= 660 + 1e-9 for t in column)
        assert all(t.y >= 40 - 1e-9 and t.y + t.height <= 500 + 1e-9 for t in column)
        assert all(a.y + a.height < b.y for a, b in pairwise(column))


def test_columns_are_evenly_spaced_from_left_to_the_port():
    result = layout_of((2, 4, 2), left=100, right=700)
    xs = [column[0].x for column in result.columns]
    np.testing.assert_allclose(np.diff(xs), np.diff(xs)[0])
    assert xs[0] == 100


def test_without_a_port_the_last_column_stands_at_the_right():
    columns = [(2, 44, 44), (3, 44, 44)]
    result = diagram.layout(columns, 500, left=100, right=700)
    assert result.port is None
    assert result.columns[-1][0].x + 44 == pytest.approx(700)


def test_centred_columns_have_equal_room_above_and_below():
    centred = diagram.centred(layout_of((2, 4, 1)).columns, 500, top=100)
    for column in centred:
        above = column[0].y - 100
        below = 500 - (column[-1].y + column[-1].height)
        assert above == pytest.approx(below)


def test_a_picture_without_inputs_has_a_place_for_the_rest():
    result = layout_of((0, 3))
    assert len(result.columns[0]) == 0
    assert len(result.curves) == 3  # to the output only


# Curves -----------------------------------------------------------------------------------------


@SHAPES
def test_curves_come_in_the_order_of_the_parameter_vector(counts):
    result, model = layout_of(counts), model_of(counts)
    chain = [*result.columns, (result.port,)]
    assert len(result.curves) == len(result.ends) == model.is_weight.sum()
    places = model.blocks(np.arange(model.n_params))
    rank = np.cumsum(model.is_weight) - 1  # place in the parameter vector -> number of the curve
    for block, (sources, targets) in zip(places, pairwise(chain), strict=True):
        for i, source in enumerate(sources):
            for j, target in enumerate(targets):
                x0, y0, x1, y1 = result.ends[rank[block[i, j]]]
                assert (x0, y0) == (source.x + source.width, source.y + source.height / 2)
                assert (x1, y1) == (target.x, target.y + target.height / 2)


def test_inputs_that_are_off_have_no_links():
    result = layout_of((3, 2), live=(True, False, True))
    assert len(result.columns[0]) == 3
    assert len(result.curves) == 2 * 2 + 2
    on = [result.columns[0][0].right, result.columns[0][2].right]
    assert {tuple(end[:2]) for end in result.ends[:4].tolist()} == set(on)


def numbers(path):
    return [float(n) for n in re.findall(NUMBER, path)]


def test_a_curve_leaves_and_arrives_level():
    x0, y0, ax, ay, bx, by, x1, y1 = numbers(diagram.curve(10, 20, 110, 80))
    assert (x0, y0, x1, y1) == (10, 20, 110, 80)
    assert (ay, by) == (20, 80)
    assert x0 < ax == bx < x1


def test_points_along_a_curve_are_those_of_its_path():
    points = np.reshape(numbers(diagram.curve(10, 20, 110, 80)), (4, 2))
    for t in (0.0, 0.25, 0.6, 1.0):
        pyramid = points  # de Casteljau: halfway points of halfway points
        while len(pyramid) > 1:
            pyramid = (1 - t) * pyramid[:-1] + t * pyramid[1:]
        along = diagram.along(np.array([[10.0, 20, 110, 80]]), np.array([[t]]))
        np.testing.assert_allclose(along[0, 0], pyramid[0], atol=1e-9)


def test_the_nearest_curve_is_found():
    result = layout_of((2, 4, 2))
    for number in (0, 5, 8, 17):
        x, y = diagram.along(result.ends[number : number + 1], np.array([[0.03]]))[0, 0]
        close = diagram.along(result.ends, np.array([[0.03]]))[:, 0]
        (same,) = np.nonzero(np.hypot(*(close - [x, y]).T) < 3)
        assert diagram.nearest(result.ends, x, y) in same
    number = 16  # alone on its way to the output
    x, y = diagram.along(result.ends[number : number + 1], np.array([[0.5]]))[0, 0]
    assert diagram.nearest(result.ends, x, y + 2) == number


def test_nothing_is_near_a_far_place():
    result = layout_of((2, 4, 2))
    assert diagram.nearest(result.ends, 5, 495) is None
    x, y = result.ends[16, :2]
    assert diagram.nearest(result.ends, x + 1, y + 30, reach=8) is None
    assert diagram.nearest(np.empty((0, 4)), 0, 0) is None


# Strengths and strokes --------------------------------------------------------------------------


def test_strengths_are_signed_steps_that_grow_with_the_weight():
    weights = np.array([0, 1e-9, -1e-9, diagram.FULL, -diagram.FULL, 1e6, -np.inf])
    expected = [0, 1, -1, diagram.LEVELS, -diagram.LEVELS, diagram.LEVELS, -diagram.LEVELS]
    np.testing.assert_array_equal(diagram.strengths(weights), expected)
    levels = diagram.strengths(np.linspace(0.001, 3, 500))
    assert (np.diff(levels) >= 0).all()
    assert set(levels) == set(range(1, diagram.LEVELS + 1))


def drawn(curves, levels, **options):
    ctx = RecordingContext()
    diagram.draw_links(ctx, str, curves, np.array(levels), THEME, **options)
    return ctx


def test_every_link_is_stroked_once_in_the_colour_of_its_sign():
    rng = np.random.default_rng(3)
    curves = [diagram.curve(k, k, k + 50, 100 - k) for k in range(400)]
    levels = diagram.strengths(rng.normal(0, 1.5, 400))
    levels[:20] = 0
    strokes = drawn(curves, levels).named("stroke")
    assert len(strokes) <= 2 * diagram.LEVELS
    colour_of = {}
    for (path,), style in strokes:
        for piece in ["M" + text for text in path.split("M")[1:]]:
            assert piece not in colour_of
            colour_of[piece] = style["strokeStyle"]
    expected = {
        curve: THEME.positive if level > 0 else THEME.negative
        for curve, level in zip(curves, levels, strict=True)
        if level
    }
    assert colour_of == expected


def test_strong_links_are_wider_and_denser_and_drawn_last():
    curves = [diagram.curve(0, k, 50, k) for k in range(3)]
    strokes = drawn(curves, [12, -1, 6]).named("stroke")
    assert [starts(path)[0][1] for (path,), _ in strokes] == [1, 2, 0]
    widths = [style["lineWidth"] for _, style in strokes]
    alphas = [style["globalAlpha"] for _, style in strokes]
    assert widths == sorted(widths)
    assert widths[-1] > 3 * widths[0]
    assert alphas == sorted(alphas)
    assert alphas[-1] <= 1


def test_a_crowded_picture_has_thinner_links():
    usual = drawn(["M0 0"], [12]).named("stroke")[0][1]["lineWidth"]
    assert drawn(["M0 0"], [12], scale=0.5).named("stroke")[0][1]["lineWidth"] == usual / 2


def test_drawing_leaves_the_context_opaque():
    assert drawn(["M0 0"], [3]).properties["globalAlpha"] == 1.0


def test_parts_are_the_same_strokes_cut_to_a_size():
    curves = [diagram.curve(0, k, 50, k) for k in range(500)]
    levels = diagram.strengths(np.random.default_rng(2).normal(0, 2, 500))
    ctx, seen = RecordingContext(), []
    for given in diagram.link_parts(ctx, str, curves, levels, THEME, 1.0, 7):
        assert given is ctx
        seen.append(len(ctx.named("stroke")))
    assert seen == list(range(1, len(seen) + 1)), "it waits after every stroke"
    strokes = ctx.named("stroke")
    assert max(path.count("M") for (path,), _ in strokes) == 7
    whole = "".join(path for (path,), _ in drawn(curves, levels).named("stroke"))
    assert "".join(path for (path,), _ in strokes) == whole


def test_dashes_run_only_while_moving():
    dashes = ("moving", "rest")
    moving = drawn(["M0 0"], [3], dashes=dashes, dash_offset=5.0)
    assert moving.named("setLineDash")[0][0] == ("moving",)
    assert moving.properties["lineDashOffset"] == -5.0
    resting = drawn(["M0 0"], [3], dashes=dashes)
    assert resting.named("setLineDash")[0][0] == ("rest",)
