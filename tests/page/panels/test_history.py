"""The timeline: the chart, its flags and legend, and the way back in time."""

import numpy as np
import pytest
from chart_hands import chart, labels, trained

from explorer.frames.deadline import REDRAW
from explorer.panels.history import few_digits
from explorer.text.notices import TEXT

# The chart --------------------------------------------------------------------------------------


def test_the_chart_holds_both_losses_of_every_epoch(page):
    browser, app = page
    trained(browser, app, 10)
    epochs, train, test = chart(browser).data
    records = app.experiment.history.records
    np.testing.assert_array_equal(epochs, np.arange(11))
    np.testing.assert_array_equal(train, [record.loss_train for record in records])
    np.testing.assert_array_equal(test, [record.loss_test for record in records])
    assert labels(browser) == [TEXT["epoch"], TEXT["loss_train"], TEXT["loss_test"]]


def test_while_training_it_is_drawn_ten_times_a_second_at_most(page):
    browser, _ = page
    browser.click(browser.element("run"))
    plot, drawn = chart(browser), []
    for _ in range(60):
        browser.tick()
        if not drawn or drawn[-1] is not plot.data:
            drawn.append(plot.data)
    assert 5 <= len(drawn) <= 1 + 1 / REDRAW


def test_after_a_pause_it_shows_the_last_epoch(page):
    browser, app = page
    trained(browser, app, 7)
    assert chart(browser).data[0, -1] == 7
    browser.tick()
    assert chart(browser).legend == {"idx": 7}


def test_the_legend_is_left_to_a_reader_who_points_at_the_curve(page):
    browser, app = page
    trained(browser, app, 3)
    browser.tick()
    chart(browser).cursor.left = 120
    app.step()
    app.stale = True
    browser.tick(2)
    assert chart(browser).legend == {"idx": 3}


def test_the_last_200_epochs_or_all(open_page):
    browser, app = open_page("#speed=fast&points=10&networkShape=1")
    app.toggle()
    while app.experiment.epoch < 300:
        app.experiment.step()
    app.pause()
    app.stale = True
    browser.tick()
    assert chart(browser).data[0, 0] == 0
    browser.click(browser.field("all_epochs"))
    browser.tick()
    epochs = chart(browser).data[0]
    assert (epochs[0], epochs[-1]) == (app.experiment.epoch - 200, app.experiment.epoch)
    assert browser.element("travel").min == str(int(epochs[0]))


def test_accuracy_or_r_squared_can_be_shown_instead(page):
    browser, app = page
    first = chart(browser)
    browser.choose(browser.field("chart"), "score")
    browser.tick()
    assert first.destroyed
    assert labels(browser)[1:] == [TEXT["accuracy_train"], TEXT["accuracy_test"]]
    assert chart(browser).data[1, 0] == app.experiment.shown.score_train
    browser.choose(browser.field("problem"), "regression")
    browser.tick()
    assert labels(browser)[1:] == [TEXT["r2_train"], TEXT["r2_test"]]


def test_the_scale_can_be_logarithmic(page):
    browser, _ = page
    assert chart(browser).options["scales"]["y"]["distr"] == 1
    browser.click(browser.field("log_scale"))
    browser.tick()
    assert chart(browser).options["scales"]["y"]["distr"] == 3


def test_old_charts_are_taken_away(page):
    browser, _ = page
    for _ in range(3):
        browser.click(browser.field("log_scale"))
        browser.tick()
    assert [plot.destroyed for plot in browser.charts] == [True] * 3 + [False]
    assert len(browser.element("history").children) == 1
    assert len(browser.element("history-legend").children) == 1


def test_values_are_written_as_everywhere_else(page):
    browser, _ = page
    write = chart(browser).options["series"][1]["value"]
    assert write(None, 0.12345, 1, 2) == "0.1235"
    assert write(None, None) == "–"


def test_without_test_data_that_curve_is_empty(open_page):
    browser, _ = open_page("#percTrainData=100")
    assert np.isnan(chart(browser).data[2]).all()
    assert browser.text("loss-test") == "–"


# Flags ------------------------------------------------------------------------------------------


