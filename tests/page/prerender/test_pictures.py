"""The first pictures, made when the site is built, say what Python then says in their places."""

import json
import re

import numpy as np
import pytest
from fake_browser import page_html
from fake_html import read
from grey_pictures import pixels_of

from explorer.drawing.scales import Linear, decimals
from explorer.learning.experiment import Experiment
from explorer.prerender.pictures import key_of, usual_pairs
from explorer.prerender.points import MAP_CELLS, SIDES
from explorer.settings import link
from explorer.settings.presets import SETTINGS
from explorer.settings.settings import DEFAULTS, Settings

WINE = DEFAULTS["wine"]
OTHERS = [name for name in SETTINGS if name != "default"]
ALL = {**SETTINGS, "wine": WINE}
SHARES = "train", "test"
FORM = "input[name], select[name]"


@pytest.fixture(scope="module")
def table():
    return json.loads(read(page_html()).getElementById("first-pictures").textContent)


def filled(settings, table):
    """The page as the boot code leaves it for these settings, by the same few steps."""
    document = read(page_html())
    entry = table["experiments"][key_of(settings)]
    for node in document.querySelectorAll("[name]"):
        if node.name not in entry.get("fields", {}):
            continue
        value = entry["fields"][node.name]
        if node.type == "radio":
            node.checked = node.value == value
        elif node.type == "checkbox":
            node.checked = value == "true"
        else:
            node.value = value
    for identity, text in entry.get("texts", {}).items():
        document.getElementById(identity).textContent = text
    parts = {
        name: document.getElementById(identity) for name, identity in entry.get("parts", {}).items()
    }
    places = {name: document.getElementById(f"first-{name}") for name in ("map", "points")}
    for identity, away in entry.get("hidden", {}).items():
        document.getElementById(identity).hidden = away
    return document, {**places, **parts}, entry


def values(nodes):
    """What the controls show: in their order."""
    kinds = ("radio", "checkbox")
    return [(n.name, n.checked if n.type in kinds else n.value) for n in nodes]


@pytest.mark.parametrize("name", ALL)
def test_every_control_shows_the_experiments_settings(name, table, open_page):
    browser, _ = open_page("#" + link.encode(ALL[name]))
    document, _, _ = filled(ALL[name], table)
    there = {(n.name, n.type, n.value if n.type == "radio" else "") for n in
             document.querySelectorAll(FORM)}  # fmt: skip
    drawn = [
        n for n in browser.document.querySelectorAll(FORM)
        if (n.name, n.type, n.value if n.type == "radio" else "") in there
        and n.closest("#network") is None
    ]  # fmt: skip
    assert values(document.querySelectorAll(FORM)) == values(drawn)


@pytest.mark.parametrize("name", SETTINGS)
def test_every_text_is_the_one_that_python_writes(name, table, open_page):
    browser, _ = open_page("#" + link.encode(SETTINGS[name]))
    document, _, entry = filled(SETTINGS[name], table)
    for identity in (
        "layer-count", "network-title", "loss-train", "loss-test", "score-train", "score-test",
        "score-train-name", "look-for", "train_share-shown", "noise-shown", "batch_size-shown",
        "epoch",
    ):  # fmt: skip
        assert document.getElementById(identity).textContent == browser.text(identity), identity
    for identity in ("legend", "confusion"):
        assert document.getElementById(identity).hidden == browser.element(identity).hidden
    losses = [document.getElementById(f"first-loss_{share}").textContent for share in SHARES]
    last = Experiment(SETTINGS[name]).snapshot().last
    assert losses == [decimals(last.loss_train, 4), decimals(last.loss_test, 4)]
    width = entry.get("width", "388px")
    assert width == browser.element("network").style.minWidth


def test_the_lab_is_there_as_python_shows_it(table, open_page):
    browser, _ = open_page("#view=wine")
    document, _, _ = filled(WINE, table)
    for identity in (
        "standing-epoch", "standing-limit", "standing-score", "standing-loss", "step-note",
        "step-actions", "plane-title", "plane-remark", "network-title", "layer-count",
    ):  # fmt: skip
        assert document.getElementById(identity).textContent == browser.text(identity), identity
    assert table["lab"] == {name: browser.state[name] for name in ("step", "band")} | {
        "plane": browser.root.getAttribute("data-plane")
    }
    for old, new in zip(
        document.querySelectorAll(".steps button"), browser.elements(".steps button"), strict=True
    ):
        assert old.textContent == new.textContent
        for attribute in ("data-done", "aria-current"):
            assert old.hasAttribute(attribute) == new.hasAttribute(attribute)
    tables = (d.getElementById("wine-confusion") for d in (document, browser.document))
    first, drawn = (
        [n.textContent for n in t.walk() if n.tag in ("th", "td", "caption")] for t in tables
    )
    assert first == drawn
    assert document.getElementById("epochs-field").value == browser.element("epochs-field").value


