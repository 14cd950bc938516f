"""The bare address opens the default, and offers the last visit in one line."""

import json
from dataclasses import replace

import pytest
from fake_browser import FakeBrowser

from explorer.app.app import App
from explorer.app.events import Events
from explorer.app.last_visit import LastVisit
from explorer.session.last_visit import KEY, read, written
from explorer.settings import link
from explorer.settings.settings import DEFAULTS, Settings
from explorer.text.notices import TEXT

SPIRAL = replace(Settings(), dataset="spiral", network_shape=(8, 8), learning_rate=10.0)
WINE = replace(DEFAULTS["wine"], learning_rate=0.1)
LEFT = written("playground", {"playground": SPIRAL, "wine": WINE}, 5_000)
NOW = 5_000 + 2 * 3600


def come(stored, address=""):
    """(browser, app) of a page that is opened as main.py does."""
    browser = FakeBrowser(address, stored={KEY: stored} if stored is not None else {})
    app = App(browser)
    last = LastVisit(app, lambda: NOW)
    app.start()
    last.offer()
    app.followers.append(last)
    Events(app).listen()
    return browser, app


def offered(browser):
    line = browser.element("last-visit")
    return None if line.hidden else browser.text("last-visit-what")


def test_the_bare_address_opens_the_default_and_offers_the_last_visit():
    browser, app = come(LEFT)
    assert app.current == Settings()
    assert offered(browser) == "Playground, Spiral, 8-8, 2 hours ago"
    assert browser.kept[KEY] == LEFT  # looking in leaves it as it is


def test_going_on_opens_both_views_as_they_were_left():
    browser, app = come(LEFT)
    browser.click(browser.action("go-on"))
    browser.tick()
    assert app.current == app.experiment.settings == SPIRAL
    assert link.decode(browser.link_text()) == (SPIRAL, [])
    assert offered(browser) is None
    browser.click(browser.action("view", "wine"))
    browser.tick()
    assert app.current == WINE


def test_the_view_that_was_left_is_the_one_that_opens():
    browser, app = come(written("wine", {"playground": SPIRAL, "wine": WINE}, NOW))
    assert offered(browser) == f"Wine, 8-5-2, {TEXT['ago_moments']}"
    browser.click(browser.action("go-on"))
    assert app.session.view == browser.state["view"] == "wine"
    assert app.current == WINE
    assert app.session.settings["playground"] == SPIRAL


def test_forgetting_forgets():
    browser, _ = come(LEFT)
    browser.click(browser.action("forget"))
    assert offered(browser) is None
    assert browser.kept[KEY] == ""
    assert offered(come(browser.kept[KEY])[0]) is None


def test_a_link_wins_and_nothing_is_offered():
    browser, app = come(LEFT, "#noise=5")
    assert app.current == Settings(noise=5)
    assert offered(browser) is None
    assert browser.kept[KEY] == LEFT
    assert offered(come(LEFT, "#" + link.encode(Settings()))[0]) is not None  # after a reload


def test_beginning_something_else_takes_its_place():
    browser, _ = come(LEFT)
    browser.choose(browser.field("activation"), "relu")
    assert offered(browser) is None
    visit = read(browser.kept[KEY])
    assert visit.settings["playground"] == Settings(activation="relu")
    assert visit.when == NOW


def test_training_the_default_leaves_the_offer_to_the_next_visit():
    browser, _ = come(LEFT)
    browser.click(browser.element("run"))
    browser.tick(3)
    assert offered(browser) is None
    assert browser.kept[KEY] == LEFT


def test_training_what_a_link_has_brought_is_remembered():
    browser, _ = come(None, "#noise=5")
    assert KEY not in browser.kept
    browser.click(browser.element("run"))
    browser.tick(3)
    assert read(browser.kept[KEY]).settings["playground"] == Settings(noise=5)


def test_back_to_the_defaults_forgets():
    browser, _ = come(LEFT)
    browser.choose(browser.field("activation"), "relu")
    browser.choose(browser.field("activation"), "tanh")
    assert browser.kept[KEY] == ""


@pytest.mark.parametrize("stored", [None, "", "{", json.dumps({"links": {"wine": 1}})])
def test_without_a_memory_there_is_no_line(stored):
    browser, app = come(stored)
    assert app.current == Settings()
    assert offered(browser) is None
