"""What touches the browser: elements, events, the address; with `canvas`, nothing else does.

Everything else receives this module as an argument. Events come through one listener per kind
on the document, so that nothing is created or leaked when the page's elements change. Every
callback is guarded: an exception goes to `report`, and the page lives on.
"""

import traceback

import js
from pyodide import ffi  # noqa: F401 - main hands it to the engine
from pyodide.ffi import JsException, create_proxy, jsnull, to_js

from explorer.browser.canvas import (  # noqa: F401 - part of what a browser offers
    DASH,
    NO_DASH,
    Board,
    Raster,
    chart,
    copy,
    create_math,
    fit,
    flush,
    hidden_canvas,
    path,
    pixel_ratio,
    set_chart_data,
)
from explorer.browser.lazy_imports import sources  # noqa: F401 - likewise
from explorer.browser.reading import (  # noqa: F401 - likewise
    fetch_bytes,
    make_crew,
    notebook,
    notebook_ahead,
    read_file,
)
from explorer.browser.storage import store, stored  # noqa: F401 - likewise

document = js.document
window = js.window
root = js.document.documentElement
_keep: list = []  # proxies of listeners that live as long as the page
_listened = 0.0  # seconds that they took since somebody asked


def report(message):
    """Called with the traceback of an exception in a callback; the page replaces it."""
    js.console.error(message)


def log_error(message):
    js.console.error(message)


def guard(function):
    """The same function, reporting exceptions instead of raising them into the browser."""

    def guarded(*arguments):
        try:
            return function(*arguments)
        except Exception:  # noqa: BLE001 - whatever it is, the page must live on
            report(traceback.format_exc())

    return guarded


def listen(target, event, handler, **options):
    """Call `handler(event)` at every such event, for as long as the page lives."""
    proxy = create_proxy(timed(guard(handler)))
    _keep.append(proxy)
    target.addEventListener(event, proxy, objects(options))


def timed(function):
    """The same function; `listened` knows how long it took."""

    def measured(*arguments):
        global _listened
        start = now()
        function(*arguments)
        _listened += now() - start

    return measured


def listened():
    """How many seconds listeners and timers took since this was last asked."""
    global _listened
    seconds, _listened = _listened, 0.0
    return seconds


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
    return list(document.querySelectorAll(selector))


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


def press(node, detail):
    """Click an element, as a press does whose click did not come.

    Args:
        detail: The number of clicks; 0 for a key's.
    """
    options = {"bubbles": True, "cancelable": True, "detail": detail}
    node.dispatchEvent(js.MouseEvent.new("click", objects(options)))


def write(node, text):
    """Set an element's text if it is another one than was set before. What a browser's translation
    has made of that stays."""
    before = getattr(node, "written", None) if node.hasChildNodes() else ""
    if (node.textContent if before is None else before) != text:
        node.textContent = node.written = text


def publish(**state):
    """Set data-* attributes of <html>, the state that tests and embedders read."""
    for name, value in state.items():
        root.setAttribute("data-" + name.replace("_", "-"), value)


# Time and place ---------------------------------------------------------------------------


def now():
    """Seconds since the page was opened."""
    return js.performance.now() / 1000


def each_frame(function):
    """Call `function()` at every animation frame from now on."""
    guarded = guard(function)

    def frame(_time):
        js.requestAnimationFrame(proxy)
        guarded()

    proxy = create_proxy(frame)
    _keep.append(proxy)
    js.requestAnimationFrame(proxy)


class Timer:
    """Calls `function` once, some time after `start`; starting again begins anew."""

    def __init__(self, function):
        self.proxy = create_proxy(timed(guard(function)))
        self.handle = None

    def start(self, seconds):
        self.stop()
        self.handle = js.setTimeout(self.proxy, seconds * 1000)

    def stop(self):
        if self.handle is not None:
            js.clearTimeout(self.handle)
            self.handle = None


def is_hidden():
    """Whether the page is in a background tab or a window that is not seen."""
    return js.document.hidden


def on_visibility(handler):
    """Call `handler()` when the page is hidden and when it is seen again."""
    listen(document, "visibilitychange", lambda _event: handler())


def window_size():
    return js.innerWidth, js.innerHeight


def page_address():
    """The address of the page without what is behind the #."""
    return js.location.href.split("#")[0]


def copy_text(text, done):
    """Copy `text` to the clipboard and call `done(True)`, or `done(False)` if that fails."""

    try:
        copied = js.navigator.clipboard.writeText(text)
    except JsException:
        done(bool(document.execCommand("copy")))
    else:
        copied.then(guard(lambda _: done(True)), guard(lambda _: done(False)))


def select(node):
    """Select an element's text, as a reader would do to copy it."""
    js.getSelection().selectAllChildren(node)


def memory():
    """The WebAssembly memory that Python runs in, or None where the start did not keep it."""
    boot = getattr(js, "nncoreBoot", None)
    return getattr(boot, "memory", None)


def load_part(name, arrived, done, failed):
    """Have the boot code bring a part of our Python in reach. Call `arrived(bytes, total)` while
    it comes, and in the end either `done()` or `failed(cause, message)`."""

    def there(_):
        counter.destroy()
        done()

    def lost(error):
        counter.destroy()
        failed(getattr(error, "bootCause", "unknown"), str(error.message))

    counter = create_proxy(guard(arrived))
    js.nncoreBoot.loadPart(name, counter).then(guard(there), guard(lost))


def link_text():
    return js.location.hash


def set_link(text, keep=False):
    """Write the address's part behind the #; `keep` makes it a step for the Back button."""
    if js.location.hash == "#" + text:
        return
    if keep and not js.nncoreBoot.framed:  # in a course page Back belongs to the course
        js.history.pushState(None, "", "#" + text)
    else:
        js.history.replaceState(None, "", "#" + text)


def prefers_dark():
    return js.matchMedia("(prefers-color-scheme: dark)").matches


def prefers_calm():
    return js.matchMedia("(prefers-reduced-motion: reduce)").matches


NARROW = "(max-width: 1100px)"


def is_narrow():
    return js.matchMedia(NARROW).matches


def on_media(query, handler):
    listen(js.matchMedia(query), "change", lambda _event: handler())


def random_seed():
    """A new seed as TensorFlow Playground writes them, such as 0.48213."""
    return f"{js.Math.random():.5f}"


def callback(function):
    """A function that JavaScript may keep calling, such as a formatter of the chart."""
    proxy = create_proxy(function)
    _keep.append(proxy)
    return proxy
