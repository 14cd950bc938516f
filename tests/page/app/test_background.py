"""In a background tab training goes on slowly or waits, as the reader chose; nothing is drawn."""

import pytest

from explorer.frames.deadline import HIDDEN


def drawn(browser):
    return [raster.drawn for raster in browser.rasters]


def away(browser, seconds):
    """The reader is in another tab for that long; the epochs before and after."""
    browser.hide()
    browser.tick(round(seconds * 60))
    browser.hide(False)


def test_training_goes_on_once_a_second_without_pictures(page):
    browser, app = page
    app.toggle()
    browser.tick()
    before = drawn(browser)
    browser.hide()
    for second in range(1, 4):
        browser.tick(1, HIDDEN + 0.001)
        assert app.experiment.epoch == 1 + second
        assert drawn(browser) == before
        assert browser.state["epoch"] == "1"


def test_it_is_drawn_at_once_when_the_page_is_seen_again(page):
    browser, app = page
    app.toggle()
    browser.tick()
    away(browser, 3.5 * HIDDEN)
    before, epoch = drawn(browser), app.experiment.epoch
    app.pause()
    browser.tick()
    assert browser.state["epoch"] == str(epoch)
    assert drawn(browser) != before


def test_it_goes_on_as_before_when_the_page_is_seen_again(page):
    browser, app = page
    app.toggle()
    away(browser, 2.5 * HIDDEN)
    epoch = app.experiment.epoch
    browser.tick(10)
    assert browser.state["epoch"] == str(epoch + 10)
    browser.tick(1, 2 * HIDDEN)  # the timer does not run on beside the frames
    assert browser.state["epoch"] == str(epoch + 11)


def test_waiting_is_a_choice_and_is_kept(open_page):
    browser, app = open_page()
    browser.choose(browser.element("background"), "pause")
    assert browser.kept["background"] == "pause"
    assert "background" not in browser.hash
    browser, app = open_page(stored=browser.kept)
    assert browser.element("background").value == "pause"
    app.toggle()
    browser.tick()
    away(browser, 5 * HIDDEN)
    assert app.experiment.epoch == 1
    browser.tick()
    assert browser.state["epoch"] == "2"
    assert browser.state["playing"] == "true"


@pytest.mark.parametrize("stored", [None, {"background": "slow"}, {"background": "nonsense"}])
def test_going_on_is_the_usual(open_page, stored):
    browser, _ = open_page(stored=stored)
    assert browser.element("background").value == "slow"


def test_nothing_is_trained_that_was_paused(page):
    browser, app = page
    away(browser, 5 * HIDDEN)
    assert app.experiment.epoch == 0


def test_the_end_of_a_run_may_come_in_the_background(open_page):
    browser, app = open_page("#stopEpoch=3")
    app.toggle()
    away(browser, 5 * HIDDEN)
    browser.tick()
    assert (browser.state["epoch"], browser.state["playing"]) == ("3", "false")
    assert browser.element("run").getAttribute("aria-label") == "Run"


def test_the_seeds_of_the_lab_go_on_too(lab):
    browser, app = lab
    seen = []
    now = iter(range(10**6))
    browser.now = lambda: next(now)  # every look at the clock is a second later
    browser.hide()
    app.runs.train_seeds(app.current, 2, 20, lambda runs: seen.append(len(runs.runs)))
    for _ in range(1000):
        app.background.tick()
    assert seen == [0, 1, 2]
    assert app.runs.seeds == []
