"""Two runs at a time on the page: in step, what differs in words, and exchanged."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hands import press
from runs_hands import taken

from explorer.learning.experiment import Experiment
from explorer.text.runs import RUNS

LINK = "#seed=11&dataset=gauss"


@pytest.fixture
def pair(open_page):
    """(browser, app, the section): it is open."""
    browser, app = open_page(LINK)
    press(browser, "pair", ticks=2)
    return browser, app, app.runs.made.pair


def text(browser, identity):
    return browser.element(identity).textContent


def settled(browser, app):
    for _ in range(300):
        browser.tick()
        if not app.runs.pair.is_behind and not app.player.is_running:
            break
    browser.time += 1.0
    browser.tick(2)


def test_what_is_changed_on_the_page_is_the_difference(pair):
    browser, app, _ = pair
    assert text(browser, "pair-line") == RUNS["pair_same"]
    app.change(app.current.with_text("learning_rate", "0.3"))
    app.change(app.current.with_text("activation", "relu"))
    browser.tick(2)
    assert text(browser, "pair-line") == (
        "On the page: Activation ReLU instead of Tanh, Learning rate 0.3 instead of 0.03."
    )


def test_one_transport_moves_both_and_each_is_as_if_alone(pair):
    browser, app, _ = pair
    before = app.current
    app.change(app.current.with_text("learning_rate", "0.3"))
    for _ in range(3):
        press(browser, "step")
        settled(browser, app)
    assert browser.state["epoch"] == browser.state["beside-epoch"] == "3"
    alone = Experiment(before)
    for _ in range(3):
        alone.step()
    np.testing.assert_allclose(app.runs.pair.experiment.params, alone.params, rtol=1e-9)
    assert text(browser, "pair-beside") == f"epoch 3, loss {alone.shown.loss_test:.4f}"
    assert text(browser, "pair-here") == f"epoch 3, loss {app.experiment.shown.loss_test:.4f}"
    app.travel(1)
    settled(browser, app)
    assert browser.state["beside-epoch"] == "1"
    press(browser, "reset")
    settled(browser, app)
    assert browser.state["beside-epoch"] == "0"


@pytest.mark.parametrize("speed", ["epoch", "fast"])
def test_neither_runs_ahead(pair, speed):
    browser, app, _ = pair
    app.change(replace(app.current, speed=speed, learning_rate=0.1))
    browser.now = itertools.count(100, 0.0005).__next__  # a frame has time for some epochs
    app.player.clock = browser.now
    app.toggle()
    for _ in range(40):
        browser.tick()
        apart = app.experiment.epoch - app.runs.pair.experiment.epoch
        assert apart >= 0
    app.pause()
    settled(browser, app)
    assert app.experiment.epoch > 0
    assert browser.state["beside-epoch"] == str(app.experiment.epoch)


def test_a_run_behind_is_waited_for(pair):
    browser, app, _ = pair
    beside = app.runs.pair
    app.toggle()
    browser.tick(3)
    epoch = app.experiment.epoch
    beside.follow = lambda deadline: None
    browser.tick(10)
    assert app.experiment.epoch == epoch + 1


def test_exchanged_both_begin_anew(pair):
    browser, app, _ = pair
    app.change(app.current.with_text("network_shape", "3"))
    press(browser, "step")
    settled(browser, app)
    press(browser, "pair-swap", ticks=3)
    assert (app.current.network_shape, app.runs.pair.settings.network_shape) == ((4, 2), (3,))
    assert (app.experiment.epoch, browser.state["beside-epoch"]) == (0, "0")
    assert "instead of 3" in text(browser, "pair-line")
    press(browser, "pair-now", ticks=2)
    assert text(browser, "pair-line") == RUNS["pair_same"]


def test_a_kept_run_may_be_beside(pair):
    browser, app, _ = pair
    app.change(app.current.with_text("learning_rate", "1"))
    press(browser, "keep", ticks=2)
    app.change(app.current.with_text("learning_rate", "0.1"))
    browser.tick(2)
    menu = browser.element("pair-with")
    assert [option.textContent for option in menu.querySelectorAll("option")] == [
        RUNS["pair_aside"], "Run 1",
    ]  # fmt: skip
    browser.choose(menu, "0")
    browser.tick(2)
    assert menu.value == "0"
    assert app.runs.pair.settings.learning_rate == 1
    assert "Learning rate 0.1 instead of 1" in text(browser, "pair-line")


def test_it_is_followed_while_seeds_are_trained(pair):
    browser, app, _ = pair
    app.runs.train_seeds(app.current, 2, 100_000, lambda runs: None)
    app.runs.work_on_seeds = lambda deadline: None  # they are not done yet
    app.change(app.current.with_text("learning_rate", "0.3"))
    browser.tick(2)
    assert "Learning rate 0.3 instead of 0.03" in text(browser, "pair-line")
    app.show_view("wine")
    browser.tick(3)
    assert app.runs.pair is None


def test_closed_or_left_it_is_over(pair):
    browser, app, _ = pair
    press(browser, "pair", ticks=2)
    assert app.runs.pair is None
    assert browser.state["beside-epoch"] == ""
    press(browser, "pair", ticks=2)
    app.show_view("wine")
    browser.tick(3)
    assert (app.runs.pair, browser.element("pair").hidden) == (None, True)


def test_the_table_has_both_runs(pair):
    browser, app, section = pair
    app.change(app.current.with_text("learning_rate", "0.3"))
    press(browser, "step")
    settled(browser, app)
    name, kind, rows = taken(browser, section, "pair-take")
    assert (name, kind) == ("two-runs.csv", "text/csv")
    assert [(row["run"], row["epochs"]) for row in rows] == [
        ("On the page", "0"), ("On the page", "1"), ("Set aside", "0"), ("Set aside", "1"),
    ]  # fmt: skip
    assert float(rows[1]["loss_test"]) == app.experiment.shown.loss_test
    assert float(rows[3]["loss_test"]) == app.runs.pair.shown.loss_test
