"""The application: the session, the player and the stage, and what can be done.

What the reader does arrives as a named action (see `events`); each frame is the `loop`'s.
"""

from explorer.app.announcer import Announcer
from explorer.app.background import Background
from explorer.app.code_door import CodeDoor
from explorer.app.inside_door import InsideDoor
from explorer.app.lessons_door import LessonsDoor
from explorer.app.loop import Loop
from explorer.app.notebook_door import NotebookDoor
from explorer.app.own_door import OwnDoor
from explorer.app.parts import Parts
from explorer.app.printing import Printing
from explorer.app.runs_door import RunsDoor
from explorer.app.stage import Stage
from explorer.forms import bind
from explorer.frames.player import Player
from explorer.learning import features
from explorer.panels.network.layers import LayerMenus
from explorer.panels.notices import Notices
from explorer.panels.share import SharePanel, apply_hidden
from explorer.session.session import Session
from explorer.settings import link
from explorer.settings.settings import KNOBS, NOTHING
from explorer.text.errors import ERRORS
from explorer.text.notices import TEXT
from explorer.text.presets import LOOK_FOR


class App:
    """Everything between the browser and the experiments.

    Args:
        engine: An nncore.kernel Engine that runs compiled networks; None leaves all to NumPy.
    """

    def __init__(self, browser, engine=None):
        self.browser = browser
        self.session = Session(browser.random_seed, engine)
        self.player = Player(browser.now)
        self.stage = Stage(browser)
        self.notices = Notices(browser)
        self.share = SharePanel(browser)
        self.parts = Parts(browser, self.notices)
        self.code = CodeDoor(self)
        self.inside = InsideDoor(self)
        self.runs, self.notebook = RunsDoor(self), NotebookDoor(self)
        self.lessons = LessonsDoor(self)
        self.layer_menus = LayerMenus(browser, self.change)
        self.announcer = Announcer(browser)
        self.background = Background(self)
        self.theme_choice = browser.stored("theme")  # None follows the system
        self.engine_name = browser.element("engine-name")
        # What a press does, by name, beside what events knows.
        self.actions = {"seed-weights": lambda _: self.changed(self.session.draw_weights())}
        self.fields = {"#travel": lambda node, _: self.travel(int(node.value))}
        self.own, self.followers = OwnDoor(self), []  # told of drawn frames and changed settings
        self.stale = True
        self.printing = Printing(self)
        self.loop = Loop(self)

    def start(self):
        """Take the settings from the link, draw the first frame and start the clock."""
        browser = self.browser
        browser.report = self.failed
        self.inside.listen()
        self.printing.listen()
        if self.theme_choice:
            browser.publish(theme=self.theme_choice)
        self.follow_theme()
        self.fold()
        self.notebook.open_link()
        self.draw()
        while not (self.stage.lab.complete and self.stage.network.complete):
            self.draw(rest=True)
        for node in browser.elements(".first"):
            node.remove()  # Python has drawn the same picture in the same places
        browser.publish(state="ready")
        browser.each_frame(self.loop.frame)
        self.runs.restore()

    @property
    def stale(self):
        """Whether the picture has to be drawn although nothing was trained."""
        return self._stale

    @stale.setter
    def stale(self, stale):
        self._stale = stale
        if stale and not self.notebook.is_open:  # there it waits until the reader comes back
            self.browser.publish(working="true")

    @property
    def current(self):
        return self.session.current

    @property
    def experiment(self):
        return self.session.experiment

    # Settings ---------------------------------------------------------------------------------

    def open_link(self):
        """Show what the address asks for, and say what in it could not be used."""
        text = self.browser.link_text().removeprefix("#")
        lesson, text = self.lessons.split(text)
        another = self.lessons.note(lesson)
        if self.session.experiments and text == link.encode(self.current):
            if another:
                self.lessons.follow()
            return
        self.pause()
        self.stage.card.close()  # its numbers are those of the network that was there
        self.own.restore(text)
        problems = self.session.open(text)
        self.view_shown(keep=False)
        if problems:
            said = ERRORS["all"].format(faults=ERRORS["and"].join(problems))
            self.notices.show("link", TEXT["link_problem_title"], said)
        if another:
            self.lessons.follow(anew=not text)

    def change(self, settings, settled=True):
        """A change of settings by the reader. What undoes training also pauses."""
        self.changed(self.session.change(settings, settled), settled)

    def resize(self, shape):
        self.changed(self.session.resize(shape))

    def changed(self, undone, settled=True):
        """Bring the page up to date after a change that undid `undone`."""
        if undone != NOTHING:
            self.pause()
            self.stage.card.close()
        self.settings_shown(settled)

    def settings_shown(self, settled=True, keep=True):
        """Bring the controls up to date, and the address unless a change still goes on.

        Args:
            keep: Whether the new address is a step of the Back button, not in the old one's place.
        """
        s, browser = self.current, self.browser
        bind.show(browser, s)
        self.layer_menus.show(s)
        self.stage.lab.show(s)
        browser.write(browser.element("layer-count"), str(len(s.network_shape)))
        advice = LOOK_FOR.get(s.dataset_name, "")
        if s.view == "playground" and not features.chosen(s):
            advice = TEXT["no_inputs"]
        browser.write(browser.element("look-for"), advice)
        layers = len(s.network_shape)
        for option in browser.elements('select[name="plane_layer"] option'):
            option.hidden = int(option.getAttribute("value")) > layers
        self.enable("add-layer", layers < KNOBS["network_shape"].metadata["kind"].most_layers)
        self.enable("remove-layer", layers > 0)
        self.enable("undo", self.session.can_undo)
        self.enable("redo", self.session.can_redo)
        apply_hidden(browser, s)
        if settled:
            browser.set_link(self.lessons.link(link.encode(s)), keep)
            for follower in self.followers:
                follower.changed(s)
        self.update_share()
        self.stale = True

    def update_share(self):
        self.share.update(self.current, self.session.too_many)

    def enable(self, action, allowed):
        for node in self.browser.elements(f'[data-action="{action}"]'):
            node.disabled = not allowed

    # What can be done -------------------------------------------------------------------------

    def toggle(self):
        """Run or pause. Run at the end of a run begins it again."""
        if not self.player.playing:
            if self.lessons.holds():
                return
            if self.experiment.finished and not self.experiment.diverged:
                self.reset()
            self.notices.close("diverged")
        self.player.toggle()

    def pause(self):
        self.player.pause()
        self.notices.close("diverged")

    def step(self):
        """One epoch; in slow motion one batch; inside a step, one place on."""
        if self.inside.step() or self.lessons.holds():
            return
        self.notices.close("diverged")
        self.player.step(self.experiment, self.current.speed)

    def reset(self):
        self.pause()
        if self.session.reset():
            self.settings_shown(keep=False)

    def regenerate(self):
        self.session.regenerate()
        self.settings_shown()

    def undo(self, again=False):
        """Take the last change back, or make it again."""
        self.session.take_back(again)
        self.pause()
        self.stage.card.close()
        self.view_shown()

    def open_preset(self, text):
        """Open a preset's settings, from the start."""
        settings, _ = link.decode(text)
        self.session.show(settings.view)
        self.changed(self.session.change(settings, exactly=True))
        self.reset()
        self.view_shown()

    def travel(self, epoch):
        """Show an earlier epoch; training goes on from there."""
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

    # View and theme ---------------------------------------------------------------------------

    def show_view(self, view):
        self.pause()
        self.stage.card.close()
        self.session.show(view)
        self.view_shown()

    def view_shown(self, keep=True):
        """Show the view; bring tabs, controls and address up to date with it."""
        view = self.session.view
        self.notebook.leave()
        self.notebook.show_tabs(view)
        self.browser.element("stage").setAttribute("aria-labelledby", f"tab-{view}")
        self.settings_shown(keep=keep)

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

    def fold(self):
        """Data and exercise are folded away where they would push the picture down."""
        for node in self.browser.elements(".fold"):
            node.open = not self.browser.is_narrow()

    # The picture ------------------------------------------------------------------------------

    def draw(self, rest=False):
        """Draw the picture of now, or the rest of it, and tell all who follow."""
        player, start = self.player, self.browser.now()
        view = self.session.view
        if not rest:
            self.stage.begin(view, player, whole=self.stale)
        snapshot = self.stage.draw(self.experiment, view, player)
        self.stale = False
        self.inside.frame(snapshot, player.is_running)
        if snapshot.diverged_at is not None:
            self.notices.diverged(snapshot)
        self.notices.faults(self.stage.lab.new_faults(snapshot))
        self.announcer.frame(snapshot, player.playing, self.stage.coarser)
        if self.code.made:
            self.code.made.frame(player.playing)
        for follower in self.followers:
            follower.frame(snapshot, player.playing)
        name = TEXT["engine_runs"].format(name=snapshot.engine_name)
        self.browser.write(self.engine_name, name)
        if player.is_running:
            player.budget.drew(self.browser.now() - start, self.stage.map_seconds)

    def failed(self, message):
        """An exception in a callback: say so, and let the page go on."""
        self.player.pause()
        self.browser.log_error(message)
        reset = [(TEXT["reset"], "reset", "")]
        self.notices.show("error", TEXT["error_title"], TEXT["error"], reset, message)
