"""A stand-in for explorer.browser.browser: the built page as Python objects, and a clock to turn.

It offers the same names as the module. What the reader does is done by `click`, `choose`,
`slide`, `key` and `point`; time passes by `tick`, which runs timers and frames as a browser would.
Exceptions in callbacks are reported as the module reports them.
"""

import functools
import re
import traceback
from pathlib import Path
from types import SimpleNamespace

import fake_html
from fake_parts import Canvases, Chart, Event, Timer

from explorer.prerender.page import render

TEMPLATE = Path(__file__).resolve().parents[2] / "site" / "index.html"
ICON = '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24"><path d="M4 4"/></svg>'
WINDOW = 1440, 900
BOXES = {  # where things are in the window: left, top, width, height
    "network": (280, 130, 700, 560),
    "output": (1000, 160, 340, 340),
    "output-points": (1000, 160, 340, 340),
    "plane-points": (1000, 160, 340, 340),
    "history": (200, 760, 900, 100),
}


class Icons(dict):
    """Every icon looks the same here."""

    def __missing__(self, name):
        return ICON


@functools.cache
def page_html():
    """The page as the build delivers it."""
    return render(TEMPLATE.read_text("utf-8"), Icons())


@functools.cache
def inert_html():
    """The page without what stands in its templates, which no browser takes for elements."""
    return re.sub(r"<template .*?</template>", "", page_html(), flags=re.S)


