"""The notebook's way to the browser: editors, foreign HTML, and a Python in a worker.

A thin wrapper around site/boot/notebook.mjs and site/notebook/editor.mjs. Functions that
JavaScript keeps are destroyed with what they belong to. `browser` is the module of that name.
"""

import js
from pyodide.ffi import create_once_callable, create_proxy, to_js


def load(browser, done, failed):
    """Fetch what is needed, then call `done(Tools)` or `failed(message)`."""
    guard = browser.guard

    def opened(module):
        module.openNotebook().then(guard(lambda found: done(Tools(browser, found))), guard(lost))

    def lost(error):
        failed(str(error.message))

    js.nncoreBoot.notebook().then(guard(opened), guard(lost))


def take_away(browser, name, content):
    """Hand the reader a file: its name, and its text or bytes."""
    part = to_js(content) if isinstance(content, bytes) else content
    blob = js.Blob.new(to_js([part]))
    link = browser.create("a", download=name)
    link.href = address = js.URL.createObjectURL(blob)
    link.click()
    js.setTimeout(create_once_callable(lambda: js.URL.revokeObjectURL(address)), 60_000)


class Tools:
    """What was fetched."""

    def __init__(self, browser, found):
        self.browser, self.found = browser, found
        self.has_packages = bool(found.packages)  # more than Python's own and NumPy

    def show_html(self, node, html):
        self.found.editor.showHtml(node, html)

    def show_markdown(self, node, text):
        self.found.editor.showMarkdown(node, text)

    def editor(self, parent, options, told, complete):
        return Editor(self.browser, self.found.editor, parent, options, told, complete)

    def start(self, told):
        return Kernel(self.browser, self.found, told)


class Editor:
    """A cell's text. told(event, value); complete(kind, text, place, answer) calls answer(JSON)."""

    def __init__(self, browser, module, parent, options, told, complete):
        self.proxies = [create_proxy(browser.guard(each)) for each in (told, complete)]
        self.view = module.makeEditor(parent, browser.objects(options), *self.proxies)

    def focus(self):
        self.view.focus()

    def set_text(self, text):
        self.view.setText(text)

    def mark(self, line):
        self.view.mark(line)

    def destroy(self):
        self.view.destroy()
        for proxy in self.proxies:
            proxy.destroy()


class Kernel:
    """A Python in a worker; told(JSON) hears from it."""

    def __init__(self, browser, found, told):
        self.browser = browser
        self.proxy = create_proxy(browser.guard(told))
        self.lost = None
        self.kernel = found.start(self.proxy)

    def run(self, number, source):
        self.kernel.run(number, source)

    def ask(self, kind, text, content=None):
        self.kernel.ask(kind, text, None if content is None else to_js(content))

    def interrupt(self, lost):
        """Have the running cell stop; call `lost()` if it does not."""
        self.lost = self.lost or create_proxy(self.browser.guard(lost))
        self.kernel.interrupt(self.lost)

    def ended(self):
        self.kernel.ended()

    def end(self):
        self.kernel.end()
