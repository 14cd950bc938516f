"""The page turns to another language while it runs: all that is visible is said anew."""

import os
import subprocess
import sys

import pytest
from inside_hands import enter, steps
from pseudo import OPEN, pseudo
from said import left_out, shown, train

from explorer.app.speaking import Retelling, speak


@pytest.fixture(autouse=True)
def english_afterwards(speaking):
    speaking()


def spoken(browser, app, data):
    """What is still in English after the page has turned, and what is not after it turned back."""
    browser.tick(20)
    before = list(shown(browser.document.documentElement))
    speak(app, pseudo, "zxx")
    browser.tick(4)
    left = left_out(browser.document, data)
    speak(app)
    browser.tick(4)
    after = list(shown(browser.document.documentElement))
    assert browser.root.getAttribute("lang") == "en"
    assert [text for text in after if OPEN in text] == []
    assert set(after) - set(before) == set()
    return left


def inside(browser, app):
    enter(browser)
    steps(browser, 4)


def landscape(browser, app):
    enter(browser)
    browser.click(browser.action("inside-tab", "landscape"))
    browser.tick(6)


def code(browser, app):
    browser.click(browser.action("code"))
    browser.tick(2)


def vary(browser, app):
    browser.click(browser.action("vary"))
    browser.tick(2)


def card(browser, app):
    browser.click(browser.elements('[data-unit="1.1"]')[0])
    browser.tick(2)


def exercise(browser, app):
    browser.click(browser.action("open-step", "3"))
    browser.tick(4)


def curves(browser, app):
    browser.choose(browser.field("chart"), "flat")
    browser.tick(10)


@pytest.mark.parametrize(
    ("link", "do"),
    [
        ("", train), ("", inside), ("", landscape), ("", code), ("", vary), ("", card),
        ("", curves), ("#view=wine", train), ("#view=wine", inside), ("#view=wine", exercise),
        ("#noise=99&points=3", train), ("#problem=regression&planeLayer=1", train),
    ],
)  # fmt: skip
def test_all_that_is_visible_is_said_anew(open_page, data, link, do):
    browser, app = open_page(link)
    browser.tick(3)
    do(browser, app)
    # Keys of a link stay what they are.
    assert [text for text in spoken(browser, app, data) if text != "noise ; points ."] == []


def test_what_a_reader_types_stays(open_page):
    browser, app = open_page()
    shown = browser.create("p", browser.document.body, "Run")
    editor = browser.create("div", browser.document.body, contenteditable="true")
    typed = browser.create("span", editor, "Run")
    speak(app, pseudo, "zxx")
    assert OPEN in shown.textContent
    assert typed.textContent == "Run"


def test_it_knows_every_text_of_the_page_s_html():
    """In a Python of its own: in this one other tests have imported all there is."""
    script = (
        "import explorer.app.app, explorer.app.events, explorer.app.speaking as speaking\n"
        "known = set(speaking.language.said())\n"
        "import explorer.prerender.page\n"
        "print(*sorted(set(speaking.language.said()) - known))"
    )
    env = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", script], env=env, capture_output=True, text=True, check=True
    )
    # What is said before Python is there is the start's own.
    assert [place for place in done.stdout.split() if not place.startswith("boot.")] == []


def test_texts_within_texts_are_said_anew():
    before = {
        "a": "Layer {k} of {name}", "b": "tanh net", "c": "{x} and {x}", "d": "{left} {right}",
        "e": "same",
    }  # fmt: skip
    now = {"a": "{name}: Lage {k}", "b": "Tanh-Netz", "c": "zweimal {x}", "d": "{right}|{left}"}
    retelling = Retelling(before, now | {"e": "same"})
    assert retelling.of("Layer 3 of tanh net") == "Tanh-Netz: Lage 3"
    assert retelling.of("1 and 1") == "zweimal 1"
    assert retelling.of("left right") == "right|left"
    assert retelling.of("same") == "same"
    assert retelling.of("unknown") == "unknown"
