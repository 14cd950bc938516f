"""The printed chart: round numbers on its axes, a curve for each share that there is."""

import numpy as np
import pytest
from fake_parts import Canvases
from recording import RecordingContext, starts

from explorer.drawing.palette import THEMES
from explorer.panels.sheet.chart import LEFT, RIGHT, draw_chart, ticks

LIGHT = THEMES["light"]


class Paper(Canvases):
    DASH, NO_DASH = ("dashes",), ("no dashes",)

    @staticmethod
    def path(text):
        return text


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 1, [0, 0.5, 1]),
        (0, 0.527, [0, 0.2, 0.4]),
        (0, 200, [0, 50, 100, 150, 200]),
        (-0.5, 1, [-0.5, 0, 0.5, 1]),
        (0, 1e-9, [0]),
    ],
)
def test_ticks_are_round_numbers_inside_the_span(low, high, expected):
    np.testing.assert_allclose(ticks(low, high)[: len(expected)], expected, atol=1e-12)
    assert all("-0" not in f"{tick:.3g}" for tick in ticks(low, high) if tick == 0)


def drawn(columns):
    ctx = RecordingContext()
    draw_chart(ctx, Paper(), np.array(columns, float), LIGHT, 340, 150)
    return ctx


def test_training_is_solid_and_test_dashed():
    ctx = drawn([[0, 1, 2], [0.5, 0.2, 0.1], [0.6, 0.3, 0.2]])
    curves = [(path, style) for (path,), style in ctx.named("stroke") if "L" in path]
    assert [style["strokeStyle"] for _, style in curves] == [LIGHT.accent, LIGHT.ink]
    dashes = [arguments[0] for arguments, _ in ctx.named("setLineDash")]
    assert dashes == [("no dashes",), ("dashes",), ("no dashes",)]
    (x, y), *_ = starts(curves[0][0])
    assert x == LEFT
    assert float(curves[0][0].split("L")[-1].split()[0]) == 340 - RIGHT
    assert y < float(curves[0][0].split("L")[-1].split()[1]), "the loss falls"


def test_without_test_rows_there_is_one_curve():
    ctx = drawn([[0, 1, 2], [0.5, 0.2, 0.1], [np.nan] * 3])
    assert sum("L" in path for (path,), _ in ctx.named("stroke")) == 1
    assert drawn([[0], [0.5], [np.nan]]).named("fillText"), "a run that has not begun has axes"
