"""Which tiles the network's picture has, and where they stand.

Everything that decides the layout is one value, so that the elements are made anew exactly when
it changes.
"""

import functools
from dataclasses import dataclass, replace

from explorer.drawing.views import diagram
from explorer.settings.settings import INPUT_NAMES
from explorer.text.labels import NOUNS
from explorer.text.notices import TEXT

HEAD = 40  # room above the first tiles for the layers' heads
LABEL = 108  # room to the left of the inputs for their names
TABLE_LABEL = 148
RIGHT, TABLE_RIGHT = 40, 44  # room to the right of the last column
TILE, GAP = 44, 18  # a tile of the plane and the room below it, where there is enough
BELOW = 8  # room below the last tile
BAR, LEAST_BAR, BAR_GAP = 32, 6, 4  # a table's tile, how low it gets, the room below it then
DENSE = 20  # tiles in a column that are too small for the biases beside them
LEAST_PITCH = 26  # from tile to tile where the page may be as long as it likes: a finger's width
HEAD_WIDTH = 118  # what a layer's head needs; where columns are closer it says the number alone
CALLOUT_WIDTH, CALLOUT_HEIGHT, CALLOUT_ROOM = 170, 110, 16


@dataclass(frozen=True)
class Structure:
    """All that decides which tiles there are and where: when it changes, they are made anew."""

    on_plane: bool
    inputs: tuple[str, ...]
    live: tuple[bool, ...]
    hidden: tuple[tuple[int, str], ...]  # units and activation per layer
    outputs: int
    rows: int
    width: int
    height: int
    port: tuple[float, float] | None
    fixed: bool  # whether the numbers of neurons can not be changed
    callouts: bool
    ratio: float = 1.0  # pixels of the screen along a CSS pixel

    def sized(self):
        """The same whatever the panel's size: what decides which tiles there are."""
        port = self.port and (0.0, 0.0)
        return replace(self, width=0, height=0, port=port, callouts=False, ratio=1.0)

    @property
    def crowded(self):
        return self.most > 9

    @property
    def dense(self):
        """Whether tiles are too small for the squares of the biases."""
        return self.most > DENSE

    @property
    def most(self):
        """The tiles of the longest column."""
        return max([len(self.inputs), *(units for units, _ in self.hidden)])

    @property
    def scale(self):
        """How much smaller the tiles of the plane are drawn, so that the longest column fits."""
        return min(1.0, (self.height - HEAD - BELOW) / full_height(self.most))

    @property
    def least_width(self):
        """The width in pixels below which the picture is scrolled."""
        columns = 1 + len(self.hidden) + (self.port is None)
        label, pitch = (LABEL, 80) if self.on_plane else (TABLE_LABEL, 100)
        return label + 40 + pitch * columns

    @property
    def least_height(self):
        """The height in pixels that fingers need, where the page has no end."""
        return HEAD + BELOW + self.most * LEAST_PITCH


def full_height(count):
    """The height of a column of `count` tiles of the plane in full size."""
    return count * (TILE + GAP) - GAP


def structure_of(settings, problem, width, height, port, callouts=True):
    """The structure that `settings` and its problem ask for in a panel of this size.

    port: where a single output enters its picture; callouts: whether there is room for them.
    """
    plane = problem.on_plane
    hidden = tuple(zip(settings.network_shape, settings.activations, strict=True))
    names = INPUT_NAMES if plane else problem.input_names
    single = plane and problem.output.units == 1  # enters the large picture of the plane
    return Structure(
        plane, tuple(names), tuple(n in problem.input_names for n in names), hidden,
        problem.output.units, len(problem.train.inputs), round(width), round(height),
        port if single else None, "numHiddenLayers" in settings.hidden,
        callouts and plane and not settings.hide_text,
    )  # fmt: skip


@functools.lru_cache(maxsize=2)
def place(structure):
    """The layout of a structure."""
    s = structure
    if s.on_plane:
        size = TILE * s.scale
        columns = [(len(s.inputs), size, size), *((units, size, size) for units, _ in s.hidden)]
        if s.port is None:
            columns.append((s.outputs, size, size))
        return diagram.layout(
            columns, s.height, top=HEAD, left=LABEL, right=s.width - RIGHT, port=s.port,
            live=s.live, room=GAP * s.scale,
        )  # fmt: skip
    columns = [(len(s.inputs), 84, 17 if len(s.inputs) <= 16 else 12)]
    columns += [(units, 58, bar_height(s, units)) for units, _ in s.hidden]
    columns.append((s.outputs, 30, BAR))
    spread = diagram.spread(
        columns, s.height, len(columns) - 1, HEAD, TABLE_LABEL, s.width - TABLE_RIGHT
    )
    return diagram.linked(diagram.centred(spread, s.height - BELOW, HEAD), None)


def bar_height(structure, units):
    """The height of a table's tiles: lower where they would not have room below each other."""
    pitch = (structure.height - HEAD - BELOW) / units
    return max(LEAST_BAR, min(BAR, pitch - BAR_GAP))


def heading(problem):
    """What stands above the inputs."""
    if problem.on_plane:
        return TEXT["inputs"]
    rows = len(problem.train.inputs) + len(problem.test.inputs)
    nouns, columns = NOUNS[problem.table.name][1], len(problem.input_names)
    return TEXT["table"].format(rows=rows, nouns=nouns, columns=columns)


def close(layout):
    """Whether the columns are too close for the whole heads of the layers."""
    return layout.columns[1][0].x - layout.columns[0][0].x < HEAD_WIDTH


def callouts(layout, structure):
    """(x, y, name of the text) of two notes, below the first and the last hidden layer, each
    only where there is room for it."""
    if not (structure.callouts and structure.hidden):
        return []
    hidden = layout.columns[1 : len(structure.hidden) + 1]
    notes = [(hidden[0], "callout_neuron")]
    if hidden[-1][0].x - hidden[0][0].x > CALLOUT_WIDTH + 24:
        notes.append((hidden[-1], "callout_weight"))
    lowest = structure.height - CALLOUT_HEIGHT
    placed = [
        (min(column[0].x, structure.width - CALLOUT_WIDTH), bottom(column) + CALLOUT_ROOM, text)
        for column, text in notes
    ]
    return [note for note in placed if note[1] <= lowest]


def bottom(column):
    return column[-1].y + column[-1].height
