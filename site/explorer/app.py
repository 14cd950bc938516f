"""The application: settings and experiments of both views, actions, and the frame.

Actions come in by name from the page's elements (`data-action`), changes of settings by the
form elements. Each frame pulls training, takes one snapshot, hands it to the panels, and
publishes the state.
"""

from dataclasses import replace

from explorer import controls, link, palette
from explorer.experiment import Experiment
from explorer.knobs import BadValue, plain
from explorer.panels.film import FilmPanel
from explorer.panels.history import HistoryPanel
from explorer.panels.network import NetworkPanel
from explorer.panels.notices import Notices
from explorer.panels.output import CELLS, OutputPanel
from explorer.panels.plane import PlanePanel
from explorer.player import Player
from explorer.scales import decimals, grouped, percent
from explorer.settings import DEFAULTS, KNOBS, LEARNING_RATES
from explorer.snapshot import PLANE_CELLS, input_maps
from explorer.strings import LOOK_FOR, TEXT


class App:
    """Everything between the browser and the experiments."""

    def __init__(self, browser):
        self.browser = browser
        self.player = Player(browser.now)
        self.settings = dict(DEFAULTS)  # the settings of each view
        self.experiments = {}
        self.view = "playground"
        self.notices = Notices(browser)
        self.network = NetworkPanel(browser)
        self.output = OutputPanel(browser)
        self.plane = PlanePanel(browser, PLANE_CELLS)
        self.history = HistoryPanel(browser)
        self.film = FilmPanel(browser)
        self.theme_choice = None  # the reader's own; None follows the system
        self.stale = True  # whether the picture has to be drawn although nothing was trained
        self.actions = {
            "run": lambda _: self.player.toggle(),
            "step": lambda _: self.step(),
            "reset": lambda _: self.reset(),
            "regenerate": lambda _: self.regenerate(),
            "new-seed": lambda _: self.take(replace(self.current, seed=self.new_seed())),
            "view": self.show_view,
            "theme": lambda _: self.switch_theme(),
            "add-layer": lambda _: self.reshape(lambda shape: (*shape, 2)),
            "remove-layer": lambda _: self.reshape(lambda shape: shape[:-1]),
            "add-neuron": lambda layer: self.resize(int(layer), +1),
            "remove-neuron": lambda layer: self.resize(int(layer), -1),
            "close": self.notices.close,
            "learning-rate": self.start_over_with_rate,
        }

    # Start ----------------------------------------------------------------------------------

    def start(self):
        """Takes the settings from the link, draws the first frame and starts the clock."""
        browser = self.browser
        browser.report = self.failed
        self.follow_theme()
        self.open_link()
        document = browser.document
        browser.listen(document, "click", self.clicked)
        browser.listen(document, "change", self.form_changed)
        browser.listen(document, "input", self.form_changed)
        browser.listen(browser.js.window, "hashchange", lambda _: self.open_link())
        browser.listen(browser.js.window, "resize", lambda _: self.redraw())
        browser.on_media("(prefers-color-scheme: dark)", self.follow_theme)
        self.frame()
        browser.publish(state="ready")
        browser.each_frame(self.frame)

    def open_link(self):
        """Shows what the address asks for, and says what in it could not be used."""
        text = self.browser.link_text()
        if text.removeprefix("#") == link.encode(self.current) and self.view in self.experiments:
            return
        settings, problems = link.decode(text)
        self.settings[settings.view] = settings
        self.experiments.pop(settings.view, None)
        self.show_view(settings.view)
        if problems:
            self.notices.show("link", TEXT["link_problem_title"], "; ".join(problems) + ".")

    # Settings and actions -------------------------------------------------------------------

    @property
    def current(self):
        return self.settings[self.view]

    @property
    def experiment(self):
        return self.experiments[self.view]

    def clicked(self, event):
        node = self.browser.closest(event.target, "[data-action]")
        if node is not None and not node.disabled:
            action = self.actions.get(node.getAttribute("data-action"))
            if action is not None:
                action(node.getAttribute("data-value"))
                self.redraw()

    def form_changed(self, event):
        node = event.target
        try:
            settings = controls.changed(self.current, node)
        except BadValue as error:
            self.notices.show("value", TEXT["link_problem_title"], f"{node.name} {error}")
            settings = self.current
        if settings is not None and settings != self.current:
            if controls.draws_anew(self.current, settings):
                settings = replace(settings, seed=self.new_seed())
            self.take(settings)

    def take(self, settings):
        """Makes `settings` the ones of this view. What undoes training also pauses."""
        self.settings[self.view] = settings
        if self.experiment.change(settings) != "nothing":
            self.player.pause()
            self.notices.close("diverged")
        self.settings_shown()

    def settings_shown(self):
        """Brings controls and address up to date with the settings."""
        s = self.current
        controls.show(self.browser, s)
        self.browser.write(self.browser.element("layer-count"), str(len(s.network_shape)))
        self.browser.write(self.browser.element("seed-shown"), s.seed)
        self.browser.write(self.browser.element("look-for"), LOOK_FOR.get(s.dataset_name, ""))
        kind = KNOBS["network_shape"].metadata["kind"]
        self.enable("add-layer", len(s.network_shape) < kind.most_layers)
        self.enable("remove-layer", len(s.network_shape) > 0)
        self.browser.set_link(link.encode(s))
        self.redraw()

    def enable(self, action, allowed):
        for node in self.browser.elements(f'[data-action="{action}"]'):
            node.disabled = not allowed

    def reshape(self, change):
        """Adds or removes a hidden layer, within the limits."""
        self.try_shape(change(self.current.network_shape))

    def resize(self, layer, change):
        """Adds or removes a neuron of hidden layer `layer` (1 is the first)."""
        shape = list(self.current.network_shape)
        shape[layer - 1] += change
        self.try_shape(tuple(shape))

    def try_shape(self, shape):
        kind = KNOBS["network_shape"].metadata["kind"]
        if len(shape) <= kind.most_layers and all(1 <= u <= kind.most_units for u in shape):
            self.take(replace(self.current, network_shape=shape))

    def new_seed(self):
        seed = self.browser.random_seed()
        return seed if self.view == "playground" else str(int(seed[2:]))

    def step(self):
        self.player.pause()
        self.experiment.step()

    def reset(self):
        self.player.pause()
        self.notices.close("diverged")
        self.experiment.reset()

    def regenerate(self):
        seed = self.new_seed()
        self.experiment.regenerate(seed)
        self.settings[self.view] = self.experiment.settings
        self.settings_shown()

    def start_over_with_rate(self, rate):
        self.take(self.current.with_text("learning_rate", rate))
        self.reset()

    # View and theme ---------------------------------------------------------------------------

    def show_view(self, view):
        self.player.pause()
        self.view = view
        if view not in self.experiments:
            self.experiments[view] = Experiment(self.current)
        self.browser.publish(view=view)
        for tab in self.browser.elements('[role="tab"]'):
            chosen = tab.getAttribute("data-value") == view
            tab.setAttribute("aria-selected", "true" if chosen else "false")
            tab.tabIndex = 0 if chosen else -1
        self.browser.element("stage").setAttribute("aria-labelledby", f"tab-{view}")
        self.settings_shown()

    def follow_theme(self):
        dark = self.theme_choice == "dark" or (
            self.theme_choice is None and self.browser.prefers_dark()
        )
        self.theme = palette.THEMES["dark" if dark else "light"]
        self.shades = palette.diverging(self.theme)
        self.class_shades = palette.class_shades(self.theme, len(self.theme.classes))
        for node in self.browser.elements('[data-action="theme"]'):
            node.setAttribute("aria-pressed", "true" if dark else "false")
        self.redraw()

    def switch_theme(self):
        dark = self.theme is palette.THEMES["dark"]
        self.theme_choice = "light" if dark else "dark"
        self.browser.publish(theme=self.theme_choice)
        self.follow_theme()

    # The frame --------------------------------------------------------------------------------

    def redraw(self):
        self.stale = True

    def frame(self):
        """Trains for a frame and draws it, if there is anything new."""
        was_playing = self.player.playing
        if was_playing and self.experiment.finished:
            self.experiment.reset()  # Run at the end of the run starts it again
        steps = self.player.frame(self.experiment, self.current.speed)
        if steps or self.stale or was_playing != self.player.playing:
            self.stale = False
            self.draw()

    def draw(self):
        snapshot = self.experiment.snapshot()
        self.network.update(self.current, snapshot.problem)
        if self.view == "playground":
            self.draw_playground(snapshot)
        else:
            self.draw_wine(snapshot)
        self.publish(snapshot)

    def draw_playground(self, snapshot):
        layers = snapshot.maps(CELLS)
        tiles = [layer.reshape(CELLS, CELLS, -1)[::2, ::2].reshape(-1, layer.shape[1]) for layer in layers]
        self.network.draw(snapshot, input_maps, tiles, self.shades, self.theme)
        self.output.draw(snapshot, layers[-1], self.shades, self.class_shades, self.theme)
        self.history.draw(
            self.experiment.history, self.current, self.theme, self.player.playing
        )

    def draw_wine(self, snapshot):
        self.network.draw(snapshot, input_maps, snapshot.responses, self.shades, self.theme)
        self.plane.draw(snapshot, self.class_shades, self.theme)
        self.film.draw(self.experiment, self.theme)
        write, element = self.browser.write, self.browser.element
        write(element("wine-accuracy"), percent(snapshot.last.score_train))
        write(element("wine-loss"), decimals(snapshot.last.loss_train, 4))
        self.mark_steps(snapshot)

    def mark_steps(self, snapshot):
        """Marks the steps of the exercise that are done, and the one that is next."""
        trained = snapshot.settings.stop_epoch > 0 and snapshot.epoch >= snapshot.settings.stop_epoch
        done = 6 if trained else 3
        for node in self.browser.elements("[data-step]"):
            number = int(node.getAttribute("data-step"))
            node.toggleAttribute("data-done", number <= done)
            if number == done + 1:
                node.setAttribute("aria-current", "step")
            else:
                node.removeAttribute("aria-current")

    def publish(self, snapshot):
        browser, last = self.browser, snapshot.last
        playing = self.player.playing
        classifies = snapshot.problem.task != "regression"
        browser.publish(
            playing="true" if playing else "false",
            epoch=str(snapshot.epoch),
            loss_train=exact(last.loss_train),
            loss_test=exact(last.loss_test),
            accuracy_train=exact(last.score_train) if classifies else "",
            accuracy_test=exact(last.score_test) if classifies else "",
        )
        browser.write(browser.element("epoch"), grouped(snapshot.epoch))
        browser.element("run").setAttribute("aria-label", TEXT["pause" if playing else "run"])
        if snapshot.diverged_at is not None:
            self.say_diverged(snapshot)

    def say_diverged(self, snapshot):
        if "diverged" in self.notices.shown:
            return
        rate = self.current.learning_rate
        smaller = max([r for r in LEARNING_RATES if r <= rate / 3] or [rate / 10])
        self.notices.show(
            "diverged", TEXT["diverged_title"],
            TEXT["diverged"].format(epoch=snapshot.diverged_at, rate=plain(rate)),
            [(TEXT["smaller_rate"].format(rate=plain(smaller)), "learning-rate", plain(smaller))],
        )  # fmt: skip

    def failed(self, message):
        """An exception in a callback: say so, and let the page go on."""
        self.player.pause()
        self.browser.js.console.error(message)
        self.notices.show("error", TEXT["error_title"], TEXT["error"], details=message)


def exact(number):
    """A number in full precision, as tests and embedders read it; empty for a missing one."""
    return "" if number is None else repr(float(number))
