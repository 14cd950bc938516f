"""Draws a whole frame: one snapshot, handed to the panels of the view, and the published state."""

from explorer.app.lab.lab import Lab, Scene
from explorer.drawing import palette
from explorer.frames.budget import CELLS, FINEST
from explorer.frames.deadline import LAB_PANELS, LAB_RUNNING, SHOWING, TILES, Deadline
from explorer.learning.map_computer import input_maps
from explorer.learning.maps import Maps, is_quick
from explorer.learning.projection import LINE_STEPS, shown_layer, warped
from explorer.panels.history import LAYERED, HistoryPanel
from explorer.panels.network.network import NetworkPanel
from explorer.panels.numbers import NumbersPanel
from explorer.panels.output import OutputPanel
from explorer.panels.travel import TravelPanel
from explorer.panels.warp import WarpPanel
from explorer.panels.weights import WeightCard
from explorer.settings.settings import INPUT_NAMES
from explorer.text.labels import LABELS
from explorer.text.notices import TEXT


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
        self.maps = Maps(CELLS[0], CELLS[-1])
        self.curves = None  # gives the chart's curves per layer; `want_curves` has them fetched
        self.want_curves = lambda: None
        self.awaits_data = lambda: False  # whether a table is being read or opened
        self.curves_lack = False  # whether they are not all worked out
        self.subject = None  # the network that the budget for pictures is about
        self.map_seconds = 0.0  # what the maps of the last picture took, and its tiles
        self.coarser = False  # whether the maps are not as fine as they get
        self.focus = None  # ("input", name) or ("unit", layer, unit): what is shown large
        self.follow_theme(None)

    def follow_theme(self, choice):
        """Take the reader's choice of theme ("light" or "dark"), or the system's (None)."""
        dark = choice == "dark" or (choice is None and self.browser.prefers_dark())
        self.theme = palette.THEMES["dark" if dark else "light"]
        self.shades = palette.diverging(self.theme)
        count = len(self.theme.classes)
        self.class_shades = palette.class_shades(self.theme, count)
        self.plane_shades = palette.class_shades(self.theme, count, strength=0.4)
        return dark

    def prepare(self, experiment, view, deadline):
        """Work on a network that has other tiles than the last picture's, at least one part, until
        the deadline; return whether the rest of the picture can be drawn now."""
        if view != "playground" and not self.lab.shows_network():
            return True
        showing = Deadline(self.browser.now, SHOWING)
        network, settings, problem = self.network, experiment.settings, experiment.problem
        structure = network.lacks(settings, problem)
        if structure is None:
            return True
        if not network.prepare(structure, deadline):
            return False
        snapshot = experiment.snapshot()
        if not network.prepare_links(snapshot, self.theme, deadline):
            return False
        on_plane = view == "playground"
        answers = self.maps.still(snapshot).small if on_plane else self.lab.answers(snapshot)
        if not network.coming.draw(answers, self.shades, deadline):
            return False
        awaited = network.coming.awaited
        if not awaited and not showing.left():
            network.coming.awaited = True  # a frame of their own, for the browser lays them out
            return False
        network.update(settings, problem)
        network.draw(snapshot, input_maps, answers, self.shades, self.theme, playing=False)
        return bool(deadline.left()) and not awaited

    def begin(self, view, player, whole):
        """Begin a new picture, of which `draw` then draws as much as a frame has time for.

        Args:
            player: Says whether training runs, and how much may be drawn then.
            whole: Whether everything has to be drawn nevertheless.
        """
        if view != "playground":
            turns = 1 if whole else player.budget.level + 1
            self.lab.begin(turns if player.is_running else None, whole)

    def draw(self, experiment, view, player):
        """Draw what the picture still lacks. Return the snapshot that it shows."""
        snapshot, playing = experiment.snapshot(), player.playing
        self.budget_for(snapshot, player.budget)
        cells = player.budget.cells if player.is_running else None
        if view == "playground":
            self.network.update(snapshot.settings, snapshot.problem)
            self.draw_playground(experiment, snapshot, playing, cells)
        else:
            colours = self.theme, self.shades, self.plane_shades
            self.coarser = False
            self.browser.publish(cells="")  # it has no map that could be coarser: panels take turns
            start = self.browser.now()
            seconds = LAB_RUNNING if player.is_running else LAB_PANELS
            deadline = Deadline(self.browser.now, seconds)
            self.lab.prepare(Scene(experiment, snapshot, playing, *colours), deadline)
            self.map_seconds = self.browser.now() - start
            self.curves_lack = False
            if self.lab.look.band == "chart":
                self.draw_history(experiment, snapshot, playing)
        self.numbers.draw(snapshot)
        self.card.draw(snapshot.params, experiment.frozen)
        self.publish(snapshot, playing)
        lacks = not player.is_running and not self.is_complete(view)
        working = player.is_finishing(experiment) or lacks or self.awaits_data()
        self.browser.publish(working="true" if working else "false")
        return snapshot

    def is_complete(self, view):
        """Whether a picture that stays is as it is to be, so that no frame draws the rest of it."""
        if view != "playground":
            return self.lab.complete and not self.curves_lack
        return self.maps.under_way is None and self.network.complete and not self.curves_lack

    def budget_for(self, snapshot, budget):
        """Another network begins with maps that are probably quick."""
        subject = snapshot.compiled or snapshot.model
        if subject is not self.subject:
            self.subject = subject
            quick = (level for level, cells in enumerate(CELLS) if is_quick(snapshot.model, cells))
            budget.other_pictures(next(quick, len(CELLS) - 1))

    def draw_playground(self, experiment, snapshot, playing, cells):
        """Draw the panels of the playground, as far as the frame has time.

        Args:
            cells: Along a side of the maps of a running training; None for a picture that stays.
        """
        start, maps = self.browser.now(), self.maps
        moving = cells is not None
        picture = maps.moving(snapshot, cells) if moving else maps.still(snapshot)
        layers, cells = picture.layers, picture.cells
        self.browser.publish(cells=str(cells))
        self.coarser = cells < FINEST
        self.network.draw(
            snapshot, input_maps, picture.small, self.shades, self.theme, playing,
            Deadline(self.browser.now, TILES),
        )  # fmt: skip
        self.map_seconds = self.browser.now() - start
        layer = shown_layer(snapshot.settings, snapshot.model)
        if layer is not None and self.focus is None:
            colours = self.theme, self.shades, self.class_shades
            self.warp.draw(warped(snapshot, layer), LINE_STEPS, snapshot, colours, cells)
        else:
            values, name = self.focused(snapshot, layers, cells)
            self.output.draw(snapshot, values, self.shades, self.class_shades, self.theme, name)
        self.output.write_remark(snapshot, cells)
        self.draw_history(experiment, snapshot, playing)

    def draw_history(self, experiment, snapshot, playing):
        """The chart, and the slider below it."""
        history, settings = experiment.history, snapshot.settings
        regression = snapshot.problem.task == "regression"
        layers = self.layer_curves(experiment, settings.chart, playing)
        self.history.draw(history, settings, self.theme, playing, regression, layers)
        self.travel.draw(experiment, self.history.first, self.history.last)

    def layer_curves(self, experiment, chart, playing):
        """What the chart shows of each layer, for a choice that has such curves."""
        self.curves_lack = False
        if chart not in LAYERED or not self.history.is_due(playing):
            return None
        if self.curves is None:
            self.want_curves()
            return None
        layers = self.curves.of(experiment, chart, playing)
        self.curves_lack = not self.curves.complete
        return layers

    def focused(self, snapshot, layers, cells):
        """(values over the plane, name) of what is shown large; the output has no name."""
        if self.focus is not None and self.focus[0] == "input":
            name = self.focus[1]
            if name in INPUT_NAMES or name == snapshot.settings.formula:
                return input_maps(cells, (name,)), LABELS.get(name, name)
        if self.focus is not None and self.focus[0] == "unit":
            _, layer, unit = self.focus
            most = len(layers) - (len(layers[-1].T) == 1)  # a single output is shown anyway
            if layer < most and unit < layers[layer].shape[1]:
                name = TEXT["neuron_name"].format(layer=layer + 1, unit=unit + 1)
                if layer == len(layers) - 1:
                    name = TEXT["output_name"].format(name=unit + 1)
                return layers[layer][:, unit : unit + 1], name
        return layers[-1], None

    def publish(self, snapshot, playing):
        last, problem = snapshot.last, snapshot.problem
        classifies = problem.task != "regression"
        self.browser.publish(
            playing="true" if playing else "false",
            epoch=str(snapshot.epoch),
            rows=str(len(problem.train.labels) + len(problem.test.labels)),
            columns=str(len(problem.input_names)),
            loss_train=exact(last.loss_train),
            loss_test=exact(last.loss_test),
            accuracy_train=exact(last.score_train) if classifies else "",
            accuracy_test=exact(last.score_test) if classifies else "",
        )
        self.browser.element("run").setAttribute("aria-label", TEXT["pause" if playing else "run"])


def exact(number):
    """A number in full precision, as tests and embedders read it; empty for a missing one."""
    return "" if number is None else repr(float(number))
