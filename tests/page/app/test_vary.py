"""Many runs on the page: what is asked for, what is shown, and opening a run of them."""

import itertools

import numpy as np
import pytest
from hands import press
from runs_hands import section, taken

from explorer.learning import sweeps
from explorer.settings import link
from explorer.text.runs import RUNS

LINK = "#dataset=xor&networkShape=2&seed=11"


@pytest.fixture
def vary(open_page):
    """(browser, app, fill): the section is open; fill(**fields) types into the form."""
    browser, app, fill = section(open_page, LINK, "vary", "vary")
    fill(values="1 3", seeds="3", epochs="6", below="0.5")
    return browser, app, fill


def run_all(browser, most=4000):
    press(browser, "vary-start")
    for _ in range(most):
        browser.tick()
        if browser.element("vary-table").querySelectorAll("tbody tr"):
            return
    raise AssertionError("it does not come to an end")


def rows(browser):
    return [
        [cell.textContent for cell in row.querySelectorAll("td")]
        for row in browser.element("vary-table").querySelectorAll("tbody tr")
    ]


def line(browser):
    return browser.element("vary-line").textContent


def test_it_opens_and_closes_and_says_so(vary):
    browser, _, _ = vary
    button, node = browser.action("vary"), browser.element("vary")
    assert (node.hidden, button.getAttribute("aria-expanded")) == (False, "true")
    press(browser, "vary")
    assert (node.hidden, button.getAttribute("aria-expanded")) == (True, "false")


def test_another_setting_brings_its_own_values(vary):
    browser, app, _ = vary
    offered = sweeps.offered(app.current)
    browser.choose(browser.element("vary-what"), "learning_rate")
    assert browser.element("vary-values").value == offered["learning_rate"]
    second = browser.element("vary-more")
    assert second.parentNode.hidden
    browser.choose(browser.element("vary-and"), "noise")
    assert (second.value, second.parentNode.hidden) == (offered["noise"], False)


def test_every_combination_has_its_runs_its_card_and_its_row(vary):
    browser, app, _ = vary
    run_all(browser)
    state = browser.state
    assert (state["sweep-done"], state["sweep-total"]) == ("6", "6")
    cards = browser.elements("#vary-cells button")
    assert [card.querySelector("strong").textContent for card in cards] == ["1", "3"]
    cells = app.runs.made.vary.sweep.cells
    assert [list(cell.runs) for cell in cells] == [["11", "12", "13"]] * 2
    for row, cell in zip(rows(browser), cells, strict=True):
        finals = sorted(run.losses[-1, 1] for run in cell.runs.values())
        assert row[1] == f"{sum(loss < 0.5 for loss in finals)} / 3"
        assert row[3] == f"{finals[1]:.4f}"
    assert "2 solved" not in cards[0].textContent
    assert line(browser).endswith(RUNS["done"].format(total=6, epochs=6))


@pytest.mark.parametrize("place", [0, 1])
def test_a_card_opens_the_run_in_the_middle_exactly(vary, place):
    browser, app, _ = vary
    run_all(browser)
    seed, run = app.runs.made.vary.sweep.cells[place].typical()
    press(browser, "vary-show", place)
    while app.experiment.epoch < 6:
        browser.tick()
    assert (app.current.seed, app.current.network_shape) == (seed, ((1, 3)[place],))
    assert app.experiment.epoch == 6
    np.testing.assert_allclose(app.experiment.params, run.params, rtol=1e-9)
    assert app.experiment.shown.loss_test == pytest.approx(run.losses[-1, 1], rel=1e-9)
    app.undo()
    assert (app.current.seed, app.current.network_shape) == ("11", (2,))


