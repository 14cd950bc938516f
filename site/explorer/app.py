"""The application: settings and experiments of both views, what can be done, and the clock.

What the reader does arrives here as an action with a name, or as new settings; `events` knows
how. Each frame pulls training and has the stage draw one snapshot.
"""

from dataclasses import replace

from explorer import controls, link
from explorer.announcer import Announcer
from explorer.experiment import Experiment
from explorer.knobs import plain
from explorer.panels.layers import LayerMenus
from explorer.panels.notices import Notices
from explorer.panels.share import SharePanel, apply_hidden
from explorer.player import Player
from explorer.settings import DEFAULTS, KNOBS, LEARNING_RATES, NOTHING
from explorer.stage import Stage
from explorer.strings import CHOICES, LABELS, LOOK_FOR, TEXT
from explorer.undo import Undo


class App:
    """Everything between the browser and the experiments."""

    def __init__(self, browser):
        self.browser = browser
        self.player = Player(browser.now)
        self.settings = dict(DEFAULTS)  # the settings of each view
        self.experiments = {}
        self.view = "playground"
        self.stage = Stage(browser)
        self.notices = Notices(browser)
        self.share = SharePanel(browser)
        self.layer_menus = LayerMenus(browser)
        self.announcer = Announcer(browser)
        self.undo = Undo(self.restore)
        self.before = None  # the state before a change that is still going on (a slider dragged)
        self.theme_choice = browser.stored("theme")  # None follows the system
        self.stale = True  # whether the picture has to be drawn although nothing was trained

    def start(self):
        """Takes the settings from the link, draws the first frame and starts the clock."""
        browser = self.browser
        browser.report = self.failed
        if self.theme_choice:
            browser.publish(theme=self.theme_choice)
        self.follow_theme()
        self.fold()
        self.open_link()
        self.frame()
        browser.publish(state="ready")
        browser.each_frame(self.frame)

    def fold(self):
        """Data and exercise are folded away where they would push the picture down."""
        for node in self.browser.elements(".fold"):
            node.open = not self.browser.is_narrow()

    @property
    def current(self):
        return self.settings[self.view]

    @property
    def experiment(self):
        return self.experiments[self.view]

    # Settings -----------------------------------------------------------------------------------

    def open_link(self):
        """Shows what the address asks for, and says what in it could not be used."""
        text = self.browser.link_text().removeprefix("#")
        if self.view in self.experiments and text == link.encode(self.current):
            return
        settings, problems = link.decode(text)
        known = settings.view in self.experiments
        if not known:
            self.settings[settings.view] = settings
        self.show_view(settings.view)
        if known:
            self.take(settings)
        if problems:
            self.notices.show("link", TEXT["link_problem_title"], "; ".join(problems) + ".")

    def take(self, settings):
        """Makes `settings` the ones of this view. What undoes training also pauses."""
        old = self.current
        self.settings[self.view] = settings
        if self.experiment.change(settings) != NOTHING:
            self.pause()
            self.stage.card.close()
        elif self.experiment.epoch:
            self.mark_change(old, settings)
        self.settings_shown()

    def mark_change(self, old, new):
        """Flags on the chart what was changed while training."""
        for name in ("learning_rate", "regularization", "regularization_rate", "batch_size",
                     "optimizer", "momentum", "schedule", "shuffle"):  # fmt: skip
            if getattr(old, name) != getattr(new, name):
                value = CHOICES.get(name, {}).get(getattr(new, name), new.text(name))
                self.experiment.history.mark(self.experiment.epoch, f"{LABELS[name]} {value}")

    def state(self, with_training):
        """What undo puts back: the settings, and for weights and data the whole training."""
        training = dict(vars(self.experiment)) if with_training else None
        return self.view, self.current, training

    def restore(self, state):
        view, settings, training = state
        if view != self.view:
            self.show_view(view)
        if training is None:
            self.take(settings)
        else:
            self.pause()
            self.settings[view] = settings
            vars(self.experiment).update(training)
            self.experiment.training = None
            self.stage.card.close()
        self.settings_shown(keep=True)

    def change(self, settings, settled=True):
        """A change by the reader: can be undone, and is a step of the Back button.

        settled: whether the change is complete; a slider that is dragged is not yet.
        """
        if settings != self.current:
            if self.before is None:
                self.before = self.state(with_training=True)
            if controls.draws_anew(self.current, settings):
                settings = replace(settings, seed=self.new_seed())
            self.take(settings)
        if settled and self.before is not None:
            same = (self.experiment.problem, self.experiment.model)
            before = (self.before[2]["problem"], self.before[2]["model"])
            live = all(now is then for now, then in zip(same, before, strict=True))
            self.note(self.before, live)

    def note(self, before, live=False):
        """Makes the way from the state `before` to now a step of undo.

        live: nothing of the training was undone, so that taking it back undoes none either.
        """
        if live:
            before = (*before[:2], None)
        self.undo.changed(before, self.state(with_training=not live))
        self.before = None
        self.settings_shown(keep=True)

    def settings_shown(self, keep=False):
        """Brings controls and address up to date; `keep` makes it a step of the Back button."""
        s, browser = self.current, self.browser
        controls.show(browser, s)
        self.layer_menus.show(s)
        browser.write(browser.element("layer-count"), str(len(s.network_shape)))
        browser.write(browser.element("seed-shown"), s.seed)
        problem, heading = self.experiment.problem, TEXT["inputs"]
        if not problem.on_plane:
            rows = len(problem.train.inputs) + len(problem.test.inputs)
            heading = TEXT["table"].format(rows=rows, columns=len(problem.input_names))
        browser.write(browser.element("network-title"), heading)
        browser.write(browser.element("look-for"), LOOK_FOR.get(s.dataset_name, ""))
        kind = KNOBS["network_shape"].metadata["kind"]
        self.enable("add-layer", len(s.network_shape) < kind.most_layers)
        self.enable("remove-layer", len(s.network_shape) > 0)
        self.enable("undo", bool(self.undo.past))
        self.enable("redo", bool(self.undo.future))
        apply_hidden(browser, s)
        browser.set_link(link.encode(s), keep)
        self.share.update(s)
        self.stale = True

    def enable(self, action, allowed):
        for node in self.browser.elements(f'[data-action="{action}"]'):
            node.disabled = not allowed

    # What can be done -----------------------------------------------------------------------------

    def toggle(self):
        """Run or pause. Run at the end of a run begins it again."""
        if not self.player.playing:
            self.before = None
            if self.experiment.finished and not self.experiment.diverged:
                self.experiment.reset()
            self.notices.close("diverged")
        self.player.toggle()

    def pause(self):
        self.player.pause()
        self.notices.close("diverged")

    def step(self):
        self.pause()
        if self.current.speed == "slow":
            self.experiment.step_batch()
        else:
            self.experiment.step()

    def reset(self):
        self.pause()
        self.experiment.reset()

    def regenerate(self):
        before = self.state(with_training=True)
        self.experiment.regenerate(self.new_seed())
        self.settings[self.view] = self.experiment.settings
        self.note(before)

    def new_seed(self):
        seed = self.browser.random_seed()
        return seed if self.view == "playground" else str(int(seed[2:]))

    def try_shape(self, shape):
        """Takes other numbers of units per hidden layer, within the limits."""
        kind = KNOBS["network_shape"].metadata["kind"]
        if len(shape) <= kind.most_layers and all(1 <= u <= kind.most_units for u in shape):
            self.change(replace(self.current, network_shape=tuple(shape)))

    def resize(self, layer, change):
        """Adds or removes a neuron of hidden layer `layer` (1 is the first)."""
        shape = list(self.current.network_shape)
        shape[layer - 1] += change
        self.try_shape(shape)

    def open_preset(self, text):
        """Opens a preset's settings, from the start."""
        settings, _ = link.decode(text)
        if settings.view != self.view:
            self.show_view(settings.view)
        self.change(settings)
        self.reset()

    def set_param(self, index, value, settled):
        """Sets a weight or a bias by hand."""
        if self.before is None:
            self.before = self.state(with_training=True)
        self.experiment.set_param(index, value)
        if settled:
            self.note(self.before)
        self.stale = True

    def travel(self, epoch):
        """Shows an earlier epoch; training goes on from there."""
        self.pause()
        self.experiment.go_to(self.experiment.history.nearest(epoch))

    def go_on_with(self, rate):
        """After a blow-up: on from the last good state, with a smaller learning rate."""
        self.change(self.current.with_text("learning_rate", rate))
        self.notices.close("diverged")
        self.player.play()

    def start_over_with(self, rate):
        self.change(self.current.with_text("learning_rate", rate))
        self.reset()

    # View and theme -------------------------------------------------------------------------------

    def show_view(self, view):
        self.pause()
        self.view = view
        if view not in self.experiments:
            self.experiments[view] = Experiment(self.current)
        self.browser.publish(view=view)
        for tab in self.browser.elements('[role="tab"]'):
            chosen = tab.getAttribute("data-value") == view
            tab.setAttribute("aria-selected", "true" if chosen else "false")
            tab.tabIndex = 0 if chosen else -1
        self.browser.element("stage").setAttribute("aria-labelledby", f"tab-{view}")
        self.stage.card.close()
        self.settings_shown(keep=True)

    def follow_theme(self):
        dark = self.stage.follow_theme(self.theme_choice)
        for node in self.browser.elements('[data-action="theme"]'):
            node.setAttribute("aria-pressed", "true" if dark else "false")
        self.stale = True

    def switch_theme(self):
        self.theme_choice = "light" if self.stage.follow_theme(self.theme_choice) else "dark"
        self.browser.publish(theme=self.theme_choice)
        self.browser.store("theme", self.theme_choice)
        self.follow_theme()

    # The frame --------------------------------------------------------------------------------------

    def frame(self):
        """Trains for a frame and draws it, if there is anything new."""
        was_playing = self.player.playing
        steps = self.player.frame(self.experiment, self.current.speed)
        if steps or self.stale or was_playing != self.player.playing:
            self.stale = False
            snapshot = self.stage.draw(self.experiment, self.view, self.player.playing)
            if snapshot.diverged_at is not None:
                self.say_diverged(snapshot)
            self.announcer.frame(snapshot, self.player.playing)

    def say_diverged(self, snapshot):
        """Training has blown up: what happened, at which epoch, why, and the ways on."""
        if "diverged" in self.notices.shown:
            return
        rate = self.current.learning_rate
        smaller = plain(max([r for r in LEARNING_RATES if r <= rate / 3] or [rate / 10]))
        self.notices.show(
            "diverged", TEXT["diverged_title"],
            TEXT["diverged"].format(
                epoch=snapshot.diverged_at, rate=plain(rate), good=snapshot.epoch
            ),
            [
                (TEXT["smaller_rate"].format(rate=smaller), "start-over-with", smaller),
                (TEXT["keep_on"].format(epoch=snapshot.epoch, rate=smaller), "go-on-with", smaller),
            ],
        )  # fmt: skip

    def failed(self, message):
        """An exception in a callback: say so, and let the page go on."""
        self.player.pause()
        self.browser.log_error(message)
        self.notices.show("error", TEXT["error_title"], TEXT["error"], details=message)
