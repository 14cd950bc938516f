"""The numbers on the page, the points on the picture, and the batch in slow motion."""

from collections import Counter

import numpy as np
import pytest
from recording import starts

from explorer.drawing.scales import percent
from explorer.panels.output import DARK_RIM, LIGHT_RIM
from explorer.text.notices import TEXT


def points_context(browser):
    return browser.contexts[id(browser.element("output-points"))]


def drawn_points(browser, rim):
    """How many marks have this rim."""
    strokes = points_context(browser).named("stroke")
    paths = [path for (path,), style in strokes if style["strokeStyle"] == rim]
    return sum(path.count("M") for path in paths)


# Numbers ----------------------------------------------------------------------------------------


def test_losses_and_accuracies_are_those_of_the_experiment(page):
    browser, app = page
    app.step()
    app.stale = True
    browser.tick()
    shown = app.experiment.shown
    assert browser.text("epoch") == "000,001"
    assert browser.text("loss-train") == f"{shown.loss_train:.3f}"
    assert browser.text("loss-test") == f"{shown.loss_test:.3f}"
    assert browser.text("score-train") == percent(shown.score_train)
    assert browser.text("score-test") == percent(shown.score_test)
    assert browser.text("score-train-name") == TEXT["accuracy"]


def test_regression_shows_r_squared_and_publishes_no_accuracy(open_page):
    browser, app = open_page("#problem=regression")
    app.toggle()
    browser.tick(5)
    assert browser.text("score-train-name") == TEXT["r2"]
    assert browser.text("score-train") == f"{app.experiment.shown.score_train:.3f}"
    assert browser.state["accuracy-train"] == ""
    assert float(browser.state["loss-train"]) > 0


def test_three_classes_have_a_confusion_matrix(open_page):
    browser, app = open_page("#dataset=blobs&noise=30")
    app.toggle()
    browser.tick(10)
    table = browser.element("confusion")
    assert not table.hidden
    cells = [int(cell.textContent) for cell in table.querySelectorAll("td")]
    problem = app.experiment.problem
    said = app.experiment.model.predict(app.experiment.params, problem.train.inputs).argmax(axis=1)
    expected = Counter(zip(problem.train.labels.astype(int), said, strict=True))
    assert cells == [expected[true, answer] for true in range(3) for answer in range(3)]
    assert sum(cells) == 250
    right = [int(cell.textContent) for cell in table.querySelectorAll("td.right")]
    assert sum(right) / 250 == pytest.approx(app.experiment.shown.score_train)


def test_two_classes_have_a_legend_instead(page):
    browser, _ = page
    assert browser.element("confusion").hidden
    assert not browser.element("legend").hidden


# Points -----------------------------------------------------------------------------------------


def test_training_points_are_drawn_and_test_points_on_request(page):
    browser, _ = page
    assert drawn_points(browser, LIGHT_RIM) == 250
    assert drawn_points(browser, DARK_RIM) == 0
    browser.click(browser.field("show_test_data"))
    browser.tick()
    assert drawn_points(browser, LIGHT_RIM) == 250
    assert drawn_points(browser, DARK_RIM) == 250


def test_points_have_the_colour_and_shape_of_their_class(page):
    browser, app = page
    fills = points_context(browser).named("fill")
    counts = Counter()
    for (path,), style in fills:
        counts[style["fillStyle"], "a" in path] += path.count("M")
    theme, labels = app.stage.theme, app.experiment.problem.train.labels
    positive, negative = int((labels > 0).sum()), int((labels < 0).sum())
    assert counts == {(theme.positive, True): positive, (theme.negative, False): negative}


def test_points_are_drawn_anew_only_when_they_change(page):
    browser, app = page
    before = points_context(browser)
    app.toggle()
    browser.tick(5)
    assert points_context(browser) is before
    browser.click(browser.action("regenerate"))
    browser.tick()
    assert points_context(browser) is not before


def test_points_stand_where_they_belong(open_page):
    browser, app = open_page("#points=10&percTrainData=10&seed=2")
    (point,) = app.experiment.problem.train.points
    (found,) = [s for (path,), _ in points_context(browser).named("fill") for s in starts(path)]
    x, y = (point[0] + 6) / 12 * 340, (6 - point[1]) / 12 * 340
    np.testing.assert_allclose(found, (x, y), atol=8)  # a mark starts at its edge


def test_in_slow_motion_the_arriving_batch_is_ringed(open_page):
    browser, app = open_page("#speed=slow")
    rings_before = drawn_points(browser, app.stage.theme.ink)
    browser.click(browser.element("step"))
    browser.tick()
    assert rings_before == 0
    assert drawn_points(browser, app.stage.theme.ink) == 10
    assert browser.text("batch") == TEXT["batch_shown"].format(batch=1)
    for _ in range(24):
        browser.click(browser.element("step"))
    browser.tick()
    assert browser.state["epoch"] == "1"
    assert browser.text("batch") == ""


def test_regression_points_are_coloured_by_value(open_page):
    browser, _ = open_page("#problem=regression&points=200")
    fills = points_context(browser).named("fill")
    assert sum(path.count("M") for (path,), _ in fills) == 100
    assert len({style["fillStyle"] for _, style in fills}) > 8
