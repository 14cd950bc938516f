"""What the reader does inside a step: presses, choices and keys, and what each of them means."""

import numpy as np

from explorer.app.shortcuts import TYPING
from explorer.drawing.figures import shown
from explorer.panels.inside import mathml
from explorer.panels.output import EXTENT
from explorer.text.inside import INSIDE

AMOUNT = 0.001  # how far a nudge moves a weight
NEAR = 24.0  # pixels from a point within which a press means it
AXES = {"across": 0, "up": 1}
ON_MAP = {"ArrowRight": (1, 0), "ArrowLeft": (-1, 0), "ArrowUp": (0, 1), "ArrowDown": (0, -1)}
STEPS = {"ArrowRight": +1, "ArrowLeft": -1}
OWN_ARROWS = '[data-unit], [data-input], [role="tab"], [role="slider"], #output, [data-row]'


class Hands:
    """Acts for a room."""

    def __init__(self, room):
        self.room, self.app, self.browser = room, room.app, room.browser
        self.actions = {
            "step-back": lambda _: room.back(),
            "neuron": self.look_at_unit,
            "inside-phase": self.go_to_phase,
            "inside-scope": self.choose_scope,
            "inside-next": lambda _: room.follow(room.walk.next_row()),
            "inside-terms": lambda _: self.fold(),
            "inside-nudge": lambda _: self.nudge(),
            "inside-paths": lambda _: self.show_paths(),
            "inside-check": self.check,
            "inside-reveal": self.reveal,
            "inside-tab": room.open_tab,
            "inside-plane": room.terrain.choose_kind,
        }

    def takes(self, event):
        """Do what an event means inside; return whether it means anything here."""
        if event.type == "click":
            return self.clicked(event)
        if event.type == "keydown":
            return self.key_pressed(event)
        if event.type.startswith("pointer"):
            return self.room.terrain.is_open and self.room.terrain.pointer(event)
        return self.chosen(event.target, event.type == "change")

    # Presses --------------------------------------------------------------------------------

    def clicked(self, event):
        closest, target = self.browser.closest, event.target
        node = closest(target, "[data-action]")
        if node is not None:
            action = self.actions.get(node.getAttribute("data-action"))
            if action is not None:
                action(node.getAttribute("data-value"))
            return action is not None
        if closest(target, "#output") is not None:
            self.pick_point(event.clientX, event.clientY)
            return True
        if closest(target, "#plane, [data-row]") is not None:
            self.pick_row(self.app.stage.lab, event)
            return True
        if closest(target, "#network") is not None and closest(target, "label") is None:
            self.pick_link(event)
            return True
        return False

    def look_at_unit(self, value):
        layer, unit = (int(part) for part in value.split("."))
        if layer <= len(self.room.walk.model.layers):
            self.room.look_at(unit - 1, layer)

    def go_to_phase(self, phase):
        self.room.walk.go_to(phase)
        self.room.moved()

    def choose_scope(self, scope):
        room = self.room
        row, whole = room.walk.row, scope == "batch"
        if whole and row not in room.walk.batch.rows:
            row = None
        place = room.walk.place
        room.walk.whole_batch = whole
        if room.begin(row):
            room.walk.go_to(place.phase, place.layer)
            room.moved()

    def fold(self):
        self.room.all_terms = not self.room.all_terms
        self.room.changed()

    def pick_point(self, client_x, client_y):
        """The training point nearest to a place of the picture."""
        output = self.app.stage.output
        box = output.points.getBoundingClientRect()
        x1 = (client_x - box.left) / box.width * 2 * EXTENT - EXTENT
        x2 = EXTENT - (client_y - box.top) / box.height * 2 * EXTENT
        self.pick_near(x1, x2, NEAR / box.width * 2 * EXTENT)

    def pick_near(self, x1, x2, reach):
        points = self.room.walk.problem.train.points
        distance = np.hypot(points[:, 0] - x1, points[:, 1] - x2)
        row = int(distance.argmin())
        if distance[row] <= reach:
            self.room.follow(row)

    def pick_row(self, lab, event):
        """The row of a table, or the point of its plane."""
        number = self.app.stage.lab.plane.row_at(event.clientX, event.clientY)
        line = self.browser.closest(event.target, "[data-row]")
        if line is not None:
            number = int(line.getAttribute("data-row"))
        if number is not None:
            self.pick_number(number)

    def pick_number(self, number):
        """Follow the row of this number.

        Args:
            number: Of the row in its table.
        """
        rows = np.flatnonzero(self.room.walk.problem.split.train == number)
        if len(rows):
            self.room.follow(int(rows[0]))
        else:
            self.browser.write(self.room.panel.notice, INSIDE["held_back"])

    def pick_link(self, event):
        """The weight whose line is under the pointer."""
        model = self.room.walk.model
        number = self.app.stage.network.link_at(event.clientX, event.clientY)
        if number is None or number >= model.is_weight.sum():
            return
        index = int(np.flatnonzero(model.is_weight)[number])
        for layer, block in enumerate(model.blocks(np.arange(model.n_params)), 1):
            if index <= block[-1, -1]:
                source, unit = np.argwhere(block == index)[0].tolist()
                if self.room.terrain.is_open:
                    self.room.terrain.take_weight((layer, source, unit))
                else:
                    self.room.look_at(unit, layer, source)
                return

    # Nudge and paths ------------------------------------------------------------------------

    def nudge(self):
        """What the loss does when the weight grows a little, beside what the gradient promises."""
        room, walk = self.room, self.room.walk
        index = walk.index(*walk.weight)
        change = walk.nudged(index, AMOUNT)
        gradient = float(walk.sample.gradient[index])
        text = INSIDE["nudged"].format(
            weight=room.words.weight_name, change=shown(change), gradient=shown(gradient),
            promise=shown(gradient * AMOUNT),
        )  # fmt: skip
        room.panel.write_found([text])

    def show_paths(self):
        """The paths from the weight to the loss, or hides them."""
        room, walk = self.room, self.room.walk
        if room.paths is not None:
            room.paths = None
            room.panel.write_found(())
            room.changed()
            return
        layer, index = walk.weight[0], walk.index(*walk.weight)
        found = room.paths = walk.paths_of(index)
        total = shown(float(walk.sample.gradient[index]))
        key = "paths_one" if found.count == 1 else "paths_line"
        rows = [
            (self.path_name(layer, path), self.path_tree(path), path.product)
            for path in found.strongest
        ]
        if found.count > len(found.strongest):
            count = found.count - len(found.strongest)
            rows.append((INSIDE["paths_rest"].format(count=f"{count:,}"), None, found.rest))
        room.changed()
        room.panel.write_found([INSIDE[key].format(count=f"{found.count:,}", total=total)], rows)

    def path_name(self, layer, path):
        """The units along a path: layer by layer their numbers."""
        return " → ".join(f"{k}.{unit + 1}" for k, unit in enumerate(path.units, layer))

    def path_tree(self, path):
        return mathml.joined([mathml.number(factor) for factor in path.factors], "×")

    # Fields and keys ------------------------------------------------------------------------

    def chosen(self, node, settled):
        room, axis = self.room, AXES.get(node.getAttribute("data-axis"))
        if axis is not None and node.type == "range":
            room.terrain.slide(axis, node.value, settled)
        elif axis is not None:
            room.terrain.choose_axis(axis, int(node.value))
        elif node.id == "inside-steps":
            room.changed()
        elif node.id == "inside-zoom":
            room.terrain.choose_zoom(int(node.value))
        elif node.id == "inside-weight":
            layer, _, unit = room.walk.weight
            room.walk.weight = layer, int(node.value), unit
            room.paths = None
            room.panel.write_found(())
            room.changed()
        elif node.id == "inside-level":
            room.asking.level = node.value
            room.changed()
        elif node.id == "inside-by-unit":
            room.walk.one_by_one(bool(node.checked), room.unit)
            room.changed()
        else:
            return node.hasAttribute("data-asked")
        return True

    def key_pressed(self, event):
        target = event.target
        if event.altKey or event.ctrlKey or event.metaKey:
            return False
        if event.key == "Enter" and target.hasAttribute("data-asked"):
            self.check(target.getAttribute("data-asked"))
            return True
        if event.key in ("Enter", " ") and target.id == "output":
            place = self.app.stage.output.place
            if place is not None:
                self.pick_near(*place, 2 * EXTENT)
            return place is not None
        if target.id == "landscape" and event.key in ON_MAP:
            return self.room.terrain.key(*ON_MAP[event.key])
        step = STEPS.get(event.key)
        typing = target.tagName in TYPING
        if step is None or typing or self.browser.closest(target, OWN_ARROWS) is not None:
            return False
        if step < 0:
            self.room.back()
        elif not self.room.walk.at_end:  # the network takes the step by the button alone
            self.room.forward()
        return True

    # Asking ---------------------------------------------------------------------------------

    def check(self, number):
        """Judge what was typed for the line of this number."""
        room = self.room
        question = room.questions[int(number)]
        [field] = self.browser.elements(f'.asked[data-asked="{number}"]')
        typed = field.value
        answer = room.asking.answer(question, typed)
        if answer is None:
            room.panel.refuse(field, INSIDE["not_number"])
            return
        self.browser.write(room.panel.notice, "")
        room.changed()
        room.write()
        self.go_on(number, typed, answer.right)

    def go_on(self, number, typed, right):
        """The focus goes to the next number that is asked for, or back to the wrong one."""
        fields = self.browser.elements(".asked")
        if not right:
            for field in fields:
                if field.getAttribute("data-asked") == str(number):
                    field.value = typed
                    field.focus()
                    self.room.panel.reveal(field)
        elif fields:
            fields[0].focus()
        else:
            self.browser.element("step").focus()

    def reveal(self, number):
        self.room.asking.give_up(self.room.questions[int(number)])
        self.room.changed()
