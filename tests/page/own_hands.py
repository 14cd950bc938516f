"""What the tests of the reader's own data do again and again in the fake browser."""

from contextlib import contextmanager
from types import SimpleNamespace

import numpy as np
from fake_browser import FakeBrowser

from explorer.app.app import App
from explorer.app.events import Events
from explorer.app.opened_files import OpenedFiles
from explorer.learning.problem import own_tables
from explorer.settings import own


@contextmanager
def opened():
    """(browser, app) as main.py makes them; the tables are forgotten afterwards."""
    browser = FakeBrowser()
    app = App(browser)
    app.start()
    OpenedFiles(app).listen()
    Events(app).listen()
    yield browser, app
    assert browser.errors == []
    forget()


def forget():
    """As in a page that was opened anew."""
    own.names.clear()
    own.in_links.clear()
    own.planes.clear()
    own.numbers.clear()
    own_tables.clear()


def drop(browser, name, content):
    file = SimpleNamespace(name=name, content=content, size=len(content))
    carried = SimpleNamespace(files=[file], types=["Files"])
    browser.fire(browser.document.body, "drop", dataTransfer=carried)
    browser.tick(3)


def rows(n=60, classes=3, columns=3, extra=""):
    rng = np.random.default_rng(0)
    lines = [",".join([*(f"c{k}" for k in range(columns)), "colour", f"kind{extra}"])]
    for i in range(n):
        numbers = [f"{v + i % classes:.3f}" for v in rng.normal(size=columns)]
        lines.append(",".join([*numbers, ("red", "blue")[i % 2], f"k{i % classes}"]))
    return "\n".join(lines).encode()


def state(browser):
    return browser.element("own-body").getAttribute("data-state")


def body(browser):
    return browser.element("own-body").textContent


def menu(browser, what, column=""):
    [node] = browser.elements(f'[data-own="{what}"][data-column="{column}"]')
    return node


def use(browser):
    browser.click(browser.action("own-use"))
    browser.tick(5)
