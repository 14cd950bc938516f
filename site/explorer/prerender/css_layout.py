"""The places of the first picture's network, whatever the size of its panel.

That size is not known when the picture is made. Every place depends on it in straight lines: on
the width and the height, on the scale that makes a long column fit, and on how much too narrow the
panel is. The lines are read off the layout itself at five sizes, and written as a sum for CSS to
work out.
"""

from dataclasses import dataclass, replace

from explorer.drawing.views import diagram
from explorer.panels.network.structure import (
    BELOW,
    GAP,
    HEAD,
    TABLE_HEAD,
    full_height,
    input_height,
    place,
    structure_of,
)

WIDE, WIDER, TALL, LESS_TALL = 1200, 1300, 2000, 1900
CLOSER = 0.8  # the scale of the layout that is read off a fourth time
NARROWER = 20  # pixels by which that of the fifth time is too narrow


@dataclass(frozen=True)
class CssLayout:
    """The layouts of one structure at five sizes."""

    structure: object
    usual: diagram.Layout
    wider: diagram.Layout
    lower: diagram.Layout
    closer: diagram.Layout
    narrow: diagram.Layout

    @classmethod
    def of(cls, snapshot):
        port = (WIDE, TALL / 2)
        structure = structure_of(snapshot.settings, snapshot.problem, WIDE, TALL, port)
        low = round(used_height(structure) + CLOSER * scaled_height(structure))
        narrow = structure.full_width - NARROWER
        sizes = ({}, {"width": WIDER}, {"height": LESS_TALL}, {"height": low}, {"width": narrow})
        return cls(structure, *(place(replace(structure, **size)) for size in sizes))

    @property
    def low(self):
        """The height of the layout that is closer."""
        return round(used_height(self.structure) + CLOSER * scaled_height(self.structure))

    @property
    def scale(self):
        """The length that is a pixel, or less where the longest column has to shrink."""
        used, scaled = used_height(self.structure), scaled_height(self.structure)
        return f"min(1px, (100cqh - {used}px) / {scaled})"

    @property
    def too_narrow(self):
        """By how much the panel is narrower than the picture would like it."""
        full, least = self.structure.full_width, self.structure.least_width
        return f"clamp(0px, {full}px - 100cqw, {full - least}px)"

    def each(self, column):
        """The tiles of a column, each in all layouts."""
        layouts = (self.usual, self.wider, self.lower, self.closer, self.narrow)
        return list(zip(*(layout.columns[column] for layout in layouts), strict=True))

    def at(self, place, tiles):
        """Return where `place(tile)` lies, (x, y), as CSS."""
        left = self.css(lambda tile: place(tile)[0], tiles)
        top = self.css(lambda tile: place(tile)[1], tiles)
        return f"left:{left};top:{top}"

    def css(self, pick, tiles):
        """A length of the tile that `pick` measures, as CSS."""
        return f"calc({self.sum(pick, tiles)})"

    def sum(self, pick, tiles):
        usual, wider, lower, closer, narrow = (pick(tile) for tile in tiles)
        across = (wider - usual) / (WIDER - WIDE)
        down = (usual - lower) / (TALL - LESS_TALL)
        scale = replace(self.structure, height=self.low).scale
        scaled = (usual - down * (TALL - self.low) - closer) / (1 - scale)
        less = WIDE - self.structure.full_width + NARROWER
        narrowed = (narrow - (usual - across * less)) / NARROWER
        rest = usual - across * WIDE - down * TALL - scaled
        terms = (
            (100 * across, "cqw"), (100 * down, "cqh"), (scaled, "*var(--k)"),
            (narrowed, "*var(--s)"),
        )  # fmt: skip
        return f"{short(rest, 2)}px" + "".join(
            f" + {short(number, 4 if 's' in unit else 3)}{unit}"
            for number, unit in terms
            if abs(number) > 1e-4
        )


def used_height(structure):
    """What the scale does not shrink, in pixels."""
    if structure.on_plane:
        return HEAD + BELOW
    return TABLE_HEAD + BELOW + input_height(structure)


def scaled_height(structure):
    """What the scale shrinks: the longest column, or the way from a table's first input to its
    last."""
    if structure.on_plane:
        return full_height(structure.most)
    return (len(structure.inputs) - 1) * (input_height(structure) + GAP)


def short(number, places=3):
    return f"{number:.{places}f}".rstrip("0").rstrip(".")
