"""The losses or accuracies over time, as a chart with axes and values on hover (uPlot).

Flags above the chart mark the epochs at which a setting was changed while training ran.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

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
LAYERED = ("gradient", "flat", "update")  # choices that have a curve per layer
LOGARITHMIC = ("loss", "gradient", "update")
# Curves of layers differ by these, not by colour alone.
DASHES: tuple[list[int], ...] = ([], [7, 3], [2, 3], [9, 3, 2, 3])
# Those of kept runs by these.
KEPT_DASHES = ([2, 3], [8, 4], [8, 4, 2, 4], [1, 6], [14, 4], [4, 2, 1, 2])
MANY = 5  # more layers than these may not be seen at once
SMALL, LARGE = 1e-3, 1e4  # numbers beyond are written with a power of ten
COLUMNS = {"loss": ("loss_train", "loss_test"), "score": ("score_train", "score_test")}


@dataclass(frozen=True)
class LayerCurves:
    """A curve per layer.

    Attributes:
        names: What the layers are called.
        count: A number that grows when there are new numbers.
        columns: `columns(last)` returns (1 + layers, n) epochs and numbers, of all or the last
            epochs.
        note: What has to be said about them, or nothing.
    """

    names: tuple[str, ...]
    count: int
    columns: Callable
    note: str = ""


class HistoryPanel:
    """Keeps the chart up to date with an experiment's history."""

    def __init__(self, browser):
        self.browser = browser
        self.parent = browser.element("history")
        self.legend = browser.element("history-legend")
        self.flags = browser.element("flags")
        self.note = browser.element("history-note")
        self.plot = self.made_for = self.drawn = self.flagged = None
        self.drawn_at = -1.0
        self.first = self.last = 0  # the first epoch shown, and the last
        self.others = ()  # (name, epochs, losses) of runs that are kept
        self.legend_timer = browser.Timer(self.show_last)
        self.format = browser.callback(lambda _plot, value, *_: self.digits(value))

        self.ticks = browser.callback(
            lambda _plot, values, *_: browser.objects([tick(value) for value in values])
        )

    def is_due(self, playing):
        """Whether the chart may be drawn in this frame: ten times a second while training runs."""
        return not playing or self.browser.now() - self.drawn_at >= REDRAW

    def draw(self, history, settings, theme, playing, regression, layers=None):
        """Draw the chart if there is something new.

        Args:
            layers: The LayerCurves, for a choice that has them; None while they are on their way.
        """
        if not self.is_due(playing):
            return
        box = self.parent.getBoundingClientRect()
        if not box.width:
            return
        names = layers.names if layers else ()
        others = self.others if settings.chart == "loss" else ()
        names = names or tuple(name for name, _, _ in others)
        look = (
            theme.ink, settings.log_scale and settings.chart in LOGARITHMIC, round(box.width),
            round(box.height), settings.chart, regression, names,
        )  # fmt: skip
        if look != self.made_for:
            self.make(look, theme)
        last = history.records[-1]
        key = (Identity(history), last.epoch, last.loss_train, settings.all_epochs)
        key = (*key, layers and layers.count, Identity(self.others))
        if key != self.drawn:
            self.drawn, self.drawn_at = key, self.browser.now()
            span = None if settings.all_epochs else LAST
            columns = self.columns(history, settings, layers, span)
            self.first, self.last = int(columns[0, 0]), last.epoch
            if others:
                columns = self.with_others(columns, settings.all_epochs)
            self.browser.set_chart_data(self.plot, columns)
            self.last_place = int(np.searchsorted(columns[0], last.epoch))
            self.legend_timer.start(0.0)
        self.browser.write(self.note, layers.note if layers else "")
        self.draw_flags(history, self.last)

    def with_others(self, columns, all_epochs):
        """The columns and one more for each kept run, over the epochs of all; NaN stands where a
        run has none."""
        epochs = columns[0]
        for _, x, _ in self.others if all_epochs else ():
            epochs = np.union1d(epochs, x)
        self.last = int(epochs[-1])
        lines = [(columns[0], y) for y in columns[1:]] + [(x, y) for _, x, y in self.others]
        between = [np.interp(epochs, x, y, left=np.nan, right=np.nan) for x, y in lines]
        return np.array([epochs, *between])

    def columns(self, history, settings, layers, span):
        """What the chart shows: epochs first, then a row per curve."""
        if settings.chart not in LAYERED:
            return history.columns(("epoch", *COLUMNS[settings.chart]), span)
        if layers is None:
            return history.columns(("epoch",), span)
        columns = layers.columns(span)
        if settings.log_scale and settings.chart in LOGARITHMIC:
            columns[1:][columns[1:] <= 0] = np.nan  # they have no place on such a scale
        return columns

    def show_last(self):
        """Write the newest values into the legend, unless the reader points at the curve."""
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

    def digits(self, value):
        """A value in the legend; those of layers stand in narrow columns."""
        layered = self.made_for is not None and self.made_for[4] in LAYERED
        return three_digits(value) if layered else few_digits(value)

    def make(self, look, theme):
        if self.plot is not None:
            n_curves = len(curves_of(self.made_for, theme))
            self.browser.set_chart_data(self.plot, np.empty((1 + n_curves, 0)))  # nobody keeps them
            self.plot.destroy()
        self.made_for, self.drawn = look, None
        _, log_scale, width, height, chart, *_ = look
        usual = {"value": self.format, "points": {"show": False}, "spanGaps": True}
        axis = {
            "stroke": theme.second, "font": AXIS, "ticks": {"show": False},
            "grid": {"stroke": theme.hairline, "width": 1},
        }  # fmt: skip
        up = axis | {"size": MARGIN_LEFT, "space": 24}
        if chart in LAYERED:
            up["values"] = self.ticks  # the chart's own have three decimals
        self.plot = self.browser.chart(
            {
                "width": width, "height": height, "padding": [14, MARGIN_RIGHT, 0, 0],
                "scales": {"x": {"time": False}, "y": {"distr": 3 if log_scale else 1}},
                "axes": [axis | {"size": 24, "incrs": STEPS}, up],
                "cursor": {"points": {"size": 6}, "drag": {"x": False, "y": False}},
                "series": [
                    {"label": TEXT["epoch"]}, *(curve | usual for curve in curves_of(look, theme))
                ],
            },
            self.parent,
        )  # fmt: skip
        self.legend.replaceChildren(self.plot.root.querySelector(".u-legend"))
        for value in self.legend.querySelectorAll(".u-value"):
            value.setAttribute("translate", "no")
        self.legend.toggleAttribute("data-layers", chart in LAYERED)
        self.legend.tabIndex = 0 if len(self.made_for[-1]) > MANY else -1  # it may be scrolled


