"""Which tiles the network's picture has, and where they stand.

Everything that decides the layout is one value, so that the elements are made anew exactly when
it changes.
"""

import functools
import math
from dataclasses import dataclass, replace

from explorer.drawing.views import diagram
from explorer.settings.settings import INPUT_NAMES
from explorer.text.labels import NOUNS
from explorer.text.notices import TEXT

HEAD, TABLE_HEAD = 40, 28  # room above the first tiles for the layers' heads
LABEL = 108, 64  # room to the left of the inputs for their names: usual, and where it is narrow
TABLE_LABEL = 148, 116
RIGHT, TABLE_RIGHT = 40, 44  # room to the right of the last column
TILE, GAP = 44, 18  # a tile of the plane and the room below it, where there is enough
BELOW = 8  # room below the last tile
INPUT_BAR, UNIT_BAR, OUTPUT_BAR = (84, 56), (58, 44), 30  # the widths of a table's tiles
BAR, LEAST_BAR, BAR_GAP = 32, 6, 4  # a table's tile, how low it gets, the room below it then
ROW = 11.4  # pixels from one of a table's inputs to the next, at least: their names' height
PITCH, TABLE_PITCH = 80, 100  # from column to column, where there is enough room
FEW = 4  # gaps between columns of the plane that are never squeezed: only phones lack the room
HEAD_PITCH = 62  # what a layer's head needs that says the number alone
DENSE = 20  # tiles in a column that are too small for the biases beside them
LEAST_PITCH = 26  # from tile to tile where the page may be as long as it likes: a finger's width
HEAD_WIDTH = 118  # what a layer's head needs; where columns are closer it says the number alone
TABLE_HEAD_WIDTH = 112
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
        """How much closer the tiles stand than they would like, so that the longest column of the
        plane fits, or a table's inputs. The plane's tiles shrink likewise."""
        if self.on_plane:
            return min(1.0, (self.height - HEAD - BELOW) / full_height(self.most))
        count, low = len(self.inputs), input_height(self)
        return min(1.0, (self.room - low) / max((count - 1) * (low + GAP), 1))

    @property
    def room(self):
        """The height that a table's tiles share."""
        return self.height - TABLE_HEAD - BELOW

    @property
    def gaps(self):
        """The gaps from the inputs to the last column, or to the port."""
        return 1 + len(self.hidden)

    @property
    def full_width(self):
        """The width in pixels that the picture would like to have, at least."""
        if self.on_plane:
            return LABEL[0] + RIGHT + PITCH * (self.gaps + (self.port is None))
        return TABLE_LABEL[0] + RIGHT + TABLE_PITCH * (self.gaps + 1)

    @property
    def least_width(self):
        """The width in pixels below which the picture is scrolled."""
        if self.on_plane:
            if self.gaps <= FEW:
                return self.full_width
            return LABEL[1] + RIGHT + HEAD_PITCH * (self.gaps + (self.port is None))
        ends = TABLE_LABEL[1] + INPUT_BAR[1] + OUTPUT_BAR + TABLE_RIGHT
        return ends + HEAD_PITCH * self.gaps - UNIT_BAR[1]

    @property
    def squeeze(self):
        """How narrow it is: 0 where there is room enough, 1 at the least width."""
        full, least = self.full_width, self.least_width
        return min(max((full - self.width) / max(full - least, 1), 0.0), 1.0) * (full > least)

    def narrowed(self, sizes):
        """A length between its usual and its least size, as narrow as it is."""
        usual, least = sizes
        return usual - (usual - least) * self.squeeze

    @property
    def least_height(self):
        """The height in pixels that fingers need, where the page has no end."""
        return HEAD + BELOW + self.most * LEAST_PITCH

    @property
    def lowest(self):
        """The height in pixels below which a table's picture is scrolled."""
        return TABLE_HEAD + BELOW + math.ceil(ROW * len(self.inputs))


def full_height(count):
    """The height of a column of `count` tiles of the plane in full size."""
    return count * (TILE + GAP) - GAP


def structure_of(settings, problem, width, height, port, callouts=True):
    """The structure that `settings` and its problem ask for in a panel of this size.

    Args:
        port: Where a single output enters its picture.
        callouts: Whether there is room for them.
    """
    plane = problem.on_plane
    hidden = tuple(zip(settings.network_shape, settings.activations, strict=True))
    names = problem.input_names
    if plane:  # an own formula stands last
        names = (*INPUT_NAMES, *(name for name in names if name not in INPUT_NAMES))
    single = plane and problem.output.units == 1  # enters the large picture of the plane
    return Structure(
        plane, tuple(names), tuple(n in problem.input_names for n in names), hidden,
        problem.output.units, problem.n_pictured, round(width), round(height),
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
            columns, s.height, top=HEAD, left=s.narrowed(LABEL), right=s.width - RIGHT,
            port=s.port, live=s.live, room=GAP * s.scale,
        )  # fmt: skip
    inputs = len(s.inputs)
    columns = [(inputs, s.narrowed(INPUT_BAR), min(input_height(s), pitch_of(s, inputs) - 3))]
    columns += [(u, s.narrowed(UNIT_BAR), bar_height(s, u)) for u, _ in s.hidden]
    columns.append((s.outputs, OUTPUT_BAR, bar_height(s, s.outputs)))
    spread = diagram.spread(
        columns, s.height, s.gaps, TABLE_HEAD, s.narrowed(TABLE_LABEL), s.width - TABLE_RIGHT,
        pitches=[pitch_of(s, inputs), *(pitch_of(s, count, bar) for count, _, bar in columns[1:])],
    )  # fmt: skip
    return diagram.linked(diagram.centred(spread, s.height - BELOW, TABLE_HEAD), None)


def input_height(structure):
    """The height of a table's input, where there is room enough."""
    return 17 if len(structure.inputs) <= 16 else 12


def bar_height(structure, units):
    """The height of a table's tiles: lower where they would not have room below each other."""
    return max(LEAST_BAR, min(BAR, structure.room / units - BAR_GAP))


def pitch_of(structure, count, bar=None):
    """Return the step from one of a table's tiles to the next in a column of `count`.

    All columns are as close as the inputs, but no closer than they have to be.

    Args:
        bar: A tile's height, None for an input's.
    """
    s, tall = structure, bar or input_height(structure)
    usual = s.scale * (tall + GAP)
    if bar is None:
        return max(usual, ROW)
    return min(max(usual, min(bar + GAP, BAR + BAR_GAP)), (s.room - bar) / max(count - 1, 1))


def heading(problem):
    """What stands above the inputs."""
    if problem.on_plane:
        return TEXT["inputs"]
    rows = len(problem.train.inputs) + len(problem.test.inputs)
    nouns, columns = NOUNS[problem.table.name][1], len(problem.input_names)
    return TEXT["table" if columns > 1 else "table_one"].format(
        rows=rows, nouns=nouns, columns=columns
    )


def close(layout, on_plane=True):
    """Whether the columns are too close for the whole heads of the layers."""
    first, room = (0, HEAD_WIDTH) if on_plane else (1, TABLE_HEAD_WIDTH)
    return layout.columns[first + 1][0].x - layout.columns[first][0].x < room


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
