"""Where the elements of the network's picture belong: functions from the layout to CSS."""

from explorer.drawing.views.shapes import rounded

SMALL, LOW = 24, 17  # squares and bars that are lower have corners of their own
ROUND, BAR_ROUND = 8, 7  # the corners' radius of the others, as the style sheet has it
INSET = 0.5  # pixels from the outer edge of a tile's border to its middle, or nearly


def at(left, top):
    return f"left:{left}px;top:{top}px"


def place_of(column, number):
    def where(layout):
        tile = layout.columns[column][number]
        corner = f";border-radius:{tile.height / 3:.1f}px" if is_small(tile) else ""
        return f"{at(tile.x, tile.y)};width:{tile.width}px;height:{tile.height}px{corner}"

    return where


def is_small(tile):
    return tile.height < (SMALL if tile.width == tile.height else LOW)


def box_of(tile):
    return tile.x, tile.y, tile.width, tile.height


def outline_of(tile):
    """The middle of a tile's border, as the text of a path: its picture ends there."""
    usual = ROUND if tile.width == tile.height else BAR_ROUND
    radius = tile.height / 3 if is_small(tile) else usual
    width, height = tile.width - 2 * INSET, tile.height - 2 * INSET
    return rounded(tile.x + INSET, tile.y + INSET, width, height, max(radius - INSET, 0))


def beside(column, number, shift):
    """Return the function that gives the place beside a tile in a layout.

    Args:
        shift: `shift(tile)` returns the place that belongs to a tile.
    """
    return lambda layout: at(*shift(layout.columns[column][number]))


# Where what belongs to a tile stands: (x, y) from the tile. The first picture, which knows tiles
# by CSS lengths only, evaluates the same functions on those.
def name_place(tile):
    return tile.x, tile.y + tile.height / 2


def bias_place(tile):
    return tile.x - 5, tile.y + tile.height - 5


def sign_place(tile):
    return tile.x + tile.width + 12, tile.y + tile.height / 2


def head_place(tile):
    """Above a column, in one row with the others: it stays there while neurons come and go."""
    return tile.x + tile.width / 2, 0


LETTERS, LEAST = 15, 3  # of an input's name that have room, and of a column's beside its value
PORT_BIAS = -14, 6  # the bias of a single output, from where its links end


def name_of(column, number):
    return beside(column, number, name_place)


def bias_of(column, number):
    return beside(column, number, bias_place)


def sign_of(column, number):
    return beside(column, number, sign_place)


def head_of(column):
    return beside(column, 0, head_place)


def port_bias(layout):
    return at(layout.port.x + PORT_BIAS[0], layout.port.y + PORT_BIAS[1])


def shortened(name):
    """An input's name: of a long one that is a column's with a value, the value stays."""
    column, mark, value = name.rpartition(": ")
    room = max(LETTERS - len(value) - len(mark) - 1, LEAST)
    if len(name) <= LETTERS or not mark or len(column) <= room + 1:
        return name
    return f"{column[:room].rstrip()}…{mark}{value}"
