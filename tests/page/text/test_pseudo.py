"""The page in a language that nobody speaks: whatever is left in English is no text of its tables.

What is data stays as it is: names of columns and of classes, keys of links, programs, and what
things are called everywhere.
"""

import functools
import itertools
import re
from types import SimpleNamespace

import pytest
from fake_browser import TEMPLATE, FakeBrowser, Icons
from fake_html import read
from inside_hands import enter, steps
from pseudo import CLOSE, OPEN, pseudo, unspoken
from said import left_out, train

from explorer.app.app import App
from explorer.app.events import Events
from explorer.export.keras_program import keras_program
from explorer.export.nncore_program import nncore_program
from explorer.prerender.page import render
from explorer.settings.settings import DEFAULTS, TABLES
from explorer.text import language


@pytest.fixture(autouse=True)
def nobody_s_language(speaking):
    speaking(pseudo)


@functools.cache
def whole_html():
    """The page as it is built in this language."""
    language.speak(pseudo)
    return render(TEMPLATE.read_text("utf-8"), Icons())


@functools.cache
def without_templates():
    return re.sub(r"<template .*?</template>", "", whole_html(), flags=re.S)


@pytest.fixture
def open_pseudo(monkeypatch):
    """open_pseudo(link) -> (browser, app) of the page whose HTML was made in this language, too."""
    monkeypatch.setattr("fake_browser.inert_html", without_templates)
    browsers = []

    def opened(link=""):
        browser = FakeBrowser(link)
        app = App(browser)
        app.start()
        Events(app).listen()
        browser.tick(3)
        browsers.append(browser)
        return browser, app

    yield opened
    assert [text for browser in browsers if not browser.may_fail for text in browser.errors] == []


def test_texts_are_longer_and_their_places_stay():
    assert pseudo("", "An {a:,} of {b}") == f"{OPEN}ÀÀn {{a:,}} õõf {{b}}{CLOSE}"
    assert unspoken(f"{OPEN}À {OPEN}b{CLOSE} c{CLOSE} left 3") == "left 3"
    assert pseudo("", "∞ {a}") == "∞ {a}"
    language.speak()
    english = [text for _, text in every_text()]
    language.speak(pseudo)
    longer = [text for _, text in every_text()]
    assert sum(map(len, longer)) > 1.3 * sum(map(len, english))


def every_text():
    for name, table in language.tables().items():
        for key, value in table.items():
            for text in value if isinstance(value, tuple) else (value,):
                if isinstance(text, str):
                    yield f"{name}.{key}", text


def test_the_page_s_html_has_no_other_text(data):
    assert left_out(read(whole_html()), data) == []


@pytest.mark.parametrize(
    "link",
    [
        "",
        "#dataset=blobs&showTestData=true&n_points=5000",
        "#problem=regression&planeLayer=2",
        "#networkShape=3&planeLayer=1&loss=cross_entropy",
        "#networkShape=1&planeLayer=1&x=false&y=false",
        *(f"#view=wine&dataset={name}" for name in TABLES),
        "#view=wine&percTrainData=60&leftOut=1-40&networkShape=4,3",
    ],
)
def test_nothing_is_left_in_english_before_and_while_it_trains(open_pseudo, data, link):
    browser, app = open_pseudo(link)
    assert left_out(browser.document, data) == []
    train(browser, app)
    app.toggle()
    browser.tick(5, 0.5)
    app.pause()
    browser.tick(5)
    assert left_out(browser.document, data) == []


def test_nor_what_is_pointed_at(open_pseudo, data):
    browser, app = open_pseudo("#dataset=spiral3")
    train(browser, app)
    browser.point(browser.element("output"), 1100, 300)
    browser.tick(2)
    assert left_out(browser.document, data) == []
    for node in browser.elements("#network [data-unit], #network [data-bias], [data-input]"):
        browser.point(node)
        browser.tick(1, 1.0)
        assert left_out(browser.document, data) == []
    browser.click(browser.elements('[data-unit="1.2"]')[0])
    browser.tick()
    browser.choose(browser.field("learning_rate"), "0.3")
    browser.tick(2)
    assert left_out(browser.document, data) == []


