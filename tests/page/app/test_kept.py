"""Kept runs: the tray, the curves in the chart, opening again, a reload, and a file."""

import json
from types import SimpleNamespace

import numpy as np
import pytest
from hands import press
from runs_hands import taken

from explorer.app.runs_door import KEY
from explorer.learning import kept_runs
from explorer.learning.kept_runs import MOST
from explorer.text.runs import RUNS


def train(browser, app, epochs):
    for _ in range(epochs):
        app.experiment.step()
    app.stale = True
    browser.tick(2)


def cards(browser):
    return [
        [node.textContent for node in button.querySelectorAll(".kept-words span, small")]
        for button in browser.elements("#kept-runs .kept-run")
    ]


@pytest.fixture
def kept(open_page):
    """(browser, app): two runs are kept, at epoch 8 and 3; the second has another rate."""
    browser, app = open_page("#seed=11&dataset=gauss")
    train(browser, app, 8)
    press(browser, "keep", ticks=2)
    app.change(app.current.with_text("learning_rate", "0.3"))
    app.reset()
    train(browser, app, 3)
    press(browser, "keep", ticks=2)
    return browser, app


def test_the_tray_says_where_each_stood_and_what_differs(kept):
    browser, app = kept
    assert browser.state["runs-kept"] == "2"
    assert not browser.element("kept").hidden
    first, second = cards(browser)
    runs = app.runs.made.kept.runs
    assert first == [f"epoch 8, loss {runs[0].loss_test:.4f}", "Gaussian, 4-2"]
    assert second == [f"epoch 3, loss {runs[1].loss_test:.4f}", "Learning rate 0.03 → 0.3"]


def test_their_curves_stay_in_the_chart_over_the_epochs_of_all(kept):
    browser, app = kept
    data, runs = browser.charts[-1].data, app.runs.made.kept.runs
    assert data.shape[0] == 5
    np.testing.assert_array_equal(data[0], np.arange(9))
    np.testing.assert_allclose(data[3], runs[0].curve[1])
    np.testing.assert_allclose(data[4, :4], runs[1].curve[1])
    assert np.isnan(data[4, 4:]).all()
    assert np.isnan(data[1, 4:]).all()
    assert [line["label"] for line in browser.charts[-1].options["series"][3:]] == [
        "Run 1", "Run 2",
    ]  # fmt: skip
    assert browser.element("travel").max == "8"
    press(browser, "kept-remove", 0, ticks=2)
    assert browser.charts[-1].data.shape == (4, 4)


def test_a_press_opens_one_again_and_training_goes_on_from_there(kept):
    browser, app = kept
    run = app.runs.made.kept.runs[0]
    press(browser, "kept-open", 0, ticks=2)
    assert app.current.learning_rate == 0.03
    assert app.experiment.epoch == 8
    np.testing.assert_array_equal(app.experiment.params, run.params)
    assert app.experiment.shown.loss_test == pytest.approx(run.loss_test, rel=1e-12)
    app.experiment.step()
    assert app.experiment.epoch == 9
    app.undo()
    assert app.current.learning_rate == 0.3


def test_they_survive_a_reload_with_their_names(kept, open_page):
    browser, app = kept
    field = browser.elements("#kept-runs input")[0]
    browser.choose(field, "slow one")
    again, other = open_page("#", stored=browser.kept)
    again.tick(3)
    assert again.state["runs-kept"] == "2"
    assert other.runs.made.kept.runs[0].name == "slow one"
    for got, want in zip(other.runs.made.kept.runs, app.runs.made.kept.runs, strict=True):
        np.testing.assert_array_equal(got.params, want.params)
        np.testing.assert_array_equal(got.answers, want.answers)
        np.testing.assert_array_equal(got.curve, want.curve)
        assert (got.settings, got.epoch, got.loss_test) == (
            want.settings, want.epoch, want.loss_test,
        )  # fmt: skip
    assert cards(again) == cards(browser)


def test_they_can_be_put_in_another_order_and_the_focus_goes_along(kept):
    browser, app = kept
    names = lambda: [run.name for run in app.runs.made.kept.runs]  # noqa: E731
    earlier, later = (
        browser.elements(f'[data-action="kept-{way}"]') for way in ("earlier", "later")
    )
    assert [node.disabled for node in earlier] == [True, False]
    assert [node.disabled for node in later] == [False, True]
    press(browser, "kept-later", 0, ticks=2)
    assert names() == ["Run 2", "Run 1"]
    first, second = cards(browser)
    assert first[1] == "Gaussian, 4-2"
    assert second[1] == "Learning rate 0.3 → 0.03"
    assert browser.element("kept-line").textContent == "Run 1 is number 2 of 2 now."
    focused = browser.document.activeElement
    assert focused.getAttribute("aria-label") == "Put Run 1 earlier"
    browser.click(focused)
    assert names() == ["Run 1", "Run 2"]


