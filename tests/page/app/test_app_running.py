"""The application runs: every frame trains, draws and publishes, and mistakes do not end it."""

import math

import numpy as np
import pytest

from explorer.text.notices import TEXT


def test_a_frame_trains_draws_and_publishes_together(page):
    browser, app = page
    app.toggle()
    for epoch in range(1, 6):
        browser.tick()
        assert browser.state["epoch"] == str(epoch)
        assert browser.state["playing"] == "true"
        assert float(browser.state["loss-train"]) == app.experiment.shown.loss_train
        assert browser.text("epoch") == f"{epoch:07,}"
        assert browser.text("loss-train") == f"{app.experiment.shown.loss_train:.3f}"


def test_run_becomes_pause_and_back(page):
    browser, app = page
    run = browser.element("run")
    assert run.getAttribute("aria-label") == "Run"
    browser.click(run)
    browser.tick()
    assert run.getAttribute("aria-label") == "Pause"
    assert app.player.playing
    browser.click(run)
    browser.tick()
    assert run.getAttribute("aria-label") == "Run"
    assert browser.state["playing"] == "false"


def test_step_is_one_epoch_and_pauses(page):
    browser, app = page
    app.toggle()
    browser.tick(3)
    app.step()
    app.stale = True
    browser.tick(5)
    assert browser.state["epoch"] == "4"
    assert browser.state["playing"] == "false"


def test_step_in_slow_motion_is_one_batch(open_page):
    browser, app = open_page("#speed=slow")
    app.step()
    app.stale = True
    browser.tick()
    assert (app.experiment.epoch, app.experiment.batch) == (0, 1)
    assert browser.text("batch") == "Batch 1"


@pytest.mark.parametrize(
    ("field", "least"),
    [("activation", 10), ("optimizer", 6), ("initializer", 6), ("loss", 2), ("schedule", 4)],
)
def test_every_choice_of_a_menu_trains(page, field, least):
    browser, app = page
    menu = browser.document.querySelector(f"select[name={field}]")
    values = [option.value for option in menu.querySelectorAll("option")]
    assert len(values) >= least
    for value in values:
        browser.hash = f"#{field}={value}&seed=0.3"
        browser.fire(browser.window, "hashchange")
        app.reset()
        browser.tick()
        assert browser.state["epoch"] == "0"
        app.step()
        app.stale = True
        browser.tick()
        assert getattr(app.current, field) == value
        assert browser.state["epoch"] == "1"
        assert math.isfinite(float(browser.state["loss-train"]))
    assert browser.element("notices").querySelectorAll("article") == []


def test_reset_shows_the_first_picture_again(page):
    browser, app = page

    def pictures():
        return [r.pixels.copy() for r in browser.rasters if r.pixels is not None]

    first, state = pictures(), browser.state
    app.toggle()
    browser.tick(10)
    assert any((a != b).any() for a, b in zip(first, pictures(), strict=True))
    app.reset()
    app.stale = True
    browser.tick()
    for a, b in zip(first, pictures(), strict=True):
        np.testing.assert_array_equal(a, b)
    assert browser.state == state


def test_nothing_is_drawn_while_nothing_changes(page):
    browser, _ = page
    counts = [raster.drawn for raster in browser.rasters]
    browser.tick(10)
    assert [raster.drawn for raster in browser.rasters] == counts


def test_it_pauses_by_itself_at_the_last_epoch_and_run_begins_again(open_page):
    browser, app = open_page("#stopEpoch=3")
    app.toggle()
    browser.tick(10)
    assert browser.state["epoch"] == "3"
    assert browser.state["playing"] == "false"
    app.toggle()
    browser.tick()
    assert browser.state["epoch"] == "1"


def test_the_wine_lab_runs_its_twenty_epochs(open_page):
    browser, app = open_page("#view=wine&speed=epoch")
    app.toggle()
    browser.tick(25)
    assert browser.state["epoch"] == "20"
    assert browser.state["playing"] == "false"
    assert float(browser.state["accuracy-train"]) == 1.0


# When things go wrong -----------------------------------------------------------------------------


def test_an_exception_becomes_a_notice_and_the_page_goes_on(page):
    browser, app = page
    app.toggle()
    browser.tick(2)
    browser.may_fail = True
    draw, app.stage.numbers.draw = app.stage.numbers.draw, lambda snapshot: 1 / 0
    browser.tick()
    assert len(browser.errors) == 1
    assert "ZeroDivisionError" in browser.errors[0]
    notice = browser.element("notices").textContent
    assert TEXT["error_title"] in notice
    assert "ZeroDivisionError" in notice
    assert not app.player.playing
    app.stage.numbers.draw = draw
    app.toggle()
    browser.tick(2)
    assert browser.state["playing"] == "true"
    assert int(browser.state["epoch"]) >= 4


def test_a_blow_up_is_explained_and_both_ways_on_work(open_page):
    text = "#problem=regression&networkShape=&learningRate=0.3"
    browser, app = open_page(text)
    app.toggle()
    browser.tick(50)
    assert not app.player.playing
    assert app.experiment.diverged
    notice = browser.element("notices").textContent
    assert TEXT["diverged_title"] in notice
    assert "0.3" in notice
    assert f"epoch {app.experiment.diverged_at}" in notice.lower()
    assert np.isfinite(float(browser.state["loss-train"]))
    browser.click(browser.action("go-on-with"))
    browser.tick(5)
    assert 0.03 <= app.current.learning_rate <= 0.1
    assert app.player.playing
    assert browser.element("notices").children == []

    browser, app = open_page(text)
    app.toggle()
    browser.tick(50)
    browser.click(browser.action("start-over-with"))
    browser.tick()
    assert 0.03 <= app.current.learning_rate <= 0.1
    assert browser.state["epoch"] == "0"
    assert not app.player.playing
    assert browser.element("notices").children == []


def test_nothing_that_is_not_finite_is_ever_shown(open_page):
    text = "#problem=regression&activation=linear&learningRate=1000&speed=batch"
    browser, app = open_page(text)
    app.toggle()
    for _ in range(20):
        browser.tick()
        words = browser.document.body.textContent.split()
        assert not {"nan", "NaN", "inf", "Infinity", "None"} & set(words)
        values = [browser.state["loss-train"], browser.state["loss-test"]]
        assert np.isfinite([float(value) for value in values]).all()
    assert app.experiment.diverged
