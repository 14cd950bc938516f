"""What ends a walk or begins it anew, and networks that are not as usual."""

import numpy as np
import pytest
from inside_hands import attribute, enter, numbers, phase, press, steps, text

from explorer.text.inside import INSIDE, REFUSED


@pytest.fixture(params=["page", "lab"])
def view(request):
    return request.getfixturevalue(request.param)


def test_training_leaves_the_step(view):
    browser, _ = view
    enter(browser)
    press(browser, "run")
    assert attribute(browser, "") == ""
    assert browser.element("inside").hidden


def test_another_network_leaves_the_step(page):
    browser, _ = page
    enter(browser)
    steps(browser, 3)
    press(browser, "add-layer")
    browser.tick(3)
    assert attribute(browser, "") == ""


def test_another_view_leaves_the_step(page):
    browser, _ = page
    enter(browser)
    press(browser, "view", "wine")
    browser.tick(3)
    assert attribute(browser, "") == ""


def test_another_learning_rate_begins_the_walk_anew(page):
    browser, app = page
    enter(browser)
    steps(browser, 4)
    browser.choose(browser.elements('[name="learning_rate"]')[0], "0.3")
    browser.tick(2)
    assert app.inside.room.walk.sample.learning_rate == 0.3
    assert phase(browser) == ("activation", "2")
    assert INSIDE["changed"] in text(browser)


def test_weights_that_are_no_numbers_end_in_a_sentence(page):
    browser, app = page
    app.experiment.params = np.full(app.experiment.model.n_params, np.nan)
    enter(browser)
    assert attribute(browser, "") == ""
    title, sentence = REFUSED["not_finite"]
    assert title in text(browser, "#notices")
    assert sentence in text(browser, "#notices")


def test_a_network_that_has_blown_up_is_shown_as_it_was_before(open_page):
    browser, app = open_page("#learningRate=1000&activation=linear&problem=regression")
    for _ in range(3):
        press(browser, "step")
        browser.tick(2)
    assert app.experiment.diverged
    enter(browser)
    assert phase(browser) == ("input", "0")
    steps(browser, 17)
    assert attribute(browser, "") == "after"
    steps(browser, 1)
    assert np.isfinite(app.experiment.params).all()
    assert attribute(browser, "") in ("", "input")


def test_a_network_without_inputs_has_a_step(open_page):
    browser, app = open_page("#x=false&y=false")
    enter(browser)
    steps(browser, 1)
    assert numbers(browser) == [pytest.approx(0.1), pytest.approx(0.1)]
    while attribute(browser, "") != "after":
        steps(browser, 1)
    steps(browser, 1)
    assert app.experiment.params[0] != 0.1


def test_a_wide_layer_and_many_inputs(open_page):
    browser, app = open_page("#view=wine&networkShape=32,32,2&batchSize=1000")
    enter(browser)
    browser.tick(5)
    steps(browser, 1)
    lines = browser.elements(".inside-walk .inside-lines tr")
    assert len(lines) == 4 + 1 + 1 + 1
    assert INSIDE["others"].format(count=9) in text(browser)
    press(browser, "inside-terms")
    assert len(browser.elements(".inside-walk .inside-lines tr")) == 13 + 1 + 1
    press(browser, "inside-scope", "batch")
    assert len(app.inside.room.walk.batch.rows) == 178
    press(browser, "neuron", "2.32")
    assert attribute(browser, "-unit") == "32"


def test_explaining_explains(page):
    browser, _ = page
    browser.element("explain").checked = True
    press(browser, "inside")
    assert attribute(browser, "") == ""
