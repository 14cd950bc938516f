"""Drawing on the picture: brushes, eraser, hand and values, by pointer and by keys."""

import numpy as np
import pytest
from drawing_hands import begin_anew, draw, points, stroke
from hands import press
from own_hands import forget, opened

from explorer.app.drawing import MOST_NAMES
from explorer.learning.problem import own_tables
from explorer.panels.output import NUDGE
from explorer.settings import link, own
from explorer.text.data import DRAW


@pytest.fixture
def page():
    with opened() as both:
        yield both


def test_points_of_two_and_three_classes_undo_and_the_way_back(page):
    browser, app = page
    room = draw(browser, app)
    assert len(room.drawing) == 500
    begin_anew(browser)
    stroke(browser, (1, 2))
    assert app.current.dataset == "circle"  # a single class is not learned from
    assert browser.element("output").hasAttribute("data-unready")
    press(browser, "draw-tool", "2")
    stroke(browser, (-3, -1))
    assert not browser.element("output").hasAttribute("data-unready")
    assert app.experiment.problem.task == "binary"
    assert points(app) == {1: {(1, 2)}, -1: {(-3, -1)}}
    assert browser.text("draw-words") == f"2 points: 1, 1. {DRAW['no_test']}"
    assert browser.text("loss-test") == "–"
    assert browser.state["loss-test"] == ""
    two = app.current.dataset
    press(browser, "draw-tool", "3")
    stroke(browser, (0, 4))
    assert app.experiment.problem.task == "multiclass"
    assert points(app) == {0: {(1, 2)}, 1: {(-3, -1)}, 2: {(0, 4)}}
    press(browser, "draw-undo", ticks=2)
    assert app.current.dataset == two
    assert len(room.drawing) == 2
    app.undo(again=True)
    browser.tick(2)
    assert len(room.drawing) == 3
    press(browser, "draw-clear")
    press(browser, "draw-undo")
    assert len(room.drawing) == 3
    press(browser, "draw-done")
    assert browser.state["drawing"] == "false"
    assert browser.element("draw-tools").hidden
    stroke(browser, (2, 2))
    assert app.experiment.problem.train.points.shape == (3, 2)


def test_a_class_between_may_have_no_point(page):
    browser, app = page
    draw(browser, app)
    begin_anew(browser, *"13")
    problem = app.experiment.problem
    assert problem.class_names == ("1", "2", "3")
    assert points(app) == {0: {(1, 0)}, 2: {(3, 0)}}
    assert problem.train.targets.shape == (2, 3)
    app.experiment.step()


def test_brush_eraser_and_hand(page):
    browser, app = page
    room = draw(browser, app)
    begin_anew(browser)
    stroke(browser, (-4, -4))
    press(browser, "draw-tool", "2")
    browser.slide(browser.elements('[data-draw="density"]')[0], [7])
    browser.slide(browser.elements('[data-draw="size"]')[0], [1])
    stroke(browser, (2, 2), (2.1, 2), (3, 2))  # too near for another dab, then far enough
    assert len(room.drawing) == 1 + 1 + 7
    assert room.drawing.distances((3, 2))[2:].max() <= 1.01
    press(browser, "draw-tool", "move")
    stroke(browser, (-3.9, -4.1), (-2, 1), (-1, 1))
    assert points(app)[1] == {(-1, 1)}
    stroke(browser, (5, -5), (0, 0))  # no point there
    assert points(app)[1] == {(-1, 1)}
    press(browser, "draw-tool", "erase")
    stroke(browser, (5.5, 5.5), (3, 2), (2, 2))
    assert len(room.drawing) == 1
    assert points(app)[1] == {(-1, 1)}
    assert len(points(app)[-1]) > 1  # what could be learned from last
    assert browser.text("draw-words") == DRAW["lacks"]


def test_a_new_point_takes_part_while_training_runs(page):
    browser, app = page
    draw(browser, app)
    stroke(browser, (0, 0))
    app.toggle()
    browser.tick(5)
    epoch, weights = app.experiment.epoch, app.experiment.params.copy()
    assert epoch > 0
    stroke(browser, (4, 4), ticks=0)
    assert app.player.playing
    assert app.experiment.epoch == epoch
    np.testing.assert_array_equal(app.experiment.params, weights)
    assert (4, 4) in points(app)[1]
    browser.tick(3)
    assert app.experiment.epoch > epoch


def test_some_points_are_held_back_where_that_is_asked_for(page):
    browser, app = page
    draw(browser, app)
    stroke(browser, (1, 2))
    browser.slide(browser.field("train_share"), [70])
    browser.tick(2)
    assert len(app.experiment.problem.test.labels) == 151
    assert DRAW["no_test"] not in browser.text("draw-words")
    assert float(browser.state["loss-test"]) > 0
    stroke(browser, (2, 2))
    assert len(app.experiment.problem.test.labels) > 100, "and it stays so"


