"""The Wine lab: a table's experiment, shown as a walk through the exercise.

The lab keeps what the reader looks at (which step, which columns, which rows) and hands the
frame's snapshot to the panels that are in sight. What it shows can be any table.
"""

from dataclasses import dataclass, field

from explorer.drawing.identity import Identity
from explorer.frames.deadline import TILES, Deadline
from explorer.learning.exercise import DATA, FEATURES, PLOT, STANDARDIZE, Walk, first_perfect
from explorer.learning.map_computer import input_maps
from explorer.learning.pictured import pictured
from explorer.learning.projection import plane_of, plane_of_run, shown_layer
from explorer.learning.snapshot import PLANE_CELLS
from explorer.panels.lab.confusion import ConfusionPanel
from explorer.panels.lab.data import DataPanel
from explorer.panels.lab.features import FeaturesPanel
from explorer.panels.lab.film import FilmPanel
from explorer.panels.lab.plane import PlanePanel
from explorer.panels.lab.readouts import ReadoutsPanel
from explorer.panels.lab.sample import SampleCard
from explorer.panels.lab.seeds import SeedsPanel
from explorer.panels.lab.walk import WalkPanel, facts_of
from explorer.text.labels import NOUNS
from explorer.text.wine import FAULTS, WINE

PANELS = ("plane", "step", "band")  # they take turns where one frame is too short for all
PARTS = {"plane": ("places", "ground", "plane")}  # in a frame each, where they take long


@dataclass(frozen=True)
class Scene:
    """What a frame shows, and in which colours."""

    experiment: object
    snapshot: object
    playing: bool
    theme: object
    shades: object  # the diverging ones
    class_shades: object


@dataclass
class Look:
    """What the reader has chosen to look at. Rows are named by their place in the table."""

    step: int = 4
    scaled: bool = False  # whether the table shows standardized values
    x: int = 0  # the columns of the scatter
    y: int = 6
    sorting: tuple[int, bool] | None = None  # (column of the table, descending)
    selected: set[int] = field(default_factory=set)
    hovered: int | None = None  # the row under the pointer
    kept: int | None = None  # the row whose card stays: focused or pressed
    source: str = "plane"  # where it is pointed at: "plane", "wines", "features-table", "scatter"
    band: str = "film"  # "film", "seeds" or "chart"

    @property
    def pointed(self):
        return self.kept if self.hovered is None else self.hovered


