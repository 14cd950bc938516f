"""The page in a fake browser, opened as a reader would open it."""

import pytest
from fake_browser import FakeBrowser

from explorer.app import App
from explorer.events import Events


@pytest.fixture
def open_page():
    """open_page(link, **browser options) -> (browser, app), after the first frame."""

    def opened(link="", **options):
        browser = FakeBrowser(link, **options)
        app = App(browser)
        app.start()
        Events(app).listen()
        return browser, app

    return opened


@pytest.fixture
def page(open_page):
    """(browser, app) of the default playground."""
    return open_page()