def test_a_flag_marks_what_was_changed_and_when(page):
    browser, app = page
    trained(browser, app, 4)
    browser.choose(browser.field("learning_rate"), "0.3")
    trained(browser, app, 4)
    (flag,) = browser.element("flags").children
    assert flag.getAttribute("aria-label") == "Epoch 4: Learning rate 0.3"
    assert "0.50000" in flag.style.left  # half of 8 epochs
    browser.click(browser.element("reset"))
    browser.tick()
    assert browser.element("flags").children == []


# Going back -------------------------------------------------------------------------------------


def test_the_slider_goes_to_any_recorded_epoch_and_training_goes_on_from_there(page):
    browser, app = page
    trained(browser, app, 10)
    slider = browser.element("travel")
    assert (slider.min, slider.max, slider.value) == ("0", "10", "10")
    loss = browser.state["loss-train"]
    browser.slide(slider, [7, 3])
    browser.tick()
    assert browser.state["epoch"] == "3"
    assert float(browser.state["loss-train"]) == app.experiment.history.records[3].loss_train
    assert browser.state["loss-train"] != loss
    assert (slider.max, slider.value) == ("10", "3")
    trained(browser, app, 1)
    assert browser.state["epoch"] == "4"
    assert slider.max == "4"


def test_going_back_pauses(page):
    browser, _ = page
    browser.click(browser.element("run"))
    browser.tick(5)
    browser.slide(browser.element("travel"), [2])
    browser.tick(3)
    assert browser.state["playing"] == "false"
    assert browser.state["epoch"] == "2"


def test_the_playhead_stands_at_the_epoch_shown(page):
    browser, app = page
    trained(browser, app, 8)
    browser.slide(browser.element("travel"), [2])
    browser.tick()
    head = browser.element("playhead")
    assert not head.hidden
    assert head.style.transform == "translateX(25.000%)"


def test_the_picture_goes_back_as_well(page):
    browser, app = page
    (raster,) = [r for r in browser.rasters if r.canvases == [browser.element("output-map")]]
    first = raster.pixels.copy()
    trained(browser, app, 10)
    assert (raster.pixels != first).any()
    browser.slide(browser.element("travel"), [0])
    browser.tick()
    np.testing.assert_array_equal(raster.pixels, first)


# What is said -----------------------------------------------------------------------------------


def test_the_live_region_speaks_every_few_seconds_and_at_the_end(open_page):
    browser, app = open_page("#points=10&networkShape=")
    said = []

    def listen():
        text = browser.text("announcer")
        if text and (not said or said[-1] != text):
            said.append(text)

    browser.click(browser.element("run"))
    for _ in range(22):
        browser.tick(seconds=0.5)
        listen()
    assert len(said) == 2
    browser.click(browser.element("run"))
    browser.tick()
    listen()
    assert len(said) == 3
    shown = app.experiment.shown
    assert said[-1] == TEXT["announce"].format(
        epoch=22, train=f"{shown.loss_train:.3f}", test=f"{shown.loss_test:.3f}"
    )


@pytest.mark.parametrize(("seconds", "rate"), [(1 / 32, "32"), (0.25, "4.0")])
def test_epochs_per_second_are_shown_while_training(open_page, seconds, rate):
    browser, _ = open_page("#points=10&networkShape=")
    browser.click(browser.element("run"))
    for _ in range(int(1.5 / seconds)):
        browser.tick(seconds=seconds)
    assert browser.text("rate") == TEXT["rate_shown"].format(rate=rate)
    browser.click(browser.element("run"))
    browser.tick()
    assert browser.text("rate") == ""


def test_without_test_data_only_the_training_loss_is_said(open_page):
    browser, _ = open_page("#percTrainData=100")
    browser.click(browser.element("run"))
    browser.tick()
    browser.click(browser.element("run"))
    browser.tick()
    assert "test" not in browser.text("announcer")
    assert "1" in browser.text("announcer")


def test_small_numbers_are_written_with_a_power_of_ten():
    assert [few_digits(v) for v in (0.25, 1.2e-5, 0.0, None)] == [
        "0.2500",
        "1.2e-05",
        "0.0000",
        "–",
    ]