def curves_of(look, theme):
    """How each curve of the chart is called and drawn."""
    *_, chart, regression, names = look
    if chart in LAYERED:
        colours = theme.accent, theme.negative, theme.classes[2], theme.second
        looks = [(colours[k % 4], DASHES[(k + k // 4) % 4]) for k in range(len(names))]
        return [
            {"label": name, "stroke": colour, "width": 1.8, "dash": dash}
            for name, (colour, dash) in zip(names, looks, strict=True)
        ]
    kind = "loss" if chart == "loss" else "r2" if regression else "accuracy"
    return [
        {"label": TEXT[f"{kind}_train"], "stroke": theme.accent, "width": 2},
        {"label": TEXT[f"{kind}_test"], "stroke": theme.second, "width": 1.5, "dash": [5, 4]},
        *(
            {"label": name, "stroke": theme.third, "width": 1.5, "dash": kept_dashes(place)}
            for place, name in enumerate(names)
        ),
    ]


def kept_dashes(place):
    """The dashes of the line of kept run number `place`, in the chart and on its card."""
    return KEPT_DASHES[place % len(KEPT_DASHES)]


def few_digits(value):
    """Four decimals, or a power of ten for what would have none of them."""
    if isinstance(value, int | float) and 0 < abs(value) < SMALL:
        return f"{value:.1e}"
    return decimals(value, 4)


def tick(value):
    """What stands at a tick of the upright axis; nothing where the chart wants no label."""
    return f"{value:.3g}" if isinstance(value, int | float) else ""  # null: JavaScript has two


def three_digits(value):
    """Three significant digits in six characters at most, but for the rarest."""
    if not isinstance(value, int | float) or not math.isfinite(value):
        return few_digits(value)
    if value and not SMALL <= abs(value) < LARGE:
        return f"{value:.1e}".replace("e-0", "e-").replace("e+0", "e")
    places = 2 - math.floor(math.log10(abs(value))) if value else 0
    return f"{value:.{max(min(places, 4), 0)}f}"
