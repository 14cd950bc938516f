"""What the reader can do with a map of what trains: start and stop it, walk on it, come closer.

Each window that was trained stays, so that zooming out shows the map of before at once. Any cell
can be opened as the run that it is.
"""

import math
from functools import partial

from explorer.app.csv_text import csv_text
from explorer.app.runs_section import Section, means
from explorer.app.runs_words import duration, read
from explorer.app.shortcuts import ARROWS
from explorer.drawing.scales import decimals
from explorer.frames.deadline import REDRAW, Deadline
from explorer.learning.sweeps import MOST_EPOCHS, Variation, seconds_expected
from explorer.learning.training_map import (
    DIVERGED,
    SCALE,
    SEED,
    SIDES,
    SOLVED,
    TrainingMap,
    Window,
)
from explorer.panels.runs.train_map import TrainMapPanel
from explorer.settings import link
from explorer.settings.fields import BadValue, Number, Whole
from explorer.settings.settings import KNOBS
from explorer.text.runs import RUNS

EPOCHS = 100  # of each run at first, where the settings set no limit
CLOSER = 0.25  # how much of the map the next one shows
FATES = ("unknown", "solved", "better", "worse", "diverged")


class TrainMap(Section):
    """The actions of the map. `maps` are those trained, the one that is shown last."""

    def __init__(self, app):
        super().__init__(app, "train-map", "map")
        self.begin_view()
        # On what stays: the picture is made anew for another view.
        for kind, handler in (("keydown", self.key_pressed), ("click", self.clicked)):
            self.browser.listen(self.node, kind, partial(self.on_picture, handler))
        self.actions = {
            "train-map": lambda _: self.toggle(),
            "map-start": lambda _: self.start(),
            "map-stop": lambda _: self.stop(),
            "map-in": lambda _: self.zoom_in(),
            "map-out": lambda _: self.zoom_out(),
            "map-open": lambda _: self.open_run(),
            "map-take": self.take,
        }

    def begin_view(self):
        """The form for the view of now, and nothing trained yet."""
        settings = self.app.current
        self.view, self.theme = settings.view, self.app.stage.theme
        epochs = min(settings.stop_epoch or EPOCHS, MOST_EPOCHS)
        self.panel = TrainMapPanel(self.browser, self.node, (SEED, SCALE), SIDES, epochs)
        self.maps, self.cursor, self.due = [], (0, 0), False
        self.begun = self.drawn = 0.0
        self.expected = 0.0  # seconds for a whole map, until some of it is done

    @property
    def map(self):
        return self.maps[-1] if self.maps else None

    @property
    def is_running(self):
        return self.map is not None and self.map.is_running

    # Training -----------------------------------------------------------------------------------

    def start(self):
        """Begin with what the form says, or say what is wrong with it."""
        try:
            window, epochs, below = self.choice()
        except BadValue as error:
            self.panel.say(str(error))
            return
        if self.map is not None:
            self.map.stop()
        self.maps = []
        settings = self.app.current
        self.begin(TrainingMap(settings, window, epochs, below, *means(self.app, settings)))

    def choice(self):
        """Return (Window, epochs, loss that counts as solved) of the form.

        Raises:
            BadValue: If a field cannot be used.
        """
        up, n, texts = self.panel.read()
        rate = KNOBS["learning_rate"].metadata["kind"]
        low = read(rate, texts["from"], "map_from")
        high = read(rate, texts["to"], "map_to")
        if low >= high:
            raise BadValue(RUNS["map_empty"].format(low=texts["from"], high=texts["to"]))
        epochs = read(Whole(1, MOST_EPOCHS), texts["epochs"], "map_epochs")
        below = read(Number(1e-9, 1000), texts["below"], "map_below")
        return Window(n, up, math.log10(low), math.log10(high)), epochs, below

    def begin(self, found):
        self.maps.append(found)
        n = found.window.n
        self.cursor = n // 2, n // 2
        rates = {"learning_rate": ["0.03"] * n}
        self.expected = seconds_expected(Variation(found.base, rates, n, found.epochs))
        self.begun, self.drawn, self.due = self.browser.now(), 0.0, True
        self.draw()

    def work(self, seconds):
        """Train for so long in this frame, and show now and then what is new."""
        if self.app.session.view != self.view:
            if self.map is not None:
                self.map.stop()
            self.begin_view()
        if self.app.stage.theme is not self.theme:
            self.theme, self.due = self.app.stage.theme, True
        if self.is_running:
            self.due |= self.map.work(Deadline(self.browser.now, seconds))
            self.due |= not self.map.is_running
        over = self.map is not None and not self.map.is_running
        if (
            self.due
            and self.map is not None
            and (over or self.browser.now() - self.drawn >= REDRAW)
        ):
            self.draw()

    def stop(self):
        if self.is_running:
            self.map.stop()
            self.draw()

    def zoom_in(self):
        """A map of the part around the cell that is looked at."""
        if self.map is None:
            return
        old = self.map
        old.stop()
        window = old.window.zoomed(*self.cursor, CLOSER)
        by = means(self.app, old.base)
        self.begin(TrainingMap(old.base, window, old.epochs, old.below, *by))

    def zoom_out(self):
        """The map of before, as it was."""
        if len(self.maps) > 1:
            self.maps.pop().stop()
            self.draw()

    def open_run(self):
        """Show the run of the cell that is looked at; it is trained again to its end."""
        settings = None if self.map is None else self.map.settings_of(*self.cursor)
        if settings is None:
            self.panel.say(RUNS["map_not_opened"])
        else:
            self.app.runs.open_run(settings, self.map.epochs)

    # Walking ------------------------------------------------------------------------------------

    def on_picture(self, handler, event):
        """Hand on what happens on the picture, not on the form beside it."""
        if self.browser.closest(event.target, "#map-picture") is not None:
            handler(event)

    def key_pressed(self, event):
        """Arrows go from cell to cell, Enter opens its run, plus and minus zoom."""
        if self.map is None or event.ctrlKey or event.metaKey or event.altKey:
            return
        across, down = ARROWS.get(event.key, (0, 0))
        if across or down:
            far = 8 if event.shiftKey else 1
            self.go_to(self.cursor[0] - far * down, self.cursor[1] + far * across)
        elif event.key == "Enter":
            self.open_run()
        elif event.key in "+=":
            self.zoom_in()
        elif event.key == "-":
            self.zoom_out()
        else:
            return
        event.preventDefault()

    def clicked(self, event):
        if self.map is not None:
            self.go_to(*self.panel.cell_at(event.clientX, event.clientY, self.map.window.n))

    def go_to(self, row, column):
        last = self.map.window.n - 1
        self.cursor = min(max(row, 0), last), min(max(column, 0), last)
        self.point()

    # Showing ------------------------------------------------------------------------------------

    def draw(self):
        self.due, self.drawn = False, self.browser.now()
        found, stage, panel = self.map, self.app.stage, self.panel
        fates, window = found.fates(), found.window
        marks = fates == SOLVED, fates == DIVERGED
        panel.draw(found.heights(), *marks, stage.shades, stage.theme)
        if window.up == SEED:
            ends = (RUNS["map_at_seed"].format(seed=found.seeds[k]) for k in (-1, 0))
        else:
            ends = (f"× {window.scale(k):.3g}" for k in (window.n - 1, 0))
        rates = (f"{window.rate(k):.3g}" for k in (0, window.n - 1))
        panel.write_ends(tuple(ends), tuple(rates))
        panel.buttons["out"].disabled = len(self.maps) < 2
        panel.show_progress(found.done, found.total, found.is_running)
        self.browser.publish(map_done=str(found.done), map_total=str(found.total))
        panel.say(self.sentence())
        self.point()

    def sentence(self):
        """How far the map is, or what is on it."""
        found = self.map
        words = {"done": found.done, "total": found.total, "epochs": found.epochs}
        if found.is_running:
            return RUNS["running"].format(time=self.time_left(), **words)
        if found.done < found.total:
            return RUNS["map_stopped"].format(**words)
        fates = found.fates()
        counts = {name: int((fates == k).sum()) for k, name in enumerate(FATES)}
        return RUNS["map_done"].format(**words, **counts)

    def time_left(self):
        found, passed = self.map, self.browser.now() - self.begun
        if found.done:
            seconds = passed / found.done * (found.total - found.done)
        else:
            seconds = self.expected
        return RUNS["about"].format(time=duration(seconds))

    def point(self):
        """Mark the cell that is looked at, and say what it is."""
        row, column = self.cursor
        found, window = self.map, self.map.window
        loss = found.shown[row, column]
        fate = FATES[int(found.fates()[row, column])]
        words = {
            "rate": f"{window.rate(column):.3g}", "loss": decimals(float(loss), 4),
            "seed": found.seeds[row], "scale": f"{window.scale(row):.3g}",
        }  # fmt: skip
        place = RUNS[f"map_cell_{window.up}"].format(**words)
        text = f"{place}: {RUNS[f'map_cell_{fate}'].format(**words)}"
        self.panel.point_at(row, column, window.n, text, self.app.stage.theme)

    # Taking away --------------------------------------------------------------------------------

    def take(self, what):
        if self.map is not None:
            super().take(what)

    def csv(self):
        found = self.map
        window, n = found.window, found.window.n
        names = ("learningRate", "seed", RUNS["map_scale_column"], RUNS["map_loss"],
                 RUNS["diverged"], RUNS["link"])  # fmt: skip
        rows, fates = [names], found.fates()
        for row, column in ((r, c) for r in range(n) for c in range(n)):
            loss = found.losses[row, column]
            if math.isnan(loss):
                continue
            settings = found.settings_of(row, column)
            seed = found.seeds[row] if window.up == SEED else found.base.seed
            scale = 1.0 if window.up == SEED else window.scale(row)
            blown = "yes" if fates[row, column] == DIVERGED else "no"
            rows.append(
                [repr(window.rate(column)), seed, repr(scale), repr(float(loss)), blown,
                 "" if settings is None else f"#{link.encode(settings)}"]
            )  # fmt: skip
        return csv_text(rows)
