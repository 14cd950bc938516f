"""Workers that train beside the page: a thin wrapper around site/boot/crew.mjs.

Arrays lie in Pyodide's memory, out of which the boot code copies what an errand reads, and into
which it puts what has come back. So nothing but addresses goes from Python to JavaScript.
"""

import js
from pyodide.ffi import create_proxy, to_js


class Crew:
    """A Crew of nncore.crew. It has no room until the boot code's module is there.

    Args:
        browser: The module of that name.
        engine: The page's BrowserEngine.
    """

    def __init__(self, browser, engine):
        self.browser, self.engine = browser, engine
        self.crew, self.is_broken, self.is_over = None, False, False
        self.errands, self.count = {}, 0  # by their number: (what has to stay, who is told)
        self.modules = {}  # by plan: (a number, the bytes)
        guard = browser.guard
        self.proxies = [create_proxy(guard(self.answered)), create_proxy(guard(self.broken))]
        js.nncoreBoot.crew().then(guard(self.came), guard(self.broken))

    def came(self, module):
        if self.is_over:
            return
        try:
            self.crew = module.Crew.new(*self.proxies)
        except Exception as error:  # noqa: BLE001 - of whatever kind: the page can do it itself
            self.broken(error)

    @property
    def has_room(self):
        return self.crew is not None and bool(self.crew.hasRoom)

    def send(self, errand, answered):
        if errand.plan not in self.modules:
            self.modules[errand.plan] = len(self.modules), to_js(errand.wasm)
        self.count += 1
        self.errands[self.count] = errand, answered
        given = [errand.arguments, self.spans(errand.reads), self.spans(errand.writes)]
        self.crew.send(self.count, *self.modules[errand.plan], *map(to_js, given))

    def spans(self, arrays):
        """Where a call expects each array, where it is, and how many bytes it has."""
        address = self.engine.address
        return [n for at, array in arrays for n in (at, address(array), array.nbytes)]

    def answered(self, number, rounds):
        _, answered = self.errands.pop(number)
        answered(rounds)

    def broken(self, reason):
        """No answers any more: whoever waits for them looks for `is_broken`."""
        if not self.is_over:
            self.is_broken = True
            js.console.info(f"runs are trained on the page's own thread: {reason}")

    def end(self):
        self.is_over = True
        if self.crew is not None:
            self.crew.end()
        for proxy in self.proxies:
            proxy.destroy()
        self.proxies = []
