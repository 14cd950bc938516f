"""The map of what trains on the page: asked for, walked on, zoomed, opened, taken away."""

import itertools

import numpy as np
import pytest
from hands import press
from runs_hands import section, taken

from explorer.panels.runs.train_map import FINE
from explorer.settings import link
from explorer.text.runs import RUNS

LINK = "#dataset=gauss&networkShape=2&seed=11&points=20"


@pytest.fixture
def mapped(open_page):
    """(browser, app, fill): the section is open; fill(**fields) types into the form."""
    browser, app, fill = section(open_page, LINK, "train-map", "map")
    fill(epochs="2")
    return browser, app, fill


def run_all(browser):
    press(browser, "map-start")
    for _ in range(2000):
        browser.tick()
        if browser.state["map-done"] == browser.state["map-total"]:
            browser.tick(2)
            return
    raise AssertionError("it does not come to an end")


def line(browser):
    return browser.element("map-line").textContent


def test_it_opens_and_closes_and_says_so(mapped):
    browser, _, _ = mapped
    button, node = browser.action("train-map"), browser.element("train-map")
    assert (node.hidden, button.getAttribute("aria-expanded")) == (False, "true")
    press(browser, "train-map")
    assert (node.hidden, button.getAttribute("aria-expanded")) == (True, "false")


def test_every_cell_is_drawn_and_the_sentence_counts_them(mapped):
    browser, app, _ = mapped
    run_all(browser)
    found, panel = app.runs.made.map.map, app.runs.made.map.panel
    assert found.total == 256
    assert panel.raster.pixels.size == (16 * FINE) ** 2
    solved = int((found.losses < 0.05).sum())
    words = {"total": 256, "epochs": 2, "solved": solved, "diverged": 0}
    assert line(browser) == RUNS["map_done"].format(**words)
    ends = [node.textContent for node in (*panel.ends_up, *panel.ends_across)]
    assert ends == ["seed 26", "seed 11", "0.001", "10"]
    picture = panel.raster.pixels.reshape(16, FINE, 16, FINE)
    marked = np.array([[len(set(picture[15 - r, :, c].ravel())) > 1 for c in range(16)]
                       for r in range(16)])  # fmt: skip
    np.testing.assert_array_equal(marked, found.losses < 0.05)  # not by colour alone


def test_arrows_walk_enter_opens_the_run_exactly(mapped):
    browser, app, _ = mapped
    run_all(browser)
    made = app.runs.made.map
    picture = browser.element("map-picture")
    assert made.cursor == (8, 8)
    browser.key("ArrowUp", picture)
    browser.key("ArrowRight", picture, shiftKey=True)
    assert made.cursor == (9, 15)
    loss = made.map.losses[9, 15]
    text = picture.getAttribute("aria-valuetext")
    assert text.startswith("Learning rate 10, seed 20: loss ")
    assert picture.getAttribute("aria-valuenow") == str(9 * 16 + 16)
    browser.key("Enter", picture)
    while app.experiment.epoch < 2:
        browser.tick()
    assert (app.current.seed, app.current.learning_rate) == ("20", 10.0)
    assert app.experiment.shown.loss_test == pytest.approx(loss, rel=1e-9)


def test_it_zooms_and_the_map_of_before_stays(mapped):
    browser, app, fill = mapped
    fill(up="scale")
    run_all(browser)
    made = app.runs.made.map
    first, picture = made.map, browser.element("map-picture")
    assert browser.elements('[data-action="map-out"]')[0].disabled
    browser.key("+", picture)
    browser.tick()
    closer = made.map
    assert closer is not first
    assert closer.window.high - closer.window.low == pytest.approx(1)
    assert closer.window.top - closer.window.bottom == pytest.approx(1)
    browser.key("-", picture)
    assert made.map is first
    assert not closer.is_running
    assert line(browser).startswith("256 runs of 2 epochs")


def test_the_pointer_finds_a_cell(mapped):
    browser, app, _ = mapped
    run_all(browser)
    made = app.runs.made.map
    assert made.panel.cell_at(0, 0, 16) == (15, 0)
    box = made.panel.picture.getBoundingClientRect()
    assert made.panel.cell_at(box.left + box.width, box.top + box.height, 16) == (0, 15)


def test_its_table_opens_each_run(mapped):
    browser, app, fill = mapped
    fill(up="scale")
    run_all(browser)
    name, _, table = taken(browser, app.runs.made.map, "map-take")
    assert (name, len(table)) == ("map.csv", 256)
    row = table[200]
    settings, problems = link.decode(row["link"].removeprefix("#"))
    assert not problems
    assert settings.learning_rate == float(row["learningRate"])
    app.open_preset(row["link"].removeprefix("#"))
    for _ in range(2):
        app.experiment.step()
    assert app.experiment.shown.loss_test == pytest.approx(float(row["loss"]), rel=1e-9)


def test_it_can_be_stopped_and_begun_anew(mapped):
    browser, app, fill = mapped
    fill(side="64")
    browser.now = itertools.count(0, 0.002).__next__  # a frame has time for some of them
    press(browser, "map-start")
    browser.tick(3)
    press(browser, "map-stop")
    done = app.runs.made.map.map.done
    browser.tick(5)
    assert 0 < app.runs.made.map.map.done == done < 4096
    assert line(browser) == RUNS["map_stopped"].format(done=done, total=4096)
    press(browser, "map-start")
    assert app.runs.made.map.is_running


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"from": "x"}, "Learning rate from must be a number; got 'x'"),
        ({"to": "1e9"}, "Learning rate to must be a number from"),
        ({"from": "1", "to": "0.1"}, "The learning rates go from 1 to 0.1"),
        ({"from": "1", "to": "1"}, "the first must be the smaller one"),
        ({"epochs": "0"}, "Epochs each must be a whole number from 1"),
        ({"below": "0"}, "Solved below must be a number from"),
    ],
)
def test_bad_input_is_named_and_nothing_begins(mapped, fields, message):
    browser, app, fill = mapped
    fill(**fields)
    press(browser, "map-start")
    assert message in line(browser)
    assert app.runs.made.map.map is None
    assert "map-total" not in browser.state
