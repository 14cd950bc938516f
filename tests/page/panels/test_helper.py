"""Hover and focus: what is shown large, the value at the pointer, help."""

import numpy as np
import pytest

from explorer.drawing.views.heatmap import shade
from explorer.learning.map_computer import input_maps
from explorer.panels.helper import DELAY, TILE_DELAY
from explorer.text.help import HELP
from explorer.text.labels import LABELS
from explorer.text.notices import TEXT


def output_pixels(browser):
    return next(r for r in browser.rasters if r.canvases == [browser.element("output-map")]).pixels


def expected_pixels(app, values):
    return shade(values, app.stage.shades)


# What is shown large ------------------------------------------------------------------------------


def test_pointing_at_a_neuron_shows_it_large_and_leaving_restores_the_output(page):
    browser, app = page
    output = output_pixels(browser)
    (tile,) = browser.elements('[data-unit="1.3"]')
    browser.point(tile)
    browser.tick()
    layers = app.experiment.snapshot().maps(100)
    np.testing.assert_array_equal(output_pixels(browser), expected_pixels(app, layers[0][:, 2]))
    assert browser.text("output-title") == TEXT["neuron_name"].format(unit=3, layer=1)
    browser.point(browser.element("run"))
    browser.tick()
    np.testing.assert_array_equal(output_pixels(browser), output)
    assert browser.text("output-title") == TEXT["output"]


@pytest.mark.parametrize(("name", "place"), [("x", 0), ("sin_y", 6)])
def test_an_input_is_shown_large_even_when_it_is_off(page, name, place):
    browser, app = page
    (tile,) = browser.elements(f'[data-input="{name}"]')
    browser.point(tile)
    browser.tick()
    expected = expected_pixels(app, input_maps(100)[:, place])
    np.testing.assert_array_equal(output_pixels(browser), expected)
    assert browser.text("output-title") == LABELS[name]


def test_the_keyboards_focus_does_the_same(page):
    browser, _ = page
    (tile,) = browser.elements('[data-unit="2.1"]')
    browser.fire(tile, "focusin")
    browser.tick()
    assert browser.text("output-title") == TEXT["neuron_name"].format(unit=1, layer=2)
    browser.fire(tile, "focusout")
    browser.tick()
    assert browser.text("output-title") == TEXT["output"]


def test_what_was_pointed_at_may_go_away(page):
    browser, _ = page
    browser.point(browser.elements('[data-unit="1.4"]')[0])
    browser.click(browser.action("remove-neuron", 1))
    browser.tick()
    assert browser.text("output-title") == TEXT["output"]


def test_discretized_output_shows_sides_only(page):
    browser, app = page
    browser.click(browser.field("discretize"))
    browser.tick()
    assert set(output_pixels(browser)) <= {app.stage.shades[0], app.stage.shades[-1]}


# The value at the pointer -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("across", "down", "where"),
    [(0.5, 0.5, "(0.0, 0.0)"), (0.25, 0.125, "(−3.0, 4.5)"), (0.999, 0.999, "(6.0, −6.0)")],
)
def test_the_output_at_the_pointer_is_read_out(page, across, down, where):
    browser, app = page
    picture = browser.element("output")
    x, y = 1000 + 340 * across, 160 + 340 * down
    browser.point(picture, x, y)
    browser.tick()
    x1, x2 = -6 + 12 * across, 6 - 12 * down
    value = app.experiment.model.predict(app.experiment.params, np.array([[x1, x2]]))[0, 0]
    said = browser.text("pointer")
    assert where in said
    number = float(said.split("is ")[1].split(":")[0].replace("−", "-"))
    assert number == pytest.approx(value, abs=0.02)
    assert said.endswith(TEXT["pointer_side"][int(value < 0)])
    browser.point(browser.element("run"))
    browser.tick()
    assert browser.text("pointer") == ""


def test_with_three_classes_the_class_and_its_certainty_are_read_out(open_page):
    browser, app = open_page("#dataset=blobs")
    app.toggle()
    browser.tick(20)
    browser.point(browser.element("output"), 1170, 200)  # above the middle: the first cloud
    browser.tick()
    x = np.array([[0.0, 6 - 12 * 40 / 340]])
    outputs = app.experiment.model.predict(app.experiment.params, x)[0]
    assert TEXT["class_name"].format(number=outputs.argmax() + 1) in browser.text("pointer")
    assert "%" in browser.text("pointer")


def test_arrow_keys_move_the_place_that_is_read_out(page):
    browser, _ = page
    picture = browser.element("output")
    for key in ("ArrowRight", "ArrowRight", "ArrowUp"):
        assert browser.key(key, picture).prevented
    browser.tick()
    assert "(0.5, 0.2)" in browser.text("pointer")


# Help ---------------------------------------------------------------------------------------------


def bubble(browser):
    node = browser.element("tooltip")
    return None if node.hidden else node.textContent


def test_help_comes_when_the_pointer_rests_and_goes_when_it_leaves(page):
    browser, _ = page
    browser.point(browser.element("run"))
    browser.tick(seconds=0.5 * DELAY)
    assert bubble(browser) is None
    browser.tick(seconds=0.6 * DELAY)
    assert bubble(browser) == HELP["run"]
    browser.point(browser.element("stage"))
    assert bubble(browser) is None


def test_on_tiles_help_waits_longer(page):
    browser, _ = page
    browser.point(browser.elements('[data-unit="1.1"]')[0])
    browser.tick(seconds=1.1 * DELAY)
    assert bubble(browser) is None
    browser.tick(seconds=TILE_DELAY)
    assert bubble(browser) == HELP["neuron"]


def test_a_passing_pointer_is_not_helped(page):
    browser, _ = page
    browser.point(browser.element("run"))
    browser.tick(seconds=0.1)
    browser.point(browser.element("stage"))
    browser.tick(seconds=2 * DELAY)
    assert bubble(browser) is None


def test_help_comes_at_once_with_the_keyboards_focus(page):
    browser, _ = page
    step = browser.element("step")
    step.focus()
    browser.fire(step, "focusin")
    browser.tick()
    assert bubble(browser) == HELP["step"]
    browser.key("Escape")
    assert bubble(browser) is None


def test_in_explaining_mode_a_press_explains_and_does_nothing_else(page):
    browser, app = page
    browser.click(browser.element("explain"))
    browser.click(browser.element("run"))
    browser.tick()
    assert not app.player.playing
    assert bubble(browser) == HELP["run"]
    browser.click(browser.element("explain"))
    assert not browser.element("explain").checked
    browser.click(browser.element("run"))
    assert app.player.playing
    assert bubble(browser) is None


def test_everything_that_names_a_help_has_it(page):
    browser, _ = page
    for link in ("", "#view=wine"):
        browser.hash = link
        browser.fire(browser.window, "hashchange")
        browser.click(browser.element("step"))
        browser.tick(2)
        named = {node.getAttribute("data-help"): node for node in browser.elements("[data-help]")}
        assert len(named) > 20
        for name, node in named.items():
            browser.point(browser.document.body)
            browser.point(node)
            browser.tick(seconds=2 * TILE_DELAY)
            assert bubble(browser) == HELP[name]
