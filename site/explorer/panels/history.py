"""The losses or accuracies over time, as a chart with axes and values on hover (uPlot).

Flags above the chart mark the epochs at which a setting was changed while training ran.
"""

import numpy as np

from explorer.drawing.identity import Identity
from explorer.drawing.scales import decimals
from explorer.frames.deadline import REDRAW
from explorer.panels.travel import MARGIN_LEFT, MARGIN_RIGHT
from explorer.text.labels import CHOICES, LABELS
from explorer.text.notices import TEXT

AXIS = "12px Inter, sans-serif"
LAST = 200
STEPS = [digit * 10**power for power in range(7) for digit in (1, 2, 5)]  # whole epochs only
COLUMNS = {"loss": ("loss_train", "loss_test"), "score": ("score_train", "score_test")}


class HistoryPanel:
    """Keeps the chart up to date with an experiment's history."""

    def __init__(self, browser):
        self.browser = browser
        self.parent = browser.element("history")
        self.legend = browser.element("history-legend")
        self.flags = browser.element("flags")
        self.plot = self.made_for = self.drawn = self.flagged = None
        self.drawn_at = -1.0
        self.first = 0  # the first epoch shown
        self.legend_timer = browser.Timer(self.show_last)
        self.format = browser.callback(lambda _plot, value, *_: decimals(value, 4))

    def draw(self, history, settings, theme, playing, regression):
        """Draws the chart if there is something new, at most ten times a second."""
        if playing and self.browser.now() - self.drawn_at < REDRAW:
            return
        box = self.parent.getBoundingClientRect()
        if not box.width:
            return
        look = (
            theme.ink, settings.log_scale and settings.chart == "loss", round(box.width),
            round(box.height), settings.chart, regression,
        )  # fmt: skip
        if look != self.made_for:
            self.make(look, theme)
        last = history.records[-1]
        key = (Identity(history), last.epoch, last.loss_train, settings.all_epochs)
        if key != self.drawn:
            self.drawn, self.drawn_at = key, self.browser.now()
            span = None if settings.all_epochs else LAST
            columns = history.columns(("epoch", *COLUMNS[settings.chart]), span)
            self.first = int(columns[0, 0])
            self.browser.set_chart_data(self.plot, columns)
            self.last_place = columns.shape[1] - 1
            self.legend_timer.start(0.0)
        self.draw_flags(history, last.epoch)

    def show_last(self):
        """Writes the newest values into the legend, unless the reader points at the curve."""
        if not self.plot.cursor.left > 0:
            self.plot.setLegend(self.browser.objects({"idx": self.last_place}))

    def draw_flags(self, history, last):
        key = (self.first, last, len(history.marks), Identity(history))
        if key == self.flagged:
            return
        self.flagged = key
        self.flags.replaceChildren()
        for epoch, name, value in history.marks:
            if self.first <= epoch <= last:
                part = (epoch - self.first) / max(last - self.first, 1)
                words = {"name": LABELS[name], "value": CHOICES.get(name, {}).get(value, value)}
                label = TEXT["flag"].format(epoch=epoch, **words)
                flag = self.browser.create(
                    "i", self.flags, class_="flag", title=label, role="img", aria_label=label
                )
                inner = MARGIN_LEFT + MARGIN_RIGHT
                flag.style.left = f"calc({MARGIN_LEFT}px + (100% - {inner}px) * {part:.5f})"

    def make(self, look, theme):
        if self.plot is not None:
            self.browser.set_chart_data(self.plot, np.empty((3, 0)))  # nobody keeps them
            self.plot.destroy()
        self.made_for, self.drawn = look, None
        _, log_scale, width, height, chart, regression = look
        kind = "loss" if chart == "loss" else "r2" if regression else "accuracy"
        axis = {
            "stroke": theme.second, "font": AXIS, "ticks": {"show": False},
            "grid": {"stroke": theme.hairline, "width": 1},
        }  # fmt: skip
        self.plot = self.browser.chart(
            {
                "width": width, "height": height, "padding": [14, MARGIN_RIGHT, 0, 0],
                "scales": {"x": {"time": False}, "y": {"distr": 3 if log_scale else 1}},
                "axes": [
                    axis | {"size": 24, "incrs": STEPS}, axis | {"size": MARGIN_LEFT, "space": 24}
                ],
                "cursor": {"points": {"size": 6}, "drag": {"x": False, "y": False}},
                "series": [
                    {"label": TEXT["epoch"]},
                    {
                        "label": TEXT[f"{kind}_train"], "stroke": theme.accent, "width": 2,
                        "value": self.format, "points": {"show": False},
                    },
                    {
                        "label": TEXT[f"{kind}_test"], "stroke": theme.second, "width": 1.5,
                        "dash": [5, 4], "value": self.format, "points": {"show": False},
                    },
                ],
            },
            self.parent,
        )  # fmt: skip
        self.legend.replaceChildren(self.plot.root.querySelector(".u-legend"))
