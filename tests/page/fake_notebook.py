"""A stand-in for explorer.browser.notebook: editors that are texts, and a Python that is told what
to say.
"""

import html
import json


class FakeEditor:
    """A cell's text, as the reader types it by `type`."""

    def __init__(self, parent, options, told, complete):
        self.parent, self.options, self.told, self.complete = parent, options, told, complete
        self.text, self.focused, self.line, self.destroyed = options["text"], 0, None, False

    def type(self, text):
        self.text = text
        self.told("change", text)

    def press(self, name):
        self.told(name, "")

    def focus(self):
        self.focused += 1
        self.told("focus", "")

    def set_text(self, text):
        self.text = text

    def mark(self, line):
        self.line = line

    def destroy(self):
        self.destroyed = True


class FakeKernel:
    """Records what it is asked; `say` tells a message."""

    def __init__(self, told):
        self.told = told
        self.ran, self.asked = [], []
        self.lost, self.over, self.stops = None, False, 0

    def say(self, **message):
        self.told(json.dumps(message))

    def run(self, number, source):
        self.ran.append((number, source))

    def ask(self, kind, text, content=None):
        self.asked.append((kind, text, content))

    def interrupt(self, lost):
        self.lost = lost

    def ended(self):
        self.lost = None
        self.stops += 1

    def end(self):
        self.over = True

    def finish(self, number, *messages, good=True, files=()):
        """Run number `number` from its beginning to its end."""
        self.say(kind="begun", number=number)
        for message in messages:
            self.say(number=number, **message)
        self.say(kind="ended", number=number, good=good, seconds=0.1, files=list(files))


class FakeNotebook:
    """The module and the tools in one."""

    def __init__(self):
        self.has_packages = True
        self.fails = None
        self.editors, self.kernels, self.taken = [], [], []

    def load(self, _browser, done, failed):
        if self.fails:
            failed(self.fails)
        else:
            done(self)

    def take_away(self, _browser, name, content):
        self.taken.append((name, content))

    def show_html(self, node, text):
        node.setAttribute("data-html", html.unescape(text))
        node.textContent = text

    def show_markdown(self, node, text):
        node.textContent = text

    def editor(self, parent, options, told, complete):
        self.editors.append(FakeEditor(parent, options, told, complete))
        return self.editors[-1]

    def start(self, told):
        self.kernels.append(FakeKernel(told))
        return self.kernels[-1]

    @property
    def kernel(self):
        return self.kernels[-1]