def test_a_link_of_the_table_to_take_away_opens_its_run(vary):
    browser, app, _ = vary
    run_all(browser)
    name, kind, table = taken(browser, app.runs.made.vary, "vary-take")
    assert (name, kind, len(table)) == ("runs.csv", "text/csv", 6)
    last = table[-1]
    assert (last["units"], last["seed"], last["epochs"], last["blown_up"]) == ("3", "13", "6", "no")
    settings, problems = link.decode(last["link"].removeprefix("#"))
    assert not problems
    assert (settings.seed, settings.network_shape, settings.stop_epoch) == ("13", (3,), 6)
    app.open_preset(last["link"].removeprefix("#"))
    for _ in range(6):
        app.experiment.step()
    assert app.experiment.shown.loss_test == pytest.approx(float(last["loss_test"]), rel=1e-9)


def test_the_table_is_sorted_by_a_press_and_turned_by_another(vary):
    browser, _, fill = vary
    fill(values="2 10 1")
    run_all(browser)
    assert [row[0] for row in rows(browser)] == ["1", "2", "10"]
    press(browser, "vary-sort", 0)
    assert [row[0] for row in rows(browser)] == ["10", "2", "1"]
    press(browser, "vary-sort", 3)
    medians = [float(row[3]) for row in rows(browser)]
    assert medians == sorted(medians)
    heads = browser.element("vary-table").querySelectorAll("th")
    assert [head.getAttribute("aria-sort") for head in heads if head.hasAttribute("aria-sort")] == [
        "ascending"
    ]


def test_two_settings_give_every_pair(vary):
    browser, _, fill = vary
    browser.element("vary-and").value = "activation"
    fill(more="tanh relu", values="1 2", seeds="1")
    run_all(browser)
    assert [row[:2] for row in rows(browser)] == [
        ["1", "Tanh"], ["1", "ReLU"], ["2", "Tanh"], ["2", "ReLU"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("losses", "said"),
    [
        ([[0.3, 0.3], [0.3, 0.1], [0.1, 0.1], [0.1, 0.1]],
         "Neurons in one hidden layer: 3 – all 2 seeds solve it; with 2, 1 of 2 do. "),
        ([[0.1, 0.1], [0.3, 0.1]], "Neurons in one hidden layer: 1 – all 2 seeds solve it. "),
        ([[0.3, 0.3], [0.3, 0.1]],
         "Neurons in one hidden layer: 2 – 1 of 2 seeds solve it, the most of all. "),
        ([[0.1, 0.3]], "Neurons in one hidden layer: 1 – 1 of 2 seeds solve it. "),
        ([[0.4, 0.6], [0.3, 0.3]],
         "No seed ends below 0.20; Neurons in one hidden layer: 2 comes nearest, with a median "
         "loss of 0.3000. "),
    ],
)  # fmt: skip
def test_a_sentence_says_what_came_of_it(vary, losses, said):
    browser, app, fill = vary
    fill(values="1 2 3 4"[: 2 * len(losses) - 1], seeds="2", epochs="1", below="0.2")
    press(browser, "vary-start")
    made = app.runs.made.vary
    run_all(browser)
    for cell, values in zip(made.sweep.cells, losses, strict=True):
        for run, value in zip(cell.runs.values(), values, strict=True):
            run.losses[-1, -1] = value
    made.results = {place: made.result(cell) for place, cell in enumerate(made.sweep.cells)}
    made.progress()
    assert line(browser) == said + RUNS["done"].format(total=2 * len(losses), epochs=1)


def test_one_hidden_layer_is_what_is_varied_first_and_commas_do_no_harm(vary):
    browser, app, fill = vary
    assert browser.element("vary-what").value == sweeps.ONE_LAYER
    fill(values="1, 3; ", seeds="1")
    run_all(browser)
    shapes = [cell.settings.network_shape for cell in app.runs.made.vary.sweep.cells]
    assert shapes == [(1,), (3,)]


def test_it_can_be_stopped_half_way(vary):
    browser, app, fill = vary
    fill(seeds="400")
    browser.now = itertools.count(0, 0.0005).__next__  # a frame has time for some of them
    press(browser, "vary-start")
    for _ in range(5):
        browser.tick()
    press(browser, "vary-stop")
    done = app.runs.made.vary.sweep.done
    for _ in range(20):
        browser.tick()
    assert 0 < done < 800
    assert app.runs.made.vary.sweep.done == done
    assert line(browser).endswith(RUNS["stopped"].format(done=done, total=800))
    assert line(browser).startswith("Neurons in one hidden layer: 1 – "), "what is there stays"
    assert len(rows(browser)) == 1
    assert browser.state["sweep-done"] == str(done)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"values": ""}, "Neurons in one hidden layer needs one or more values"),
        ({"values": "1 x"}, "Neurons in one hidden layer must be a whole number; got 'x'"),
        (
            {"values": "1 99"},
            "Neurons in one hidden layer must be a whole number from 1 to 32; got '99'",
        ),
        ({"seeds": "0"}, "Seeds must be a whole number from 1"),
        ({"epochs": "1e3"}, "Epochs must be a whole number; got '1e3'"),
        ({"below": "-1"}, "Solved below must be a number from 0 to 1000; got '-1'"),
        ({"seeds": "500000"}, "That would be 1,000,000 runs, about"),
        (
            {"values": " ".join(map(str, range(1, 33))), "and": "noise", "more": "0 10 20"},
            "96 comb",
        ),
        ({"and": "one_layer", "more": "3"}, "The two settings must be different"),
    ],
)
def test_bad_input_is_named_and_nothing_begins(vary, fields, message):
    browser, app, fill = vary
    fill(**fields)
    press(browser, "vary-start")
    assert message in line(browser)
    assert app.runs.made.vary.sweep is None
    assert "sweep-total" not in browser.state


