"""What the reader does in the Wine lab: steps, table, pictures, seeds and the lab's own fields.

`events` hands on what it does not know. Rows are pointed at by mouse, by focus and by touch;
whatever points, the same row is shown in the table, in the pictures and on its card.
"""

from dataclasses import replace

from explorer.app.lab.keys import LabKeys
from explorer.app.lab.lab import refused
from explorer.settings.fields import BadValue
from explorer.settings.settings import DEFAULTS
from explorer.text.errors import ERRORS
from explorer.text.labels import NOUNS
from explorer.text.notices import TEXT
from explorer.text.wine import WINE

SEEDS = 20
EMPTY = {"network_shape": (1,), "optimizer": "sgd", "learning_rate": 0.01, "standardize": False,
         "initializer": "glorot_uniform"}  # fmt: skip


class LabEvents:
    """Listens for the lab."""

    def __init__(self, app):
        self.app, self.browser, self.lab = app, app.browser, app.stage.lab
        self.look = self.lab.look
        self.keys = LabKeys(self)
        self.actions = {
            "open-step": lambda value: self.open_step(int(value)),
            "answer": lambda _: self.answer(),
            "empty": lambda _: self.empty(),
            "values": lambda value: setattr(self.look, "scaled", value == "scaled"),
            "column": lambda value: setattr(self.look, "x", int(value)),
            "sort": self.sort,
            "film": lambda value: app.travel(int(value)),
            "band": self.open_band,
            "seeds": lambda _: self.start_seeds(),
            "seeds-stop": lambda _: self.lab.runs and self.lab.runs.stop(),
            "open-seed": self.open_seed,
            "seed-and-run": lambda _: self.seed_and_run(),
            "leave-out": lambda _: self.use(self.left_out | self.look.selected),
            "keep-only": lambda _: self.use(self.all_rows() - self.look.selected),
            "bring-back": lambda _: self.use(set()),
            "unselect": lambda _: self.look.selected.clear(),
            "close-sample": lambda _: self.let_go(),
        }
        self.fields = {
            "#wine-travel": lambda node, _: app.travel(int(node.value)),
            "#column-x": lambda node, _: setattr(self.look, "x", int(node.value)),
            "#column-y": lambda node, _: setattr(self.look, "y", int(node.value)),
            "#confusion-share": lambda _node, _settled: None,  # the panel reads it
            "#validation-share": self.share_chosen,
            "#epochs-field": self.epochs_typed,
        }

    # Steps ------------------------------------------------------------------------------------

    def open_step(self, step):
        self.lab.walk.visit(step, self.app.experiment)
        self.look.scaled = step == 2 or (self.look.scaled and step != 1)
        self.browser.publish(step=str(step))
        if self.browser.is_narrow():
            self.browser.element(BENCHES[step]).scrollIntoView(
                self.browser.objects({"block": "start"})
            )

    def answer(self):
        """The exercise's own settings, trained before the reader's eyes."""
        dataset = self.app.current.dataset
        self.app.change(replace(DEFAULTS["wine"], dataset=dataset))
        self.open_step(4)
        self.app.reset()
        self.app.toggle()

    def empty(self):
        """Next to nothing is built: for those who want to find the answer themselves."""
        dataset = self.app.current.dataset
        self.app.change(replace(DEFAULTS["wine"], dataset=dataset, **EMPTY))
        self.app.reset()
        self.lab.walk.restart()
        self.open_step(1)

    def sort(self, value):
        name, column = value.split(" ")
        table = self.tables[name]
        table.sort(int(column))
        if name == "wines":
            self.look.sorting = table.sorting

    @property
    def tables(self):
        return {"wines": self.lab.data.table, "features-table": self.lab.features.table}

    # Rows in use ------------------------------------------------------------------------------

    @property
    def left_out(self):
        return {number - 1 for number in self.app.current.left_out}

    def all_rows(self):
        return set(range(len(self.app.experiment.problem.table.X)))

    def use(self, left_out):
        """Leave these rows out, if enough are left to learn from."""
        if len(self.all_rows() - left_out) < 2:
            nouns = NOUNS[self.app.current.dataset]
            self.app.notices.show("rows", *refused("rows", nouns))
            return
        self.app.notices.close("rows")
        self.look.selected.clear()
        numbers = tuple(number + 1 for number in sorted(left_out))
        self.app.change(replace(self.app.current, left_out=numbers))

    # Seeds ------------------------------------------------------------------------------------

    def open_band(self, value):
        self.look.band = value

    def start_seeds(self):
        self.look.band = "seeds"
        if self.lab.runs is None or not self.lab.runs.is_running:
            self.app.pause()
            self.app.runs.train_seeds(self.app.current, SEEDS, 0, self.seeds_trained)

    def seeds_trained(self, runs):
        self.lab.show_seeds(runs)
        self.app.stale = True

    def open_seed(self, seed):
        """Show a seed's run: it is trained again, at full speed."""
        app, runs = self.app, self.lab.runs
        settings = runs.settings_of(seed)
        app.runs.open_run(replace(settings, speed=app.current.speed), runs.epochs)

    def seed_and_run(self):
        app = self.app
        app.change(replace(app.current, seed=app.session.new_seed()))
        app.toggle()

    # Fields -----------------------------------------------------------------------------------

    def share_chosen(self, node, settled):
        if settled:
            share = 100 - int(node.value)
            self.app.change(replace(self.app.current, train_share=share))

    def epochs_typed(self, node, settled):
        """Epochs are a number from 1 up, or no limit."""
        text = node.value.strip()
        if not settled:
            return
        if text == "0":
            self.app.notices.show("value", *refused("epochs"))
        else:
            try:
                limit = "0" if text.lower() in WINE["endless"] else text
                self.app.change(self.app.current.with_text("stop_epoch", limit))
                self.app.notices.close("value")
                return
            except BadValue as error:
                said = ERRORS["sentence"].format(name=WINE["epochs"], fault=error)
                self.app.notices.show("value", TEXT["bad_value_title"], said)
        self.lab.show(self.app.current)

    # Pointing ---------------------------------------------------------------------------------

    def row_under(self, event):
        """The row that an event is about, or None."""
        line = self.browser.closest(event.target, "[data-row]")
        if line is not None:
            self.look.source = self.browser.closest(line, "table").id
            return int(line.getAttribute("data-row"))
        if self.browser.closest(event.target, "#plane") is not None:
            self.look.source = "plane"
            return self.lab.plane.row_at(event.clientX, event.clientY)
        if self.browser.closest(event.target, "#columns-picture") is not None:
            self.look.source = "scatter"
            return self.lab.data.charts.row_at(event.clientX, event.clientY)
        return None

    def pointer_moved(self, event):
        """Follow the pointer; return whether something new is pointed at."""
        row = self.row_under(event) if event.pointerType == "mouse" else None
        if row == self.look.hovered:
            return False
        self.look.hovered = row
        return True

    def focused(self, event):
        """Show the row of a table that got the focus; return whether it was one."""
        line = self.browser.closest(event.target, "[data-row]")
        if line is not None:
            self.keep(self.row_under(event))
        return line is not None

    def focus_left(self):
        """The focus left a row or the picture: a card stays only for a row that is selected."""
        if self.look.kept is None or self.look.kept in self.look.selected:
            return False
        self.look.kept = None
        return True

    def clicked(self, event):
        """Select the row that was pressed, in a table or a picture; return whether it was one."""
        line = self.browser.closest(event.target, "[data-row]")
        in_picture = self.browser.closest(event.target, "#plane, #columns-picture") is not None
        if line is None and not in_picture:
            return False
        row = self.row_under(event)
        more = event.ctrlKey or event.metaKey
        if line is not None:
            table = self.table_of(line)
            if event.shiftKey and table.current is not None:
                self.look.selected |= set(table.between(table.current, row))
            else:
                self.toggle(row)
            table.stop_at(row)
        elif row is None:
            self.look.selected.clear()
        elif more:
            self.toggle(row)
        else:
            alone = self.look.selected == {row}
            self.look.selected.clear()
            if not alone:
                self.look.selected.add(row)
        self.keep(row if row in self.look.selected else None)
        if in_picture:
            self.reveal(row)
        return True

    def keep(self, row):
        """Keep a row's card, and tell it to those who cannot see it."""
        self.look.kept, self.look.hovered = row, None
        slider = self.browser.element("plane")
        if row is not None and self.look.source == "plane":
            slider.setAttribute("aria-valuemax", str(len(self.all_rows())))
            slider.setAttribute("aria-valuenow", str(row + 1))
            slider.setAttribute(
                "aria-valuetext", self.lab.spoken(row, self.app.experiment.snapshot())
            )

    def let_go(self):
        self.look.selected.clear()
        self.keep(None)

    def toggle(self, row):
        self.look.selected ^= {row}

    def reveal(self, row):
        for table in self.tables.values():
            table.reveal(row)

    def table_of(self, line):
        return self.tables[self.browser.closest(line, "table").id]


BENCHES = {1: "bench-data", 2: "bench-data", 3: "network", 4: "network", 5: "bench-features",
           6: "plane-panel"}  # fmt: skip