def test_the_confusion_of_three_arms_is_the_one_that_python_counts(table, open_page):
    browser, _ = open_page("#" + link.encode(SETTINGS["three-arms"]))
    _, parts, _ = filled(SETTINGS["three-arms"], table)
    first, drawn = (
        [n.textContent for n in node.walk() if n.tag in ("th", "td")]
        for node in (parts["confusion"], browser.element("confusion"))
    )
    assert first == drawn


@pytest.mark.parametrize("name", SETTINGS)
def test_the_output_is_that_of_the_untrained_network(name, table):
    snapshot = Experiment(SETTINGS[name]).snapshot()
    _, parts, _ = filled(SETTINGS[name], table)
    pixels = pixels_of(parts["map"].querySelector("img").getAttribute("src"))
    answer = snapshot.maps(MAP_CELLS)[-1]
    if snapshot.problem.task == "multiclass":
        winners = pixels.reshape(-1, 3).argmax(axis=1)
        sure = pixels.reshape(-1, 3).max(axis=1) > 2
        np.testing.assert_array_equal(winners[sure], answer.argmax(axis=1)[sure])
    else:
        np.testing.assert_allclose(pixels.ravel() / 127.5 - 1, answer[:, 0], atol=0.005)


@pytest.mark.parametrize("name", SETTINGS)
def test_every_training_point_is_there_with_the_mark_of_its_class(name, table):
    rows = Experiment(SETTINGS[name]).problem.train
    _, parts, _ = filled(SETTINGS[name], table)
    marks = [
        (*(float(use.getAttribute(name)[:-1]) for name in "xy"), use.getAttribute("href"))
        for use in parts["points"].walk()
        if use.tag == "use"
    ]
    several = rows.labels.min() >= 0
    xs = Linear(-6, 6, 0, 100)(rows.points[:, 0])
    ys = Linear(-6, 6, 100, 0)(rows.points[:, 1])
    names = [f"{int(c) + 1}" if several else SIDES[int(c < 0)] for c in rows.labels]
    wanted = [(x, y, f"#mark-{mark}") for x, y, mark in zip(xs, ys, names, strict=True)]
    assert len(marks) == len(wanted)
    for kind in {mark for *_, mark in wanted}:
        first, then = (
            np.array(sorted((round(x, 1), round(y, 1)) for x, y, mark in rows if mark == kind))
            for rows in (marks, wanted)
        )
        np.testing.assert_allclose(first, then, atol=0.11)


def test_every_mark_that_is_used_is_defined():
    text = page_html()
    used = set(re.findall(r'href="#(mark-[\w-]+)"', text))
    assert used == {"mark-1", "mark-2", "mark-3", "mark-positive", "mark-negative"}
    assert all(text.count(f'id="{name}"') == 1 for name in used)


def test_python_takes_the_first_picture_away_when_it_has_drawn_its_own(page):
    browser, _ = page
    assert browser.elements(".first") == []


# The table ----------------------------------------------------------------------------------------


def test_the_table_has_every_preset_and_the_lab(table):
    keys = [key_of(settings) for settings in ALL.values()]
    assert sorted(table["experiments"]) == sorted(keys)
    assert key_of(Settings()) == ""
    assert key_of(WINE) == "view=wine"
    assert table["experiments"][""] == {}


def test_what_goes_without_saying_is_the_default_and_nothing_else(table):
    assert table["usual"] == usual_pairs()
    settings, problems = link.decode("&".join(table["usual"]))
    assert (settings, problems) == (Settings(), [])
    for pair in table["usual"]:
        assert link.decode(pair) == (Settings(), [])


@pytest.mark.parametrize("name", OTHERS)
def test_a_key_is_a_link_to_its_experiment(name):
    assert link.decode(key_of(SETTINGS[name])) == (SETTINGS[name], [])


def test_what_can_be_hidden_is_hidden_by_its_pair(table):
    settings, _ = link.decode("&".join(table["hideable"]))
    assert settings.hidden == set(link.HIDEABLE)


def test_every_template_is_used_and_every_used_one_is_there(table):
    there = re.findall(r'<template id="([\w-]+)">', page_html())
    used = {
        name for entry in table["experiments"].values() for name in entry.get("parts", {}).values()
    }
    assert set(there) == used
    assert len(there) == len(used)


def test_experiments_that_look_alike_share_their_pictures(table):
    entries = [table["experiments"][key_of(SETTINGS[name])] for name in ("tiny-rate", "huge-rate")]
    assert [entry["parts"] for entry in entries] == [{}, {}]  # they look like the default
