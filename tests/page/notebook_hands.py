"""The notebook in a fake browser, as a reader handles it."""

import json
from types import SimpleNamespace

from fake_browser import FakeBrowser
from fake_notebook import FakeNotebook

from explorer.app.app import App
from explorer.app.events import Events
from explorer.app.opened_files import OpenedFiles


class Page:
    """The page as main.py makes it, and what a reader does with its notebook."""

    def __init__(self, link="", stored=None, fails=None):
        self.browser = FakeBrowser(link, stored=stored)
        self.tools = FakeNotebook()
        self.tools.fails = fails
        self.browser.notebook = lambda: self.tools
        self.app = App(self.browser)
        self.app.start()
        OpenedFiles(self.app).listen()
        Events(self.app).listen()

    def open(self):
        self.browser.click(self.browser.element("tab-notebook"))
        self.browser.tick()
        return self

    @property
    def room(self):
        return self.app.notebook.room

    @property
    def kernel(self):
        return self.tools.kernel

    @property
    def cells(self):
        return self.room.notebook.cells

    def act(self, action, value=None):
        found = f'[data-action="{action}"]' + (f'[data-value="{value}"]' if value else "")
        self.browser.click(self.browser.elements(found)[0])
        self.browser.tick(12)

    def only(self, *sources):
        """A notebook with these code cells; Python is ready."""
        tree = {"nbformat": 4, "cells": [{"cell_type": "code", "source": s} for s in sources]}
        self.room.open_file("own.ipynb", json.dumps(tree).encode())
        if self.room.python.state == "starting":
            self.kernel.say(kind="ready")
        self.browser.tick(12)

    def editor(self, place):
        return self.room.views[self.cells[place].identity].editor

    def shown(self, place):
        self.browser.tick(12)
        return self.room.views[self.cells[place].identity].outputs_node.textContent

    def state(self):
        return self.browser.element("nb-status").textContent

    def drop(self, *files):
        found = [SimpleNamespace(name=n, content=c, size=len(c)) for n, c in files]
        carried = SimpleNamespace(files=found, types=["Files"])
        self.browser.fire(self.browser.document.body, "drop", dataTransfer=carried)
        self.browser.tick(12)
