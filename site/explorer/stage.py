"""Draws a whole frame: one snapshot, handed to the panels of the view, and the published state."""

from explorer import palette
from explorer.lab import Lab
from explorer.panels.history import HistoryPanel
from explorer.panels.network import NetworkPanel
from explorer.panels.numbers import NumbersPanel
from explorer.panels.output import CELLS, OutputPanel
from explorer.panels.travel import TravelPanel
from explorer.panels.warp import WarpPanel
from explorer.panels.weights import WeightCard
from explorer.plane import LINE_STEPS, shown_layer, warped
from explorer.settings import INPUT_NAMES
from explorer.snapshot import input_maps
from explorer.strings import LABELS, TEXT


class Stage:
    """All panels, and the theme that they share."""

    def __init__(self, browser):
        self.browser = browser
        self.network = NetworkPanel(browser)
        self.output = OutputPanel(browser)
        self.warp = WarpPanel(browser, self.output)
        self.history = HistoryPanel(browser)
        self.travel = TravelPanel(browser)
        self.numbers = NumbersPanel(browser)
        self.card = WeightCard(browser)
        self.lab = Lab(browser, self.network)
        self.focus = None  # ("input", name) or ("unit", layer, unit): what is shown large
        self.follow_theme(None)

    def follow_theme(self, choice):
        """Takes the reader's choice of theme ("light" or "dark"), or the system's (None)."""
        dark = choice == "dark" or (choice is None and self.browser.prefers_dark())
        self.theme = palette.THEMES["dark" if dark else "light"]
        self.shades = palette.diverging(self.theme)
        count = len(self.theme.classes)
        self.class_shades = palette.class_shades(self.theme, count)
        self.plane_shades = palette.class_shades(self.theme, count, strength=0.4)
        return dark

    def draw(self, experiment, view, playing):
        snapshot = experiment.snapshot()
        if view == "playground":
            self.network.update(snapshot.settings, snapshot.problem)
            self.draw_playground(experiment, snapshot, playing)
        else:
            colours = self.theme, self.shades, self.plane_shades
            self.lab.draw(experiment, snapshot, playing, colours)
        self.numbers.draw(snapshot)
        self.card.draw(snapshot.params, experiment.frozen)
        self.publish(snapshot, playing)
        return snapshot

    def draw_playground(self, experiment, snapshot, playing):
        layers = snapshot.maps(CELLS)
        self.network.draw(
            snapshot, input_maps, [thinned(m) for m in layers], self.shades, self.theme, playing
        )
        layer = shown_layer(snapshot.settings, snapshot.model)
        if layer is not None and self.focus is None:
            colours = self.theme, self.shades, self.class_shades
            self.warp.draw(warped(snapshot, layer), LINE_STEPS, snapshot, colours)
        else:
            values, name = self.focused(snapshot, layers)
            self.output.draw(snapshot, values, self.shades, self.class_shades, self.theme, name)
        history, settings = experiment.history, snapshot.settings
        regression = snapshot.problem.task == "regression"
        self.history.draw(history, settings, self.theme, playing, regression)
        self.travel.draw(experiment, self.history.first)

    def focused(self, snapshot, layers):
        """(values over the plane, name) of what is shown large; the output has no name."""
        if self.focus is not None and self.focus[0] == "input":
            place = INPUT_NAMES.index(self.focus[1])
            return input_maps(CELLS)[:, place : place + 1], LABELS[self.focus[1]]
        if self.focus is not None:
            _, layer, unit = self.focus
            if (layer < len(layers) - 1 or len(layers[-1].T) > 1) and unit < layers[layer].shape[1]:
                name = TEXT["neuron_name"].format(layer=layer + 1, unit=unit + 1)
                if layer == len(layers) - 1:
                    name = TEXT["output_name"].format(name=unit + 1)
                return layers[layer][:, unit : unit + 1], name
        return layers[-1], None

    def publish(self, snapshot, playing):
        last, classifies = snapshot.last, snapshot.problem.task != "regression"
        self.browser.publish(
            playing="true" if playing else "false",
            epoch=str(snapshot.epoch),
            loss_train=exact(last.loss_train),
            loss_test=exact(last.loss_test),
            accuracy_train=exact(last.score_train) if classifies else "",
            accuracy_test=exact(last.score_test) if classifies else "",
        )
        self.browser.element("run").setAttribute("aria-label", TEXT["pause" if playing else "run"])


def thinned(values, cells=CELLS):
    """Every other cell both ways: (cells^2, units) to (cells^2 / 4, units), for the small tiles."""
    return values.T.reshape(-1, cells, cells)[:, ::2, ::2].reshape(values.shape[1], -1).T


def exact(number):
    """A number in full precision, as tests and embedders read it; empty for a missing one."""
    return "" if number is None else repr(float(number))
