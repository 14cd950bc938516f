"""Canvases, the chart and formulas: the part of the browser that pictures are drawn on.

Only `browser` imports this module, and hands it on with all else that a browser offers.
"""

import math

import js
import numpy as np
from pyodide.ffi import to_js

BORDER = 1.5  # CSS pixels, around pictures on a board

path = js.Path2D.new  # a canvas path from the text of an SVG path


def fit(canvas, width=None, height=None, ratio=None):
    """Give a canvas as many pixels as the screen has for it, and clear it.

    Args:
        ratio: Another number of pixels along a CSS pixel than the screen's.

    Returns:
        (context, width, height), in CSS pixels.
    """
    if not (width and height):  # asking may make the browser lay out the page
        box = canvas.getBoundingClientRect()
        width, height = width or box.width, height or box.height
    ratio = ratio or pixel_ratio()
    wide, high = round(width * ratio), round(height * ratio)
    if canvas.width != wide or canvas.height != high:
        canvas.width, canvas.height = wide, high
    ctx = canvas.getContext("2d")
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0)
    ctx.clearRect(0, 0, width, height)
    return ctx, width, height


def pixel_ratio():
    """How many pixels of the screen a CSS pixel has along a side."""
    return js.devicePixelRatio or 1


def hidden_canvas():
    """A canvas that no page shows, to draw a picture on that takes more than a frame."""
    canvas = js.document.createElement("canvas")
    canvas.getContext("2d", js.Object.fromEntries(to_js([["willReadFrequently", True]])))
    return canvas


def copy(canvas, ctx):
    """Copy a canvas to the context of another that has as many pixels."""
    if canvas.width and canvas.height:  # it has none where nothing is seen of the page
        ctx.setTransform(1, 0, 0, 1, 0, 0)
        ctx.drawImage(canvas, 0, 0)


def flush(ctx):
    """Draw on such a canvas what has been asked of it.

    The browser puts it off otherwise until all must be done at once.
    """
    ctx.getImageData(0, 0, 1, 1)


class Raster:
    """Pixels for one canvas, or for a pile of canvases of equal size below each other.

    The pixels lie in one ImageData that is kept; a picture is one copy and one call a canvas.
    """

    def __init__(self, canvases, width, height):
        self.canvases = list(canvases)
        self.contexts = [canvas.getContext("2d") for canvas in self.canvases]
        self.width, self.height = width, height
        self.size = None  # what the canvases have

    def resize(self, width, height):
        """How many pixels the canvases have from the next picture on."""
        self.height, self.width = height, width

    def draw(self, pixels):
        """Draw pixels, scaled to the canvas.

        Args:
            pixels: Uint32 RGBA, (n_canvases * height * width) in reading order.
        """
        w, h = self.width, self.height
        if self.size != (w, h):
            self.size = w, h
            for canvas in self.canvases:
                canvas.width, canvas.height = w, h
            self.image = js.ImageData.new(w, max(h * len(self.canvases), 1))
            self.data = self.image.data
        self.data.assign(pixels.view("uint8").ravel())
        for i, ctx in enumerate(self.contexts):
            ctx.putImageData(self.image, 0, -i * h, 0, i * h, w, h)


class Board:
    """One canvas for the small pictures of all neurons, each in a rounded place of its own.

    A browser that has no graphics card takes as long for each canvas of a frame as for hundreds of
    small pictures on one.
    """

    def __init__(self, canvas):
        self.canvas, self.patches = canvas, []

    def add(self, count, width, height):
        """The Patches for so many pictures of equal size."""
        self.patches.append(Patches(count, width, height))
        return self.patches[-1]

    def arrange(self, width, height, places, outlines):
        """Give the canvas its size and the pictures their places, and paint them there.

        Args:
            places: For each of the Patches, (left, top, width, height) of the box with a border
                around each picture.
            outlines: For each of them, the text of a path around all that may be painted on.
        """
        (ctx, _, _), ratio = fit(self.canvas, width, height), pixel_ratio()
        for patches, its, outline in zip(self.patches, places, outlines, strict=True):
            patches.arrange(ctx, [within(place, ratio) for place in its], path(outline))


