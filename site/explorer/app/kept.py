"""What the reader can do with kept runs: keep, name, put in order, open again, save, take away."""

from explorer.app.csv_text import csv_text, full
from explorer.app.runs_section import Section
from explorer.drawing.scales import decimals
from explorer.drawing.views import heatmap
from explorer.learning import kept_runs
from explorer.learning.kept_runs import CELLS, MOST, differences
from explorer.learning.projection import plane_of_run
from explorer.panels.lab.strip import small_scatter
from explorer.panels.runs.tray import KeptCard, TrayPanel
from explorer.text.labels import CHOICES, LABELS
from explorer.text.runs import RUNS

ENDING = ".runs.json"


class Kept(Section):
    """The tray's actions.

    Attributes:
        runs: What is kept, in order.
        unread: Fields of those in this browser's storage that cannot be read; they stay there.
    """

    def __init__(self, app):
        super().__init__(app, "kept", "kept")
        self.panel = TrayPanel(app.browser, self.node)
        self.runs, self.unread, self.count, self.restored = [], [], 0, False
        self.actions = {
            "keep": lambda _: self.keep(),
            "kept-open": lambda place: self.open(int(place)),
            "kept-remove": lambda place: self.remove(int(place)),
            "kept-earlier": lambda place: self.move(int(place), -1),
            "kept-later": lambda place: self.move(int(place), 1),
            "kept-take": self.take,
            "kept-save": lambda _: self.save_runs(),
            "kept-restore": lambda _: self.restore(),
        }
        app.browser.listen(app.browser.document, "change", self.renamed)

    def restore(self):
        """Bring back what this browser holds, once."""
        if self.restored:
            return
        self.restored = True
        text = self.browser.stored(self.app.runs.key)
        try:
            if text:
                self.runs, self.unread = kept_runs.readable(text, self.app.own.restore)
        except ValueError:
            self.panel.say(RUNS["not_restored"])
        if self.unread:
            self.panel.say(RUNS["some_not_restored"].format(count=len(self.unread)))
        self.count = len(self.runs)
        self.show()

    def keep(self):
        """Put the run that is shown into the tray."""
        self.restore()
        experiment = self.app.experiment
        experiment.finish_measuring()
        if len(self.runs) == MOST:
            self.panel.say(RUNS["tray_full"].format(most=MOST))
            self.show()
            return
        self.count += 1
        name = RUNS["run_name"].format(number=self.count)
        self.runs.append(kept_runs.keep(experiment, name))
        key = "was_kept" if experiment.problem.on_plane else "was_kept_table"
        self.panel.say(RUNS[key].format(name=name))
        self.changed()

    def remove(self, place):
        run = self.runs.pop(place)
        self.panel.say(RUNS["was_removed"].format(name=run.name))
        self.changed()

    def move(self, place, by):
        """Put a run before its neighbour, or after the next; the focus goes with it."""
        other = place + by
        if not 0 <= other < len(self.runs):
            return
        self.runs[place], self.runs[other] = self.runs[other], self.runs[place]
        name, count = self.runs[other].name, len(self.runs)
        self.panel.say(RUNS["was_moved"].format(name=name, place=other + 1, count=count))
        self.changed()
        self.panel.focus_mover(other, by)

    def renamed(self, event):
        """A name or a note was typed, if that is what has changed."""
        node = event.target
        if node.hasAttribute("data-kept"):
            place = int(node.getAttribute("data-kept"))
            run = self.runs[place] = kept_runs.renamed(self.runs[place], node.value)
            node.value = run.name
            self.panel.name(place, run.name)
        elif node.hasAttribute("data-kept-note"):
            place = int(node.getAttribute("data-kept-note"))
            self.runs[place] = kept_runs.noted(self.runs[place], node.value)
        else:
            return
        self.store()
        self.show_curves()

    def open(self, place):
        """Show a kept run as it stood; training goes on from there."""
        app, run = self.app, self.runs[place]
        app.pause()
        app.stage.card.close()
        app.session.open_trained(run.settings, run.params, run.epoch, run.dead)
        app.view_shown()

    def save_runs(self):
        self.save(f"nncore{ENDING}", kept_runs.written(self.runs), "application/json")

    def csv(self):
        names = ("name_column", "note_column", "differs_column", "epochs_column", "loss_train",
                 "loss_test", "link")  # fmt: skip
        rows = [
            [run.name, run.note, card.differs, run.epoch, full(run.loss_train),
             full(run.loss_test), kept_runs.link_of(run)]
            for run, card in zip(self.runs, self.cards(), strict=True)
        ]  # fmt: skip
        return csv_text([[RUNS[name] for name in names], *rows])

    def open_file(self, name, content):
        """Add the runs of a file, as many as there is room for."""
        try:
            found = kept_runs.read(bytes(content).decode(), self.app.own.restore)
        except ValueError:
            self.panel.say(RUNS["bad_file"].format(name=name))
            self.show()
            return
        self.runs = [*self.runs, *found][:MOST]
        self.count = max(self.count, len(self.runs))
        self.panel.say(RUNS["file_opened"].format(count=len(found), name=name))
        self.changed()

    def changed(self):
        """Other runs are kept than before."""
        self.store()
        self.show()

    def store(self):
        """Have the browser keep them, too."""
        kept = self.runs or self.unread
        text = kept_runs.written(self.runs, self.unread) if kept else ""
        self.browser.store(self.app.runs.key, text)

    def show(self):
        self.browser.publish(runs_kept=str(len(self.runs)))
        self.panel.show(self.cards(), self.app.stage.theme)
        self.show_curves()

    def show_curves(self):
        """Their curves in the chart."""
        self.app.stage.history.others = tuple(
            (run.name, *run.curve) for run in self.runs if run.settings.view == "playground"
        )
        self.app.stale = True

    def cards(self):
        before = [None, *self.runs[:-1]] if self.runs else []
        return [self.card(*pair) for pair in zip(before, self.runs, strict=True)]

    def card(self, before, run):
        words = {"epoch": run.epoch, "loss": decimals(run.loss, 4)}
        paint = self.map_of(run) if len(run.answers) else self.plane_of(run)
        return KeptCard(
            run.name, RUNS["stands"].format(**words), self.differs(before, run), paint, run.note
        )

    def differs(self, before, run):
        """What is other than in the run before it, in words; the first says what it is about."""
        if before is None or before.settings.view != run.settings.view:
            kind = "reg_dataset" if run.settings.is_regression else "dataset"
            shape = "-".join(map(str, run.settings.network_shape))
            return ", ".join(filter(None, (CHOICES[kind][run.settings.dataset_name], shape)))
        found = [
            RUNS["differs"].format(name=LABELS[name], old=value(name, old), new=value(name, new))
            for name, old, new in differences(before.settings, run.settings)
        ]
        return ", ".join(found) or RUNS["same"]

    def map_of(self, run):
        """What draws the map of a run's outputs on a canvas."""
        stage, outputs = self.app.stage, run.outputs
        if outputs.shape[1] > 1:
            pixels = heatmap.regions(outputs, stage.class_shades)
        else:
            pixels = heatmap.shade(outputs[:, 0], stage.shades)
        return lambda canvas: self.browser.Raster([canvas], CELLS, CELLS).draw(pixels)

    def plane_of(self, run):
        """What draws the plane of a table's run on a canvas."""
        found, stage = plane_of_run(run.settings, run.params), self.app.stage
        return lambda canvas: small_scatter(self.browser, canvas, *found, stage.theme, stage.shades)


def value(name, text):
    """A setting's value as it is called on the page."""
    return CHOICES.get(name, {}).get(text, text.replace(",", "-") or RUNS["none"])
