"""The Wine lab in the fake browser: fields, the film, many seeds, other tables."""

import itertools

import numpy as np
import pytest
from wine_hands import notices, press, run

from explorer.frames.deadline import REDRAW
from explorer.settings.settings import TABLES
from explorer.text.wine import WINE

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


def start_seeds(browser, app):
    """The seeds have begun: the part behind them is there."""
    press(browser, "band", "seeds")
    press(browser, "seeds")
    while app.stage.lab.runs is None:
        browser.tick()
    return app.stage.lab.runs


def test_twenty_seeds_are_trained_while_the_page_goes_on(lab):
    browser, app = lab
    ticks = itertools.count()
    browser.now = lambda: next(ticks) * 0.002  # otherwise time stands still within a frame
    runs = start_seeds(browser, app)
    assert runs.is_running
    browser.tick(4)  # each draws a part of the picture
    assert not browser.element("seeds-stop").hidden
    frames = 4
    while runs.is_running:
        browser.tick()
        frames += 1
    browser.tick(4)
    assert frames > 20
    assert len(browser.element("seeds").children) == 20
    assert f"{runs.solved} of 20" in browser.text("seeds-line")
    assert app.runs.seeds == []
    other = runs.runs[5]
    press(browser, "open-seed", other.seed)
    while browser.state["epoch"] != "20":
        browser.tick()
    assert app.current.seed == other.seed
    np.testing.assert_array_equal(app.experiment.params, other.params)
    browser.tick(4)
    assert (browser.state["epoch"], browser.state["playing"]) == ("20", "false")
    assert len(browser.element("seeds").children) == 20
    app.undo()
    assert app.current.seed == "7"


def test_seeds_are_shown_now_and_then_so_that_pictures_leave_time_to_train(lab):
    browser, app = lab
    ticks, told = itertools.count(), []
    browser.now = lambda: next(ticks) * 0.001
    tell = lambda runs: told.append((next(ticks), len(runs.runs)))  # noqa: E731
    app.runs.train_seeds(app.current, 20, 2, tell)
    while not told or app.runs.seeds:
        browser.tick()
    apart = [(later - before) * 0.001 for (before, _), (later, _) in itertools.pairwise(told)]
    assert 2 < len(told) < 20
    assert min(apart[1:-1]) >= REDRAW
    assert (told[0][1], told[-1][1]) == (0, 20)


def test_seeds_can_be_stopped(lab):
    browser, app = lab
    runs = start_seeds(browser, app)
    press(browser, "seeds-stop")
    assert not runs.is_running
    assert browser.text("seeds-line").startswith("Stopped after")


def test_other_settings_make_the_seeds_out_of_date(lab):
    browser, app = lab
    runs = start_seeds(browser, app)
    browser.choose(browser.field("optimizer"), "adam")
    browser.tick()
    assert app.stage.lab.runs is None
    assert not runs.is_running
    assert not browser.element("seeds-empty").hidden
    browser.tick(2)
    assert app.stage.lab.runs is None, "what has ended comes no more"


def test_seeds_that_blow_up_say_so_and_have_no_picture(open_page):
    browser, app = open_page(
        "#view=wine&activation=linear&optimizer=sgd&learningRate=1000&stopEpoch=3"
    )
    runs = start_seeds(browser, app)
    while runs.is_running:
        browser.tick()
    browser.tick(4)
    first = browser.elements("#seeds button")[0]
    assert first.getAttribute("aria-label") == "Seed 7, blown up at epoch 1"


# Other tables -----------------------------------------------------------------------------------


@pytest.mark.parametrize("dataset", [name for name in TABLES if name != "wine"])
def test_every_step_works_for_every_table(open_page, dataset):
    browser, app = open_page(f"#view=wine&dataset={dataset}")
    for step in range(1, 7):
        press(browser, "open-step", step)
        run(browser, app, 1)
    browser.key("ArrowRight", browser.element("plane"))
    browser.tick()
    assert browser.state["epoch"] == "6"
    assert browser.text("wine-card-title").endswith(" 1")
    is_regression = app.experiment.problem.task == "regression"
    assert browser.element("wine-confusion").hidden is is_regression


def test_values_are_spoken_of_as_r_squared(open_page):
    browser, app = open_page("#view=wine&dataset=diabetes&stopEpoch=2")
    run(browser, app, 2)
    (first, second) = browser.elements("#film button")
    score = app.experiment.shown.score_train
    assert second.getAttribute("aria-label") == f"Epoch 2, R² {score:.2f}".replace("-", "−")
    assert "%" not in first.textContent
    runs = start_seeds(browser, app)
    while runs.is_running:
        browser.tick()
    browser.tick(4)
    scores = [r.score for r in app.stage.lab.runs.runs]
    assert browser.text("seeds-line") == (
        f"20 of 20 trained, R² from {min(scores):.2f} to {max(scores):.2f} at the end".replace(
            "-", "−"
        )
    )


def test_the_film_of_a_run_that_is_over_at_once_comes_a_few_pictures_a_frame(lab):
    browser, app = lab
    for _ in range(20):
        app.experiment.step()
    app.stale = True
    counts = []
    for _ in range(7):
        browser.tick()
        counts.append(len(browser.element("film").children))
    assert counts == [4, 8, 12, 16, 20, 20, 20]
    drawn = [raster.drawn for raster in browser.rasters]
    browser.tick(3)
    assert [raster.drawn for raster in browser.rasters] == drawn, "and then it rests"


def test_the_seeds_in_the_film_s_place_rest_too(lab):
    browser, app = lab
    for _ in range(20):
        app.experiment.step()
    app.stale = True
    browser.tick()
    browser.click(browser.action("band", "seeds"))
    browser.tick(2)
    drawn = [raster.drawn for raster in browser.rasters]
    browser.tick(3)
    assert [raster.drawn for raster in browser.rasters] == drawn
