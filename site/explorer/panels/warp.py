"""What a hidden layer has made of the plane: its grid, bent, and the points where it puts them.

Shown in the place of the output. Where the layer has two units, the tint behind says what the
layers that follow make of every place: with one layer to follow, its border is a straight line.
"""

import numpy as np

from explorer.drawing.palette import point_colours
from explorer.drawing.scales import Linear
from explorer.drawing.views import heatmap, scatter
from explorer.panels.output import MOST_DRAWN
from explorer.text.notices import TEXT
from explorer.text.wine import WINE

RADIUS = 3.4


class WarpPanel:
    """Draws into the canvases of the output panel."""

    def __init__(self, browser, output):
        self.browser, self.output = browser, output
        self.map = browser.element("output-map")

    def draw(self, plane, line_steps, snapshot, colours, cells):
        """Draw the bent grid over the plane of a layer.

        Args:
            plane: The layer's, its test rows the lines of the grid, `line_steps` points each.
            colours: Theme, diverging shades, shades per class.
            cells: Along a side of the tint.
        """
        theme, shades, class_shades = colours
        output, problem = self.output, snapshot.problem
        output.drawn = None  # the points are drawn anew when the output comes back
        self.map.hidden = not plane.decides
        if plane.decides:
            self.draw_map(plane, problem, shades, class_shades, cells)
        ctx, width, height = self.browser.fit(output.points)
        across = Linear(-plane.reach, plane.reach, 0, width)
        up = Linear(-plane.reach, plane.reach, height, 0)
        if plane.kind != "one":
            self.draw_lines(ctx, plane.test, line_steps, across, up, theme)
        points = np.nan_to_num(plane.train[:MOST_DRAWN])
        xs, ys = across(points[:, 0]), up(points[:, 1])
        labels = problem.train.labels[:MOST_DRAWN]
        if problem.task == "regression":
            groups = scatter.value_groups(xs, ys, labels, shades, RADIUS)
        else:
            classes = (labels if problem.task == "multiclass" else labels < 0).astype(int)
            groups = scatter.class_groups(
                xs, ys, classes, point_colours(theme, problem.task), RADIUS
            )
        scatter.draw(ctx, self.browser.path, groups, "#ffffff")
        self.browser.write(output.title, WINE["plane_title"].format(layer=plane.layer))
        a, b = plane.axes
        sentence = TEXT[f"warp_{plane.kind}"].format(units=plane.units, a=a, b=b)
        self.browser.write(output.sentence, sentence)

    def draw_map(self, plane, problem, shades, class_shades, cells):
        outputs = plane.outputs(cells)
        self.output.map.resize(cells, cells)
        if problem.task == "multiclass":
            self.output.map.draw(heatmap.regions(outputs, class_shades))
            return
        values = outputs[:, 0]
        if problem.loss == "binary_crossentropy":
            values = 2 * values - 1
        self.output.map.draw(heatmap.shade(values, shades))

    def draw_lines(self, ctx, points, line_steps, across, up, theme):
        """The lines of the grid; those through the middle of the plane are stronger."""
        places = np.column_stack([across(points[:, 0]), up(points[:, 1])])
        places = np.clip(np.nan_to_num(places), -1e4, 1e4)
        lines = places.reshape(-1, line_steps, 2)
        half = len(lines) // 2
        middle = {half // 2, half + half // 2}
        ctx.strokeStyle = theme.ink
        for chosen, width, strength in ((False, 0.8, 0.35), (True, 1.6, 0.7)):
            ctx.lineWidth, ctx.globalAlpha = width, strength
            text = "".join(
                "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in line.tolist())
                for number, line in enumerate(lines)
                if (number in middle) == chosen
            )
            ctx.stroke(self.browser.path(text))
        ctx.globalAlpha = 1.0
