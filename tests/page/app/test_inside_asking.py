"""Hide and ask: numbers that the reader works out inside a step."""

from inside_hands import attribute, enter, press, steps, text

from explorer.drawing.figures import shown
from explorer.text.inside import HINTS, INSIDE


def ask(browser, level):
    browser.choose(browser.element("inside-level"), level)
    browser.tick()
    return browser.elements(".asked")


def look_at(browser, unit):
    browser.click(browser.elements(f'[data-unit="{unit}"]')[0])
    browser.tick()


def answer(browser, number, typed):
    field = browser.elements(f'.asked[data-asked="{number}"]')[0]
    browser.choose(field, typed)
    browser.fire(field, "keydown", key="Enter")
    browser.tick()


def test_a_hidden_number_is_asked_for_and_judged(page):
    browser, app = page
    enter(browser)
    steps(browser, 1)
    [field] = ask(browser, "result")
    z = float(app.inside.room.walk.sample.layers[0].z[0, 0])
    assert shown(z) not in text(browser)
    assert "z ?" in text(browser, ".inside-number")
    number = field.getAttribute("data-asked")
    answer(browser, number, "99")
    answer(browser, number, "a lot")
    assert text(browser, ".inside-lines em") == f"✗ {INSIDE['not_number']}"
    answer(browser, number, "99")
    assert HINTS["sum"] in text(browser)
    answer(browser, number, shown(-z))
    assert INSIDE["sign"] in text(browser)
    answer(browser, number, f"{z:.2g}")
    assert INSIDE["coarse"].format(count=4) in text(browser)
    assert (attribute(browser, "-asked"), attribute(browser, "-right")) == ("1", "0")
    answer(browser, number, shown(z))
    assert INSIDE["right"] in text(browser)
    assert shown(z) in text(browser)
    assert (attribute(browser, "-asked"), attribute(browser, "-right")) == ("1", "1")
    assert not browser.elements(".asked")
    given = app.inside.room.asking.log[-1]
    assert (given.typed, given.right, given.question.value) == (shown(z), True, z)


def test_a_wrong_answer_may_be_given_up(page):
    browser, app = page
    enter(browser)
    steps(browser, 1)
    fields = ask(browser, "all")
    assert len(fields) == 3
    answer(browser, "0", "99")
    press(browser, "inside-reveal")
    assert len(browser.elements(".asked")) == 2
    assert app.inside.room.asking.log[-1].given_up
    ask(browser, "none")
    assert not browser.elements(".asked")


def test_no_other_unit_shows_what_will_be_asked_there(page):
    browser, _ = page
    enter(browser)
    steps(browser, 1)
    ask(browser, "result")
    assert text(browser, ".inside-number").count("z ?") == 4
    look_at(browser, "1.2")
    [field] = browser.elements(".asked")
    answer(browser, field.getAttribute("data-asked"), "99")
    press(browser, "inside-reveal")
    look_at(browser, "1.1")
    assert text(browser, ".inside-number").count("z ?") == 3


def test_of_the_gradients_a_weight_s_and_the_bias_s_are_asked_for(page):
    browser, _ = page
    enter(browser)
    press(browser, "inside-phase", "gradient")
    first, last = ask(browser, "result")
    assert (first.getAttribute("aria-label"), last.getAttribute("aria-label")) == (
        "Neuron 2", "bias",
    )  # fmt: skip


def test_a_bias_of_zero_is_asked_for_its_gradient(lab):
    browser, app = lab
    enter(browser)
    press(browser, "inside-phase", "gradient")
    fields = ask(browser, "all")
    last = fields[-1].getAttribute("data-asked")
    answer(browser, last, "0")
    assert HINTS["bias_gradient"] in text(browser)
    delta = float(app.inside.room.walk.sample.layers[-1].delta[0, 0])
    answer(browser, last, repr(delta))
    assert INSIDE["right"] in text(browser)


def test_a_bias_is_read_aloud_only_when_it_is_shown(page):
    browser, app = page
    enter(browser)
    steps(browser, 1)
    z = shown(float(app.inside.room.walk.sample.layers[0].z[0, 0]))
    said = browser.elements("#inside .unseen")[0]
    assert z in said.textContent
    ask(browser, "result")
    assert z not in said.textContent
