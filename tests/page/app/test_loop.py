"""From one animation frame to the next: what a frame has no time left for comes in the next."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hands import press

from explorer.frames.budget import FILLED
from explorer.frames.deadline import FIRST_FRAME, FRAME


@pytest.fixture
def drawings(page):
    """(browser, app, the epochs that were drawn since)."""
    browser, app = page
    drawn, draw = [], app.draw
    app.draw = lambda rest=False: (drawn.append(app.experiment.epoch), draw(rest))
    return browser, app, drawn


def takes(browser, app, seconds):
    """From now on training takes that long in every frame."""
    train = app.player.frame

    def slow(*arguments):
        parts = train(*arguments)
        browser.time += seconds * bool(parts)
        return parts

    app.player.frame = slow


def test_what_the_reader_does_takes_its_time_from_the_frame(drawings):
    browser, app, drawn = drawings
    app.stale = True
    browser.took = 2 * FRAME
    browser.tick()
    assert drawn == []
    assert browser.state["working"] == "true"
    browser.tick()
    assert drawn == [0]
    assert browser.state["working"] == "false"


def test_a_short_action_leaves_the_frame_as_it_is(drawings):
    browser, app, drawn = drawings
    app.stale = True
    browser.took = FRAME / 2
    browser.tick()
    assert drawn == [0]


def test_a_reader_who_never_stops_sees_every_other_frame(drawings):
    browser, app, drawn = drawings
    for _ in range(10):
        app.stale = True
        browser.took = 2 * FRAME
        browser.tick()
    assert len(drawn) == 5


def test_a_long_piece_of_training_is_drawn_a_frame_later(drawings):
    browser, app, drawn = drawings
    takes(browser, app, 2 * FRAME)
    app.toggle()
    browser.tick()
    assert (app.experiment.epoch, drawn) == (1, [])
    browser.tick()
    assert (app.experiment.epoch, drawn) == (1, [1]), "drawn, and not trained further"
    browser.tick(4)
    assert (app.experiment.epoch, drawn) == (3, [1, 2, 3])


def test_pause_is_no_new_run_where_training_has_just_ended_unseen(drawings):
    """What is pressed still says Pause; at the end of a run, Run would begin it again."""
    browser, app, drawn = drawings
    app.change(replace(app.current, stop_epoch=2))
    browser.tick(3)
    takes(browser, app, 2 * FRAME)
    press(browser, "run", ticks=3)
    assert (app.experiment.finished, app.player.playing, browser.state["playing"]) == (
        True, False, "true",
    )  # fmt: skip
    press(browser, "run", ticks=0)
    assert (app.experiment.epoch, app.player.playing) == (2, False)
    browser.tick()
    assert (browser.state["playing"], drawn[-1]) == ("false", 2)
    press(browser, "run", ticks=0)
    assert (app.experiment.epoch, app.player.playing) == (0, True), "now it does"


def test_short_pieces_are_drawn_at_once_but_for_the_first(drawings):
    browser, app, drawn = drawings
    takes(browser, app, (FIRST_FRAME + FRAME) / 2)
    app.toggle()
    browser.tick(2)
    assert drawn == [1], "when training begins its first picture takes long as well"
    browser.tick(3)
    assert drawn == [1, 2, 3, 4]


def test_an_action_and_training_together_may_fill_a_frame(drawings):
    browser, app, drawn = drawings
    app.toggle()
    browser.tick(3)
    drawn.clear()
    takes(browser, app, 0.6 * FRAME)
    browser.tick()
    assert drawn == [4]
    browser.took = 0.6 * FRAME
    browser.tick()
    assert drawn == [4]
    browser.tick()
    assert drawn == [4, 5]


def test_the_end_of_a_run_that_was_not_drawn_is_drawn(open_page):
    browser, app = open_page("#stopEpoch=2")
    takes(browser, app, 2 * FRAME)
    app.toggle()
    browser.tick(9)
    assert browser.state["playing"] == "false"
    assert browser.state["working"] == "false"
    assert browser.state["epoch"] == "2"


def test_a_change_between_work_and_its_drawing(drawings):
    browser, app, drawn = drawings
    takes(browser, app, 2 * FRAME)
    app.toggle()
    browser.tick()
    app.reset()
    app.stale = True
    browser.tick(3)
    assert drawn[-1] == 0
    assert browser.state["epoch"] == "0"
    assert browser.state["playing"] == "false"


@pytest.fixture
def full_speed(open_page):
    """(browser, app, what happened: "train" and "draw" in their order), at full speed; drawing
    takes as long as `app.costs` says."""
    browser, app = open_page("#speed=fast")
    happened, draw, train = [], app.draw, app.player.frame
    app.costs = 0.0

    def slow(rest=False):
        happened.append("draw")
        browser.time += app.costs
        draw(rest)

    def trains(experiment, speed, seconds=None):
        happened.append(f"train {seconds or 0:.4f}")
        browser.time += 0.001
        return train(experiment, speed, 0.0)

    app.draw, app.player.frame = slow, trains
    return browser, app, happened


def frames_of(browser, app, happened, cost):
    """What happens in each of six frames, once drawing is known to cost so many seconds."""
    app.costs = cost
    app.player.budget.costs[:] = [cost] * 3
    app.player.budget.showing, app.player.budget.shown = None, lambda seconds: None
    app.player.budget.rest, app.player.budget.passed = 1 - FILLED, lambda seconds: None
    found = []
    for _ in range(6):
        happened.clear()
        browser.tick()
        app.player.budget.costs[:] = [cost] * 3
        found.append(tuple(happened))
    return found


def test_at_full_speed_dear_drawing_and_training_take_turns(full_speed):
    browser, app, happened = full_speed
    app.toggle()
    browser.tick(4)
    budget = app.player.budget
    found = frames_of(browser, app, happened, 0.012)
    alone = f"train {budget.alone:.4f}"
    assert set(found) == {(alone,), ("draw",)}
    draws = [frames == ("draw",) for frames in found]
    assert sum(draws) == 2, "every third frame draws"
    assert draws[:3] == draws[3:]


def test_what_drawing_leaves_of_its_frame_is_trained_in(full_speed):
    browser, app, happened = full_speed
    app.toggle()
    browser.tick(4)
    found = frames_of(browser, app, happened, 0.009)
    budget = app.player.budget
    assert set(found) == {
        (f"train {budget.alone:.4f}",), (f"train {budget.alone - 0.009:.4f}", "draw"),
    }  # fmt: skip


def test_pictures_that_take_the_browser_long_have_more_frames_of_training_between(full_speed):
    browser, app, happened = full_speed
    app.toggle()
    browser.tick(4)
    budget, seen = app.player.budget, []
    for _ in range(30):
        budget.showing, budget.costs[:] = 2 * budget.period, [0.012] * 3
        happened.clear()
        browser.tick()
        seen.append("draw" in happened)
    drawn = [frame for frame, draws in enumerate(seen) if draws]
    assert {later - earlier for earlier, later in pairwise(drawn)} == {9}
    assert len(drawn) == 3


def test_the_browsers_time_for_a_picture_is_learned_from_the_next_frame(full_speed):
    browser, app, happened = full_speed
    app.costs = 0.012
    app.toggle()
    browser.tick(4)
    happened.clear()
    while "draw" not in happened:
        browser.tick()
    app.player.budget.showing = None
    browser.time += 0.05
    browser.tick()
    assert app.player.budget.showing >= 0.05 + 0.012


def test_frames_that_only_train_are_filled_as_far_as_they_come_in_time(full_speed):
    browser, app, _ = full_speed
    app.costs = 0.012
    app.toggle()
    browser.tick(40)
    budget = app.player.budget
    assert budget.whole > budget.alone
    filled = budget.whole
    while app.loop.filled is None:
        browser.tick()
    browser.time += 0.02  # it comes late
    browser.tick()
    assert budget.alone <= budget.whole < filled


def test_cheap_drawing_and_other_speeds_have_each_frame(full_speed):
    browser, app, happened = full_speed
    app.toggle()
    browser.tick(4)
    assert set(frames_of(browser, app, happened, 0.005)) == {("train 0.0000", "draw")}
    app.change(app.current.with_text("speed", "epoch"))
    browser.tick(2)
    found = frames_of(browser, app, happened, 0.012)
    assert set(found) == {("train 0.0000", "draw")}


def test_the_last_picture_of_a_run_that_alternates_is_drawn(full_speed):
    browser, app, happened = full_speed
    app.costs = 0.012
    app.toggle()
    browser.tick(9)
    browser.click(browser.element("run"))
    happened.clear()
    browser.tick(3)
    assert "draw" in happened
    assert browser.state["playing"] == "false"
    assert browser.state["epoch"] == str(app.experiment.epoch)
