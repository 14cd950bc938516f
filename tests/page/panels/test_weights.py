"""The card of weights and biases: opened, read, typed, held fixed, and undone."""

import numpy as np
import pytest

from explorer.drawing.views import diagram
from explorer.panels.weights import row_of_curve, rows_of_unit, unit_names
from explorer.text.notices import TEXT


def card(browser):
    """(title, {row name: value}) of the card, or None where it is closed."""
    node = browser.element("weight-card")
    if node.hidden:
        return None
    rows = {}
    for row in node.querySelectorAll(".weight-row"):
        field = row.querySelector("input, output")
        rows[row.querySelector("span").textContent] = (
            field.value if field.tag == "input" else field.textContent
        )
    return node.querySelector("h3").textContent, rows


def fields(browser):
    return browser.elements("#weight-card input")


def test_a_neuron_opens_with_its_weights_and_its_bias(page):
    browser, app = page
    browser.click(browser.action("neuron", "1.3"))
    browser.tick()
    title, rows = card(browser)
    W, b = app.experiment.model.unflatten(app.experiment.params)[0]
    assert title == TEXT["neuron_name"].format(unit=3, layer=1)
    assert rows == {
        "X₁": f"{W[0, 2]:.4f}",
        "X₂": f"{W[1, 2]:.4f}",
        TEXT["bias"]: f"{b[2]:.4f}",
    }


def test_the_outputs_bias_can_be_reached(page):
    browser, app = page
    browser.click(browser.action("neuron", "3.1"))
    browser.tick()
    title, rows = card(browser)
    assert title == TEXT["output_unit"]
    assert rows[TEXT["bias"]] == "0.1000"
    browser.choose(fields(browser)[-1], "0.7")
    browser.tick()
    assert app.experiment.params[-1] == 0.7


def test_every_number_of_the_network_is_on_some_card(page):
    _, app = page
    model, problem = app.experiment.model, app.experiment.problem
    seen = [
        index
        for layer, each in enumerate(model.layers)
        for unit in range(each.units)
        for _, index in rows_of_unit(model, problem, layer, unit)[1]
    ]
    assert sorted(seen) == list(range(model.n_params))


def test_a_number_that_is_typed_shows_at_once_in_the_losses(page):
    browser, app = page
    browser.click(browser.action("neuron", "1.1"))
    browser.tick()
    before = browser.state["loss-train"]
    field = fields(browser)[0]
    field.value = "1.5"
    browser.fire(field, "input")
    browser.tick()
    assert app.experiment.params[int(field.getAttribute("data-param"))] == 1.5
    assert browser.state["loss-train"] != before
    assert float(browser.state["loss-train"]) == app.experiment.shown.loss_train
    browser.fire(field, "change")
    browser.click(browser.action("undo"))
    browser.tick()
    assert browser.state["loss-train"] == before


@pytest.mark.parametrize("text", ["", "-", "1e", "nan", "inf", "1e9"])
def test_what_is_no_number_changes_nothing(page, text):
    browser, app = page
    browser.click(browser.action("neuron", "1.1"))
    before = app.experiment.params.copy()
    browser.choose(fields(browser)[0], text)
    np.testing.assert_array_equal(app.experiment.params, before)


def test_the_numbers_follow_training_but_not_the_one_that_is_typed(page):
    browser, app = page
    browser.click(browser.action("neuron", "1.1"))
    browser.tick()
    first, second, _ = fields(browser)
    first.focus()
    first.value = "0."
    kept = second.value
    app.toggle()
    browser.tick(20)
    assert first.value == "0."
    assert second.value != kept
    assert second.value == f"{app.experiment.params[int(second.getAttribute('data-param'))]:.4f}"


def test_a_number_is_held_fixed_and_let_go(page):
    browser, app = page
    browser.click(browser.action("neuron", "1.1"))
    browser.tick()
    hold = browser.elements("#weight-card [data-action='freeze']")[0]
    index = int(hold.getAttribute("data-value"))
    browser.click(hold)
    browser.tick()
    assert hold.getAttribute("aria-pressed") == "true"
    held = app.experiment.params[index]
    app.step()
    assert app.experiment.params[index] == held
    browser.click(hold)
    browser.tick()
    assert hold.getAttribute("aria-pressed") == "false"
    app.step()
    assert app.experiment.params[index] != held


def on_curve(app, browser, number, t=0.5):
    """A place of the window on the curve of weight `number`."""
    layout = app.stage.network.layout
    x, y = diagram.along(layout.ends[number : number + 1], np.array([[t]]))[0, 0]
    box = browser.element("network").getBoundingClientRect()
    return box.left + x, box.top + y