class FakeBrowser(Canvases):
    """The page in a window, with the reader's system as given."""

    NARROW = "(max-width: 1100px)"
    DASH, NO_DASH = "moving dashes", "no dashes"

    def __init__(self, link="", *, dark=False, calm=False, narrow=False, stored=None):
        self.document = fake_html.read(inert_html(), BOXES)
        self.root = self.document.documentElement
        self.window = SimpleNamespace(nncoreBoot=SimpleNamespace(framed=False))
        self.dark, self.calm, self.narrow = dark, calm, narrow
        self.hash = link
        self.visited = []  # ("push" or "replace", link text) in order
        self.kept = dict(stored or {})
        self.time = self.took = 0.0
        self.seed = 0.0
        self.listeners, self.frames, self.timers, self.media = [], [], [], []
        self.errors, self.rasters, self.charts, self.contexts = [], [], [], {}
        self.may_fail = False  # whether the test means to report an exception
        self.clipboard, self.may_copy = None, True
        self.part_loader = lambda name, arrived, done, failed: done()
        self.sources = dict  # of our modules: here they lie beside them
        self.make_crew = lambda *_: None
        self.notebook_ahead = lambda: None
        self.hidden = False  # whether the page is in a background tab

    # The module's own names -----------------------------------------------------------------

    def report(self, message):
        self.errors.append(message)

    def log_error(self, message):
        self.errors.append(message)

    def guard(self, function):
        def guarded(*arguments):
            try:
                return function(*arguments)
            except Exception:  # noqa: BLE001 - as the module does
                self.report(traceback.format_exc())

        return guarded

    def listen(self, target, event, handler, **options):
        self.listeners.append((target, event, self.guard(handler), options))

    def listened(self):
        """The seconds that a test says its actions took."""
        seconds, self.took = self.took, 0.0
        return seconds

    def objects(self, value):
        return value

    def element(self, identity):
        return self.document.getElementById(identity)

    def closest(self, node, selector):
        return node.closest(selector) if hasattr(node, "closest") else None

    def elements(self, selector):
        return self.document.querySelectorAll(selector)

    def create(self, tag, parent=None, text=None, **attributes):
        node = self.document.createElement(tag)
        for name, value in attributes.items():
            node.setAttribute(name.rstrip("_").replace("_", "-"), str(value))
        if text is not None:
            node.textContent = text
        if parent is not None:
            parent.appendChild(node)
        return node

    def create_math(self, tag, parent, text=None):
        return self.create(tag, parent, text)

    def copy_of(self, selector):
        return self.document.querySelector(selector).cloneNode(True)

    def press(self, node, detail):
        self.click(node, detail=detail)

    def write(self, node, text):
        if node.textContent != text:
            node.textContent = text

    def publish(self, **state):
        for name, value in state.items():
            self.root.setAttribute("data-" + name.replace("_", "-"), value)

    def load_part(self, name, arrived, done, failed):
        """A part is there at once, unless a test says what happens instead."""
        self.guard(self.part_loader)(name, arrived, done, failed)

    def now(self):
        return self.time

    def each_frame(self, function):
        self.frames.append(self.guard(function))

    def Timer(self, function):
        return Timer(self, function)

    def is_hidden(self):
        return self.hidden

    def on_visibility(self, handler):
        self.listen(self.document, "visibilitychange", lambda _event: handler())

    def window_size(self):
        return WINDOW

    def page_address(self):
        return "https://example.org/play/"

    def copy_text(self, text, done):
        if self.may_copy:
            self.clipboard = text
        self.guard(done)(self.may_copy)

    def select(self, node):
        self.selected = node

    def read_file(self, file, done, failed):
        """A test's file has its bytes as `content`; None stands for one that cannot be read."""
        failed() if file.content is None else done(file.content)

    def stored(self, key):
        return self.kept.get(key)

    def store(self, key, text):
        self.kept[key] = text

    def link_text(self):
        return self.hash

    def set_link(self, text, keep=False):
        if self.hash != "#" + text:
            self.hash = "#" + text
            self.visited.append(("push" if keep else "replace", text))

    def prefers_dark(self):
        return self.dark

    def prefers_calm(self):
        return self.calm

    def is_narrow(self):
        return self.narrow

    def on_media(self, query, handler):
        self.media.append((query, self.guard(handler)))

    def random_seed(self):
        self.seed += 0.01
        return f"{self.seed:.5f}"

    def callback(self, function):
        return function

    def path(self, text):
        return text

    def memory(self):
        """No WebAssembly here: training and drawing are done by NumPy."""
        return None

    def chart(self, options, parent):
        self.charts.append(Chart(options, parent, self))
        return self.charts[-1]

    def set_chart_data(self, plot, columns):
        assert not plot.destroyed
        plot.data = columns.copy()

    # What a test does -------------------------------------------------------------------------

    def tick(self, frames=1, seconds=1 / 60):
        """Let time pass, frame by frame."""
        for _ in range(frames):
            self.time += seconds
            for timer in list(self.timers):
                timer.run_if_due()
            for frame in [] if self.hidden else self.frames:
                frame()

    def hide(self, hidden=True):
        """The reader turns to another tab, or back to this one."""
        self.hidden = hidden
        self.fire(self.document, "visibilitychange")

    def fire(self, node, kind, **properties):
        """An event at `node`, as listeners on it, on what it is in, and on the document get it."""
        event, path = Event(node, kind, properties), [node, self.document]
        while (node := getattr(node, "parentNode", None)) is not None:
            path.append(node)
        for target, wanted, handler, _ in self.listeners:
            if wanted == kind and target in path and not event.stopped:
                handler(event)
        return event

    def click(self, node, **properties):
        """A press: what a form element then says is fired too. Disabled elements do nothing."""
        if node.disabled or self.fire(node, "click", **properties).prevented:
            return
        if node.type in ("checkbox", "radio"):
            node.checked = node.type == "radio" or not node.checked
            self.fire(node, "input")
            self.fire(node, "change")

    def choose(self, node, value):
        """A choice in a menu, or a text typed and left."""
        node.value = value
        self.fire(node, "input")
        self.fire(node, "change")

    def slide(self, node, values):
        """A slider dragged over values and let go at the last."""
        for value in values:
            node.value = str(value)
            self.fire(node, "input")
        self.fire(node, "change")

    def key(self, key, node=None, **held):
        """A key pressed at the focused element, the given one, or the page's body."""
        node = node or self.document.activeElement or self.document.body
        return self.fire(node, "keydown", key=key, **held)

    def point(self, node, x=0.0, y=0.0, pointer="mouse"):
        """The pointer moves over `node`, to (x, y) of the window."""
        place = {"clientX": x, "clientY": y, "pointerType": pointer}
        self.fire(node, "pointerover", **place)
        self.fire(node, "pointermove", **place)

    def action(self, name, value=None):
        """The element that calls an action."""
        wanted = f'[data-action="{name}"]' + (f'[data-value="{value}"]' if value else "")
        return self.elements(wanted)[0]

    def field(self, name):
        """The form element of a setting."""
        return self.elements(f'[name="{name}"]')[0]

    def text(self, identity):
        return self.element(identity).textContent

    @property
    def state(self):
        """The published state: the data-* attributes of <html>."""
        found = self.root.attributes.items()
        return {k.removeprefix("data-"): v for k, v in found if k.startswith("data-")}
