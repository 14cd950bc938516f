"""Inside a step, as the reader meets it: in and out, walking, choosing, taking the step."""

import numpy as np
import pytest
from inside_hands import attribute, enter, numbers, phase, press, steps, text

from explorer.drawing.figures import read, shown
from explorer.text.inside import INSIDE


@pytest.fixture(params=["page", "lab"])
def view(request):
    return request.getfixturevalue(request.param)


def test_the_button_leads_in_and_out(view):
    browser, app = view
    button = browser.element("inside-button")
    assert (attribute(browser, ""), button.getAttribute("aria-label")) == ("", "Inside")
    enter(browser)
    assert (phase(browser), button.getAttribute("aria-label")) == (("input", "0"), "Leave inside")
    assert not browser.element("inside").hidden
    assert browser.elements("#network .inside-number")
    press(browser, "inside")
    assert (attribute(browser, ""), button.getAttribute("aria-label")) == ("", "Inside")
    assert browser.element("inside").hidden
    assert not browser.elements(".inside-number, .inside-sample-ring")
    assert app.stage.lab.look.selected == set()
    enter(browser)
    assert phase(browser) == ("input", "0")


def test_escape_leads_out_once_nothing_lies_on_top(view):
    browser, app = view
    enter(browser)
    more = browser.element("more")
    more.showPopover()
    browser.key("Escape")
    assert app.inside.is_open  # the browser closes the panel
    more.hidePopover()
    browser.key("Escape")
    browser.tick()
    assert attribute(browser, "") == ""
    assert browser.element("inside").hidden
    assert browser.document.activeElement.id == "inside-button"


def test_the_exercise(view):
    """Walk forward, back, update; then Step: the weights agree to every shown digit."""
    browser, app = view
    enter(browser)
    depth = len(app.experiment.model.layers)
    before = app.experiment.params.copy()
    seen = []
    while attribute(browser, "") != "after":
        seen.append(phase(browser))
        steps(browser, 1)
    assert seen[:3] == [("input", "0"), ("sum", "1"), ("activation", "1")]
    assert seen.count(("loss", str(depth))) == 1
    assert seen[-depth:] == [("update", str(k)) for k in range(1, depth + 1)]
    np.testing.assert_array_equal(app.experiment.params, before)
    promised = app.inside.room.walk.update.after.copy()
    press(browser, "inside-phase", "update")
    shown_weight = numbers(browser)[-1]
    assert shown(float(promised[0])) == shown(shown_weight)
    press(browser, "inside-phase", "after")
    steps(browser, 1)
    assert [shown(v) for v in app.experiment.params] == [shown(v) for v in promised]
    assert phase(browser) == ("input", "0")
    assert INSIDE["taken_exact"] in text(browser)
    browser.click(browser.action("undo"))
    browser.tick()
    np.testing.assert_array_equal(app.experiment.params, before)


def test_the_step_of_the_batch(view):
    browser, app = view
    enter(browser)
    press(browser, "inside-scope", "batch")
    rows = app.inside.room.walk.batch.rows.copy()
    while phase(browser) != ("gradient", "0"):
        steps(browser, 1)
    assert not app.inside.room.panel.strip.hidden
    label = browser.elements(".inside-strip canvas")[0].getAttribute("aria-label")
    assert str(len(rows)) in label
    while attribute(browser, "") != "after":
        steps(browser, 1)
    assert app.inside.room.panel.strip.hidden
    promised = app.inside.room.walk.update.after.copy()
    steps(browser, 1)
    np.testing.assert_array_equal(app.experiment.params, promised)
    assert app.experiment.batch == 1
    assert app.inside.room.walk.whole_batch
    assert not set(app.inside.room.walk.batch.rows) & set(rows)


def test_step_back_goes_back(page):
    browser, _ = page
    enter(browser)
    steps(browser, 3)
    assert phase(browser) == ("sum", "2")
    press(browser, "step-back")
    assert phase(browser) == ("activation", "1")
    for _ in range(5):
        press(browser, "step-back")
    assert phase(browser) == ("input", "0")


def test_arrow_keys_walk_but_do_not_take_the_step(page):
    browser, app = page
    enter(browser)
    before = app.experiment.params.copy()
    body = browser.document.body
    assert browser.fire(body, "keydown", key="ArrowRight").prevented
    browser.tick()
    assert phase(browser) == ("sum", "1")
    for _ in range(30):
        browser.fire(body, "keydown", key="ArrowRight")
    browser.tick()
    assert phase(browser) == ("after", "3")
    np.testing.assert_array_equal(app.experiment.params, before)
    browser.fire(body, "keydown", key="ArrowLeft")
    browser.tick()
    assert phase(browser) == ("update", "3")


def test_keys_that_belong_to_something_else_stay_there(page):
    browser, _ = page
    enter(browser)
    for node in (browser.elements('[data-unit="1.1"]')[0], browser.element("inside-level"),
                 browser.element("noise")):  # fmt: skip
        browser.fire(node, "keydown", key="ArrowRight")
        browser.tick()
        assert phase(browser) == ("input", "0")


