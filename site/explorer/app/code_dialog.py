"""What the reader can do in the Code panel: read the program, copy it, save things.

Joins the panel with the experiment that is shown. Programs and tables are made when they are
asked for; nothing leaves the machine.
"""

from explorer.app.sklearn_dialog import SklearnDialog
from explorer.export import downloads, saved_network
from explorer.export.keras_exact_program import keras_exact_program
from explorer.export.keras_program import keras_program
from explorer.export.nncore_program import nncore_program
from explorer.export.torch_program import torch_program
from explorer.learning import by_hand
from explorer.learning.problem import own_tables
from explorer.panels.code import CodePanel
from explorer.panels.files import Files
from explorer.panels.picture import paint
from explorer.text.code import CODE

# Language and whether the page's own initial weights are asked for -> what writes the program.
PROGRAMS = {
    ("nncore", False): nncore_program,
    ("keras", False): keras_program,
    ("keras", True): keras_exact_program,
    ("torch", False): torch_program,
}
EPOCHS = 100  # for a run that has not begun and has no end
CSV, JSON = "text/csv", "application/json"
BYTES, PYTHON = "application/octet-stream", "text/x-python"
# What can be saved of an experiment: how it is made, the end of its name, its kind.
TABLES = {
    "features": (downloads.rows_csv, "csv", CSV),
    "weights": (downloads.weights_csv, "csv", CSV),
    "history": (downloads.history_csv, "csv", CSV),
    "parameters": (saved_network.as_npz, "npz", BYTES),
    "model": (saved_network.as_json, "json", JSON),
    "experiment": (saved_network.as_experiment, "nnplay.json", JSON),
}
# Which elements make a picture.
PICTURES = {
    "output": "#output",
    "network": "#network, html[data-view=playground] #output",
    "chart": "#history-legend, #history",
    "plane": "#plane",
    "film": "#film",
}


class CodeDialog:
    """The Code panel's actions."""

    def __init__(self, app):
        self.app, self.browser = app, app.browser
        self.panel = CodePanel(app.browser)
        self.files = Files(app.browser)
        self.compare = SklearnDialog(app)
        self.language, self.exact = "nncore", False
        self.shown = None
        self.actions = {
            "code": lambda _: self.opened(),
            "language": self.choose,
            "exact-program": lambda _: self.choose_weights(),
            "copy-code": lambda _: self.panel.copy(),
            "take": self.take,
            **self.compare.actions,
        }

    def opened(self):
        """The panel is about to be seen."""
        self.refresh()
        self.compare.opened()

    def choose(self, language):
        """Show the program in `language`: "nncore", "keras" or "torch"."""
        self.language = language
        self.refresh()

    def choose_weights(self):
        """The Keras program starts from the page's own weights, or no longer does."""
        self.exact = not self.exact
        self.refresh()

    def frame(self, playing):
        """Keep the program up to date while the panel is open; not while training runs."""
        if not playing and self.panel.is_open:
            self.refresh()

    def refresh(self):
        experiment = self.app.experiment
        settings = by_hand.from_start(experiment)
        epochs = experiment.epoch or settings.stop_epoch or EPOCHS
        kind = (self.language, self.exact and self.language == "keras")
        key = (settings, epochs, kind)
        self.browser.element("take-table").hidden = settings.dataset_name not in own_tables
        if key != self.shown:
            self.shown = key
            text = PROGRAMS[kind](settings, epochs)
            self.panel.show(text, *kind)

    def take(self, what):
        """Save what the button is for, and say so."""
        experiment = self.app.experiment
        table = own_tables.get(experiment.settings.dataset_name)
        if what == "table":
            if table is None:
                return
            name = table.file
            self.files.save(name, table.content, BYTES)
        elif what in TABLES:
            make, ending, kind = TABLES[what]
            name = downloads.file_name(experiment, what, ending)
            self.files.save(name, make(experiment), kind)
        elif what in PICTURES:
            name = downloads.file_name(experiment, what, "png")
            picture = self.picture(PICTURES[what])
            if picture is None:  # hidden, or not drawn yet
                self.panel.say(CODE["nothing_seen"])
                return
            self.files.save_picture(name, picture)
        elif what == "package":
            name = downloads.WHEEL
            try:
                sources = self.browser.sources()
            except ImportError:
                self.panel.say(CODE["no_sources"])
                return
            self.files.save(name, downloads.package_wheel(sources), BYTES)
        else:
            name = f"{experiment.settings.dataset_name.replace('-', '_')}_{self.language}.py"
            self.refresh()
            self.files.save(name, self.panel.text, PYTHON)
        self.panel.say(CODE["saved"].format(name=name))

    def picture(self, selector):
        nodes = self.browser.elements(selector)
        return paint(self.browser, nodes, self.app.stage.theme.background)