def within(box, ratio):
    """(left, top, width, height) of what is inside of a box's border, in whole pixels of the
    screen: where the browser would put it."""
    border = max(int(BORDER * ratio), 1)
    (left, top), (right, bottom) = (
        [math.floor(edge * ratio + 0.5) + shift for edge in corner]
        for corner, shift in ((box[:2], border), ((box[0] + box[2], box[1] + box[3]), -border))
    )
    return left / ratio, top / ratio, (right - left) / ratio, (bottom - top) / ratio


class Patches:
    """Pixels for one column of the pictures on a Board, all of equal size."""

    def __init__(self, count, width, height):
        self.count, self.width, self.height = count, width, height
        self.ctx, self.places = None, ()
        self.size = None  # of a picture on the sheet that all are copied from
        self.sheet = js.document.createElement("canvas")

    def arrange(self, ctx, places, outline):
        self.ctx, self.places, self.outline = ctx, places, outline
        left, top, width, _ = places[0]  # they stand in one column
        _, last, _, height = places[-1]
        self.box = left - 1, top - 1, width + 2, last + height - top + 2
        self.paint()

    def resize(self, width, height):
        """How many pixels the pictures have from the next one on."""
        self.height, self.width = height, width

    def draw(self, pixels):
        """Draw pixels on all canvases, one after the other.

        Args:
            pixels: Uint32 RGBA, (count * height * width) in reading order.
        """
        w, h = self.width, self.height
        if self.size != (w, h):
            self.size, tall = (w, h), (h + 2) * self.count
            self.sheet.width, self.sheet.height = w, tall
            self.rows = np.empty((self.count, h + 2, w), np.uint32)
            self.image, self.ink = js.ImageData.new(w, tall), self.sheet.getContext("2d")
            self.data = self.image.data
        # The first and the last row twice: where a picture is scaled, its edge takes them in, and
        # not the picture that lies next to it on the sheet.
        self.rows[:, 1:-1] = pixels.reshape(self.count, h, w)
        self.rows[:, 0], self.rows[:, -1] = self.rows[:, 1], self.rows[:, -2]
        self.data.assign(self.rows.view("uint8").ravel())
        self.ink.putImageData(self.image, 0, 0)
        self.paint()

    def paint(self):
        """Copy the last pictures to their places."""
        if self.size is None or self.ctx is None:
            return
        (w, h), ctx = self.size, self.ctx
        ctx.clearRect(*self.box)  # else edges would get denser with every picture
        ctx.save()
        ctx.clip(self.outline)
        for i, place in enumerate(self.places):
            ctx.drawImage(self.sheet, 0, i * (h + 2) + 1, w, h, *place)
        ctx.restore()


DASH = to_js([9, 3])
NO_DASH = to_js([])


# The chart --------------------------------------------------------------------------------


def chart(options, parent):
    """A uPlot chart; options as uPlot takes them, as a dict."""
    plain = to_js(options, dict_converter=js.Object.fromEntries)
    return js.uPlot.new(plain, to_js([[], [], []]), parent)


def set_chart_data(plot, columns):
    """Give a chart other curves.

    Args:
        columns: (n_columns, n) float64, x first; NaN stays empty.
    """
    data = js.Array.new()
    for column in columns:
        missing = np.isnan(column)
        if missing.any():
            data.push(js.Array.new(len(column)).fill(None) if missing.all() else with_gaps(column))
        else:
            data.push(to_js(column))
    plot.setData(data)


def with_gaps(column):
    """A column as a JavaScript array in which nothing stands for NaN."""
    return to_js([None if value != value else value for value in column.tolist()])


def create_math(tag, parent, text=""):
    """A new element of a formula (MathML), last in `parent`."""
    node = js.document.createElementNS("http://www.w3.org/1998/Math/MathML", tag)
    node.textContent = text
    parent.appendChild(node)
    return node
