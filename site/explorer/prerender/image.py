"""Small pictures in grey, as data: addresses of PNG files (PNG specification, W3C).

A picture holds values, not colours: an SVG filter in the page turns grey into the shades of the
theme. So one picture serves both themes, and it is small.
"""

import base64
import struct
import zlib

import numpy as np

from explorer.drawing.palette import THEMES, rgb

SHADES, REGIONS, PLANE = 0.8, 0.55, 0.4  # how strong the colours are; see explorer/palette.py
LEVELS, FEW_LEVELS = 256, 64  # steps of grey; in a small picture the eye needs no more
GREY, COLOUR = 0, 2  # kinds of PNG


def shaded(values, width, levels=LEVELS):
    """The <img> of values in [-1, 1], in rows of `width`."""
    return image(png(grey(values, levels).reshape(-1, width, 1)), "shades")


def grey(values, levels=LEVELS):
    """Bytes of grey for values in [-1, 1], in so many steps."""
    steps = np.rint((np.clip(values, -1, 1) + 1) / 2 * (levels - 1))
    return np.rint(steps * (255 / (levels - 1))).astype(np.uint8)


def divided(probabilities, width, kind="regions"):
    """Return the <img> of the winning class, stronger where it is more certain.

    The first, second and third class are red, green and blue.

    Args:
        probabilities: (n, 3), in rows of `width`.
    """
    winner = probabilities.argmax(axis=1)
    certainty = np.clip((probabilities.max(axis=1) * 3 - 1) / 2, 0, 1)
    pixels = np.zeros((len(winner), 3), np.uint8)
    pixels[np.arange(len(winner)), winner] = grey(2 * certainty - 1)
    return image(png(pixels.reshape(-1, width, 3)), kind)


def image(address, kind):
    """An <img> in the colours of the filter `kind`."""
    return f'<img class="{kind}" src="{address}" alt="" decoding="sync">'


def png(pixels):
    """A PNG of (height, width, 1 or 3) bytes, in a data: address; of four ways the shortest."""
    height, width, depth = pixels.shape
    rows = pixels.reshape(height, width * depth).astype(int)
    left = np.pad(rows, ((0, 0), (depth, 0)))[:, : width * depth]
    above = np.pad(rows, ((1, 0), (0, 0)))[:height]
    corner = np.pad(above, ((0, 0), (depth, 0)))[:, : width * depth]
    ways = {0: 0, 1: left, 2: above, 4: paeth(left, above, corner)}
    body = min((packed(rows - base, way) for way, base in ways.items()), key=len)
    kind = COLOUR if depth == 3 else GREY
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0)),
        (b"IDAT", body), (b"IEND", b""),
    )  # fmt: skip
    content = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
    return "data:image/png;base64," + base64.b64encode(b"\x89PNG\r\n\x1a\n" + content).decode()


def paeth(left, above, corner):
    """The neighbour nearest to left + above - corner, as the specification defines it."""
    guess = left + above - corner
    far = [np.abs(guess - near) for near in (left, above, corner)]
    first = (far[0] <= far[1]) & (far[0] <= far[2])
    return np.where(first, left, np.where(far[1] <= far[2], above, corner))


def packed(differences, way):
    """Rows, each behind the number of its filter, compressed."""
    rows = (differences % 256).astype(np.uint8)
    return zlib.compress(b"".join(bytes([way]) + row.tobytes() for row in rows), 9)


def filters():
    """The SVG filters that turn values into colours: `shades-light`, `plane-dark` and so on."""
    parts = []
    for name, theme in THEMES.items():
        zero = rgb(theme.zero) / 255
        ends = [zero + (rgb(c) / 255 - zero) * SHADES for c in (theme.negative, theme.positive)]
        channels = zip("RGB", ends[0], zero, ends[1], strict=True)
        functions = "".join(
            f'<feFunc{channel} type="table" tableValues="{low:.4f} {middle:.4f} {high:.4f}"/>'
            for channel, low, middle, high in channels
        )
        transfer = f"<feComponentTransfer>{functions}</feComponentTransfer>"
        parts.append(svg_filter(f"shades-{name}", transfer))
        for kind, strength in (("regions", REGIONS), ("plane", PLANE)):
            steps = (np.array([rgb(c) / 255 for c in theme.classes[:3]]) - zero).T * strength
            rows = [
                f"{r:.4f} {g:.4f} {b:.4f} 0 {z:.4f}"
                for (r, g, b), z in zip(steps, zero, strict=True)
            ]
            matrix = f'<feColorMatrix values="{" ".join(rows)} 0 0 0 1 0"/>'
            parts.append(svg_filter(f"{kind}-{name}", matrix))
    return "".join(parts)


def svg_filter(identity, steps):
    return (
        f'<filter id="{identity}" x="0" y="0" width="1" height="1" '
        f'color-interpolation-filters="sRGB">{steps}</filter>'
    )
