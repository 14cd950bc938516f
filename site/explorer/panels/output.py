"""The large picture of the playground: a map over the plane, and the data on it.

It shows the network's answer, or the neuron or input that the reader points at. The points lie
on a canvas of their own and are drawn again only when the data, the theme or the size change.
"""

import math

import numpy as np

from explorer.drawing.identity import Identity
from explorer.drawing.palette import point_colours
from explorer.drawing.scales import Linear, decimals, percent
from explorer.drawing.views import heatmap, scatter
from explorer.text.notices import TEXT

CELLS = 100  # along a side of the map, where it is as fine as it gets
CROWD = 400  # more points than this are drawn smaller
MOST_DRAWN = 2000  # points of a share that are drawn; they come in random order
EXTENT = 6.0
NUDGE = 0.25  # how far an arrow key moves the place that is read out
DARK_RIM, LIGHT_RIM = "#1d1f24", "#ffffff"


class OutputPanel:
    """Draws a map over the plane, the data points, and what the network says at the pointer."""

    def __init__(self, browser):
        self.browser = browser
        self.map = browser.Raster([browser.element("output-map")], CELLS, CELLS)
        self.map_canvas = browser.element("output-map")
        self.points = browser.element("output-points")
        self.title = browser.element("output-title")
        self.sentence = browser.element("pointer")
        self.remark, self.count = browser.element("output-remark"), browser.element("output-count")
        self.drawn = None
        self.place = None  # where the pointer is: (x1, x2)
        self.in_units = False  # whether it is said in the data's own units

    def draw(self, snapshot, values, shades, class_shades, theme, focus_name=None):
        """Draw the output, or what is pointed at in its place.

        Args:
            values: (cells, n) what is shown over a square; several columns are probabilities of
                classes.
        """
        discrete = snapshot.settings.discretize and focus_name is None
        pixels = shaded(values, shades, class_shades, discrete)
        self.map_canvas.hidden = False
        side = math.isqrt(len(values))
        self.map.resize(side, side)
        self.map.draw(pixels)
        self.draw_points(snapshot, shades, theme)
        title = TEXT["output"] if focus_name is None else focus_name
        self.browser.write(self.title, title)
        self.write_pointer(snapshot, values)

    def write_remark(self, snapshot, cells):
        """What is not drawn as finely, or not as completely, as it could be."""
        self.browser.write(self.remark, TEXT["coarser"] if cells < CELLS else "")
        problem, text = snapshot.problem, ""
        shares = [problem.train, problem.test][: 1 + snapshot.settings.show_test_data]
        counts = [len(rows.points) for rows in shares]
        if max(counts) > MOST_DRAWN:
            drawn = sum(min(count, MOST_DRAWN) for count in counts)
            text = TEXT["some_points"].format(drawn=drawn, all=sum(counts))
        self.browser.write(self.count, text)

    def draw_points(self, snapshot, shades, theme):
        box = self.points.getBoundingClientRect()
        problem, marked = snapshot.problem, snapshot.batch_rows
        key = (
            Identity(problem.train.points), Identity(problem.test.points),
            snapshot.settings.show_test_data, theme.ink, box.width, box.height,
            None if marked is None else marked.tobytes(),
        )  # fmt: skip
        if key == self.drawn or not box.width:
            return
        self.drawn = key
        ctx, width, height = self.browser.fit(self.points)
        self.paint_points(ctx, width, height, snapshot, shades, theme)
        if marked is not None:
            across, up = Linear(-EXTENT, EXTENT, 0, width), Linear(-EXTENT, EXTENT, height, 0)
            points = problem.train.points[marked]
            halo = [(scatter.rings(across(points[:, 0]), up(points[:, 1]), 7.0), "transparent")]
            scatter.draw(ctx, self.browser.path, halo, theme.ink, 2.0)

    def paint_points(self, ctx, width, height, snapshot, shades, theme):
        """Draw the data on any context."""
        problem = snapshot.problem
        across, up = Linear(-EXTENT, EXTENT, 0, width), Linear(-EXTENT, EXTENT, height, 0)
        radius = 3.6 if width >= 280 else 3.0
        if len(problem.train.points) > CROWD:
            radius *= 0.8
        if snapshot.settings.show_test_data:
            self.draw_rows(
                ctx, problem.test, problem.task, across, up, radius, DARK_RIM, shades, theme
            )
        self.draw_rows(
            ctx, problem.train, problem.task, across, up, radius, LIGHT_RIM, shades, theme
        )

    def draw_rows(self, ctx, rows, task, across, up, radius, rim, shades, theme):
        points, labels = rows.points[:MOST_DRAWN], rows.labels[:MOST_DRAWN]
        xs, ys = across(points[:, 0]), up(points[:, 1])
        if task == "regression":
            groups = scatter.value_groups(xs, ys, labels, shades, radius)
        else:
            classes = (labels if task == "multiclass" else labels < 0).astype(int)
            colours = point_colours(theme, task)
            groups = scatter.class_groups(xs, ys, classes, colours, radius)
        scatter.draw(ctx, self.browser.path, groups, rim, radius / 3)

    # The pointer --------------------------------------------------------------------------------

    def pointed(self, event):
        """The pointer moved to `event` over the picture, or left it (None)."""
        if event is None:
            self.place = None
            return
        box = self.points.getBoundingClientRect()
        x1 = Linear(0, box.width, -EXTENT, EXTENT)(event.clientX - box.left)
        x2 = Linear(0, box.height, EXTENT, -EXTENT)(event.clientY - box.top)
        self.place = x1, x2

    def nudge(self, across, down):
        """Move the place that is read out by arrow keys, from the middle on."""
        x1, x2 = self.place or (0.0, 0.0)
        x1, x2 = x1 + across * NUDGE, x2 - down * NUDGE
        self.place = min(max(x1, -EXTENT), EXTENT), min(max(x2, -EXTENT), EXTENT)

    def write_pointer(self, snapshot, values):
        problem = snapshot.problem
        text = "" if problem.axes is None else TEXT["axes"].format(*map(span, problem.axes))
        if self.in_units != (problem.axes is not None):  # sentences with units take two lines
            self.in_units = problem.axes is not None
            self.browser.root.toggleAttribute("data-in-units", self.in_units)
        if self.place is not None:
            x1, x2 = self.place
            cells = math.isqrt(len(values))
            column = int(np.clip((x1 + EXTENT) / (2 * EXTENT) * cells, 0, cells - 1))
            row = int(np.clip((EXTENT - x2) / (2 * EXTENT) * cells, 0, cells - 1))
            answer = values[row * cells + column]
            where = {"x": decimals(x1, 1), "y": decimals(x2, 1)}
            if problem.axes is not None:
                where = dict(zip("xy", map(in_units, problem.axes, (x1, x2)), strict=True))
            if len(answer) > 1:
                best = int(answer.argmax())
                name = TEXT["class_name"].format(number=best + 1)
                name = name if problem.axes is None else problem.class_names[best]
                certainty = percent(float(answer[best]))
                text = TEXT["pointer_class"].format(**where, name=name, certainty=certainty)
            else:
                text = TEXT["pointer"].format(**where, value=decimals(float(answer[0])))
                if problem.task == "binary":
                    text += TEXT["pointer_side"][int(answer[0] < 0)]
        self.browser.write(self.sentence, text)


def in_units(axis, place):
    """A place along an axis in the data's own unit, such as weight 3.2."""
    return f"{axis.name} {written(axis.value(place), axis)}"


def span(axis):
    """An axis and how far the picture reaches, such as weight 1.2 to 5.4."""
    ends = {"low": written(axis.value(-EXTENT), axis), "high": written(axis.value(EXTENT), axis)}
    return TEXT["axis"].format(name=axis.name, **ends)


def written(value, axis):
    """A value with as many places as the picture's width asks for."""
    places = max(0, 1 - math.floor(math.log10(2 * EXTENT * abs(axis.unit) or 1.0)))
    return decimals(value, min(places, 6))


def shaded(values, shades, class_shades, discrete=False):
    """Return the pixels of a map.

    Args:
        values: (cells, n): several columns are probabilities of classes.
    """
    if values.shape[1] > 1:
        return heatmap.regions(values, class_shades, discrete)
    column = values[:, 0]
    return heatmap.shade(heatmap.sides(column) if discrete else column, shades)
