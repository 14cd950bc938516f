"""What a fake browser is made of: rasters, charts, events and timers that keep a record."""

from types import SimpleNamespace

import numpy as np
from recording import RecordingContext


class Raster:
    """Keeps the last pixels, and how often it was drawn."""

    def __init__(self, canvases, width, height):
        self.canvases, self.width, self.height = list(canvases), width, height
        self.pixels, self.drawn = None, 0

    def resize(self, width, height):
        self.width, self.height = width, height

    def draw(self, pixels):
        size = len(self.canvases) * self.width * self.height
        assert pixels.dtype == np.uint32
        assert pixels.size == size, f"{pixels.size} pixels for a raster of {size}"
        assert pixels.flags["C_CONTIGUOUS"]  # JavaScript takes the memory as it lies
        self.pixels, self.drawn = pixels.ravel().copy(), self.drawn + 1


class Board:
    """Keeps what its pictures were given, and where they belong."""

    def __init__(self, canvas, rasters):
        self.canvas, self.patches, self.rasters = canvas, [], rasters
        self.places = self.size = self.outlines = None

    def add(self, count, width, height):
        self.patches.append(Raster([self.canvas] * count, width, height))
        self.rasters.append(self.patches[-1])
        return self.patches[-1]

    def arrange(self, width, height, places, outlines):
        counts = [len(each.canvases) for each in self.patches]
        assert [len(its) for its in places] == counts
        assert [outline.count("M") for outline in outlines] == counts
        self.size, self.places, self.outlines = (width, height), places, outlines


class Canvases:
    """The part of a fake browser that pictures are drawn on."""

    ratio = 1.0  # pixels of the screen along a CSS pixel

    def fit(self, canvas, width=None, height=None, ratio=None):
        box = canvas.getBoundingClientRect()
        ctx = self.contexts[id(canvas)] = RecordingContext()
        return ctx, width or box.width, height or box.height

    def hidden_canvas(self):
        return self.create("canvas")

    def copy(self, canvas, ctx):
        ctx.drawImage(canvas, 0, 0)

    def pixel_ratio(self):
        return self.ratio

    def flush(self, ctx):
        """Everything is drawn at once here."""

    def Raster(self, canvases, width, height):
        self.rasters.append(Raster(canvases, width, height))
        return self.rasters[-1]

    def Board(self, canvas):
        return Board(canvas, self.rasters)


class Chart:
    """What the page uses of uPlot."""

    def __init__(self, options, parent, browser):
        self.options, self.parent = options, parent
        self.root = browser.create("div", parent)
        browser.create("div", self.root, class_="u-legend")
        self.cursor = SimpleNamespace(left=-10)
        self.data = self.legend = None
        self.destroyed = False

    def setLegend(self, options):
        self.legend = options

    def destroy(self):
        self.root.remove()
        self.destroyed = True


class Event(SimpleNamespace):
    """An event of the given kind; `prevented` says whether its default was prevented."""

    def __init__(self, target, kind, properties):
        usual = dict.fromkeys(("ctrlKey", "metaKey", "shiftKey", "altKey"), False)
        usual |= {"detail": 1, "pointerType": "mouse", "button": 0, "repeat": False}
        if hasattr(target, "getBoundingClientRect"):  # in the middle, if nothing else is said
            box = target.getBoundingClientRect()
            usual |= {"clientX": box.left + box.width / 2, "clientY": box.top + box.height / 2}
        usual |= {"prevented": False, "stopped": False}
        super().__init__(target=target, type=kind, **(usual | properties))

    def preventDefault(self):
        self.prevented = True

    def stopPropagation(self):
        """All listeners are the document's own: it hears what has come as far as that."""

    def stopImmediatePropagation(self):
        self.stopped = True


class Timer:
    """Calls a function once, when the time has come."""

    def __init__(self, browser, function):
        self.browser, self.function, self.due = browser, browser.guard(function), None
        browser.timers.append(self)

    def start(self, seconds):
        self.due = self.browser.time + seconds

    def stop(self):
        self.due = None

    def run_if_due(self):
        if self.due is not None and self.browser.time >= self.due:
            self.due = None
            self.function()
