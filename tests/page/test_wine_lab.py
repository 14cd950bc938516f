"""The Wine lab in the fake browser: steps, rows, strips, fields, and what goes wrong."""

import itertools

import numpy as np
import pytest

from explorer.settings import DEFAULTS
from explorer.strings import FAULTS, WINE
from nncore import load_wine


@pytest.fixture
def lab(open_page):
    """(browser, app) of the Wine lab before training."""
    return open_page("#view=wine")


def press(browser, action, value=None):
    browser.click(browser.action(action, value))
    browser.tick()


def run(browser, app, epochs=20):
    for _ in range(epochs):
        app.experiment.step()
    app.stale = True
    browser.tick()


def rows(browser, table="wines"):
    return browser.element(table).querySelectorAll("[data-row]")


def row(browser, number, table="wines"):
    return browser.elements(f'#{table} [data-row="{number}"]')[0]


def selected(browser, table="wines"):
    return [
        int(node.getAttribute("data-row"))
        for node in rows(browser, table)
        if node.getAttribute("aria-selected") == "true"
    ]


def notices(app):
    return {
        subject: node.querySelector("h3").textContent for subject, node in app.notices.shown.items()
    }


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


# Rows that are pointed at and selected ----------------------------------------------------------


def test_rows_are_walked_and_selected_by_keys(lab):
    browser, app = lab
    press(browser, "open-step", 1)
    row(browser, 0).focus()
    browser.fire(row(browser, 0), "focusin")
    for key in ("ArrowDown", "ArrowDown"):
        assert browser.key(key).prevented
    assert browser.document.activeElement is row(browser, 2)
    browser.key(" ")
    browser.tick()
    assert selected(browser) == [2]
    browser.key("PageDown", shiftKey=True)
    browser.tick()
    assert selected(browser) == list(range(2, 13))
    browser.key("End")
    assert browser.document.activeElement is row(browser, 177)
    browser.key("Escape")
    browser.tick()
    assert selected(browser) == []
    assert app.experiment.epoch == 0
    assert not app.player.playing  # Space did not run the network


def test_all_rows_can_be_selected(lab):
    browser, _ = lab
    press(browser, "open-step", 1)
    browser.key("a", row(browser, 5), ctrlKey=True)
    browser.tick()
    assert len(selected(browser)) == 178
    press(browser, "unselect")
    assert selected(browser) == []


def test_one_row_of_a_table_is_a_stop_of_the_tab_key(lab):
    browser, _ = lab
    press(browser, "open-step", 1)
    browser.key("ArrowDown", row(browser, 0))
    assert [n.getAttribute("data-row") for n in rows(browser) if n.tabIndex == 0] == ["1"]


def test_a_row_selected_in_the_table_is_marked_in_the_plane(lab):
    browser, app = lab
    press(browser, "open-step", 1)
    browser.click(row(browser, 70))
    browser.tick()
    assert app.stage.lab.look.selected == {70}
    marks = browser.contexts[id(browser.element("plane-marks"))]
    assert len(marks.named("fill")) == 1


def place_of(app, number):
    """Where a row is drawn in the plane, in the window."""
    plane = app.stage.lab.plane
    box = plane.points.getBoundingClientRect()
    (place,) = plane.places[plane.numbers == number]
    return {"clientX": box.left + place[0], "clientY": box.top + place[1]}


def test_a_point_pressed_in_the_plane_is_selected_in_the_table(lab):
    browser, app = lab
    run(browser, app)
    press(browser, "open-step", 1)
    plane = browser.element("plane")
    browser.fire(plane, "click", **place_of(app, 100))
    browser.tick()
    assert selected(browser) == [100]
    assert not browser.element("wine-card").hidden
    browser.fire(plane, "click", **place_of(app, 20), ctrlKey=True)
    browser.tick()
    assert selected(browser) == [20, 100]
    browser.fire(plane, "click", clientX=1170, clientY=330)
    browser.tick()
    assert selected(browser) == []
    assert browser.element("wine-card").hidden


def test_pointing_at_a_wine_shows_its_card(lab):
    browser, app = lab
    run(browser, app)
    place = place_of(app, 130)
    browser.point(browser.element("plane"), place["clientX"], place["clientY"])
    browser.tick()
    assert browser.text("wine-card-title") == "Wine 131"
    assert browser.text("wine-card-line") == "Cultivar 3, and the network says so."
    values = [line.children[1].textContent for line in browser.element("wine-card-values").children]
    np.testing.assert_allclose([float(v) for v in values], load_wine().X[130], rtol=1e-6)
    chances = browser.element("wine-card-chances").querySelectorAll(".number")
    percents = [float(node.textContent.removesuffix(" %")) for node in chances]
    np.testing.assert_allclose(sum(percents), 100, atol=0.3)
    assert percents[2] > 90
    browser.point(browser.element("plane"), 1170, 330)
    browser.tick()
    assert browser.element("wine-card").hidden


