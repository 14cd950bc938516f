"""The landscape inside a step: which plane, what is dragged, what is drawn in each frame."""

import numpy as np

from explorer.drawing.figures import shown
from explorer.drawing.identity import Identity
from explorer.frames.deadline import CURVES_STILL, Deadline
from explorer.learning.inside.landscape import Landscape, NoPlane
from explorer.panels.inside.landscape import LandscapePanel
from explorer.text.inside import INSIDE

KEYS = 60  # presses of an arrow key from one side of the map to the other


class Terrain:
    """Joins a Landscape with its panel.

    Attributes:
        is_open: Whether it is what the panel shows.
    """

    def __init__(self, room):
        self.room, self.app, self.browser = room, room.app, room.browser
        self.panel = LandscapePanel(room.browser, room.panel.landscape, room.panel.segments)
        self.is_open = False
        self.kind = "weights"
        self.axes = [(1, 0, 0), (1, 1, 0)]  # (layer, source, unit) of each axis
        self.zoom = 1
        self.land = self.mapped = self.marked = None
        self.dragging = False

    @property
    def complete(self):
        return not self.is_open or self.land is None or self.land.complete

    def open(self, on):
        self.is_open = on
        self.land = None
        self.room.panel.show_tab("landscape" if on else "walk")
        self.browser.publish(inside_tab="landscape" if on else "walk")
        self.room.picture.clear()
        self.room.changed()

    # Drawing --------------------------------------------------------------------------------

    def frame(self):
        """Work on the map for a part of this frame, and draw what has changed."""
        experiment = self.app.experiment
        land = self.land
        if land is None or not (land.is_of(experiment) and land.shows_here):
            self.survey(experiment)
        land = self.land
        if land is None:
            return
        theme, shades = self.app.stage.theme, self.app.stage.shades
        land.work(Deadline(self.browser.now, CURVES_STILL))
        key = Identity(land), land.level, theme.ink
        if key != self.mapped and land.losses is not None:
            self.mapped = key
            self.panel.draw_map(land.losses, shades[::-1])
        s = experiment.settings
        count = int(self.panel.count.value)
        box = self.panel.picture.getBoundingClientRect()
        key = Identity(land), experiment.params.tobytes(), s, count, theme.ink, box.width
        if key != self.marked:
            self.marked = key
            loss, gradient = land.slope()
            window = land.low, land.high
            steps = land.steps(count)
            self.panel.draw_marks(land.here, gradient, steps, land.path, window, theme)
            self.write(loss, gradient, self.panel.are_hidden(steps, window))
        if not land.complete:
            self.app.stale = True

    def survey(self, experiment):
        """Another plane, or other numbers around it: the map is begun anew."""
        self.fit_axes()
        try:
            axes = [self.room.walk.index(*axis) for axis in self.axes]
            on_axes = axes if self.kind == "weights" else None
            self.land = Landscape(experiment, on_axes, self.zoom)
        except NoPlane:
            self.kind = "weights"
            self.browser.write(self.room.panel.notice, INSIDE["no_plane"])
            self.land = Landscape(experiment, axes, self.zoom)

    def fit_axes(self):
        """Axes that this network has, and two different ones."""
        model = self.room.walk.model
        for number, (layer, source, unit) in enumerate(self.axes):
            fits = layer <= len(model.layers) and unit < model.shapes[layer - 1][1]
            if not (fits and source < model.shapes[layer - 1][0]):
                self.axes[number] = (len(model.layers), min(number, model.shapes[-1][0] - 1), 0)
        if self.axes[0] == self.axes[1]:
            layer, source, unit = self.axes[0]
            self.axes[1] = layer, (source + 1) % model.shapes[layer - 1][0], unit

    def write(self, loss, gradient, steps_hidden):
        land, words = self.land, self.room.words
        line = INSIDE["land_line"].format(
            loss=shown(loss), first=shown(float(gradient[0])), second=shown(float(gradient[1]))
        )
        if steps_hidden:
            line = f"{line} {INSIDE['land_small']}"
        if self.kind == "path":
            about = INSIDE["land_path"].format(percent=f"{100 * land.plane.unexplained:.1f}")
        else:
            names = [words.name_of(axis) for axis in self.axes]
            about = INSIDE["land_weights"].format(across=names[0], up=names[1])
        if land.is_partial:
            about = f"{about} {INSIDE['land_rows'].format(count=len(land.inputs))}"
        options = [
            ([*words.short_names[layer - 1], INSIDE["bias"]], source)
            for layer, source, _ in self.axes
        ]
        limits = list(zip(land.low.tolist(), land.high.tolist(), strict=True))
        self.panel.write(self.kind, about, line, options, land.here.tolist(), limits)

    # What is done ---------------------------------------------------------------------------

    def choose_kind(self, kind):
        self.kind, self.land = kind, None
        self.room.changed()

    def choose_axis(self, number, source):
        layer, _, unit = self.axes[number]
        other = self.axes[1 - number]
        if (layer, source, unit) == other:
            self.axes.reverse()
        else:
            self.axes[number] = layer, source, unit
        self.land = None
        self.room.changed()

    def choose_zoom(self, zoom):
        self.zoom, self.land = zoom, None
        self.room.changed()

    def take_weight(self, weight):
        """A link was pressed: its weight goes across, what was across goes up."""
        if weight not in self.axes:
            self.axes = [weight, self.axes[0]]
        self.land = None
        self.room.changed()

    def pointer(self, event):
        """Drag the handle; return whether the event was for the map."""
        on_map = self.browser.closest(event.target, "#landscape") is not None
        if self.kind != "weights" or self.land is None:
            return False
        if event.type == "pointerdown" and on_map:
            self.dragging = True
            self.panel.picture.setPointerCapture(event.pointerId)
        elif not self.dragging:
            return False
        settled = event.type in ("pointerup", "pointercancel")
        place = self.panel.place_at(event.clientX, event.clientY, self.land.low, self.land.high)
        self.move_to(place, settled)
        if settled:
            self.dragging = False
        return True

    def slide(self, number, text, settled):
        place = self.land.here.tolist()
        place[number] = float(text)
        self.move_to(place, settled)

    def key(self, across, up):
        """An arrow key on the map moves the handle a little; return whether it does."""
        if self.kind != "weights" or self.land is None:
            return False
        land = self.land
        place = land.here + (land.high - land.low) / KEYS * [across, up]
        self.move_to(np.clip(place, land.low, land.high).tolist(), True)
        return True

    def move_to(self, place, settled):
        """Set the two weights."""
        if np.isfinite(place).all():
            self.app.session.set_param(self.land.axes, [float(value) for value in place], settled)
        if settled:
            self.app.settings_shown()
        self.app.stale = True
