"""The page in a fake browser, opened as a reader would open it."""

import pytest
from fake_browser import FakeBrowser, inert_html

from explorer.app.app import App
from explorer.app.events import Events
from explorer.app.lost_clicks import LostClicks
from explorer.learning import problem
from explorer.text import language
from nncore import TABLES


@pytest.fixture(scope="session", autouse=True)
def tables():
    """All tables are read, as in a page that has shown them: the first time takes more frames.
    So is the built page, whose first pictures need a table, too."""
    for name in TABLES:
        problem.table_of(name)
    inert_html()


@pytest.fixture(scope="session")
def data():
    """What tables call their columns and classes."""
    tables = [info.load() for info in TABLES.values()]
    names = {name for table in tables for name in (*table.feature_names, *table.class_names)}
    return names | {table.target_name for table in tables}


@pytest.fixture
def speaking():
    """speaking(translate): the page's texts in another language, until the test ends."""
    yield language.speak
    language.speak()


@pytest.fixture
def open_page():
    """open_page(link, **browser options) -> (browser, app), after the first frame.

    At the end of the test no callback may have raised an exception, unless `may_fail` is set.
    """
    browsers = []

    def opened(link="", **options):
        browser = FakeBrowser(link, **options)
        app = App(browser)
        app.start()
        Events(app).listen()
        LostClicks(browser).listen()
        browsers.append(browser)
        return browser, app

    yield opened
    errors = [text for browser in browsers if not browser.may_fail for text in browser.errors]
    if errors:
        pytest.fail(errors[0], pytrace=False)


@pytest.fixture
def page(open_page):
    """(browser, app) of the default playground."""
    return open_page()


@pytest.fixture
def lab(open_page):
    """(browser, app) of the Wine lab before training."""
    return open_page("#view=wine")