def test_hovering_a_line_shows_its_live_value_and_leaving_hides_it(page):
    browser, app = page
    number = 16  # from the first neuron of layer 2 to the output
    place = on_curve(app, browser, number)
    browser.point(browser.element("links"), *place)
    browser.tick()
    title, rows = card(browser)
    weight = app.experiment.snapshot().weights[number]
    assert title == f"{TEXT['neuron_name'].format(unit=1, layer=2)} → {TEXT['output_unit']}"
    assert rows == {TEXT["weight"]: f"{weight:.3f}".replace("-", "−")}
    app.toggle()
    browser.tick(5)
    assert card(browser)[1] != rows
    browser.point(browser.element("run"))
    assert card(browser) is None


def test_pressing_a_line_opens_its_weight_for_good(page):
    browser, app = page
    x, y = on_curve(app, browser, 17)
    browser.fire(browser.element("links"), "click", clientX=x, clientY=y)
    browser.tick()
    (field,) = fields(browser)
    assert int(field.getAttribute("data-param")) == 12 + 10 + 1  # the output's second
    browser.point(browser.element("run"))
    assert card(browser) is not None
    browser.key("Escape")
    assert card(browser) is None


def test_a_press_beside_closes_the_card(page):
    browser, _ = page
    browser.click(browser.action("neuron", "1.1"))
    browser.click(browser.element("output-title"))
    assert card(browser) is None


def test_pointing_at_a_bias_shows_its_value(page):
    browser, _ = page
    (bias,) = browser.elements('[data-bias="2.1"]')
    browser.point(bias)
    browser.tick()
    title, rows = card(browser)
    assert title == TEXT["neuron_name"].format(unit=1, layer=2)
    assert rows == {TEXT["bias"]: "0.100"}


def test_a_change_of_the_network_closes_the_card(page):
    browser, _ = page
    browser.click(browser.action("neuron", "2.2"))
    browser.click(browser.action("remove-neuron", 2))
    browser.tick()
    assert card(browser) is None


def test_every_curve_is_named_after_its_own_weight(page):
    _, app = page
    model, problem = app.experiment.model, app.experiment.problem
    names = unit_names(model, problem)
    titles = []
    for block, sources, targets in zip(
        model.blocks(np.arange(model.n_params)), names, names[1:], strict=False
    ):
        for i, source in enumerate(sources):
            for j, target in enumerate(targets):
                titles.append((f"{source} → {target}", block[i, j]))
    for number, (title, index) in enumerate(titles):
        assert row_of_curve(model, problem, number) == (title, [(TEXT["weight"], index)])


def test_the_card_stays_inside_the_window(page):
    browser, app = page
    card = app.stage.card
    browser.element("weight-card").box = (0, 0, 300, 200)
    for near in [(1430, 890), (5, 5), (700, 450)]:
        card.close()
        card.show("Card", [("Weight", 0)], near, opened=True)
        style = browser.element("weight-card").style
        assert 0 <= float(style.left.removesuffix("px")) <= 1440 - 300
        assert 0 <= float(style.top.removesuffix("px")) <= 900 - 200


@pytest.mark.parametrize(
    ("bar", "free"),
    [((0, 44, 160, 52), (96, 900)), ((0, 816, 390, 84), (0, 816)), ((0, -90, 390, 52), (0, 900))],
    ids=["above", "at the thumb", "scrolled away"],
)
def test_the_card_never_covers_the_transport(page, bar, free):
    browser, app = page
    card, node = app.stage.card, browser.element("weight-card")
    browser.element("transport").box = bar
    node.box = (0, 0, 300, 460)
    for near in [(60, 60), (60, 880), (700, 450)]:
        card.close()
        card.show("Card", [("Weight", 0)], near, opened=True)
        top, most = (float(t.removesuffix("px")) for t in (node.style.top, node.style.maxHeight))
        assert free[0] + 8 <= top <= free[1] - 460 - 8
        assert most == 460
    browser.element("transport").box = (0, 0, 390, 700)
    card.close()
    card.show("Card", [("Weight", 0)], (5, 5), opened=True)
    assert node.style.maxHeight == "184px", "the room that is left"


def test_a_touch_does_not_hover(page):
    browser, app = page
    x, y = on_curve(app, browser, 16)
    browser.point(browser.element("links"), x, y, pointer="touch")
    assert card(browser) is None
