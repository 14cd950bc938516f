"""The chart's curves per layer: what is worked out in a frame, and how the curves are called."""

from explorer.frames.deadline import CURVES_RUNNING, CURVES_STILL, Deadline
from explorer.learning.inside.over_time import OverTime
from explorer.panels.history import LayerCurves
from explorer.text.inside import INSIDE


class Curves:
    """Gives the chart what it shows of each layer."""

    def __init__(self, browser):
        self.browser, self.over_time = browser, OverTime()
        self.due = 0.0

    @property
    def complete(self):
        return self.over_time.complete

    def of(self, experiment, kind, playing):
        """The LayerCurves of an experiment; works on them for a part of this frame."""
        seconds = CURVES_RUNNING if playing else CURVES_STILL
        self.over_time.work(experiment, Deadline(self.browser.now, seconds))
        depth = len(experiment.model.layers)
        names = [INSIDE["curve_layer"].format(layer=k) for k in range(1, depth)]
        return LayerCurves(
            (*names, INSIDE["curve_output"]), self.over_time.count,
            lambda last: self.over_time.columns(experiment, kind, last),
        )  # fmt: skip
