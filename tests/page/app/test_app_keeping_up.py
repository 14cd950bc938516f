"""Large data and large networks on the page: what is said, what is drawn, what is never shown."""

import numpy as np
import pytest

from explorer.learning import evaluation
from explorer.panels.output import MOST_DRAWN
from explorer.text.notices import TEXT

WIDE = "#networkShape=16,16,16,16,16,16,16,16"


def clock_that_runs(browser, app, step=0.002):
    """From now on every look at the clock is a little later."""
    time = [browser.time]

    def now():
        time[0] += step
        return time[0]

    browser.now = app.player.clock = now


def output(browser):
    """The raster of the large picture."""
    (found,) = [r for r in browser.rasters if r.canvases[0].id == "output-map"]
    return found


@pytest.fixture
def small_parts(monkeypatch):
    monkeypatch.setattr(evaluation, "PART", 1)


def test_a_wide_network_is_drawn_coarser_while_it_trains_and_says_so(open_page):
    browser, app = open_page(WIDE)
    browser.tick(5)
    assert browser.state["cells"] == "100"
    assert browser.text("output-remark") == ""
    fine = output(browser).pixels
    app.toggle()
    browser.tick()
    assert browser.state["cells"] == "50"
    assert output(browser).width == 50
    assert {r.width for r in browser.rasters[2:] if len(r.canvases) == 16} == {25}
    assert browser.text("output-remark") == TEXT["coarser"]
    app.reset()
    app.stale = True
    browser.tick(5)
    assert browser.state["cells"] == "100"
    assert browser.text("output-remark") == ""
    np.testing.assert_array_equal(output(browser).pixels, fine)


def test_it_is_said_aloud_once(open_page):
    browser, app = open_page(WIDE)
    app.toggle()
    said = []
    for _ in range(4):
        browser.tick(1, 6.0)
        said.append(TEXT["coarser"] in browser.text("announcer"))
    assert said == [False, True, False, False]


def test_the_usual_network_is_as_fine_as_ever(page):
    browser, app = page
    app.toggle()
    browser.tick(20)
    assert browser.state["cells"] == "100"
    assert browser.text("output-remark") == ""


def test_a_fine_picture_that_takes_long_comes_after_a_coarse_one(open_page, small_parts):
    browser, app = open_page("#networkShape=3")
    browser.tick(20)
    assert (browser.state["cells"], browser.state["working"]) == ("100", "false")
    fine = output(browser).pixels
    app.toggle()
    browser.tick(3)
    clock_that_runs(browser, app)
    app.reset()
    app.stale = True
    browser.tick()
    assert (browser.state["cells"], browser.state["working"]) == ("25", "true")
    ticks = 0
    while browser.state["working"] == "true":
        browser.tick()
        ticks += 1
    assert ticks > 5
    assert browser.state["cells"] == "100"
    np.testing.assert_array_equal(output(browser).pixels, fine)


def test_pointing_does_not_work_the_same_maps_out_again(open_page, monkeypatch):
    browser, app = open_page(WIDE)
    browser.tick(5)
    monkeypatch.setattr(type(app.experiment.snapshot()), "maps", lambda *_: pytest.fail("again"))
    browser.point(browser.elements("[data-unit]")[3])
    browser.tick()
    assert browser.state["cells"] == "100"
    assert browser.text("output-title") != TEXT["output"]


def test_many_points_are_not_all_drawn_and_the_page_says_how_many(open_page):
    browser, _ = open_page("#points=9000")
    assert browser.text("output-count") == "2,000 of 4,500 points drawn"
    ctx = browser.contexts[id(browser.element("output-points"))]
    drawn = sum(path.count("M") for (path,), _ in ctx.named("fill"))
    assert drawn == MOST_DRAWN
    browser.click(browser.field("show_test_data"))
    browser.tick()
    assert browser.text("output-count") == "4,000 of 9,000 points drawn"
    browser, _ = open_page("#points=2000")
    assert browser.text("output-count") == ""


def test_numbers_wait_for_a_long_measurement(open_page, small_parts):
    browser, app = open_page("#points=3000&speed=fast")
    clock_that_runs(browser, app)
    while browser.state["working"] == "true":
        browser.tick()
    first = browser.state["loss-train"], browser.text("loss-train")
    assert float(first[0]) > 0
    app.toggle()
    while browser.state["epoch"] == "0":
        assert (browser.state["loss-train"], browser.text("loss-train")) == first
        browser.tick()
    assert browser.state["loss-train"] != first[0]


def test_while_a_number_is_missing_there_is_a_dash(open_page, small_parts):
    browser, app = open_page("#points=3000&networkShape=2")
    clock_that_runs(browser, app)
    app.reset()
    app.stale = True
    browser.tick()
    assert browser.state["working"] == "true"
    assert (browser.state["loss-train"], browser.text("loss-train")) == ("", "–")
    assert browser.text("score-train") == "–"
    while browser.state["working"] == "true":
        browser.tick()
    assert browser.text("loss-train") != "–"


def test_step_within_a_long_epoch_ends_with_it(open_page, small_parts):
    browser, app = open_page("#points=3000&speed=fast")
    clock_that_runs(browser, app)
    app.toggle()
    while not browser.text("batch"):
        browser.tick()
    browser.click(browser.element("run"))
    browser.tick()
    epoch = int(browser.state["epoch"])
    browser.click(browser.element("step"))
    browser.tick()
    assert browser.state["playing"] == "false"
    while browser.state["working"] == "true":
        browser.tick()
    assert browser.state["epoch"] == str(epoch + 1)
    assert browser.text("batch") == ""
