"""main.py wires the page up: run as it stands, in the fake browser."""

import runpy
import sys
from pathlib import Path

from fake_browser import FakeBrowser

import explorer.browser

MAIN = Path(__file__).resolve().parents[2] / "site" / "main.py"


def test_main_starts_the_page(monkeypatch):
    browser = FakeBrowser()
    monkeypatch.setitem(sys.modules, "explorer.browser.browser", browser)
    monkeypatch.setattr(explorer.browser, "browser", browser, raising=False)
    runpy.run_path(str(MAIN))
    assert browser.state["state"] == "ready"
    browser.click(browser.element("run"))
    browser.tick(3)
    assert browser.state["epoch"] == "3"
    assert browser.errors == []