def test_a_million_runs_are_offered_as_fewer(vary):
    browser, _, fill = vary
    fill(seeds="500000", epochs="300")
    press(browser, "vary-start")
    assert f"at most {sweeps.MOST_RUNS // 2} seeds" in line(browser)
    assert " h." in line(browser) or " min." in line(browser)


def test_the_smaller_number_that_is_offered_is_one_press_away(vary):
    browser, app, fill = vary
    offer = browser.action("vary-fewer")
    assert offer.hidden
    fill(seeds="500000", epochs="1")
    press(browser, "vary-start")
    most = sweeps.MOST_RUNS // 2
    assert (offer.hidden, offer.textContent) == (False, f"Start with {most} seeds")
    offer.focus()
    press(browser, "vary-fewer", str(most))
    assert app.runs.made.vary.sweep.total == 2 * most
    assert browser.element("vary-seeds").value == str(most)
    assert offer.hidden
    assert browser.document.activeElement is browser.action("vary-stop")
    press(browser, "vary-stop")


def test_in_a_background_tab_it_goes_on_slowly(vary):
    browser, app, fill = vary
    fill(seeds="50")
    browser.now = itertools.count(0, 0.0005).__next__  # a frame has time for some of them
    press(browser, "vary-start")
    browser.hide(True)
    before = app.runs.made.vary.sweep.done
    browser.tick(180)
    assert app.runs.made.vary.sweep.done > before


def test_a_cell_says_what_blew_up():
    cell = sweeps.Cell({}, None)
    epochs, right = np.array([1, 2, 3]), np.ones((3, 1))
    from nncore.sweep import Run

    losses = ([[0.4], [0.3], [0.2]], [[0.5], [0.1], [0.05]], [[9.0], [np.nan]])
    for seed, values in enumerate(losses):
        values = np.array(values)
        run = Run({}, epochs[: len(values)], values, right, np.zeros(1), len(values) < 3, "NumPy")
        cell.runs[str(seed)] = run
    assert cell.solved(0.1) == 1
    assert cell.typical()[0] == "0"
    np.testing.assert_array_equal(cell.quartiles(), [0.05, 0.2, np.inf])
    np.testing.assert_array_equal(cell.curves()[1][:, 1], [0.1, 0.3, np.inf])
