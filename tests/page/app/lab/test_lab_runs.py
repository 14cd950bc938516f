"""Runs side by side in the lab: keep, vary, and the map of what trains, of a table."""

import numpy as np
import pytest
from wine_hands import press, run

from explorer.learning import kept_runs
from explorer.text.runs import RUNS


def rows(browser):
    return [
        [cell.textContent for cell in row.querySelectorAll("td")]
        for row in browser.element("vary-table").querySelectorAll("tbody tr")
    ]


def test_a_run_of_the_lab_is_kept_and_opened_again(lab, open_page):
    browser, app = lab
    run(browser, app, 3)
    press(browser, "keep")
    browser.tick(2)
    assert browser.state["runs-kept"] == "1"
    [card] = browser.elements("#kept-runs .kept-run")
    kept = app.runs.made.kept.runs[0]
    assert "Wine, 8-5-2" in card.textContent
    assert len(kept.answers) == 0
    assert app.stage.history.others == (), "the chart is about the playground's runs"
    [again] = kept_runs.read(kept_runs.written([kept]))
    np.testing.assert_array_equal(again.params, kept.params)
    other_browser, other = open_page("#", stored=browser.kept)
    other_browser.tick(3)
    press(other_browser, "kept-open", 0)
    other_browser.tick(2)
    assert (other.session.view, other.experiment.epoch) == ("wine", 3)
    np.testing.assert_array_equal(other.experiment.params, kept.params)


def test_runs_of_both_views_are_not_compared(lab):
    browser, app = lab
    press(browser, "keep")
    app.show_view("playground")
    press(browser, "keep")
    browser.tick(2)
    words = [node.textContent for node in browser.elements("#kept-runs small")]
    assert words == ["Wine, 8-5-2", "Circle, 4-2"]
    assert [name for name, *_ in app.stage.history.others] == ["Run 2"]


@pytest.mark.parametrize("dataset", ["wine", "diabetes"])
def test_settings_of_the_lab_are_varied_and_a_card_opens_its_run(open_page, dataset):
    browser, app = open_page(f"#view=wine&dataset={dataset}&stopEpoch=2")
    press(browser, "vary")
    browser.tick(2)
    made = app.runs.made.vary
    offered = [node.getAttribute("value") for node in browser.elements("#vary-what option")]
    assert "noise" not in offered
    assert browser.element("vary-epochs").value == "2"
    browser.element("vary-values").value = "1 3"
    browser.element("vary-seeds").value = "2"
    press(browser, "vary-start")
    for _ in range(200):
        browser.tick()
        if rows(browser):
            break
    assert [row[0] for row in rows(browser)] == ["1", "3"]
    seed, done = made.sweep.cells[1].typical()
    press(browser, "vary-show", 1)
    while app.experiment.epoch < 2:
        browser.tick()
    assert (app.session.view, app.current.seed) == ("wine", seed)
    np.testing.assert_array_equal(app.experiment.params, done.params)


def test_another_view_has_its_own_form(lab):
    browser, app = lab
    press(browser, "vary")
    browser.tick(2)
    app.show_view("playground")
    browser.tick(2)
    offered = [node.getAttribute("value") for node in browser.elements("#vary-what option")]
    assert "noise" in offered
    assert browser.element("vary-epochs").value == "300"
    assert RUNS["hint"] in browser.element("vary").textContent
    assert len(browser.elements("#vary-start")) == 1


def test_going_from_view_to_view_adds_no_listeners(lab):
    browser, app = lab
    press(browser, "keep")
    browser.tick(2)
    before = len(browser.listeners)
    for view in ("playground", "wine") * 3:
        app.show_view(view)
        browser.tick(2)
    assert len(browser.listeners) == before


def test_the_map_of_a_table(open_page):
    browser, app = open_page("#view=wine&stopEpoch=1")
    press(browser, "train-map")
    browser.tick(2)
    made = app.runs.made.map
    assert browser.element("map-epochs").value == "1"
    press(browser, "map-start")
    while made.is_running:
        browser.tick()
    browser.tick(2)
    assert np.isfinite(made.map.losses).all()
    browser.key("Enter", browser.element("map-picture"))
    while app.experiment.epoch < 1:
        browser.tick()
    assert app.experiment.shown.loss_train == pytest.approx(made.map.losses[8, 8], rel=1e-9)
    both = browser.elements('[data-action="train-map"]')
    assert [button.getAttribute("aria-expanded") for button in both] == ["true", "true"]