def test_a_note_stays_with_its_run(kept, open_page):
    browser, app = kept
    note = browser.elements("[data-kept-note]")[1]
    assert note.getAttribute("aria-label") == "Note on Run 2"
    browser.choose(note, "overshoots\n at first ")
    assert app.runs.made.kept.runs[1].note == "overshoots at first"
    again, other = open_page("#", stored=browser.kept)
    again.tick(3)
    assert [node.value for node in again.elements("[data-kept-note]")] == [
        "",
        "overshoots at first",
    ]
    assert other.runs.made.kept.runs[1].note == "overshoots at first"


def test_a_new_name_is_everywhere_and_the_field_stays(kept):
    browser, _ = kept
    field = browser.elements("[data-kept]")[0]
    browser.choose(field, " slow ")
    assert browser.elements("[data-kept]")[0] is field
    assert field.value == "slow"
    labels = [node.getAttribute("aria-label") for node in browser.elements("#kept-runs li")[0]
              .querySelectorAll("[aria-label]")]  # fmt: skip
    assert labels == [RUNS["name"], "Put slow earlier", "Put slow later", "Let slow go",
                      "Note on slow"]  # fmt: skip
    browser.choose(field, "  ")
    assert field.value == "slow"


def test_they_can_be_taken_away_as_a_table_whose_links_train_them_again(kept):
    browser, app = kept
    browser.choose(browser.elements("[data-kept-note]")[0], "=1+1")
    made = app.runs.made.kept
    name, kind, table = taken(browser, made, "kept-take")
    assert (name, kind) == ("kept.csv", "text/csv")
    assert [row["note"] for row in table] == ["'=1+1", ""], "no formula"
    for row, run in zip(table, made.runs, strict=True):
        assert (row["name"], float(row["loss_test"])) == (run.name, run.loss_test)
        app.open_preset(row["link"].removeprefix("#"))
        assert app.current.stop_epoch == run.epoch
        for _ in range(run.epoch):
            app.experiment.step()
        assert app.experiment.finished
        np.testing.assert_array_equal(app.experiment.params, run.params)


def test_without_kept_runs_nothing_is_fetched(open_page):
    browser, app = open_page("#")
    browser.tick(5)
    assert app.runs.made is None
    assert "runs" not in (browser.root.getAttribute("data-parts") or "")


def test_they_travel_in_a_file(kept, open_page):
    browser, app = kept
    saved = []
    app.runs.made.kept.files.save = lambda *file: saved.append(file)
    press(browser, "kept-save", ticks=2)
    [(name, content, _)] = saved
    other_browser, other = open_page("#")
    other.runs.open_file(name, content.encode())
    other_browser.tick(3)
    assert cards(other_browser) == cards(browser)
    assert KEY in other_browser.kept


def test_a_full_tray_says_so(open_page):
    browser, _ = open_page("#")
    for _ in range(MOST + 1):
        press(browser, "keep", ticks=2)
    assert browser.state["runs-kept"] == str(MOST)
    assert browser.element("kept-line").textContent == RUNS["tray_full"].format(most=MOST)


@pytest.mark.parametrize(
    "change",
    [
        {"link": "networkShape=3"},
        {"link": "dataset=nothing"},
        {"params": "%%"},
        {"params": ""},
        {"answers": "AAAA"},
        {"curve": [[1, 1], [0.5, 0.5]]},
        {"curve": [[0, 1], [0.5]]},
        {"curve": [[0, 1], [0.5, float("nan")]]},
        {"loss_train": None},
        {"loss_test": "0"},
        {"dead": [1000]},
        {"epoch": -1},
        {"outputs": 2},
    ],
)
def test_what_does_not_fit_together_is_refused(kept, change):
    browser, app = kept
    found = json.loads(kept_runs.written(app.runs.made.kept.runs))
    found["runs"][0] |= change
    with pytest.raises(ValueError):  # noqa: PT011 (the page has the words)
        kept_runs.read(json.dumps(found))
    app.runs.open_file("a.runs.json", json.dumps(found).encode())
    assert browser.element("kept-line").textContent == RUNS["bad_file"].format(name="a.runs.json")
    assert browser.state["runs-kept"] == "2"


@pytest.mark.parametrize("text", ["", "x", "[]", "{}", '{"runs": 3}', "[" * 100_000])
def test_a_storage_of_nonsense_does_no_harm(open_page, text):
    browser, _ = open_page("#", stored={KEY: text})
    browser.tick(3)
    press(browser, "keep", ticks=2)
    assert browser.state["runs-kept"] == "1"


def test_three_classes_and_regression_have_their_pictures(open_page):
    for text in ("#dataset=blobs", "#problem=regression"):
        browser, app = open_page(text)
        press(browser, "keep", ticks=2)
        run = app.runs.made.kept.runs[0]
        again = kept_runs.read(kept_runs.written([run]))[0]
        want = app.experiment.snapshot().maps(kept_runs.CELLS)[-1]
        assert np.abs(again.outputs - np.clip(want, -1, 1)).max() < 0.005
        assert SimpleNamespace(**vars(run)).name == "Run 1"