class Lab:
    """The panels of the Wine lab, and what they have in common."""

    def __init__(self, browser, network):
        self.browser, self.network = browser, network
        self.walk, self.look = Walk(), Look()
        self.walk_panel = WalkPanel(browser)
        self.data = DataPanel(browser)
        self.features = FeaturesPanel(browser)
        self.plane = PlanePanel(browser, PLANE_CELLS)
        self.card = SampleCard(browser)
        self.confusion = ConfusionPanel(browser)
        self.film = FilmPanel(browser)
        self.seeds = SeedsPanel(browser)
        self.readouts = ReadoutsPanel(browser)
        self.runs = None  # the SeedRuns, once started
        self.turn = -1  # counts the frames
        self.due, self.missing = [], []  # parts that this frame draws, and that it leaves out
        self.stays = True  # whether nothing moves, so that what takes long may come later
        self.answered = self.by_class = None  # what the units' answers are of, and these
        self.ground = None  # what the ground of the plane is of
        self.places = None  # the plane, until its ground is drawn
        self.table = self.checked = None  # the table shown, the problem whose faults were said

    # Drawing ----------------------------------------------------------------------------------

    def shows_network(self):
        return self.walk.open not in (DATA, STANDARDIZE, FEATURES, PLOT)

    def begin(self, turns, whole):
        """Begin a new picture, which `prepare` then draws; what takes too long comes in the next
        frames, while training runs before anything that is drawn anew.

        Args:
            turns: In how many frames of a running training every panel is drawn once; else None.
            whole: Whether nothing of the picture before is left as it is.
        """
        stayed, self.stays = self.stays, turns is None
        if self.due and not (whole or stayed or self.stays):
            return
        self.turn, turns = self.turn + 1, turns or 1
        panels = [p for i, p in enumerate(PANELS) if i % turns == self.turn % turns]
        self.due = parts_of(panels)
        self.missing = [part for part in parts_of(PANELS) if part not in self.due]

    def prepare(self, scene, deadline):
        """Draw what the picture lacks, until the deadline; return whether it is complete."""
        if not self.due:
            self.due, self.missing = self.missing or ["band"], []
        experiment, snapshot = scene.experiment, scene.snapshot
        settings, problem = snapshot.settings, snapshot.problem
        opened = problem.table is not self.table
        self.follow(problem, settings)
        self.walk.note(experiment)
        step = self.look.step = self.walk.open
        self.browser.publish(step=str(step), band=self.look.band)
        for node in self.browser.elements('[data-action="band"]'):
            press(node, node.getAttribute("data-value") == self.look.band)
        nouns = NOUNS[settings.dataset]
        first = first_perfect(experiment)
        facts = facts_of(snapshot, first, scene.playing, nouns)
        self.walk_panel.draw(step, self.walk.done(experiment), facts)
        self.readouts.draw(snapshot)
        self.confusion.draw(snapshot, nouns)  # first, because its height decides the picture's
        if not opened or deadline.left():
            self.draw_due(scene, deadline)
        # Beside a table the card would only cover what the table says.
        card = step == PLOT or self.look.source == "plane"
        self.card.draw(self.look.pointed if card else None, snapshot, nouns)
        return self.complete

    def draw_due(self, scene, deadline):
        """Draw the parts that are due, at least one of them."""
        snapshot, theme, shades = scene.snapshot, scene.theme, scene.shades
        settings, problem = snapshot.settings, snapshot.pictured
        tables = scene.class_shades, shades
        while self.due:
            part = self.due.pop(0)
            if part == "places":
                self.draw_places(snapshot, scene.class_shades)
            elif part == "ground":
                self.draw_ground(problem, tables)
            elif part == "plane":
                self.draw_plane(snapshot, tables, theme)
            elif part == "step":
                self.draw_step(self.look.step, snapshot, theme, shades, scene.playing)
                if self.stays and self.shows_network() and not self.network.complete:
                    self.due.insert(0, "step")
            else:
                self.draw_band(scene, settings, deadline)
            if not deadline.left():
                return

    def draw_step(self, step, snapshot, theme, shades, playing):
        """What belongs to the step of the exercise: the table, the features or the network."""
        settings, problem = snapshot.settings, snapshot.problem
        if step in (DATA, STANDARDIZE):
            self.data.draw(problem, self.look, theme, NOUNS[settings.dataset])
        elif step == FEATURES:
            self.features.draw(snapshot, self.look)
        elif step != PLOT:
            self.network.update(settings, problem)
            self.network.draw(
                snapshot, input_maps, self.answers(snapshot), shades, theme, playing,
                Deadline(self.browser.now, TILES),
            )  # fmt: skip

    def answers(self, snapshot):
        """Per layer what each unit says to the training rows, class by class."""
        key = Identity(snapshot.model), Identity(snapshot.problem), snapshot.params.tobytes()
        if key != self.answered:
            by_class = [layer[snapshot.by_label] for layer in snapshot.responses]
            self.answered, self.by_class = key, by_class
        return self.by_class

    def draw_places(self, snapshot, class_shades):
        """Find where the rows lie on the plane, if it is another."""
        settings, problem = snapshot.settings, snapshot.pictured
        layer = shown_layer(settings, snapshot.model)
        key = (
            Identity(snapshot.model), Identity(problem), snapshot.params.tobytes(), layer,
            settings.projection, settings.unit_x, settings.unit_y, Identity(class_shades),
            self.plane.size(),
        )  # fmt: skip
        if key != self.ground:
            self.places = plane_of(snapshot.model, problem, settings, snapshot.params, layer)
            self.ground = key

    def draw_ground(self, problem, tables):
        """The plane without its rows: axes, and what is behind them."""
        if self.places is not None:
            self.plane.draw_ground(self.places, problem, tables)
            self.places = None

    def draw_plane(self, snapshot, tables, theme):
        """The rows on the plane, and those that are pointed at or selected."""
        problem, look = snapshot.pictured, self.look
        self.plane.draw(problem, tables, theme)
        self.plane.draw_marks(problem, look.selected, look.pointed, tables, theme)

    def draw_band(self, scene, settings, deadline):
        """The film strip or the seeds, if one is in sight; the chart is drawn by the stage."""
        experiment, theme, shades, s = scene.experiment, scene.theme, scene.shades, settings
        look = theme.ink, s.projection, s.unit_x, s.unit_y, s.plane_layer

        def plane_at(experiment, record):
            layer, model = shown_layer(settings, experiment.model), experiment.model
            return plane_of(model, pictured(experiment.problem), settings, record.params, layer)

        if self.look.band == "film":
            problem = pictured(experiment.problem)
            self.film.draw(
                experiment, problem, lambda record: plane_at(experiment, record), look, theme,
                shades, scene.playing, deadline,
            )  # fmt: skip
        elif self.look.band == "seeds":
            self.seeds.draw(
                self.runs, settings, lambda run: self.plane_of_seed(run, settings), look, theme,
                shades,
            )  # fmt: skip

    def plane_of_seed(self, run, settings):
        """(the plane at the end of a run, its Problem), looked at as the settings say."""
        return plane_of_run(self.runs.settings_of(run.seed), run.params, settings)

    @property
    def complete(self):
        """Whether all pictures in sight are there; the others come in the next frames."""
        return not (self.due or self.missing) and (self.look.band != "film" or self.film.complete)

    def follow(self, problem, settings):
        """Forget what belongs to another table or to other settings."""
        if problem.table is not self.table:
            self.table = problem.table
            self.look.selected, self.look.hovered, self.look.kept = set(), None, None
            self.look.sorting, self.look.x = None, 0
            self.look.y = min(6, problem.table.X.shape[1] - 1)
        pointed, split = self.look.pointed, problem.split
        if pointed is not None and pointed not in split.train and pointed not in split.test:
            self.look.hovered = self.look.kept = None
        if self.runs is not None and not self.runs.belong_to(settings):
            self.runs.stop()
            self.runs = None

    # Many seeds -------------------------------------------------------------------------------

    def show_seeds(self, runs):
        """Runs with many seeds have begun, or there are more of them."""
        if self.runs is not None and self.runs is not runs:
            self.runs.stop()
        self.runs = runs

    # The lab's own fields ---------------------------------------------------------------------

    def show(self, settings):
        """Write the settings into the fields that are the lab's own."""
        self.browser.element("epochs-field").value = str(settings.stop_epoch or "∞")
        menu, share = self.browser.element("validation-share"), str(100 - settings.train_share)
        menu.value = share
        if menu.value != share:
            self.browser.create("option", menu, f"{share} %", value=share)
            menu.value = share

    # Texts ------------------------------------------------------------------------------------

    def new_faults(self, snapshot):
        """(title, text) for everything that is wrong with the data; None if they are as before."""
        problem, settings = snapshot.problem, snapshot.settings
        if problem.split is None or problem is self.checked:
            return None
        self.checked = problem
        words = {"nouns": NOUNS[settings.dataset][1], "share": 100 - settings.train_share}
        return [
            tuple(
                text.format(names=", ".join(fault.names), count=fault.count, **words)
                for text in FAULTS[fault.kind]
            )
            for fault in problem.split.faults
        ]

    def spoken(self, number, snapshot):
        """What a screen reader says about a row."""
        return self.card.spoken(number, snapshot, NOUNS[snapshot.settings.dataset])


def parts_of(panels):
    return [part for panel in panels for part in PARTS.get(panel, (panel,))]


def press(node, on):
    """Show a switch as pressed or not."""
    node.setAttribute("aria-pressed", "true" if on else "false")


def refused(kind, nouns=("row", "rows")):
    """(title, text) for a choice that is not taken."""
    return tuple(text.format(nouns=nouns[1]) for text in WINE[f"refused_{kind}"])