def test_a_neuron_that_is_pressed_is_looked_at(page):
    browser, app = page
    enter(browser)
    steps(browser, 1)
    press(browser, "neuron", "1.3")
    assert (phase(browser), attribute(browser, "-unit")) == (("sum", "1"), "3")
    assert "Neuron 3 of layer 1" in text(browser, ".inside-place")
    assert numbers(browser)[-1] == pytest.approx(
        app.inside.room.walk.sample.layers[0].z[2, 0], abs=1e-4
    )
    press(browser, "neuron", "2.2")
    assert (phase(browser), attribute(browser, "-unit")) == (("sum", "2"), "2")
    assert browser.element("weight-card").hidden


def test_one_neuron_at_a_time(page):
    browser, _ = page
    enter(browser)
    steps(browser, 1)
    box = browser.element("inside-by-unit")
    browser.click(box)
    browser.tick()
    units = []
    for _ in range(5):
        units.append((phase(browser), attribute(browser, "-unit")))
        steps(browser, 1)
    assert units == [(("sum", "1"), str(k)) for k in (1, 2, 3, 4)] + [(("activation", "1"), "1")]


def test_a_point_that_is_pressed_is_followed(page):
    browser, app = page
    enter(browser)
    steps(browser, 2)
    picture = browser.element("output")
    left, top, side, _ = (1000, 160, 340, 340)
    row = 77
    x1, x2 = app.experiment.problem.train.points[row]
    place = {"clientX": left + (x1 + 6) / 12 * side, "clientY": top + (6 - x2) / 12 * side}
    browser.fire(picture, "click", **place)
    browser.tick()
    assert (attribute(browser, "-sample"), phase(browser)) == ("77", ("activation", "1"))
    assert "Point 78 of 250" in text(browser)
    browser.fire(picture, "click", clientX=left + 1, clientY=top + 1)  # far from all points
    assert attribute(browser, "-sample") == "77"
    app.stage.output.place = tuple(app.experiment.problem.train.points[3])
    browser.fire(picture, "keydown", key="Enter")
    browser.tick()
    assert attribute(browser, "-sample") == "3"


def test_a_row_that_is_pressed_is_followed(lab):
    browser, app = lab
    enter(browser)
    press(browser, "open-step", "1")
    line = browser.elements("#wines [data-row]")[40]
    browser.fire(line, "click")
    browser.tick()
    row = int(attribute(browser, "-sample"))
    assert app.experiment.problem.split.train[row] == int(line.getAttribute("data-row"))
    assert app.stage.lab.look.selected == {int(line.getAttribute("data-row"))}


def test_a_row_that_is_held_back_is_not_followed(open_page):
    browser, app = open_page("#view=wine&percTrainData=50")
    enter(browser)
    press(browser, "open-step", "1")
    before = attribute(browser, "-sample")
    held = int(app.experiment.problem.split.test[0])
    browser.fire(browser.elements(f'#wines [data-row="{held}"]')[0], "click")
    assert attribute(browser, "-sample") == before
    assert INSIDE["held_back"] in text(browser)


def test_the_next_of_the_batch(page):
    browser, app = page
    enter(browser)
    rows = app.inside.room.walk.batch.rows.tolist()
    press(browser, "inside-next")
    assert attribute(browser, "-sample") == str(rows[1])


def test_nudge_and_paths(page):
    browser, app = page
    enter(browser)
    press(browser, "inside-phase", "gradient")
    while phase(browser) != ("gradient", "1"):
        steps(browser, 1)
    browser.choose(browser.element("inside-weight"), "1")
    browser.tick()
    press(browser, "inside-nudge")
    walk = app.inside.room.walk
    assert walk.weight == (1, 1, 0)
    gradient = float(walk.sample.gradient[walk.index(1, 1, 0)])
    found = text(browser, ".inside-found")
    assert shown(gradient) in found
    assert shown(walk.nudged(walk.index(1, 1, 0), 0.001)) in found
    press(browser, "inside-paths")
    found = text(browser, ".inside-found")
    assert "2 paths" in found
    products = [
        read(cell.textContent.removeprefix("= "))
        for cell in browser.elements(".inside-found .number")
    ]
    assert sum(products) == pytest.approx(gradient, abs=2e-4)
    assert browser.elements('[data-action="inside-paths"]')[0].textContent == INSIDE["hide_paths"]
    press(browser, "inside-paths")
    assert text(browser, ".inside-found") == ""


def test_a_link_that_is_pressed_is_the_weight_that_is_looked_at(page):
    browser, app = page
    enter(browser)
    press(browser, "inside-phase", "gradient")
    network = app.stage.network
    x0, y0, x1, _ = network.layout.ends[5]  # from X2 to the second neuron
    box = network.body.getBoundingClientRect()
    browser.fire(
        network.body, "click", clientX=box.left + x0 + 0.02 * (x1 - x0), clientY=box.top + y0
    )
    browser.tick()
    layer, source, unit = app.inside.room.walk.weight
    assert (layer, source) == (1, 1)
    assert attribute(browser, "-unit") == str(unit + 1)


def test_every_control_inside_has_a_name_and_its_help(page):
    browser, _ = page
    enter(browser)
    for tab in ("walk", "landscape"):
        press(browser, "inside-tab", tab)
    named = browser.elements("#inside [data-help]")
    assert len(named) >= 12
    for node in named:
        assert browser.element(f"help-{node.getAttribute('data-help')}").textContent
    for node in browser.elements("#inside select, #inside input"):
        assert node.getAttribute("aria-label") or node.closest("label").textContent
