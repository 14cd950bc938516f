"""What was left behind comes back, unless a link says otherwise; a spoilt memory does no harm."""

import json
from dataclasses import replace

import pytest
from fake_browser import FakeBrowser
from hypothesis import given
from hypothesis import strategies as st

from explorer.session.last_visit import KEY, LastVisit, read
from explorer.session.session import Session
from explorer.settings import link
from explorer.settings.settings import DEFAULTS, Settings

CHANGED = replace(Settings(), noise=20, network_shape=(3,))
WINE = replace(DEFAULTS["wine"], learning_rate=0.1)


def left_behind(browser, view, **settings):
    session = Session(browser.random_seed)
    session.settings |= settings
    session.view = view
    LastVisit(browser, session).changed(session.current)


def come_back(stored, address=""):
    browser = FakeBrowser(address, stored=stored)
    session = Session(browser.random_seed)
    LastVisit(browser, session).recall()
    return browser.link_text(), session.settings


def test_the_settings_of_both_views_and_the_view_come_back():
    browser = FakeBrowser()
    left_behind(browser, "wine", playground=CHANGED, wine=WINE)
    text, settings = come_back(browser.kept)
    assert settings == {"playground": CHANGED, "wine": WINE}
    assert link.decode(text) == (WINE, [])


def test_a_link_wins():
    browser = FakeBrowser()
    left_behind(browser, "wine", wine=WINE)
    assert come_back(browser.kept, "#noise=5") == ("#noise=5", DEFAULTS)


def test_defaults_are_not_kept_and_hidden_controls_are_shown_again():
    browser = FakeBrowser()
    left_behind(browser, "playground", playground=replace(CHANGED, hidden=frozenset({"noise"})))
    assert come_back(browser.kept)[1]["playground"] == CHANGED
    left_behind(browser, "playground")
    assert browser.kept == {KEY: ""}


@pytest.mark.parametrize(
    "text",
    [
        None, "", "{", "[]", "1", "null", '{"links": 1}', '{"links": [1]}', '{"view": {}}',
        '{"view": "wine", "links": {"wine": 5}}', "[" * 19_000, "x" * 30_000,
        '{"view": "wine", "links": {"wine": "view=playground"}}',
    ],
)  # fmt: skip
def test_a_spoilt_memory_does_no_harm(text):
    assert come_back({KEY: text} if text is not None else {}) == ("", DEFAULTS)


@given(st.text(), st.text(), st.text())
def test_whatever_is_kept_gives_valid_settings(view, one, other):
    stored = json.dumps({"view": view, "links": {"playground": one, "wine": other}})
    for name, settings in read(stored)[1].items():
        assert settings.view == name
        assert link.decode(link.encode(settings)) == (settings, [])
