"""Drawing on the picture: brushes, an eraser and a hand, by mouse, touch and keyboard.

Drawing begins with the points that are shown, and any data set that is chosen meanwhile is drawn
on from there. Each stroke is a step of undo. Where inputs and outputs stay the same the network
keeps its weights: while training runs, a new point takes part at once.
"""

import math
from dataclasses import replace

import numpy as np

from explorer.app import own_memory
from explorer.learning import drawn
from explorer.learning.own_keep import know
from explorer.learning.problem import make_problem, own_tables
from explorer.panels.draw_tools import ERASER, HAND, DrawTools
from explorer.settings import own
from explorer.text.data import DRAW

REACH = 0.5  # within it the hand takes a point
POINT = 0.12  # the smallest distance between two dabs
WHOLE = 100  # percent: no point of a drawing is held back unless the reader asks for it
MOST_NAMES = 300  # drawings that are remembered: more than there are steps of undo
KEYS = {"1": "1", "2": "2", "3": "3", "e": ERASER, "m": HAND}
EMPTY = drawn.Drawing(np.empty((0, 2)), np.empty(0))


class DrawingRoom:
    """What drawing does.

    Attributes:
        drawing: All points as they are drawn, also those that nothing can be learned from yet.
        known: The data set that they were taken from, or have become.
        is_ready: Whether it is that data set; else it is not yet one that can be learned from.
    """

    def __init__(self, app):
        self.app, self.browser = app, app.browser
        self.tools, self.is_open = DrawTools(app.browser), False
        self.choices = {"tool": "1", "size": 0.8, "density": 5.0, "value": 1.0}
        self.drawing, self.known, self.problem, self.is_ready = EMPTY, "", None, True
        self.before = self.last = self.held = None  # of a stroke that goes on
        self.names = []
        self.rng = np.random.default_rng(int(app.browser.random_seed()[2:]))
        self.actions = {
            "own-draw": lambda _: self.open(),
            "draw-tool": self.choose,
            "draw-undo": lambda _: self.undo(),
            "draw-clear": lambda _: self.clear(),
            "draw-done": lambda _: self.close(),
        }
        app.followers.append(self)
        listen, document = app.browser.listen, app.browser.document
        listen(app.browser.element("output"), "pointerdown", self.pressed)
        listen(document, "pointermove", self.dragged)
        listen(document, "pointerup", self.released)
        listen(document, "pointercancel", self.released)

    def open(self):
        """Begin to draw, on the points that are shown."""
        app = self.app
        self.browser.element("own-data").hidePopover()
        if app.session.view != "playground":
            app.show_view("playground")
        if app.current.plane_layer:
            app.change(replace(app.current, plane_layer=0))
        self.is_open = True
        self.take(app.experiment.problem)
        self.show()
        self.browser.element("output").focus()

    def close(self):
        """Draw no more."""
        self.released()
        self.is_open = False
        self.tools.hide()
        if self.known in own_tables:
            for _ in own_memory.keeping(self.browser, own_tables[self.known]):
                pass  # a drawing is small

    def show(self):
        self.tools.show(self.choices | {"is_number": self.drawing.is_number})
        self.say()

    def say(self):
        """How many points there are, and what they still lack."""
        drawing, count = self.drawing, len(self.drawing)
        words = DRAW["points"].format(count=f"{count:,}")
        if not drawing.is_number and count:
            each = ", ".join(str(n) for n in drawing.counts if n)
            words = DRAW["classes_have"].format(count=f"{count:,}", each=each)
        if not self.is_ready:
            words = DRAW["lacks_number" if drawing.is_number else "lacks"]
        elif count == drawn.MOST:
            words = DRAW["full"].format(count=f"{count:,}")
        elif own.is_own(self.known) and self.known not in own.in_links:
            words = DRAW["too_long"].format(count=f"{count:,}")
        elif own.is_own(self.known) and self.app.current.train_share == WHOLE:
            words = f"{words} {DRAW['no_test']}"
        self.tools.say(words, self.is_ready)

    def choose(self, tool):
        """Another tool: what is drawn stays."""
        self.released()
        self.choices["tool"] = tool
        self.tools.mark(tool)

    def chosen(self, node, settled):
        """A slider, or classes in the place of values."""
        name = node.getAttribute("data-draw")
        if name != "kind":
            self.choices[name] = float(node.value)
        elif settled:
            self.released()
            self.choices["tool"] = "1"
            self.drawing = self.drawing.turned(node.value == "number")
            self.commit()
            self.show()

    # Following the page -----------------------------------------------------------------------

    def take(self, problem):
        """Draw on from the points of a problem."""
        name = self.app.current.dataset_name
        table = own_tables.get(name)
        is_drawn = table is not None and table.recipe.drawn
        self.drawing = drawn.of_table(table) if is_drawn else drawn.of_problem(problem)
        self.known, self.problem, self.is_ready = name, None if is_drawn else problem, True
        self.before = self.last = self.held = None

    def follow(self, problem):
        """Draw on from there, and show that it is so."""
        was = self.drawing.is_number
        self.take(problem)
        self.show() if was != self.drawing.is_number else self.say()

    def changed(self, settings):
        """Drawing is for the playground."""
        if self.is_open:
            self.say() if settings.view == "playground" else self.close()

    def frame(self, snapshot, _playing):
        """Draw with every picture; other data are drawn on from there."""
        if not self.is_open:
            return
        name = snapshot.settings.dataset_name
        other = self.problem is not None and snapshot.problem is not self.problem
        if (name != self.known or (other and self.is_ready)) and self.before is None:
            self.follow(snapshot.problem)
        place, stage = self.app.stage.output.place, self.app.stage
        if self.held is not None and place is not None and place != self.last:
            self.drag(place)
        size = self.choices["size"]
        self.tools.draw(self.drawing, place, size, stage.theme, stage.shades)

    # Strokes ----------------------------------------------------------------------------------

    def place_of(self, event):
        """Where an event is on the plane."""
        output = self.app.stage.output
        output.pointed(event)
        self.app.stale = True
        return tuple(min(max(float(each), -drawn.EXTENT), drawn.EXTENT) for each in output.place)

    def pressed(self, event):
        if self.is_open and not event.button:
            self.begin(self.place_of(event))

    def dragged(self, event):
        if self.before is not None and self.last is not None and self.is_open:
            self.drag(self.place_of(event))

    def released(self, _event=None):
        """A stroke ends: what it has drawn is learned from."""
        before, self.before, self.last, self.held = self.before, None, None, None
        if before is not None and before is not self.drawing:
            self.commit()
            self.say()

    def begin(self, place):
        """A stroke begins with a point, with the eraser, or with a point in the hand."""
        self.before, self.last, tool = self.drawing, place, self.choices["tool"]
        if tool == HAND:
            self.held = self.drawing.nearest(place, REACH)
        elif tool == ERASER:
            self.erase(place)
        else:
            self.add([place])

    def drag(self, place):
        """The stroke goes on: dabs of the brush, some way apart."""
        tool, size = self.choices["tool"], self.choices["size"]
        if tool == HAND:
            if self.held is not None:
                self.drawing = self.drawing.moved(self.held, place)
        elif tool == ERASER:
            self.erase(place)
        elif math.dist(self.last, place) < max(size / 2, POINT):
            return
        else:
            self.dab(place)
        self.last = place

    def dab(self, place):
        self.add(drawn.dab(place, self.choices["size"], int(self.choices["density"]), self.rng))

    def add(self, places):
        is_number = self.drawing.is_number
        value = self.choices["value"] if is_number else float(self.choices["tool"])
        self.drawing = self.drawing.with_points(places, value)

    def erase(self, place):
        self.drawing = self.drawing.without(place, self.choices["size"])

    def key_pressed(self, event):
        """Take a key of drawing, if this is one; return whether it was."""
        if not self.is_open or event.ctrlKey or event.metaKey or event.altKey:
            return False
        if self.browser.closest(event.target, "#output, #draw-tools") is None:
            return False
        key, on_picture = event.key.lower(), event.target.id == "output"
        if on_picture and key in (" ", "enter"):
            self.key_stroke(in_full=key == "enter")
        elif key in KEYS and not (self.drawing.is_number and key in "23"):
            self.choose(KEYS[key])
            self.browser.element("output").focus()
        elif key == "escape":
            self.close()
        else:
            return False
        return True

    def key_stroke(self, in_full):
        """A stroke by the keyboard, at the place that the arrow keys move.

        Args:
            in_full: Whether the brush gives a dab, and not a single point.
        """
        output = self.app.stage.output
        output.nudge(0, 0)
        if self.held is not None:  # a point is put down
            self.released()
        elif in_full and self.choices["tool"] not in (ERASER, HAND):
            self.before = self.drawing
            self.dab(output.place)
            self.released()
        else:
            self.begin(output.place)
            if self.held is None:  # else the arrow keys move the point
                self.released()

    # What comes of it -------------------------------------------------------------------------

    def commit(self):
        """Learn from the drawing, as soon as that can be done."""
        app, table = self.app, self.drawing.table()
        self.is_ready = table is not None
        if table is None:
            return
        know(table)
        self.remember(table.name)
        before = own_tables.get(app.current.dataset)
        settings = replace(app.current, dataset=table.name, problem="classification")
        if before is None or not before.recipe.drawn:
            settings = replace(settings, train_share=WHOLE)
        self.known, self.problem = table.name, None
        other, now = make_problem(settings), app.experiment.problem
        if kind_of(other) == kind_of(now):
            app.session.renew(settings)
            app.settings_shown(keep=False)
        else:
            app.changed(app.session.change(settings, exactly=True))

    def remember(self, name):
        """Of many drawings the oldest are forgotten: no step of undo or kept run leads there."""
        self.names = [*(other for other in self.names if other != name), name]
        if len(self.names) > MOST_NAMES and not self.app.runs.keeps(self.names[0]):
            own.forget(self.names[0])
            own_tables.pop(self.names[0], None)
        del self.names[:-MOST_NAMES]

    def clear(self):
        """Begin with no point."""
        self.released()
        self.drawing = replace(EMPTY, is_number=self.drawing.is_number)
        self.is_ready = False
        self.say()

    def undo(self):
        """Take the last stroke back, or that all was cleared."""
        self.released()
        self.app.undo() if self.is_ready else self.follow(self.app.experiment.problem)


def kind_of(problem):
    """What has to be the same for a network to go on with other points."""
    return problem.task, problem.loss, problem.output.units, problem.input_names