def test_arrow_keys_walk_through_the_wines_of_the_plane(lab):
    browser, app = lab
    run(browser, app)
    plane = browser.element("plane")
    walked = []
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowDown", "ArrowUp", "End", "Home"):
        assert browser.key(key, plane).prevented
        walked.append(int(plane.getAttribute("aria-valuenow")))
    assert walked == [1, 2, 60, 131, 60, 178, 1]
    browser.key(" ", plane)
    browser.tick()
    assert app.stage.lab.look.selected == {0}
    assert not app.player.playing
    spoken = plane.getAttribute("aria-valuetext")
    assert spoken.startswith("Wine 1: Cultivar 1, and the network says so.")
    assert spoken.count("%") == 3


# Rows left out ----------------------------------------------------------------------------------


def test_selected_rows_can_be_left_out_and_brought_back(lab):
    browser, app = lab
    press(browser, "open-step", 1)
    browser.click(row(browser, 3))
    browser.click(row(browser, 60))
    browser.tick()
    press(browser, "leave-out")
    assert app.current.left_out == (4, 61)
    assert len(app.experiment.problem.train.inputs) == 176
    assert row(browser, 3).getAttribute("data-share") == "out"
    assert "leftOut=4,61" in browser.hash
    press(browser, "bring-back")
    assert app.current.left_out == ()
    assert len(app.experiment.problem.train.inputs) == 178


def test_a_constant_column_and_a_class_of_one_are_said(lab):
    browser, app = lab
    browser.choose(browser.element("validation-share"), "20")
    browser.tick()
    app.stage.lab.look.selected = {0, *range(59, 178)}
    press(browser, "open-step", 1)
    press(browser, "keep-only")
    assert FAULTS["single"][0] in notices(app).values()
    assert app.experiment.problem.split.faults[0].names == ("Cultivar 1",)
    assert float(browser.state["loss-test"]) > 0


def test_too_few_rows_are_refused_in_words(lab):
    browser, app = lab
    press(browser, "open-step", 1)
    browser.click(row(browser, 3))
    browser.tick()
    press(browser, "keep-only")
    assert app.current.left_out == ()
    assert notices(app) == {"rows": "Too few wines would be left"}


def test_a_link_that_leaves_everything_out_uses_everything_and_says_so(open_page):
    browser, app = open_page("#view=wine&leftOut=1-178")
    assert len(app.experiment.problem.train.inputs) == 178
    assert FAULTS["none_left"][0].format(nouns="wines") in notices(app).values()
    assert browser.state["state"] == "ready"


# Fields -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "stop"), [("35", 35), ("∞", 0), ("never", 0), (" 7 ", 7)])
def test_epochs_can_be_typed(lab, text, stop):
    browser, app = lab
    browser.choose(browser.element("epochs-field"), text)
    assert app.current.stop_epoch == stop
    assert browser.element("epochs-field").value == (str(stop) if stop else "∞")


@pytest.mark.parametrize(
    ("text", "title"),
    [("0", WINE["refused_epochs"][0]), ("-3", "That value cannot be used"), ("x", None)],
)
def test_epochs_that_cannot_be_are_refused_in_words(lab, text, title):
    browser, app = lab
    browser.choose(browser.element("epochs-field"), text)
    assert app.current.stop_epoch == 20
    assert browser.element("epochs-field").value == "20"
    assert notices(app)["value"] == (title or "That value cannot be used")


def test_a_validation_share_is_held_back_and_measured(lab):
    browser, app = lab
    browser.choose(browser.element("validation-share"), "30")
    run(browser, app)
    assert app.current.train_share == 70
    assert float(browser.state["accuracy-test"]) > 0.85
    assert browser.text("standing-held-score").startswith("validation ")
    assert not browser.element("confusion-share").parentNode.hidden
    browser.choose(browser.element("confusion-share"), "test")
    browser.tick()
    cells = browser.element("wine-confusion").querySelectorAll("td")
    assert sum(int(c.textContent) for c in cells if c.textContent.isdigit()) == 53


def test_a_share_from_a_link_is_shown_as_it_is(open_page):
    browser, _ = open_page("#view=wine&percTrainData=63")
    assert browser.element("validation-share").value == "37"


@pytest.mark.parametrize(
    ("shape", "kind"), [("8,5,2", "two"), ("8,1", "one"), ("8,5", "components"), ("", "components")]
)
def test_the_plane_says_what_it_shows(open_page, shape, kind):
    browser, _ = open_page(f"#view=wine&networkShape={shape}")
    assert browser.state["plane"] == kind
    assert bool(browser.text("plane-remark")) is (kind != "two")
    browser.choose(browser.field("projection"), "units")
    browser.tick()
    assert browser.state["plane"] == ("units" if kind == "components" else kind)


# Time and seeds ---------------------------------------------------------------------------------


