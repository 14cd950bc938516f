"""The only file that touches the browser: elements, events, canvases, the chart, the address.

Everything else receives this module as an argument. Events come through one listener per kind
on the document, so that nothing is created or leaked when the page's elements change. Every
callback is guarded: an exception goes to `report`, and the page lives on.
"""

import traceback

import js
from pyodide.ffi import create_proxy, jsnull, to_js

document = js.document
root = js.document.documentElement
_keep = []  # proxies of listeners that live as long as the page


def report(message):
    """Called with the traceback of an exception in a callback; the page replaces it."""
    js.console.error(message)


def guard(function):
    """The same function, reporting exceptions instead of raising them into the browser."""

    def guarded(*arguments):
        try:
            return function(*arguments)
        except Exception:
            report(traceback.format_exc())

    return guarded


def listen(target, event, handler, **options):
    """Calls `handler(event)` at every such event, for as long as the page lives."""
    proxy = create_proxy(guard(handler))
    _keep.append(proxy)
    target.addEventListener(event, proxy, objects(options))


def objects(value):
    """A Python dict (and what is in it) as a plain JavaScript object."""
    return to_js(value, dict_converter=js.Object.fromEntries)


def element(identity):
    """The element with this id, or None."""
    node = document.getElementById(identity)
    return None if node is jsnull else node


def closest(node, selector):
    """The nearest element from `node` upwards that fits the selector, or None."""
    if not hasattr(node, "closest"):
        return None
    node = node.closest(selector)
    return None if node is jsnull else node


def elements(selector):
    return [node for node in document.querySelectorAll(selector)]


def create(tag, parent=None, text=None, **attributes):
    """A new element; attribute names with _ stand for -. Text is only ever a text node."""
    node = document.createElement(tag)
    for name, value in attributes.items():
        node.setAttribute(name.rstrip("_").replace("_", "-"), str(value))
    if text is not None:
        node.textContent = text
    if parent is not None:
        parent.appendChild(node)
    return node


def copy_of(selector):
    """A copy of an element that the page already has, such as an icon."""
    return document.querySelector(selector).cloneNode(True)


def write(node, text):
    """Sets an element's text if it is another one."""
    if node.textContent != text:
        node.textContent = text


def publish(**state):
    """Sets data-* attributes of <html>, the state that tests and embedders read."""
    for name, value in state.items():
        root.setAttribute("data-" + name.replace("_", "-"), value)


# Time and place ---------------------------------------------------------------------------


def now():
    """Seconds since the page was opened."""
    return js.performance.now() / 1000


def each_frame(function):
    """Calls `function()` at every animation frame from now on."""
    guarded = guard(function)

    def frame(_time):
        js.requestAnimationFrame(proxy)
        guarded()

    proxy = create_proxy(frame)
    _keep.append(proxy)
    js.requestAnimationFrame(proxy)


def link_text():
    return js.location.hash


def set_link(text):
    js.history.replaceState(None, "", "#" + text)


def prefers_dark():
    return js.matchMedia("(prefers-color-scheme: dark)").matches


def prefers_calm():
    return js.matchMedia("(prefers-reduced-motion: reduce)").matches


def on_media(query, handler):
    listen(js.matchMedia(query), "change", lambda _event: handler())


def random_seed():
    """A new seed as TensorFlow Playground writes them, such as 0.48213."""
    return f"{js.Math.random():.5f}"


# Canvases ---------------------------------------------------------------------------------


def path(text):
    """A canvas path from the text of an SVG path."""
    return js.Path2D.new(text)


def fit(canvas, width=None, height=None):
    """Gives a canvas as many pixels as the screen has for it; (context, width, height) in CSS
    pixels, cleared."""
    box = canvas.getBoundingClientRect()
    width, height = width or box.width, height or box.height
    ratio = js.devicePixelRatio or 1
    wide, high = round(width * ratio), round(height * ratio)
    if canvas.width != wide or canvas.height != high:
        canvas.width, canvas.height = wide, high
    ctx = canvas.getContext("2d")
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0)
    ctx.clearRect(0, 0, width, height)
    return ctx, width, height


class Raster:
    """Pixels for one canvas, or for a pile of canvases of equal size below each other.

    The pixels lie in one ImageData that is kept; a picture is one copy and one call a canvas.
    """

    def __init__(self, canvases, width, height):
        self.height, self.width = height, width
        self.contexts = []
        for canvas in canvases:
            canvas.width, canvas.height = width, height
            self.contexts.append(canvas.getContext("2d"))
        self.image = js.ImageData.new(width, max(height * len(canvases), 1))
        self.data = self.image.data

    def draw(self, pixels):
        """pixels: uint32 RGBA, (n_canvases * height * width) in reading order."""
        self.data.assign(pixels.view("uint8").ravel())
        w, h = self.width, self.height
        for i, ctx in enumerate(self.contexts):
            ctx.putImageData(self.image, 0, -i * h, 0, i * h, w, h)


# The chart --------------------------------------------------------------------------------


def chart(options, parent):
    """A uPlot chart; options as uPlot takes them, as a dict."""
    return js.uPlot.new(objects(options), to_js([[], [], []]), parent)


def set_chart_data(plot, columns):
    """columns: float64 arrays, x first; NaN leaves a gap."""
    plot.setData(to_js([column for column in columns]))
