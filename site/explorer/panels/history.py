"""The losses over time, as a chart with axes, a legend and values on hover (uPlot)."""

from explorer.strings import TEXT

AXIS = "12px Inter, sans-serif"
REDRAW = 0.1  # seconds between two drawings while training runs
LAST = 200


class HistoryPanel:
    """Keeps the chart up to date with an experiment's history."""

    def __init__(self, browser):
        self.browser = browser
        self.parent = browser.element("history")
        self.plot = self.made_for = self.drawn = None
        self.drawn_at = -1.0

    def draw(self, history, settings, theme, playing):
        """Draws the chart if there is something new, at most ten times a second."""
        box = self.parent.getBoundingClientRect()
        look = (theme.ink, settings.log_scale, round(box.width), round(box.height))
        if look != self.made_for and box.width:
            self.make(look, theme)
        last = history.records[-1]
        key = (id(history), last.epoch, last.loss_train, settings.all_epochs, look)
        if key == self.drawn or (playing and self.browser.now() - self.drawn_at < REDRAW):
            return
        self.drawn, self.drawn_at = key, self.browser.now()
        span = None if settings.all_epochs else LAST
        columns = history.columns(("epoch", "loss_train", "loss_test"), span)
        self.browser.set_chart_data(self.plot, columns)

    def make(self, look, theme):
        if self.plot is not None:
            self.plot.destroy()
        self.made_for, self.drawn = look, None
        _, log_scale, width, height = look
        axis = {
            "stroke": theme.second, "font": AXIS, "ticks": {"show": False},
            "grid": {"stroke": theme.hairline, "width": 1},
        }  # fmt: skip
        self.plot = self.browser.chart(
            {
                "width": width, "height": height - 30, "padding": [10, 20, 0, 0],
                "scales": {"x": {"time": False}, "y": {"distr": 3 if log_scale else 1}},
                "axes": [axis | {"size": 26}, axis | {"size": 52, "space": 24}],
                "cursor": {"points": {"size": 6}, "drag": {"x": False, "y": False}},
                "series": [
                    {"label": TEXT["epoch"]},
                    {"label": TEXT["loss_train"], "stroke": theme.accent, "width": 2, "points": {"show": False}},
                    {"label": TEXT["loss_test"], "stroke": theme.second, "width": 1.5, "dash": [5, 4], "points": {"show": False}},
                ],
            },
            self.parent,
        )  # fmt: skip