def test_pressing_a_picture_of_the_film_goes_to_its_epoch(lab):
    browser, app = lab
    run(browser, app)
    assert len(browser.element("film").children) == 20
    record = app.experiment.history.records[7]
    press(browser, "film", 7)
    assert browser.state["epoch"] == "7"
    assert float(browser.state["loss-train"]) == record.loss_train
    np.testing.assert_array_equal(app.experiment.params, record.params)
    assert len(browser.element("film").children) == 20
    (current,) = browser.elements("#film [aria-current]")
    assert current.children[0].getAttribute("data-value") == "7"
    assert browser.element("wine-travel").value == "7"


def test_the_slider_goes_to_any_epoch_and_training_goes_on_from_there(lab):
    browser, app = lab
    run(browser, app)
    browser.slide(browser.element("wine-travel"), [15, 9, 4])
    browser.tick()
    assert browser.state["epoch"] == "4"
    old = app.experiment.history.records[5]
    app.experiment.step()
    app.stale = True
    browser.tick()
    assert browser.state["epoch"] == "5"
    assert len(browser.element("film").children) == 5
    assert app.experiment.history.records[5] is not old


def test_the_film_is_one_stop_of_the_tab_key_and_arrows_go_on(lab):
    browser, app = lab
    run(browser, app, 5)
    buttons = browser.elements("#film button")
    assert [button.tabIndex for button in buttons] == [-1, -1, -1, -1, 0]
    browser.key("ArrowLeft", buttons[4])
    assert browser.document.activeElement is buttons[3]
    assert [button.tabIndex for button in buttons] == [-1, -1, -1, 0, -1]


def test_twenty_seeds_are_trained_while_the_page_goes_on(lab):
    browser, app = lab
    ticks = itertools.count()
    browser.now = lambda: next(ticks) * 0.002  # otherwise time stands still within a frame
    press(browser, "band", "seeds")
    press(browser, "seeds")
    assert app.stage.lab.runs.working
    assert not browser.element("seeds-stop").hidden
    frames = 0
    while app.stage.lab.runs.working:
        browser.tick()
        frames += 1
    assert frames > 20
    assert len(browser.element("seeds").children) == 20
    runs = app.stage.lab.runs
    assert f"{runs.solved} of 20" in browser.text("seeds-line")
    other = runs.runs[5]
    press(browser, "open-seed", other.seed)
    assert app.current.seed == other.seed
    assert browser.state["epoch"] == "20"
    assert float(browser.state["loss-train"]) == other.experiment.shown.loss_train
    assert len(browser.element("seeds").children) == 20


def test_seeds_can_be_stopped(lab):
    browser, app = lab
    press(browser, "band", "seeds")
    app.stage.lab.start_seeds(app.current, None)
    app.stage.lab.runs.work(browser.now, -1)
    app.stale = True
    browser.tick()
    press(browser, "seeds-stop")
    assert not app.stage.lab.runs.working
    assert browser.text("seeds-line").startswith("Stopped after")


def test_other_settings_make_the_seeds_out_of_date(lab):
    browser, app = lab
    app.stage.lab.start_seeds(app.current, None)
    app.stage.lab.runs.stop()
    app.stale = True
    browser.tick()
    browser.choose(browser.field("optimizer"), "adam")
    browser.tick()
    assert app.stage.lab.runs is None
    assert not browser.element("seeds-empty").hidden


# Other tables -----------------------------------------------------------------------------------


@pytest.mark.parametrize("dataset", ["iris", "breast_cancer", "diabetes"])
def test_every_step_works_for_every_table(open_page, dataset):
    browser, app = open_page(f"#view=wine&dataset={dataset}")
    for step in range(1, 7):
        press(browser, "open-step", step)
        run(browser, app, 1)
    browser.key("ArrowRight", browser.element("plane"))
    browser.tick()
    assert browser.state["epoch"] == "6"
    assert browser.text("wine-card-title").endswith(" 1")
    assert browser.element("wine-confusion").hidden is (dataset == "diabetes")


def test_values_are_spoken_of_as_r_squared(open_page):
    browser, app = open_page("#view=wine&dataset=diabetes&stopEpoch=2")
    run(browser, app, 2)
    (first, second) = browser.elements("#film button")
    score = app.experiment.shown.score_train
    assert second.getAttribute("aria-label") == f"Epoch 2, R² {score:.2f}".replace("-", "−")
    assert "%" not in first.textContent
    app.stage.lab.start_seeds(app.current, None)
    while app.stage.lab.runs.working:
        app.stage.lab.runs.work(browser.now, 0)
    app.stale = True
    browser.tick()
    scores = [r.score for r in app.stage.lab.runs.runs]
    assert browser.text("seeds-line") == (
        f"20 of 20 trained, R² from {min(scores):.2f} to {max(scores):.2f} at the end".replace(
            "-", "−"
        )
    )