def test_values_by_a_slider(page):
    browser, app = page
    draw(browser, app)
    begin_anew(browser)
    browser.choose(browser.elements('[data-draw="kind"]')[0], "number")
    assert browser.text("draw-words") == DRAW["lacks_number"]
    stroke(browser, (1, 1))
    browser.slide(browser.elements('[data-draw="value"]')[0], [-0.5])
    stroke(browser, (-2, 1))
    problem = app.experiment.problem
    assert problem.task == "regression"
    assert points(app) == {1.0: {(1, 1)}, -0.5: {(-2, 1)}}
    problems = browser.field("problem")
    assert problems.value == "regression"
    browser.choose(problems, "classification")
    assert app.current.dataset == "circle"
    app.undo()
    browser.tick(2)
    assert problems.value == "regression"
    assert points(app) == {1.0: {(1, 1)}, -0.5: {(-2, 1)}}
    browser.choose(browser.elements('[data-draw="kind"]')[0], "classes")
    assert app.experiment.problem.task == "binary"
    assert points(app) == {1: {(1, 1)}, -1: {(-2, 1)}}


def test_by_keys_alone(page):
    browser, app = page
    room = draw(browser, app)
    begin_anew(browser)
    output = browser.element("output")
    output.focus()
    browser.key(" ")
    assert not app.player.playing  # Space is the brush's here
    browser.key("2")
    for _ in range(4):
        browser.key("ArrowRight")
    browser.key("Enter")
    browser.tick(2)
    assert points(app)[1] == {(0, 0)}
    assert len(room.drawing) == 6
    browser.key("m")
    for _ in range(4):
        browser.key("ArrowLeft")
    browser.key(" ")
    browser.key("ArrowUp")
    browser.tick(2)
    browser.key(" ")
    browser.tick(2)
    assert points(app)[1] == {(0, NUDGE)}
    browser.key("e")
    browser.key(" ")
    assert browser.text("draw-words") == DRAW["lacks"]
    browser.key("Escape")
    assert browser.state["drawing"] == "false"
    browser.key(" ")
    assert app.player.playing


def test_a_point_in_the_hand_is_put_down_by_what_is_pressed_next(page):
    browser, app = page
    room = draw(browser, app)
    begin_anew(browser, *"12")

    def hold():
        press(browser, "draw-tool", "move")
        browser.element("output").focus()
        app.stage.output.place = 2.0, 0.0
        browser.key(" ")
        browser.key("ArrowUp")
        browser.tick(2)
        assert room.drawing.X[1].tolist() == [2, NUDGE]

    hold()
    press(browser, "draw-tool", "erase")
    browser.key("ArrowUp")
    browser.tick(2)
    assert points(app)[-1] == {(2, NUDGE)}
    press(browser, "draw-undo", ticks=2)
    hold()
    press(browser, "draw-undo", ticks=2)
    assert points(app)[-1] == {(2, 0)}
    hold()
    press(browser, "draw-clear", ticks=2)
    browser.key("ArrowUp")
    browser.tick(2)
    assert len(room.drawing) == 0


def test_tools_keep_the_focus_when_they_are_pressed(page):
    browser, app = page
    draw(browser, app)
    [node] = browser.elements('[data-action="draw-tool"][data-value="2"]')
    node.focus()
    press(browser, "draw-tool", "2")
    assert browser.elements('[data-action="draw-tool"][aria-pressed="true"]') == [node]
    kinds = browser.elements('[data-draw="kind"]')[0]
    kinds.focus()
    browser.choose(kinds, "number")
    [kinds] = browser.elements('[data-draw="kind"]')  # these are made anew
    assert browser.document.activeElement is kinds
    browser.elements('[data-draw="value"]')[0].focus()
    app.undo()
    browser.tick(2)
    assert browser.elements('[data-draw="value"]') == []


def test_any_data_set_is_a_start(page):
    browser, app = page
    room = draw(browser, app)
    for name, task in (("xor", "binary"), ("reg-plane", "regression")):
        [radio] = browser.elements(f'[type="radio"][value="{name}"]')
        browser.click(radio)
        browser.tick(3)
        assert len(room.drawing) == 500
        stroke(browser, (0.01, 0.02))
        assert app.experiment.problem.task == task
        assert len(app.experiment.problem.train.points) == 501
    press(browser, "draw-clear")
    [radio] = browser.elements('[type="radio"][value="reg-gauss"]')
    browser.click(radio)
    browser.tick(3)
    assert len(room.drawing) == 500
    assert not browser.element("output").hasAttribute("data-unready")
    app.show_view("wine")
    assert browser.state["drawing"] == "false"


def test_it_travels_in_the_link(page):
    browser, app = page
    draw(browser, app)
    begin_anew(browser, *"123")
    drawn, text = points(app), link.encode(app.current)
    assert "data=" in text
    forget()
    with opened() as (other, app):
        other.hash = f"#{text}"
        app.open_link()
        other.tick(3)
        assert points(app) == drawn


def test_many_strokes_leave_few_drawings_behind(page):
    browser, app = page
    room = draw(browser, app)
    stroke(browser, (0, 0))
    kept = app.current.dataset
    press(browser, "keep", ticks=2)
    stroke(browser, (1, 0))
    lost = app.current.dataset
    assert {kept, lost} <= {*own_tables}
    for i in range(MOST_NAMES + 5):
        room.remember(f"own-{i:08x}")
    assert len(room.names) == MOST_NAMES
    assert not own.is_own(lost)
    assert lost not in own_tables
    press(browser, "kept-open", "0", ticks=2)
    assert app.current.dataset == kept
    assert app.experiment.problem.train.points.shape == (501, 2)
