"""The Wine lab in the fake browser: rows pointed at, selected and left out."""

import numpy as np
from wine_hands import notices, press, row, rows, run, selected

from explorer.text.wine import FAULTS
from nncore import load_wine

# Rows that are pointed at and selected ----------------------------------------------------------


def test_rows_are_walked_and_selected_by_keys(lab):
    browser, app = lab
    press(browser, "open-step", 1)
    row(browser, 0).focus()
    browser.fire(row(browser, 0), "focusin")
    for key in ("ArrowDown", "ArrowDown"):
        assert browser.key(key).prevented
    assert browser.document.activeElement is row(browser, 2)
    browser.key(" ")
    browser.tick()
    assert selected(browser) == [2]
    browser.key("PageDown", shiftKey=True)
    browser.tick()
    assert selected(browser) == list(range(2, 13))
    browser.key("End")
    assert browser.document.activeElement is row(browser, 177)
    browser.key("Escape")
    browser.tick()
    assert selected(browser) == []
    assert app.experiment.epoch == 0
    assert not app.player.playing  # Space did not run the network


def test_all_rows_can_be_selected(lab):
    browser, _ = lab
    press(browser, "open-step", 1)
    browser.key("a", row(browser, 5), ctrlKey=True)
    browser.tick()
    assert len(selected(browser)) == 178
    press(browser, "unselect")
    assert selected(browser) == []


def test_one_row_of_a_table_is_a_stop_of_the_tab_key(lab):
    browser, _ = lab
    press(browser, "open-step", 1)
    browser.key("ArrowDown", row(browser, 0))
    assert [n.getAttribute("data-row") for n in rows(browser) if n.tabIndex == 0] == ["1"]


def test_a_row_selected_in_the_table_is_marked_in_the_plane(lab):
    browser, app = lab
    press(browser, "open-step", 1)
    browser.click(row(browser, 70))
    browser.tick()
    assert app.stage.lab.look.selected == {70}
    marks = browser.contexts[id(browser.element("plane-marks"))]
    assert len(marks.named("fill")) == 1


def place_of(app, number):
    """Where a row is drawn in the plane, in the window."""
    plane = app.stage.lab.plane
    box = plane.points.getBoundingClientRect()
    (place,) = plane.places[plane.numbers == number]
    return {"clientX": box.left + place[0], "clientY": box.top + place[1]}


def test_a_point_pressed_in_the_plane_is_selected_in_the_table(lab):
    browser, app = lab
    run(browser, app)
    press(browser, "open-step", 1)
    plane = browser.element("plane")
    browser.fire(plane, "click", **place_of(app, 100))
    browser.tick()
    assert selected(browser) == [100]
    assert not browser.element("wine-card").hidden
    browser.fire(plane, "click", **place_of(app, 20), ctrlKey=True)
    browser.tick()
    assert selected(browser) == [20, 100]
    browser.fire(plane, "click", clientX=1170, clientY=330)
    browser.tick()
    assert selected(browser) == []
    assert browser.element("wine-card").hidden


def test_pointing_at_a_wine_shows_its_card(lab):
    browser, app = lab
    run(browser, app)
    place = place_of(app, 130)
    browser.point(browser.element("plane"), place["clientX"], place["clientY"])
    browser.tick()
    assert browser.text("wine-card-title") == "Wine 131"
    assert browser.text("wine-card-line") == "Cultivar 3, and the network says so."
    values = [line.children[1].textContent for line in browser.element("wine-card-values").children]
    np.testing.assert_allclose([float(v) for v in values], load_wine().X[130], rtol=1e-6)
    chances = browser.element("wine-card-chances").querySelectorAll(".number")
    percents = [float(node.textContent.removesuffix(" %")) for node in chances]
    np.testing.assert_allclose(sum(percents), 100, atol=0.3)
    assert percents[2] > 90
    browser.point(browser.element("plane"), 1170, 330)
    browser.tick()
    assert browser.element("wine-card").hidden


def test_arrow_keys_walk_through_the_wines_of_the_plane(lab):
    browser, app = lab
    run(browser, app)
    plane = browser.element("plane")
    walked = []
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowDown", "ArrowUp", "End", "Home"):
        assert browser.key(key, plane).prevented
        walked.append(int(plane.getAttribute("aria-valuenow")))
    assert walked == [1, 2, 60, 131, 60, 178, 1]
    browser.key(" ", plane)
    browser.tick()
    assert app.stage.lab.look.selected == {0}
    assert not app.player.playing
    spoken = plane.getAttribute("aria-valuetext")
    assert spoken.startswith("Wine 1: Cultivar 1, and the network says so.")
    assert spoken.count("%") == 3


# Rows left out ----------------------------------------------------------------------------------


def test_selected_rows_can_be_left_out_and_brought_back(lab):
    browser, app = lab
    press(browser, "open-step", 1)
    browser.click(row(browser, 3))
    browser.click(row(browser, 60))
    browser.tick()
    press(browser, "leave-out")
    assert app.current.left_out == (4, 61)
    assert len(app.experiment.problem.train.inputs) == 176
    assert row(browser, 3).getAttribute("data-share") == "out"
    assert "leftOut=4,61" in browser.hash
    press(browser, "bring-back")
    assert app.current.left_out == ()
    assert len(app.experiment.problem.train.inputs) == 178


def test_a_constant_column_and_a_class_of_one_are_said(lab):
    browser, app = lab
    browser.choose(browser.element("validation-share"), "20")
    browser.tick()
    app.stage.lab.look.selected = {0, *range(59, 178)}
    press(browser, "open-step", 1)
    press(browser, "keep-only")
    assert FAULTS["single"][0] in notices(app).values()
    assert app.experiment.problem.split.faults[0].names == ("Cultivar 1",)
    assert float(browser.state["loss-test"]) > 0


def test_too_few_rows_are_refused_in_words(lab):
    browser, app = lab
    press(browser, "open-step", 1)
    browser.click(row(browser, 3))
    browser.tick()
    press(browser, "keep-only")
    assert app.current.left_out == ()
    assert notices(app) == {"rows": "Too few wines would be left"}


def test_a_link_that_leaves_everything_out_uses_everything_and_says_so(open_page):
    browser, app = open_page("#view=wine&leftOut=1-178")
    assert len(app.experiment.problem.train.inputs) == 178
    assert FAULTS["none_left"][0].format(nouns="wines") in notices(app).values()
    assert browser.state["state"] == "ready"
