"""What a layer has learned: its two numbers per row as a plane, with the rows on it.

Behind the points lies what the output layer makes of every place, where the place decides it.
Its borders are straight, because a softmax of two numbers compares weighted sums. Piles in the
corners are taken apart, so that a pile's area says how many rows lie there. Rows that are
selected or pointed at are drawn once more, on a canvas of their own.
"""

import numpy as np

from explorer.drawing.scales import Linear, decimals
from explorer.drawing.views import heatmap, scatter
from explorer.drawing.views.borders import borders
from explorer.text.wine import WINE

RADIUS = 3.8
RIM = 0.8
TOGETHER = 2  # marks that one call draws: few, so that a mark in a pile covers the rims below it
MOST_CALLS = 200  # that draw the marks of a share
MOST_SPREAD = 22.0  # pixels: how far a pile in a corner is spread at most
NEAR = 14.0  # pixels within which the pointer finds a row
DARK_RIM, LIGHT_RIM = "#1d1f24", "#ffffff"


class PlanePanel:
    """Draws a plane, and knows which row lies where."""

    def __init__(self, browser, cells):
        self.browser = browser
        self.cells = cells
        self.map = browser.Raster([browser.element("plane-map")], cells, cells)
        self.map_canvas = browser.element("plane-map")
        self.points = browser.element("plane-points")
        self.marks = browser.element("plane-marks")
        self.title = browser.element("plane-title")
        self.remark = browser.element("plane-remark")
        self.places = np.empty((0, 2))  # where the rows are drawn, in CSS pixels
        self.numbers = np.empty(0, int)  # which rows of the table these are

    def draw_ground(self, plane, problem, tables):
        """What lies behind the rows, and where they lie; `draw` then draws them.

        Args:
            tables: (shades per class, shades from negative to positive).
        """
        self.plane = plane
        self.write_heads(plane)
        self.draw_map(plane, problem, tables)
        width, height = self.size()
        self.across = Linear(-plane.reach, plane.reach, 0, width)
        self.up = Linear(-plane.reach, plane.reach, height, 0)
        self.place(plane, problem, self.across, self.up)

    def draw(self, problem, tables, theme):
        """The rows, on the ground that was drawn."""
        plane, across, up = self.plane, self.across, self.up
        ctx, width, height = self.browser.fit(self.points, across.end, up.start)
        self.draw_borders(ctx, plane, across, up, theme)
        self.draw_frame(ctx, plane, across, up, width, height, theme)
        count = len(plane.train)
        shares = (
            (slice(count, None), problem.test, DARK_RIM if theme.rim == LIGHT_RIM else LIGHT_RIM),
            (slice(count), problem.train, theme.rim),
        )
        for part, rows, rim in shares:
            self.draw_rows(ctx, self.places[part], rows.labels, problem, tables, theme, rim)

    def size(self):
        """(width, height) of the picture in CSS pixels."""
        box = self.points.getBoundingClientRect()
        return box.width, box.height

    @staticmethod
    def title_of(plane):
        title = WINE["plane_title" if plane.layer else "plane_inputs"]
        return title.format(layer=plane.layer)

    def write_heads(self, plane):
        self.browser.write(self.title, self.title_of(plane))
        remark = ""
        if plane.kind != "two":
            many = "plane_more" if plane.layer else "plane_table"
            text = WINE["plane_one" if plane.kind == "one" else many]
            name = WINE["layer"].format(layer=plane.layer)
            remark = text.format(name=name, units=plane.units)
        self.browser.write(self.remark, remark)
        self.browser.root.setAttribute("data-plane", plane.kind)

    def draw_map(self, plane, problem, tables):
        """The tint behind the points; none where the place does not decide the answer."""
        self.map_canvas.hidden = not plane.decides
        if plane.decides:
            outputs = plane.outputs(self.cells)
            if problem.task == "regression":
                self.map.draw(heatmap.shade(outputs[:, 0], tables[1], -2, 2))
            else:
                self.map.draw(heatmap.regions(outputs, tables[0]))

    def draw_borders(self, ctx, plane, across, up, theme):
        weighing = plane.weighing
        if weighing is None:
            return
        lines = "".join(
            f"M{across(x0):.1f} {up(y0):.1f}L{across(x1):.1f} {up(y1):.1f}"
            for x0, y0, x1, y1 in borders(*weighing, plane.reach).tolist()
        )
        ctx.strokeStyle, ctx.lineWidth, ctx.globalAlpha = theme.ink, 1.2, 0.55
        ctx.stroke(self.browser.path(lines))
        ctx.globalAlpha = 1.0

    def draw_frame(self, ctx, plane, across, up, width, height, theme):
        """The dotted square [-1, 1]^2 with its numbers, and the names of the axes."""
        ctx.strokeStyle, ctx.lineWidth = theme.third, 1
        left, top, side = across(-1), up(1), across(1) - across(-1)
        if side > 40:
            steps = np.arange(0, side, 5).tolist()
            ctx.stroke(self.browser.path("".join(
                f"M{left + i:.1f} {top:.1f}h2M{left + i:.1f} {top + side:.1f}h2"
                f"M{left:.1f} {top + i:.1f}v2M{left + side:.1f} {top + i:.1f}v2" for i in steps
            )))  # fmt: skip
        ctx.fillStyle, ctx.font = theme.second, "13px Inter, sans-serif"
        ctx.textAlign = "center"
        ends = (-1, 1) if side > 40 else (-plane.reach * 0.9, plane.reach * 0.9)
        for value in ends:
            text = decimals(float(value), 0)
            ctx.fillText(text, across(value), height - 8)
            if plane.kind != "one":
                ctx.fillText(text, 12, up(value) + 5)
        names = [WINE[f"axis_{plane.kind}"].format(number=number) for number in plane.axes]
        ctx.fillText(names[0], across(0), height - 8)
        if plane.kind != "one":
            ctx.save()
            ctx.translate(16, up(0))
            ctx.rotate(-np.pi / 2)
            ctx.fillText(names[1], 0, 0)
            ctx.restore()

    def place(self, plane, problem, across, up):
        """Work out where every row is drawn: training rows first, then those held back."""
        points = np.nan_to_num(np.vstack([plane.train, plane.test]))
        places = np.column_stack([across(points[:, 0]), up(points[:, 1])])
        most = min(MOST_SPREAD, (across.end - across.start) / 20)
        self.places = places + scatter.spread(places[:, 0], places[:, 1], most=most)
        if problem.split is not None:
            self.numbers = np.concatenate([problem.split.train, problem.split.test])

    def draw_rows(self, ctx, places, labels, problem, tables, theme, rim, radius=RADIUS):
        xs, ys = places[:, 0], places[:, 1]
        if problem.task == "regression":
            groups = scatter.value_groups(xs, ys, labels / 2, tables[1], radius)
        else:
            classes = labels.astype(int)
            together = max(TOGETHER, len(xs) // MOST_CALLS)
            groups = scatter.class_groups(xs, ys, classes, theme.classes, radius, together)
        scatter.draw(ctx, self.browser.path, groups, rim, RIM)

    # Rows that stand out ----------------------------------------------------------------------

    def draw_marks(self, problem, selected, pointed, tables, theme):
        """Draw selected rows large with a dark rim, and a ring around the one pointed at."""
        ctx, _, _ = self.browser.fit(self.marks)
        here = np.isin(self.numbers, list(selected))
        if here.any():
            labels = np.concatenate([problem.train.labels, problem.test.labels])[here]
            self.draw_rows(
                ctx, self.places[here], labels, problem, tables, theme, theme.ink, RADIUS + 1
            )
        here = self.numbers == pointed
        if here.any():
            x, y = self.places[here][0]
            ctx.strokeStyle, ctx.lineWidth = theme.ink, 2
            ctx.stroke(self.browser.path(scatter.rings([x], [y], 8.5)))

    def row_at(self, client_x, client_y):
        """The number of the row nearest to a place of the window, or None if none is near."""
        box = self.points.getBoundingClientRect()
        if not len(self.places):
            return None
        distance = np.hypot(
            self.places[:, 0] - (client_x - box.left), self.places[:, 1] - (client_y - box.top)
        )
        best = int(distance.argmin())
        return int(self.numbers[best]) if distance[best] <= NEAR else None
