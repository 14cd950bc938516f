"""The large picture of the playground: the network's answer over the plane, and the data on it.

The points lie on a canvas of their own, above the heatmap, and are drawn again only when the
data, the theme or the size change.
"""

from explorer.palette import point_colours
from explorer.problem import EXTENT
from explorer.scales import Linear, decimals
from explorer.views import heatmap, scatter

CELLS = 100


class OutputPanel:
    """Draws outputs over the plane, the data points, and the two losses."""

    def __init__(self, browser):
        self.browser = browser
        self.map = browser.Raster([browser.element("output-map")], CELLS, CELLS)
        self.points = browser.element("output-points")
        self.numbers = {"loss_train": browser.element("loss-train"), "loss_test": browser.element("loss-test")}
        self.drawn = None

    def draw(self, snapshot, outputs, shades, class_shades, theme):
        """outputs: (CELLS * CELLS, n_outputs) what is shown over the plane."""
        discrete = snapshot.settings.discretize
        if outputs.shape[1] > 1:
            pixels = heatmap.regions(outputs, class_shades, discrete)
        else:
            values = outputs[:, 0]
            pixels = heatmap.shade(heatmap.sides(values) if discrete else values, shades)
        self.map.draw(pixels)
        self.draw_points(snapshot, shades, theme)
        for name, node in self.numbers.items():
            self.browser.write(node, decimals(getattr(snapshot.last, name)))

    def draw_points(self, snapshot, shades, theme):
        box = self.points.getBoundingClientRect()
        key = (
            id(snapshot.problem.train.points), snapshot.settings.show_test_data, theme.rim,
            box.width, box.height,
        )  # fmt: skip
        if key == self.drawn:
            return
        self.drawn = key
        ctx, width, height = self.browser.fit(self.points)
        shares = [(snapshot.problem.train, theme.panel if theme.rim == "#ffffff" else "#ffffff")]
        if snapshot.settings.show_test_data:
            shares.insert(0, (snapshot.problem.test, "#1d1f24"))
        radius = 3.6 if width >= 280 else 3
        for rows, rim in shares:
            xs = Linear(-EXTENT, EXTENT, 0, width)(rows.points[:, 0])
            ys = Linear(-EXTENT, EXTENT, height, 0)(rows.points[:, 1])
            task = snapshot.problem.task
            if task == "regression":
                groups = scatter.value_groups(xs, ys, rows.labels, shades, radius)
            else:
                classes = rows.labels if task == "multiclass" else (rows.labels > 0)
                groups = scatter.class_groups(
                    xs, ys, classes.astype(int), point_colours(theme, task), radius
                )
            scatter.draw(ctx, self.browser.path, groups, rim)
