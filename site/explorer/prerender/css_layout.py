"""The places of the first picture's network, whatever the size of its panel.

That size is not known when the picture is made. Every place depends on it in a straight line: on
the width, on the height, and on the scale that makes a long column fit. The line is read off the
layout itself at three sizes, and written as a sum for CSS to work out.
"""

from dataclasses import dataclass, replace

from explorer.drawing.views import diagram
from explorer.panels.network.structure import BELOW, HEAD, full_height, place, structure_of

WIDE, WIDER, TALL, LESS_TALL = 800, 900, 2000, 1900
HALF = 0.5  # the scale of the layout that is read off a third time


@dataclass(frozen=True)
class CssLayout:
    """The layouts of one structure at three sizes: usual, wider, and lower."""

    structure: object
    usual: diagram.Layout
    wider: diagram.Layout
    lower: diagram.Layout

    @classmethod
    def of(cls, snapshot):
        port = (WIDE, TALL / 2)
        structure = structure_of(snapshot.settings, snapshot.problem, WIDE, TALL, port)
        low = LESS_TALL
        if structure.on_plane:
            low = HEAD + BELOW + HALF * full_height(structure.most)
        sizes = ({}, {"width": WIDER}, {"height": low})
        return cls(structure, *(place(replace(structure, **size)) for size in sizes))

    @property
    def scale(self):
        """The length that is a pixel, or less where the longest column has to shrink."""
        if not self.structure.on_plane:
            return "1px"
        full = full_height(self.structure.most)
        return f"min(1px, (100cqh - {HEAD + BELOW}px) / {full})"

    def each(self, column):
        """The tiles of a column, each in all three layouts."""
        layouts = (self.usual, self.wider, self.lower)
        return list(zip(*(layout.columns[column] for layout in layouts), strict=True))

    def css(self, pick, tiles):
        """A length of the tile that `pick` measures, as CSS."""
        return f"calc({self.sum(pick, tiles)})"

    def sum(self, pick, tiles):
        usual, wider, lower = (pick(tile) for tile in tiles)
        across = (wider - usual) / (WIDER - WIDE)
        if self.structure.on_plane:
            scaled, down = (usual - lower) / (1 - HALF), 0.0
        else:
            scaled, down = 0.0, (usual - lower) / (TALL - LESS_TALL)
        rest = usual - across * WIDE - down * TALL - scaled
        terms = ((100 * across, "cqw"), (100 * down, "cqh"), (scaled, "*var(--k)"))
        return f"{short(rest)}px" + "".join(
            f" + {short(number)}{unit}" for number, unit in terms if abs(number) > 1e-6
        )


def short(number):
    return f"{number:.4f}".rstrip("0").rstrip(".")
