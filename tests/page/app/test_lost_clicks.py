"""A press counts also where its element is made anew before it ends."""

import pytest

BEGIN, END = {"mouse": "pointerdown", " ": "keydown"}, {"mouse": "pointerup", " ": "keyup"}


@pytest.fixture(params=["mouse", " "], ids=["mouse", "space"])
def means(request):
    return request.param


def press_across(browser, means, find, meanwhile, **properties):
    """Hold down what `find()` gives, do something that makes it anew, and let go."""
    first = find()
    browser.fire(first, BEGIN[means], key=means, **properties)
    meanwhile()
    browser.tick(5)
    browser.fire(find(), END[means], key=means, **properties)
    browser.tick(5)
    return first


def another_neuron(browser):
    return lambda: browser.click(browser.action("add-neuron", 1))


def test_the_second_of_two_quick_presses_removes_a_neuron_too(page, means):
    browser, app = page
    held = press_across(
        browser, means, lambda: browser.action("remove-neuron", 1),
        lambda: browser.click(browser.action("remove-neuron", 1)),
    )  # fmt: skip
    assert not held.isConnected
    assert app.current.network_shape == (2, 2)


def test_an_input_and_a_neuron_are_pressed_so_too(page, means):
    browser, app = page
    browser.tick(5)
    press_across(browser, means, lambda: browser.field("sin_x"), another_neuron(browser))
    assert app.current.sin_x
    press_across(
        browser, means, lambda: browser.elements('[data-unit="1.2"]')[0], another_neuron(browser)
    )
    assert browser.text("weight-card").startswith("Neuron 2 of layer 1")


def test_a_press_on_what_stays_is_the_browser_s_own(page, means):
    browser, app = page
    button = browser.action("add-neuron", 1)
    browser.fire(button, BEGIN[means], key=means)
    browser.fire(button, END[means], key=means)
    assert app.current.network_shape == (4, 2)


@pytest.mark.parametrize("properties", [{"button": 2}, {"pointerType": "touch"}])
def test_other_buttons_and_fingers_are_left_to_the_browser(page, properties):
    browser, app = page
    press_across(
        browser, "mouse", lambda: browser.action("add-neuron", 2), another_neuron(browser),
        **properties,
    )  # fmt: skip
    assert app.current.network_shape == (5, 2)


def test_let_go_on_something_else_presses_nothing(page, means):
    browser, app = page
    first = browser.action("add-neuron", 2)
    browser.fire(first, BEGIN[means], key=means)
    another_neuron(browser)()
    browser.tick(5)
    browser.fire(browser.action("remove-neuron", 2), END[means], key=means)
    assert app.current.network_shape == (5, 2)


def test_a_key_held_down_is_one_press(page):
    browser, app = page
    browser.fire(browser.action("remove-neuron", 1), "keydown", key=" ")
    another_neuron(browser)()
    browser.tick(5)
    browser.fire(browser.action("remove-neuron", 1), "keydown", key=" ", repeat=True)
    browser.fire(browser.action("remove-neuron", 1), "keyup", key=" ")
    assert app.current.network_shape == (4, 2)
