"""The chart's curves per layer: what is worked out in a frame, how the curves are called, and what
is to be said about them: a gradient that vanishes, neurons that are dead or saturated."""

import numpy as np

from explorer.drawing.figures import shown
from explorer.frames.deadline import CURVES_RUNNING, CURVES_STILL, Deadline
from explorer.learning.inside.over_time import OverTime
from explorer.learning.inside.remarks import LARGE, VANISHED
from explorer.panels.history import LayerCurves
from explorer.text.inside import INSIDE, REMARKS

MANY = 0.5  # of the slopes of a layer, from which on it is called saturated


class Curves:
    """Gives the chart what it shows of each layer."""

    def __init__(self, browser):
        self.browser, self.over_time = browser, OverTime()

    @property
    def complete(self):
        return self.over_time.complete

    def of(self, experiment, kind, playing):
        """The LayerCurves of an experiment; works on them for a part of this frame."""
        seconds = CURVES_RUNNING if playing else CURVES_STILL
        self.over_time.work(experiment, Deadline(self.browser.now, seconds))
        depth = len(experiment.model.layers)
        names = [INSIDE["curve_layer"].format(layer=k) for k in range(1, depth)]
        names.append(INSIDE["curve_output"])
        notes, note = {"gradient": gradient_note, "flat": flat_note}, ""
        if kind in notes:
            newest = self.over_time.columns(experiment, kind, 0)[1:, -1]
            note = notes[kind](experiment, newest, names)
        return LayerCurves(
            tuple(names), self.over_time.count,
            lambda last: self.over_time.columns(experiment, kind, last),
            note,
        )  # fmt: skip


def gradient_note(_experiment, newest, _names):
    """Return what is to be said about the gradients' lengths, or "".

    Args:
        newest: The lengths of the layers' gradients now.
    """
    first, last = newest[0], newest[-1]
    if np.nanmax(newest, initial=0.0) > LARGE:
        return REMARKS["exploding_run"].format(norm=shown(float(np.nanmax(newest))))
    if len(newest) > 1 and 0 < first * VANISHED < last:
        return REMARKS["vanishing"].format(ratio=shown(float(last / first)))
    return ""


def flat_note(experiment, newest, names):
    """Return what is to be said about the worst layer, or "".

    Args:
        newest: The layers' shares of dead or saturated units now.
    """
    found = []
    for layer, share, name in zip(experiment.model.layers, newest, names, strict=True):
        dead = layer.activation == "relu"
        if share > (0 if dead else MANY):
            found.append((share, "dead_share" if dead else "saturated_share", name))
    if not found:
        return ""
    share, key, name = max(found, key=lambda each: each[0])
    return REMARKS[key].format(layer=name, percent=f"{100 * share:.0f}")
