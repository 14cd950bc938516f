"""The landscape inside a step: its axes, the handle that is dragged, the run's own plane."""

import numpy as np
import pytest
from inside_hands import attribute, enter, press, steps, text

from explorer.panels.inside.landscape import LEVELS, contours, enlarged, levels_of
from explorer.text.inside import INSIDE


def open_landscape(browser):
    enter(browser)
    press(browser, "inside-tab", "landscape")
    picture = browser.element("landscape")
    picture.box = (40, 300, 300, 300)
    picture.setPointerCapture = lambda _: None
    browser.tick(60)
    return picture


def drag(browser, picture, *places):
    kinds = ["pointerdown", *["pointermove"] * (len(places) - 2), "pointerup"]
    for kind, (x, y) in zip(kinds, places, strict=True):
        browser.fire(picture, kind, clientX=x, clientY=y, pointerId=1)
        browser.tick()


@pytest.fixture
def land(page):
    browser, app = page
    picture = open_landscape(browser)
    return browser, app, picture, app.inside.room.terrain


def test_it_opens_and_closes(land):
    browser, _, _, terrain = land
    assert attribute(browser, "-tab") == "landscape"
    assert terrain.land.complete
    assert browser.element("inside").querySelector(".inside-walk").hidden
    assert "Weight X₁ → Neuron 1 of layer 1" in text(browser)
    press(browser, "inside-tab", "walk")
    assert attribute(browser, "-tab") == "walk"
    assert not browser.element("inside").querySelector(".inside-walk").hidden


def test_dragging_the_handle_sets_the_two_weights(land):
    browser, app, picture, terrain = land
    low, high = terrain.land.low.copy(), terrain.land.high.copy()
    before = app.experiment.params.copy()
    loss = app.experiment.shown.loss_train
    drag(browser, picture, (190, 450), (200, 400), (265, 375))
    expected = low + (high - low) * [0.75, 0.75]
    np.testing.assert_allclose(app.experiment.params[[0, 4]], expected, atol=1e-9)
    others = [i for i in range(len(before)) if i not in (0, 4)]
    np.testing.assert_array_equal(app.experiment.params[others], before[others])
    assert app.experiment.shown.loss_train != loss
    browser.click(browser.action("undo"))
    browser.tick()
    np.testing.assert_array_equal(app.experiment.params, before)


def test_moving_without_a_press_drags_nothing(land):
    browser, app, picture, _ = land
    before = app.experiment.params.copy()
    browser.fire(picture, "pointermove", clientX=200, clientY=400)
    np.testing.assert_array_equal(app.experiment.params, before)


def test_sliders_do_the_same_by_keyboard(land):
    browser, app, _, _ = land
    slider = browser.elements('.inside-axes input[data-axis="up"]')[0]
    browser.slide(slider, [0.5, 1.25])
    browser.tick()
    assert app.experiment.params[4] == 1.25


def test_arrow_keys_move_the_handle(land):
    browser, app, picture, terrain = land
    here, side = terrain.land.here, terrain.land.high - terrain.land.low
    for key in ("ArrowRight", "ArrowUp", "ArrowUp"):
        assert browser.fire(picture, "keydown", key=key).prevented
        browser.tick()
    np.testing.assert_allclose(app.experiment.params[[0, 4]], here + side * [1 / 60, 2 / 60])
    assert attribute(browser, "-tab") == "landscape"
    for _ in range(80):
        browser.fire(picture, "keydown", key="ArrowLeft")
    assert app.experiment.params[0] == pytest.approx(terrain.land.low[0])


def test_zooming_in_shows_steps_that_are_small(land):
    browser, _, _, terrain = land
    assert INSIDE["land_small"] in text(browser)
    browser.choose(browser.element("inside-zoom"), "64")
    browser.tick(40)
    assert INSIDE["land_small"] not in text(browser)
    np.testing.assert_allclose(terrain.land.high - terrain.land.low, 6 / 64)


def test_weights_that_leave_the_map_have_another(land):
    browser, app, _, terrain = land
    app.session.set_param([0], [7.5], True)
    app.stale = True
    browser.tick(40)
    assert terrain.land.high[0] > 7.5


def test_other_axes(land):
    browser, app, _, terrain = land
    menu = browser.elements('.inside-axes select[data-axis="across"]')[0]
    browser.choose(menu, "2")
    browser.tick(3)
    assert terrain.land.axes == [8, 4]
    browser.choose(menu, "1")  # the one that goes up: they change places
    browser.tick(3)
    assert terrain.land.axes == [4, 8]
    network = app.stage.network
    x0, y0, x1, _ = network.layout.ends[8]  # the first neuron's first link
    box = network.body.getBoundingClientRect()
    browser.fire(
        network.body, "click", clientX=box.left + x0 + 0.02 * (x1 - x0), clientY=box.top + y0
    )
    browser.tick(3)
    assert terrain.axes[0][:2] == (2, 0)
    assert terrain.axes[1] == (1, 1, 0)


def test_the_run_s_own_plane(land):
    browser, app, _, terrain = land
    press(browser, "inside-plane", "path")
    assert INSIDE["no_plane"] in text(browser)
    assert terrain.kind == "weights"
    press(browser, "inside")
    browser.click(browser.element("run"))
    browser.tick(20)
    browser.click(browser.element("run"))
    browser.tick(3)
    open_landscape(browser)
    press(browser, "inside-plane", "path")
    browser.tick(40)
    assert len(terrain.land.path) == len(app.experiment.history.records)
    percent = f"{100 * terrain.land.plane.unexplained:.1f} %"
    assert percent in text(browser)
    assert browser.elements(".inside-axes")[0].hidden


def test_step_goes_back_to_the_walk(land):
    browser, _, _, _ = land
    steps(browser, 1)
    assert (attribute(browser, "-tab"), attribute(browser, "")) == ("walk", "input")


def test_in_the_lab_and_with_a_single_weight(open_page):
    browser, app = open_page("#view=wine")
    open_landscape(browser)
    assert app.inside.room.terrain.land.complete
    browser, app = open_page("#x=false&y=false&networkShape=1")
    open_landscape(browser)
    terrain = app.inside.room.terrain
    assert len(set(terrain.land.axes)) == 2


def test_contours_lie_where_a_level_is_crossed():
    slope = np.tile(np.linspace(0, 1, 241), (4, 1))
    covered = contours(slope)
    np.testing.assert_allclose(covered[:, 20:240:20], 1.0)  # 12 levels, 20 pixels apart
    np.testing.assert_array_equal(covered[:, 10:240:20], 0.0)
    assert (covered > 0).all(axis=0).sum() == (LEVELS - 1) * 3
    assert not contours(np.full((3, 3), 0.03)).any()


def test_levels_run_from_the_lowest_to_the_highest():
    losses = np.array([[0.01, 0.1], [1.0, np.inf]])
    levels = levels_of(losses)
    np.testing.assert_allclose(levels, [[0, 0.5], [1, 1]])
    assert np.isnan(levels_of(np.full((2, 2), np.nan))).all()
    fine = enlarged(levels, 5)
    np.testing.assert_allclose(fine[[0, 0, -1, -1], [0, -1, 0, -1]], [0, 0.5, 1, 1])
    assert fine[2, 2] == pytest.approx(levels.mean())
