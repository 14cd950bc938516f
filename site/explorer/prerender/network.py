"""The network of the first picture, as HTML: tiles, links, heads, biases and callouts.

Where things stand is left to CSS, by the lengths of `css_layout`.
"""

import numpy as np

from explorer.learning.map_computer import input_maps
from explorer.panels.network.places import (
    PORT_BIAS,
    bias_place,
    head_place,
    name_place,
    sign_place,
)
from explorer.panels.network.structure import (
    CALLOUT_HEIGHT,
    CALLOUT_ROOM,
    CALLOUT_WIDTH,
    GAP,
    HEAD,
    HEAD_WIDTH,
    LABEL,
    TABLE_HEAD_WIDTH,
    TILE,
)
from explorer.prerender.css_layout import CssLayout
from explorer.prerender.image import FEW_LEVELS, grey, png, shaded
from explorer.prerender.links import links
from explorer.settings.settings import INPUT_NAMES
from explorer.text.labels import CHOICES, COLUMNS, INPUT_SIGNS
from explorer.text.notices import TEXT

CELLS = 25  # cells along a side of a tile, which is small and smooth


def network(snapshot, icon):
    """Return the HTML of the network.

    Args:
        icon: Gives the SVG of an icon by its name.
    """
    frame = CssLayout.of(snapshot)
    parts = [links(frame, snapshot), tiles(frame, snapshot), biases(frame, snapshot)]
    parts += [head(frame, number, icon) for number in range(1, len(frame.structure.hidden) + 1)]
    if frame.structure.callouts and frame.structure.hidden:
        parts.append(notes(frame))
    lengths = f"--k:{frame.scale};--s:{frame.too_narrow}"
    return f'<div style="{lengths}">{"".join(parts)}</div>'


def pictures(snapshot):
    """Per column the picture of every tile. Those of the plane's inputs stand in the style sheet,
    because every network has them."""
    if snapshot.problem.on_plane:
        inputs = [f'<b class="shades input-{name}"></b>' for name in INPUT_NAMES]
        layers = snapshot.maps(CELLS)
        return [inputs, *([shaded(v, CELLS, FEW_LEVELS) for v in layer.T] for layer in layers)]
    rows = snapshot.by_label
    columns = [snapshot.problem.train.inputs[rows] / 2, *(r[rows] for r in snapshot.responses)]
    return [[shaded(v, len(rows), FEW_LEVELS) for v in column.T] for column in columns]


def input_styles():
    """The pictures of the plane's inputs, as rules of the style sheet."""
    pixels = grey(input_maps(CELLS)).T.reshape(-1, CELLS, CELLS, 1)
    return "".join(
        f'.input-{name} {{ background-image: url("{png(picture)}"); }}\n'
        for name, picture in zip(INPUT_NAMES, pixels, strict=True)
    )


def ghost():
    """What stands for a network of the plane that is not known yet: the places of its inputs."""
    top, pitch, left = HEAD, TILE + GAP, LABEL[0]
    return "".join(
        f'<span class="tile-label off" translate="no" style="left:{left}px;'
        f'top:{top + pitch * row + TILE // 2}px">{INPUT_SIGNS[name]}</span>'
        f'<i style="left:{left}px;top:{top + pitch * row}px"></i>'
        for row, name in enumerate(INPUT_NAMES)
    )


def tiles(frame, snapshot):
    """The squares or barcodes of inputs and units, and the inputs' names."""
    structure, parts = frame.structure, []
    images = pictures(snapshot)
    for column in range(len(frame.usual.columns)):
        for unit, tile in enumerate(frame.each(column)):
            kind = "tile" if structure.on_plane else "tile bars"
            if column == 0:
                state = "on" if structure.live[unit] else "off"
                parts.append(label(frame, tile, structure.inputs[unit], state))
                kind += f" input {state}" if structure.on_plane else " input fixed"
            parts.append(
                f'<i class="{kind}" style="left:{frame.css(lambda t: t.x, tile)};'
                f"top:{frame.css(lambda t: t.y, tile)};"
                f"width:{frame.css(lambda t: t.width, tile)};"
                f'height:{frame.css(lambda t: t.height, tile)}">{images[column][unit]}</i>'
            )
    if structure.port is None and structure.outputs > 1:
        parts += [sign(frame, n, t) for n, t in enumerate(frame.each(-1), 1)]
    return "".join(parts)


