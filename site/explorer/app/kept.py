"""What the reader can do with kept runs: keep, name, open again, let go, save and open a file."""

from explorer.drawing.scales import decimals
from explorer.drawing.views import heatmap
from explorer.learning import kept_runs
from explorer.learning.kept_runs import CELLS, MOST, differences
from explorer.panels.files import Files
from explorer.panels.runs.tray import KeptCard, TrayPanel
from explorer.text.labels import CHOICES, LABELS
from explorer.text.runs import RUNS

ENDING = ".runs.json"


class Kept:
    """The tray's actions; `runs` are what is kept, in order."""

    def __init__(self, app, node):
        self.app, self.browser = app, app.browser
        self.panel = TrayPanel(app.browser, node)
        self.files = Files(app.browser)
        self.runs, self.count, self.restored = [], 0, False
        self.actions = {
            "keep": lambda _: self.keep(),
            "kept-open": lambda place: self.open(int(place)),
            "kept-remove": lambda place: self.remove(int(place)),
            "kept-save": lambda _: self.save(),
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
            self.runs = kept_runs.read(text) if text else []
        except ValueError:
            self.panel.say(RUNS["not_restored"])
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
        self.panel.say(RUNS["was_kept"].format(name=name))
        self.changed()

    def remove(self, place):
        run = self.runs.pop(place)
        self.panel.say(RUNS["was_removed"].format(name=run.name))
        self.changed()

    def renamed(self, event):
        """A name was typed, if that is what has changed."""
        if not event.target.hasAttribute("data-kept"):
            return
        place = int(event.target.getAttribute("data-kept"))
        self.runs[place] = kept_runs.renamed(self.runs[place], event.target.value)
        self.changed()

    def open(self, place):
        """Show a kept run as it stood; training goes on from there."""
        app, run = self.app, self.runs[place]
        app.pause()
        app.stage.card.close()
        app.session.open_trained(run.settings, run.params, run.epoch, run.dead)
        app.view_shown()

    def save(self):
        self.files.save(f"nncore{ENDING}", kept_runs.written(self.runs), "application/json")
        self.panel.say(RUNS["saved"].format(name=f"nncore{ENDING}"))

    def open_file(self, name, content):
        """Add the runs of a file, as many as there is room for."""
        try:
            found = kept_runs.read(bytes(content).decode())
        except ValueError:
            self.panel.say(RUNS["bad_file"].format(name=name))
            self.show()
            return
        self.runs = [*self.runs, *found][:MOST]
        self.count = max(self.count, len(self.runs))
        self.panel.say(RUNS["file_opened"].format(count=len(found), name=name))
        self.changed()

    def changed(self):
        """Something is kept that was not: the browser keeps it, too."""
        self.browser.store(self.app.runs.key, kept_runs.written(self.runs) if self.runs else "")
        self.show()

    def show(self):
        stage = self.app.stage
        self.browser.publish(runs_kept=str(len(self.runs)))
        before = [None, *self.runs[:-1]] if self.runs else []
        cards = [self.card(*pair) for pair in zip(before, self.runs, strict=True)]
        self.panel.show(cards, stage.theme)
        stage.history.others = tuple((run.name, *run.curve) for run in self.runs)
        self.app.stale = True

    def card(self, before, run):
        words = {"epoch": run.epoch, "loss": decimals(run.loss, 4)}
        return KeptCard(
            run.name, RUNS["stands"].format(**words), self.differs(before, run), self.picture(run),
            CELLS,
        )  # fmt: skip

    def differs(self, before, run):
        """What is other than in the run before it, in words; the first says what it is about."""
        if before is None:
            kind = "reg_dataset" if run.settings.is_regression else "dataset"
            shape = "-".join(map(str, run.settings.network_shape))
            return ", ".join(filter(None, (CHOICES[kind][run.settings.dataset_name], shape)))
        found = [
            RUNS["differs"].format(name=LABELS[name], old=value(name, old), new=value(name, new))
            for name, old, new in differences(before.settings, run.settings)
        ]
        return ", ".join(found) or RUNS["same"]

    def picture(self, run):
        stage, outputs = self.app.stage, run.outputs
        if outputs.shape[1] > 1:
            return heatmap.regions(outputs, stage.class_shades)
        return heatmap.shade(outputs[:, 0], stage.shades)


def value(name, text):
    """A setting's value as it is called on the page."""
    return CHOICES.get(name, {}).get(text, text.replace(",", "-") or RUNS["none"])
