"""What the neurons say over the plane, for the picture of now.

A picture of a running training is worked out at once, as coarse as it has to be. A picture that
stays is always fine: if that takes longer, a coarse one comes first, and the fine one is worked
out over the next frames. It is kept, because pointing at a neuron draws the same maps again.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass

from explorer.learning.evaluation import rows_at_once
from explorer.learning.snapshot import Snapshot
from nncore import Sequential
from nncore.arrays import FloatArray

QUICK = 6  # parts of work that a picture of a running training may have


@dataclass(frozen=True)
class Picture:
    """Maps of one moment."""

    layers: list[FloatArray]  # per layer (cells^2, units): what each unit answers
    small: list[FloatArray]  # the same with half the cells along a side, for the tiles
    cells: int  # along a side of `layers`


def is_quick(model: Sequential, cells: int) -> bool:
    """Whether maps of so many cells can be expected within a frame, on a machine not known yet."""
    return cells * cells <= QUICK * rows_at_once(model)


class Maps:
    """The maps of the last picture, and those that are being worked out.

    Args:
        finest, coarsest: The cells along a side of the maps of a picture that stays: those that it
            has in the end, and those that come first where the fine ones take long.
    """

    def __init__(self, finest: int, coarsest: int) -> None:
        self.finest, self.coarsest = finest, coarsest
        self.forget()

    def forget(self) -> None:
        self.snapshot: Snapshot | None = None  # of the picture that stays
        self.key: tuple[object, ...] | None = None  # what that depends on
        self.picture: Picture | None = None  # its maps: coarse until the fine ones are done
        self.under_way: Generator[None, None, list[FloatArray]] | None = None  # on the fine ones

    def moving(self, snapshot: Snapshot, cells: int) -> Picture:
        """The maps of a snapshot of a running training."""
        self.forget()
        return picture(snapshot.maps(cells), cells)

    def still(self, snapshot: Snapshot) -> Picture:
        """The maps of a snapshot that stays: the finest, if they are done or soon done."""
        parts = snapshot.model, snapshot.problem, snapshot.compiled
        key = *map(id, parts), snapshot.params.tobytes()
        if key != self.key:
            self.snapshot, self.key, self.picture = snapshot, key, None
            self.under_way = snapshot.map_parts(self.finest)
            self.work()
        if self.picture is None:
            self.picture = picture(snapshot.maps(self.coarsest), self.coarsest)
        return self.picture

    def work(self) -> None:
        """The next part of the fine maps."""
        try:
            if self.under_way is not None:
                next(self.under_way)
        except StopIteration as end:
            self.picture, self.under_way = picture(end.value, self.finest), None


def picture(layers: list[FloatArray], cells: int) -> Picture:
    return Picture(layers, [thinned(layer, cells) for layer in layers], cells)


def thinned(values: FloatArray, cells: int) -> FloatArray:
    """Every other cell both ways: (cells^2, units) to (cells^2 / 4, units), for the small tiles."""
    return values.T.reshape(-1, cells, cells)[:, ::2, ::2].reshape(values.shape[1], -1).T
