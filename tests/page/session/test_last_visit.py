"""What a visit leaves behind can be read again; a spoilt memory does no harm."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.session.last_visit import Visit, ago, read, written
from explorer.settings import link
from explorer.settings.settings import DEFAULTS, Settings

CHANGED = replace(Settings(), noise=20, network_shape=(3,))
WINE = replace(DEFAULTS["wine"], learning_rate=0.1)


def test_the_settings_of_both_views_the_view_and_the_time_come_back():
    settings = {"playground": CHANGED, "wine": WINE}
    assert read(written("wine", settings, 1000.4)) == Visit("wine", settings, 1000)


def test_defaults_are_not_kept_and_hidden_controls_are_shown_again():
    hiding = DEFAULTS | {"playground": replace(CHANGED, hidden=frozenset({"noise"}))}
    assert read(written("playground", hiding, 0)).settings["playground"] == CHANGED
    assert written("playground", DEFAULTS, 0) == ""
    assert written("wine", DEFAULTS, 0) != ""


def test_what_an_earlier_version_of_the_page_has_kept_has_no_time():
    kept = {"view": "wine", "links": {"wine": link.encode(WINE)}}
    assert read(json.dumps(kept)) == Visit("wine", {"wine": WINE}, None)


@pytest.mark.parametrize("when", ["NaN", "Infinity", "true", '"1"', "[]", "null"])
def test_a_time_that_is_none_is_no_time(when):
    text = written("wine", {"wine": WINE}, 7).replace('"when": 7', f'"when": {when}')
    assert read(text) == Visit("wine", {"wine": WINE}, None)


@pytest.mark.parametrize(
    "text",
    [
        None, "", "{", "[]", "1", "null", '{"links": 1}', '{"links": [1]}', '{"view": {}}',
        '{"view": "wine", "links": {"wine": 5}}', "[" * 19_000, "x" * 50_000,
        '{"view": "wine", "links": {"wine": "view=playground"}}',
    ],
)  # fmt: skip
def test_a_spoilt_memory_does_no_harm(text):
    assert read(text) is None


@given(st.text(), st.text(), st.text())
def test_whatever_is_kept_gives_valid_settings(view, one, other):
    stored = json.dumps({"view": view, "links": {"playground": one, "wine": other}})
    visit = read(stored)
    for name, settings in visit.settings.items() if visit else ():
        assert settings.view == name
        assert link.decode(link.encode(settings)) == (settings, [])


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-5, ("moments", 0)), (80, ("moments", 0)), (90, ("minutes", 2)), (3000, ("minutes", 50)),
        (5400, ("hours", 2)), (86_400, ("hours", 24)), (129_600, ("days", 2)),
        (86_400 * 400, ("days", 400)),
    ],
)  # fmt: skip
def test_how_long_ago(seconds, words):
    assert ago(seconds) == words
