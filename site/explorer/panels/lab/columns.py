"""Pictures of the data itself: how one column is distributed, and two columns against each other.

For the step that standardizes, all columns on one axis, before and after.
"""

import numpy as np

from explorer.drawing.scales import Linear
from explorer.drawing.views import histogram, scatter
from explorer.drawing.views.ranges import paths, ranges
from explorer.text.labels import COLUMNS

BINS = 24
FEW_BINS = 12
NEAR = 12.0
FONT = "12px Inter, sans-serif"


class ColumnCharts:
    """Draws the charts above the table of data."""

    def __init__(self, browser):
        self.browser = browser
        names = (
            "distribution",
            "columns-scatter",
            "columns-marks",
            "ranges-before",
            "ranges-after",
        )
        self.canvases = {name: browser.element(name) for name in names}
        self.places, self.numbers = np.empty((0, 2)), np.empty(0, int)

    def fit(self, name):
        return self.browser.fit(self.canvases[name])

    # One column -------------------------------------------------------------------------------

    def draw_distribution(self, values, labels, n_classes, theme, shown):
        """Draw a column's distribution, class by class.

        Args:
            values: (n,) one column.
            shown: The axis's ends as texts are written by it.
        """
        ctx, width, height = self.fit("distribution")
        heights, edges = histogram.counts(values, labels, n_classes, BINS)
        floor = height - 20
        self.fill_bars(ctx, histogram.bars(heights, width, floor - 14), theme, 14)
        across = Linear(edges[0], edges[-1], 0, width)
        mean, std = values.mean(), values.std()
        ctx.strokeStyle, ctx.lineWidth = theme.ink, 1.5
        middle, left, right = (across(v) for v in (mean, mean - std, mean + std))
        ctx.stroke(self.browser.path(
            f"M{middle:.1f} 2V{floor:.1f}M{left:.1f} 7H{right:.1f}M{left:.1f} 4v6M{right:.1f} 4v6"
        ))  # fmt: skip
        self.write_ends(ctx, edges[0], edges[-1], width, height, theme, shown)

    def fill_bars(self, ctx, bars, theme, top=0.0):
        ctx.save()
        ctx.translate(0, top)
        colours = theme.classes if len(bars) > 1 else (theme.positive,)
        for path, colour in zip(bars, colours, strict=False):
            ctx.fillStyle = colour
            ctx.fill(self.browser.path(path))
        ctx.restore()

    def draw_small(self, canvases, X, labels, n_classes, theme):
        """One small distribution per column, for the table's head."""
        for canvas, values in zip(canvases, X.T, strict=True):
            ctx, width, height = self.browser.fit(canvas)
            heights, _ = histogram.counts(values, labels, n_classes, FEW_BINS)
            self.fill_bars(ctx, histogram.bars(heights, width, height, 0.6), theme)

    # Two columns ------------------------------------------------------------------------------

    def draw_scatter(self, points, labels, numbers, n_classes, theme, shown):
        """Draw one column against another.

        Args:
            points: (n, 2) two columns.
            numbers: The rows' places in the table.
        """
        ctx, width, height = self.fit("columns-scatter")
        low, high = points.min(axis=0), points.max(axis=0)
        margin = np.where(high > low, (high - low) * 0.05, 0.5)
        across = Linear(low[0] - margin[0], high[0] + margin[0], 26, width - 4)
        up = Linear(low[1] - margin[1], high[1] + margin[1], height - 20, 4)
        ctx.strokeStyle, ctx.lineWidth = theme.hairline, 1
        ctx.stroke(self.browser.path(f"M26 4V{height - 20:.1f}H{width - 4:.1f}"))
        self.places = np.column_stack([across(points[:, 0]), up(points[:, 1])])
        self.numbers, self.labels = numbers, labels
        self.draw_points(ctx, slice(None), n_classes, theme, theme.rim, 3.6)
        self.write_ends(ctx, low[0], high[0], width - 4, height, theme, shown, left=26)
        ctx.save()
        ctx.translate(18, height - 20)
        ctx.rotate(-np.pi / 2)
        self.write_ends(ctx, low[1], high[1], height - 24, 0, theme, shown, right_to_left=True)
        ctx.restore()

    def draw_points(self, ctx, part, n_classes, theme, rim, radius):
        colours = theme.classes if n_classes > 1 else (theme.positive,)
        xs, ys = self.places[part, 0], self.places[part, 1]
        groups = scatter.class_groups(xs, ys, self.labels[part].astype(int), colours, radius)
        scatter.draw(ctx, self.browser.path, groups, rim, 0.8)

    def draw_marks(self, selected, pointed, n_classes, theme):
        ctx, _, _ = self.fit("columns-marks")
        here = np.isin(self.numbers, list(selected))
        if here.any():
            self.draw_points(ctx, here, n_classes, theme, theme.ink, 4.6)
        here = self.numbers == pointed
        if here.any():
            x, y = self.places[here][0]
            ctx.strokeStyle, ctx.lineWidth = theme.ink, 2
            ctx.stroke(self.browser.path(scatter.rings([x], [y], 8.0)))

    def row_at(self, client_x, client_y):
        """The number of the row at a place of the window, or None."""
        box = self.canvases["columns-scatter"].getBoundingClientRect()
        if not len(self.places):
            return None
        distance = np.hypot(
            self.places[:, 0] - (client_x - box.left), self.places[:, 1] - (client_y - box.top)
        )
        best = int(distance.argmin())
        return int(self.numbers[best]) if distance[best] <= NEAR else None

    # All columns ------------------------------------------------------------------------------

    def draw_ranges(self, raw, scaled, names, theme):
        for name, X in (("ranges-before", raw), ("ranges-after", scaled)):
            ctx, width, height = self.fit(name)
            left = min(112, width * 0.3)
            spans = ranges(X)
            lines, bars, across = paths(spans, width - left - 4, height - 18)
            pitch = (height - 18) / len(names)
            if pitch >= 9:
                ctx.fillStyle, ctx.font = theme.second, "11px Inter, sans-serif"
                ctx.textAlign = "right"
                for k, column in enumerate(names):
                    ctx.fillText(COLUMNS.get(column, column), left - 8, (k + 0.5) * pitch + 4)
            ctx.save()
            ctx.translate(left, 0)
            ctx.strokeStyle, ctx.lineWidth = theme.hairline, 1
            ctx.stroke(self.browser.path(f"M{across(0):.1f} 0V{height - 18:.1f}"))
            ctx.strokeStyle, ctx.lineWidth = theme.third, 1.2
            ctx.stroke(self.browser.path(lines))
            ctx.fillStyle = theme.accent
            ctx.fill(self.browser.path(bars))
            ctx.fillStyle, ctx.font, ctx.textAlign = theme.second, FONT, "center"
            ctx.fillText("0", max(across(0), 4), height - 4)
            ctx.textAlign = "right"
            ctx.fillText(f"{spans.max():.3g}", width - left - 4, height - 4)
            ctx.restore()

    def write_ends(self, ctx, low, high, width, height, theme, shown, left=0, right_to_left=False):
        """The axis's two ends as numbers."""
        ctx.fillStyle, ctx.font = theme.second, FONT
        ctx.textAlign = "left"
        base = -4 if right_to_left else height - 5
        ctx.fillText(shown(low), left, base)
        ctx.textAlign = "right"
        ctx.fillText(shown(high), width, base)
