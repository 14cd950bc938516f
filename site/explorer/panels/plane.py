"""What the last hidden layer has learned: its two numbers as a plane, with the data on it.

Behind the points lies what the output layer makes of every place of the plane. Its borders are
straight, because a softmax of two numbers compares weighted sums.
"""

import numpy as np

from explorer.scales import Linear
from explorer.strings import TEXT
from explorer.views import heatmap, scatter

JITTER = 4.0  # pixels
WARNING = 0.01  # a class is lost when less than this share of it is right


class PlanePanel:
    """Draws the feature plane, the counts per class, and a sentence when a class is lost."""

    def __init__(self, browser, cells):
        self.browser = browser
        self.map = browser.Raster([browser.element("plane-map")], cells, cells)
        self.points = browser.element("plane-points")
        self.counts = browser.element("class-counts")
        self.sentence = browser.element("class-lost")
        self.items = []

    def draw(self, snapshot, class_shades, theme):
        if not snapshot.has_plane:
            return
        features, reach, outputs = snapshot.plane
        self.map.draw(heatmap.regions(outputs, class_shades))
        ctx, width, height = self.browser.fit(self.points)
        across, up = Linear(-reach, reach, 0, width), Linear(-reach, reach, height, 0)
        self.draw_frame(ctx, across, up, width, height, theme)
        offsets = scatter.jitter(len(features), JITTER)
        features = np.nan_to_num(features)
        groups = scatter.class_groups(
            across(features[:, 0]) + offsets[:, 0], up(features[:, 1]) + offsets[:, 1],
            snapshot.problem.train.labels, theme.classes, 4.2,
        )  # fmt: skip
        scatter.draw(ctx, self.browser.path, groups, theme.rim)
        self.write_counts(snapshot)

    def draw_frame(self, ctx, across, up, width, height, theme):
        """The square [-1, 1]^2, dotted, and the names of the axes."""
        ctx.strokeStyle = theme.third
        ctx.lineWidth = 1
        left, top, side = across(-1), up(1), across(1) - across(-1)
        dots = "".join(
            f"M{left + i:.1f} {top:.1f}h2M{left + i:.1f} {top + side:.1f}h2"
            f"M{left:.1f} {top + i:.1f}v2M{left + side:.1f} {top + i:.1f}v2"
            for i in np.arange(0, side, 5)
        )
        ctx.stroke(self.browser.path(dots))
        ctx.fillStyle = theme.second
        ctx.font = "13px Inter, sans-serif"
        ctx.textAlign = "right"
        ctx.fillText(TEXT["feature"].format(number=1), width - 12, height - 10)
        ctx.save()
        ctx.translate(18, 12)
        ctx.rotate(-np.pi / 2)
        ctx.fillText(TEXT["feature"].format(number=2), 0, 0)
        ctx.restore()

    def write_counts(self, snapshot):
        labels = snapshot.problem.train.labels
        answers = snapshot.responses[-1].argmax(axis=1)
        names = snapshot.problem.class_names
        if len(self.items) != len(names):
            self.make_items(len(names))
        lost = []
        for c, (name, node) in enumerate(zip(names, self.items, strict=True)):
            here = labels == c
            right = int((answers[here] == c).sum())
            count = TEXT["class_count"].format(name=name, right=right, all=int(here.sum()))
            self.browser.write(node, count)
            if right < WARNING * here.sum():
                lost.append(name)
        text = TEXT["class_lost"].format(name=", ".join(lost)) if lost and snapshot.epoch else ""
        self.browser.write(self.sentence, text)

    def make_items(self, count):
        self.counts.replaceChildren()
        self.items = []
        for number in range(1, count + 1):
            item = self.browser.create("li", self.counts)
            item.appendChild(self.browser.copy_of(f"#class-marks [data-class='{number}']"))
            self.items.append(self.browser.create("span", item))
