"""Which tiles the network's picture has, and where they stand.

Everything that decides the layout is one value, so that the elements are made anew exactly when
it changes.
"""

from dataclasses import dataclass

from explorer.settings import INPUT_NAMES
from explorer.views import diagram

HEAD = 40  # room above the first tiles for the layers' heads
LABEL = 108  # room to the left of the inputs for their names
TABLE_LABEL = 148


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

    @property
    def crowded(self):
        return max([len(self.inputs), *(units for units, _ in self.hidden)]) > 9


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


def place(structure):
    """The layout of a structure."""
    s = structure
    if s.on_plane:
        size = 44
        most = max([len(s.inputs), *(units for units, _ in s.hidden)])
        if most > 1:
            size = min(44, int((s.height - HEAD - 8) / (most * 1.18)))
        columns = [(len(s.inputs), size, size), *((units, size, size) for units, _ in s.hidden)]
        if s.port is None:
            columns.append((s.outputs, size, size))
        return diagram.layout(
            columns, s.width, s.height, top=HEAD, left=LABEL, right=s.width - 40,
            port=s.port, live=s.live,
        )  # fmt: skip
    columns = [(len(s.inputs), 84, 18 if len(s.inputs) <= 16 else 12)]
    columns += [(units, 58, 32) for units, _ in s.hidden] + [(s.outputs, 30, 32)]
    spread = diagram.layout(
        columns, s.width, s.height, top=HEAD, left=TABLE_LABEL, right=s.width - 44
    )
    return diagram.linked(diagram.centred(spread, s.height - 8, HEAD), None)