def label(frame, tile, name, state):
    text = INPUT_SIGNS[name] if frame.structure.on_plane else COLUMNS.get(name, name)
    language = "" if frame.structure.on_plane is False else ' translate="no"'
    return (
        f'<span class="tile-label {state}"{language} style="{frame.at(name_place, tile)}">'
        f"{text}</span>"
    )


def sign(frame, number, tile):
    """The mark of an output's class, to its right."""
    return (
        f'<svg class="tile-sign" viewBox="-4.8 -4.8 9.6 9.6" '
        f'style="{frame.at(sign_place, tile)}"><use href="#mark-{number}"/></svg>'
    )


def head(frame, number, icon):
    """A layer's head: how many neurons it has, between the two buttons to come."""
    units, activation = frame.structure.hidden[number - 1]
    tile = frame.each(number)[0]
    text = TEXT["neurons"] if units != 1 else TEXT["neuron"]
    first, most = (0, HEAD_WIDTH) if frame.structure.on_plane else (1, TABLE_HEAD_WIDTH)
    room = f' style="max-width:{cut(apart(frame, first, most), most)}"'
    if not frame.structure.on_plane:
        text = CHOICES["activation"][activation].lower()
    less, more = (
        f'<span class="mini" data-hides="numHiddenLayers">{icon(name)}</span>'
        for name in ("minus", "plus")
    )
    return (
        f'<div class="layer-head" style="left:{frame.css(lambda t: head_place(t)[0], tile)}">'
        f'{less}<span><span class="count" translate="no">{units}</span>'
        f'<span class="unit"{room}> {text}</span></span>{more}</div>'
    )


def apart(frame, first, room):
    """How much more than `room` pixels lies between column `first` and the next, as CSS."""
    columns = (frame.each(first + number)[0] for number in (0, 1))
    here, there = (frame.sum(lambda t: t.x, tile) for tile in columns)
    return f"({there}) - ({here}) - {room}px"


def biases(frame, snapshot):
    """The little squares of the biases, in the colours of their signs."""
    places = [
        frame.at(bias_place, tile)
        for column in range(1, len(frame.usual.columns))
        for tile in frame.each(column)
    ]
    if frame.structure.port:
        across, down = PORT_BIAS
        places.append(f"left:calc(var(--port-x) - {-across}px);top:calc(var(--port-y) + {down}px)")
    names = {-1: "negative", 0: "zero", 1: "positive"}
    signs = np.sign(snapshot.biases).astype(int).tolist()
    return "".join(
        f'<i class="bias" style="{place};background:var(--{names[sign]})"></i>'
        for place, sign in zip(places, signs, strict=True)
    )


def notes(frame):
    """The callouts. Where there is no room for one it is cut to nothing."""
    columns = [frame.each(number)[-1] for number in range(1, len(frame.structure.hidden) + 1)]
    first, last = frame.sum(lambda t: t.x, columns[0]), frame.sum(lambda t: t.x, columns[-1])
    apart = f"({last}) - ({first}) - {CALLOUT_WIDTH + 24}px"
    chosen = [(columns[0], "callout_neuron", f"{CALLOUT_WIDTH}px")]
    if len(columns) > 1:
        chosen.append((columns[-1], "callout_weight", cut(apart, CALLOUT_WIDTH)))
    parts = []
    for tile, text, width in chosen:
        top = frame.sum(lambda t: t.y + t.height + CALLOUT_ROOM, tile)
        left = f"min({frame.sum(lambda t: t.x, tile)}, 100cqw - {CALLOUT_WIDTH}px)"
        room = cut(f"100cqh - ({top}) - {CALLOUT_HEIGHT}px", 2 * CALLOUT_HEIGHT)
        parts.append(
            f'<div class="first-note" style="left:{left};top:calc({top});max-width:{width};'
            f'max-height:{room}"><p class="callout">{TEXT[text]}</p></div>'
        )
    return "".join(parts)


def cut(room, most):
    """`most` pixels where the CSS length `room` is more than nothing, else 0."""
    return f"clamp(0px, ({room}) * 999, {most}px)"
