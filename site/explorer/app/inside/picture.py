"""What a walk draws: numbers and links on the network, the sample's ring, the batch's strip."""

import numpy as np

from explorer.drawing.figures import shown
from explorer.panels.inside.numbers import NumbersOverlay
from explorer.panels.inside.strip import draw_strip
from explorer.text.inside import INSIDE

EXTENT = 6.0
ASKED = ("sum", "activation", "delta")  # phases that ask for the units' own numbers
SIGNS = {"z": "z ", "a": "a ", "delta": "δ ", "input": ""}


class Picture:
    """Draws for a room."""

    def __init__(self, room):
        self.room, self.browser = room, room.browser
        self.overlay = NumbersOverlay(room.browser)
        self.ring = None
        self.drawn = self.marked = None

    def clear(self):
        self.overlay.remove()
        self.room.app.stage.lab.look.selected.clear()
        self.drawn = self.marked = None
        if self.ring is not None:
            self.ring.remove()
            self.ring = None

    def draw(self, snapshot):
        """Draw the numbers, if anything about them has changed."""
        room, stage = self.room, self.room.app.stage
        network = stage.network
        if self.marked != (id(room.walk), room.walk.row):
            self.marked = id(room.walk), room.walk.row
            self.mark_sample()
        if network.structure is None or network.tiles is None:
            return
        if room.app.session.view == "wine" and not stage.lab.shows_network():
            self.overlay.remove()
            self.drawn = None
            return
        key = (
            room.place_key, room.walk.row, network.frame, stage.theme.ink, room.paths is None,
            id(room.walk), len(room.asking.log), room.asking.level, room.walk.weight,
            self.overlay.box.isConnected,
        )  # fmt: skip
        if key == self.drawn:
            return
        self.drawn = (*key[:-1], True)
        focus = self.focus()
        self.overlay.draw(
            network,
            stage.theme,
            self.units(focus),
            self.weights(),
            self.strong(),
            focus,
            room.walk.place.phase == "delta",
        )

    def column(self, layer, number):
        """(column, place in it) of a unit; inputs stand among those that are switched off."""
        walk = self.room.walk
        if layer or not walk.problem.on_plane:
            return layer, number
        live = self.room.app.stage.network.structure.live
        return 0, [k for k, on in enumerate(live) if on][number]

    def focus(self):
        place = self.room.walk.place
        return self.column(place.layer, self.room.unit) if place.layer else None

    def units(self, focus):
        """The number at each unit, as far as the walk has come: sums, outputs, then deltas."""
        walk, found = self.room.walk, {}
        place, layers = walk.place, walk.sample.layers
        order = walk.places
        back = place.phase in ("delta", "gradient", "update", "after") or place.phase == "loss"
        for k, value in enumerate(layers[0].inputs[:, 0].tolist()):
            found[self.column(0, k)] = shown(value, short=True)
        for layer, record in enumerate(layers, 1):
            kind = self.kind_at(layer, place, order, back)
            if kind is None:
                continue
            values = getattr(record, kind)[:, 0].tolist()
            if place.phase == "after":
                values = walk.outputs_after[layer - 1]
            for unit, value in enumerate(values):
                at = self.column(layer, unit)
                if (at == focus and self.is_asked()) or self.is_hidden(layer, unit, place, kind):
                    found[at] = f"{SIGNS[kind]}?"
                elif not self.comes_later(layer, unit, place):
                    found[at] = SIGNS[kind] + shown(value, short=True)
        return found

    def kind_at(self, layer, place, order, back):
        """Which number a layer shows at a place: "z", "a", "delta", or None for none yet."""
        if place.phase == "input":
            return None
        if not back:
            if layer < place.layer:
                return "a"
            if layer > place.layer:
                return None
            return "z" if place.phase == "sum" else "a"
        if place.phase in ("loss", "after"):
            return "a"
        if place.phase == "update" or not place.layer:
            return "delta"
        return "delta" if layer >= place.layer else "a"

    def comes_later(self, layer, unit, place):
        """Whether a unit's number is still to come, where the walk goes unit by unit."""
        return place.unit is not None and layer == place.layer and unit > place.unit and (
            place.phase in ("sum", "activation", "delta")
        )  # fmt: skip

    def is_hidden(self, layer, unit, place, kind):
        """Whether a unit's number is one that is asked for when the unit is looked at."""
        asking = self.room.asking
        if asking.level == "none" or layer != place.layer or place.phase not in ASKED:
            return False
        return unit != self.room.unit and not any(
            question.place == (place.phase, layer, unit) and question.name == SIGNS[kind].strip()
            for question in (each.question for each in asking.settled.values())
            if not asking.is_open(question)
        )

    def is_asked(self):
        room = self.room
        return any(
            room.asking.is_open(question)
            for question in room.questions.values()
            if question.hint not in ("gradient", "bias_gradient")
        )

    # Weights on links -----------------------------------------------------------------------

    def weights(self):
        """{curve: (text, size)} of the links that lead into, or back from, the unit in focus."""
        walk, place = self.room.walk, self.room.walk.place
        if not place.layer or place.phase in ("activation", "loss", "after") or self.room.paths:
            return {}
        vector, sign = walk.sample.before, "w "
        if place.phase == "gradient":
            vector, sign = walk.sample.gradient, "∂ "
        elif place.phase == "update":
            vector, sign = walk.update.after, "w′ "
        if place.phase == "gradient" and self.room.asking.level != "none":
            return {}
        if place.phase == "update" and self.room.asking.level != "none":
            vector, sign = walk.update.before, "w "
        return {
            curve: (sign + shown(float(vector[index]), short=True), float(vector[index]))
            for curve, index in self.curves()
        }

    def curves(self):
        """(curve, parameter) of the links that matter at this place."""
        walk, place, unit = self.room.walk, self.room.walk.place, self.room.unit
        model = walk.model
        order = np.cumsum(model.is_weight) - 1  # a weight's number among the curves
        if place.phase == "delta":
            if place.layer == len(model.layers):
                return []
            units = model.layers[place.layer].units
            indices = [walk.index(place.layer + 1, unit, k) for k in range(units)]
        else:
            sources = model.shapes[place.layer - 1][0] - 1
            indices = [walk.index(place.layer, k, unit) for k in range(sources)]
        return [(int(order[index]), index) for index in indices]

    def strong(self):
        """{curve: signed size} of the links to draw strongly."""
        walk, room = self.room.walk, self.room
        place = walk.place
        if room.paths is not None:
            return self.strong_paths()
        if not place.layer or place.phase in ("activation", "loss", "after"):
            return {}
        vector = walk.sample.gradient if place.phase == "gradient" else walk.sample.before
        return {curve: float(vector[index]) for curve, index in self.curves()}

    def strong_paths(self):
        """The links of the paths, each as strong as all paths through it together."""
        walk = self.room.walk
        layer, source, unit = walk.weight
        model = walk.model
        order = np.cumsum(model.is_weight) - 1
        found = {}
        if source < model.shapes[layer - 1][0] - 1:
            index = walk.index(layer, source, unit)
            found[int(order[index])] = float(walk.sample.gradient[index])
        for path in self.room.paths.strongest:
            for k, (j, m) in enumerate(zip(path.units, path.units[1:], strict=False), layer):
                curve = int(order[walk.index(k + 1, j, m)])
                found[curve] = found.get(curve, 0.0) + path.product
        return found

    # The sample and the batch ---------------------------------------------------------------

    def mark_sample(self):
        """A ring around the sample in the large picture."""
        room, walk = self.room, self.room.walk
        if not walk.problem.on_plane:
            room.app.stage.lab.look.selected = {int(walk.problem.split.train[walk.row])}
            room.app.stale = True
            return
        if self.ring is None:
            home = self.browser.element("output")
            self.ring = self.browser.create("i", home, class_="inside-sample-ring")
        x1, x2 = walk.problem.train.points[walk.row].tolist()
        left, top = (50 * (1 + x1 / EXTENT), 50 * (1 - x2 / EXTENT))
        self.ring.style.cssText = f"left:{left:.2f}%;top:{top:.2f}%"

    def draw_strip(self, account):
        """Every sample's gradient, and their mean."""
        panel, theme = self.room.panel, self.room.app.stage.theme
        each, mean = account.values["each"], account.result
        own = np.flatnonzero(account.values["rows"] == account.values["row"])
        draw_strip(self.browser, panel.strip_canvas, each, mean, own, theme)
        label = INSIDE["strip_label"].format(
            n=len(each), least=shown(float(each.min())), most=shown(float(each.max())),
            mean=shown(mean),
        )  # fmt: skip
        panel.strip_canvas.setAttribute("aria-label", label)
        text = INSIDE["batch_strip"].format(mean=shown(mean))
        self.browser.write(panel.strip_text, text)
