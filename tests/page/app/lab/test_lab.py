"""The Wine lab in the fake browser: its steps and its table."""

import numpy as np
import pytest
from wine_hands import press, rows, run

from explorer.settings.settings import DEFAULTS
from nncore import load_wine

# Steps ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", range(1, 7))
def test_pressing_a_step_opens_it(lab, step):
    browser, _ = lab
    press(browser, "open-step", step)
    assert browser.state["step"] == str(step)
    (current,) = browser.elements("[data-step][aria-current]")
    assert current.getAttribute("data-step") == str(step)


def done(browser):
    return [
        node.getAttribute("data-step")
        for node in browser.elements("[data-step]")
        if node.hasAttribute("data-done")
    ]


def test_steps_are_ticked_as_they_are_done(lab):
    browser, app = lab
    assert done(browser) == ["2", "3"]
    press(browser, "open-step", 1)
    assert done(browser) == ["1", "2", "3"]
    run(browser, app)
    assert done(browser) == ["1", "2", "3", "4"]
    press(browser, "open-step", 5)
    press(browser, "open-step", 6)
    assert done(browser) == ["1", "2", "3", "4", "5", "6"]
    app.reset()
    app.stale = True
    browser.tick()
    assert done(browser) == ["1", "2", "3"]


def test_start_empty_builds_nothing_and_can_be_undone(lab):
    browser, app = lab
    press(browser, "empty")
    settings = app.current
    assert (settings.network_shape, settings.optimizer) == ((1,), "sgd")
    assert not settings.standardize
    assert done(browser) == ["1"]
    assert browser.state["plane"] == "one"
    app.undo()
    assert app.current == DEFAULTS["wine"]


def test_show_the_answer_trains_the_exercise_to_its_end(lab):
    browser, app = lab
    press(browser, "empty")
    browser.choose(browser.field("seed"), "3")
    press(browser, "answer")
    assert app.current == DEFAULTS["wine"]
    assert app.player.playing
    browser.choose(browser.field("speed"), "fast")
    browser.tick()
    assert browser.state["epoch"] == "20"
    assert browser.state["playing"] == "false"
    assert float(browser.state["accuracy-train"]) == 1.0


# The table ------------------------------------------------------------------------------------


def test_the_table_holds_all_wines_and_measurements(lab):
    browser, _ = lab
    press(browser, "open-step", 1)
    lines = rows(browser)
    assert len(lines) == 178
    wine = load_wine()
    for number in (0, 100, 177):
        cells = [cell.textContent for cell in lines[number].children]
        assert cells[:2] == [str(number + 1), str(wine.y[number] + 1)]
        np.testing.assert_allclose([float(cell) for cell in cells[2:]], wine.X[number], rtol=1e-6)


def test_a_press_on_a_head_sorts_and_another_turns_it_round(lab):
    browser, _ = lab
    press(browser, "open-step", 1)
    alcohol = load_wine().X[:, 0]
    press(browser, "sort", "wines 1")
    numbers = [int(node.getAttribute("data-row")) for node in rows(browser)]
    assert (np.diff(alcohol[numbers]) >= 0).all()
    assert browser.action("sort", "wines 1").parentNode.getAttribute("aria-sort") == "ascending"
    press(browser, "sort", "wines 1")
    numbers = [int(node.getAttribute("data-row")) for node in rows(browser)]
    assert (np.diff(alcohol[numbers]) <= 0).all()
    assert browser.action("sort", "wines 1").parentNode.getAttribute("aria-sort") == "descending"


def test_standardized_values_have_mean_0_and_deviation_1_below_them(lab):
    browser, _ = lab
    press(browser, "open-step", 2)
    (foot,) = browser.element("wines").querySelectorAll("tfoot")
    lines = [[cell.textContent for cell in line.children] for line in foot.children]
    assert [line[0] for line in lines] == [
        "Mean before", "Deviation before", "Mean after", "Deviation after",
    ]  # fmt: skip
    assert lines[0][2] == "13.00"
    assert set(lines[2][2:]) == {"0.00"}
    assert set(lines[3][2:]) == {"1.00"}
    assert rows(browser)[0].children[2].textContent == "1.52"


def test_the_switch_changes_what_is_shown_and_not_what_is_learned(lab):
    browser, app = lab
    run(browser, app, 3)
    press(browser, "open-step", 1)
    before = rows(browser)[0].children[2].textContent
    press(browser, "values", "scaled")
    assert (before, rows(browser)[0].children[2].textContent) == ("14.23", "1.52")
    assert browser.action("values", "scaled").getAttribute("aria-pressed") == "true"
    assert app.experiment.epoch == 3


def test_training_on_raw_values_is_a_setting(lab):
    browser, app = lab
    press(browser, "open-step", 2)
    browser.click(browser.field("standardize"))
    browser.tick()
    np.testing.assert_array_equal(app.experiment.problem.train.inputs, load_wine().X)
    assert "2" not in done(browser)