def test_nor_notices_and_errors(open_pseudo, data):
    browser, app = open_pseudo("#noise=99&points=3&seed=&activation=relue&networkShape=99")
    keys = {"noise", "points", "seed", "activation", "networkShape"}
    left = left_out(browser.document, data)
    assert {word for text in left for word in re.findall(r"\w+", text)} <= keys
    assert left
    browser.click(browser.action("close"))
    for name, text in (("stop_loss", "low"), ("seed", "x" * 99)):
        node = browser.field(name)
        browser.choose(node, text)
        browser.tick(2)
        assert left_out(browser.document, data) == []
    app.change(app.current.with_text("learning_rate", "1000"))
    app.change(app.current.with_text("activation", "relu"))
    for _ in range(30):
        train(browser, app, 1)
    assert left_out(browser.document, data) == []
    browser.may_fail = True
    browser.guard(lambda: 1 / 0)()
    app.failed("details")
    browser.tick()
    assert left_out(browser.document, data) == []


def test_nor_the_steps_of_the_exercise(open_pseudo, data):
    browser, app = open_pseudo("#view=wine&percTrainData=80")
    for step in range(1, 7):
        browser.click(browser.action("open-step", str(step)))
        browser.tick(4)
        assert left_out(browser.document, data) == [], step
    train(browser, app, 21)
    for step in range(6, 0, -1):
        browser.click(browser.action("open-step", str(step)))
        browser.tick(6)
        assert left_out(browser.document, data) == [], step
    row = browser.elements("#wines [data-row]")[3]
    browser.click(row)
    browser.tick(2)
    assert left_out(browser.document, data) == []
    browser.click(browser.action("seeds"))
    browser.tick(30)
    assert left_out(browser.document, data) == []


@pytest.mark.parametrize("write", [nncore_program, keras_program])
@pytest.mark.parametrize("view", DEFAULTS)
def test_the_programs_speak_it_in_docstring_and_comments(write, view):
    program = write(DEFAULTS[view], 3)
    remarks = re.findall(r'"""(.*?)"""|# ([^\n]*)', program, flags=re.S)
    assert remarks
    for text in map("".join, remarks):
        assert unspoken(text) == "", text


@pytest.mark.parametrize("key", ["code", "share"])
def test_the_language_can_change_while_the_page_runs(open_pseudo, key):
    browser, app = open_pseudo()
    run = browser.element("run")
    assert run.getAttribute("aria-label") == pseudo("", "Run")
    language.speak()
    app.toggle()
    browser.tick(2)
    assert run.getAttribute("aria-label") == "Pause"
    app.open_preset("dataset=xor")
    browser.tick(2)
    assert OPEN not in browser.text("look-for")


@pytest.mark.parametrize("view", ["playground", "wine"])
def test_nor_the_code_panel(open_pseudo, data, view):
    browser, app = open_pseudo(f"#view={view}")
    browser.click(browser.action("code"))
    browser.tick(2)
    app.code.made.files.save = lambda *file: None
    app.code.made.picture = lambda *picture: None
    browser.may_copy = view == "wine"
    browser.window.getSelection = lambda: SimpleNamespace(selectAllChildren=lambda node: None)
    for action in browser.elements("[data-action='take'], [data-action='copy-code']"):
        browser.click(action)
        browser.tick()
        left = left_out(browser.document, data)
        assert all(re.fullmatch(r"[\w.-]+\.(py|csv|npz|json|whl|png)", name) for name in left), left


@pytest.mark.parametrize("link", ["", "#view=wine", "#dataset=blobs&loss=cross_entropy"])
def test_nor_the_inside_of_a_step(open_pseudo, data, link):
    browser, _ = open_pseudo(link)
    enter(browser)
    seen = set()
    for _ in range(40):
        seen.add(browser.state["inside"])
        assert left_out(browser.document, data) == [], browser.state["inside"]
        steps(browser, 1)
    assert {"input", "sum", "loss", "delta", "gradient", "update"} <= seen


def test_nor_runs_side_by_side(open_pseudo, data):
    browser, app = open_pseudo()
    train(browser, app)
    browser.click(browser.action("vary"))
    browser.tick(2)
    for name, text in {"values": "1 2", "seeds": "2", "epochs": "6"}.items():
        browser.element(f"vary-{name}").value = text
    browser.now = itertools.count(0, 0.002).__next__  # a frame has time for a part of them
    browser.click(browser.action("vary-start"))
    browser.tick(2)
    assert app.runs.made.vary.sweep.is_running
    assert left_out(browser.document, data) == []
    del browser.now
    browser.tick(40)
    assert browser.elements("#vary-table tbody tr")
    assert left_out(browser.document, data) == []
    browser.click(browser.action("train-map"))
    browser.element("map-epochs").value = "1"
    for up in ("scale", "seed"):
        browser.element("map-up").value = up
        browser.click(browser.action("map-start"))
        browser.tick(2)
        assert left_out(browser.document, data) == []
    browser.click(browser.action("keep"))
    browser.tick(2)
    assert left_out(browser.document, data) == []
