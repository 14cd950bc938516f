"""Many new points: a change that is made over several frames, and is whole for whoever asks."""

from dataclasses import replace

import numpy as np
import pytest

from explorer.learning import problem
from explorer.learning.experiment import Experiment
from explorer.session.session import Session
from explorer.text.notices import TEXT

MANY = problem.MANY + 1


@pytest.fixture
def session():
    problem.make_points.cache_clear()
    problem.split_points.cache_clear()
    seeds = (f"0.{number}0000" for number in range(1, 10))
    session = Session(lambda: next(seeds))
    session.open("")
    return session


def points(session):
    """How many points there are, whatever is still to come."""
    rows = session.experiments[session.view].problem
    return len(rows.train.points) + len(rows.test.points)


def ask(session, settled=True, **changes):
    return session.change(replace(session.current, **changes), settled)


def test_the_points_before_stay_until_the_new_ones_are_drawn(session):
    assert ask(session, n_points=MANY) == "data"
    assert session.current.n_points == MANY
    seen = [points(session)]
    while session.work():
        seen.append(points(session))
    assert seen == [500, 500, 500], "points, their shuffling, then the change"
    assert points(session) == MANY


def test_parts_make_what_one_piece_makes(session):
    ask(session, n_points=MANY, noise=20, dataset="gauss")
    while session.work():
        pass
    in_parts = session.experiment
    problem.make_points.cache_clear()
    problem.split_points.cache_clear()
    whole = Experiment(session.current)
    for share in ("train", "test"):
        one, other = getattr(in_parts.problem, share), getattr(whole.problem, share)
        np.testing.assert_array_equal(one.points, other.points)
        np.testing.assert_array_equal(one.labels, other.labels)
    np.testing.assert_array_equal(in_parts.params, whole.params)


def test_each_part_does_its_share(session):
    ask(session, n_points=MANY)
    drawn, split = problem.make_points.cache_info, problem.split_points.cache_info
    before = drawn().misses, split().misses
    session.work()
    assert (drawn().misses, split().misses) == (before[0] + 1, before[1])
    session.work()
    assert (drawn().misses, split().misses) == (before[0] + 1, before[1] + 1)
    session.work()
    assert (drawn().misses, split().misses) == (before[0] + 1, before[1] + 1)
    assert session.pending is None


def test_few_points_come_at_once(session):
    ask(session, n_points=problem.MANY)
    assert session.pending is None
    assert points(session) == problem.MANY


def test_who_asks_for_the_experiment_has_the_change_made(session):
    ask(session, n_points=MANY)
    assert session.experiment.settings == session.current
    assert points(session) == MANY
    assert session.pending is None


def test_it_is_one_step_of_undo(session):
    before = session.current
    ask(session, n_points=MANY)
    assert session.can_undo
    session.take_back()
    assert (session.current, points(session)) == (before, 500)
    session.take_back(again=True)
    assert points(session) == MANY
    assert len(session.undo.past) == 1


def test_a_slider_that_is_dragged_draws_for_its_last_place_only(session):
    ask(session, n_points=MANY)
    session.complete()
    drawn = problem.make_points.cache_info().misses
    for noise in (5, 10, 15):
        ask(session, settled=False, noise=noise)
    ask(session, noise=15)  # let go
    session.complete()
    assert problem.make_points.cache_info().misses == drawn + 1
    assert session.experiment.settings.noise == 15
    assert len(session.undo.past) == 2
    session.take_back()
    assert session.experiment.settings.noise == 0


def test_two_changes_one_after_the_other_are_two_steps(session):
    ask(session, n_points=MANY)
    ask(session, n_points=MANY + 1)
    session.complete()
    assert points(session) == MANY + 1
    session.take_back()
    assert points(session) == MANY


def test_another_view_leaves_nothing_behind(session):
    ask(session, n_points=MANY)
    session.show("wine")
    assert session.pending is None
    assert session.experiments["playground"].settings.n_points == MANY


# Tables -------------------------------------------------------------------------------------------


@pytest.fixture
def unread(monkeypatch):
    monkeypatch.setattr(problem, "_tables", {})


def test_a_view_that_is_opened_reads_its_table_part_by_part(session, unread):
    session.show("wine")
    assert (session.view, list(session.experiments)) == ("wine", ["playground"])
    assert not session.can_undo
    assert session.work()
    assert list(problem._tables) == ["wine"]
    while session.work():
        pass
    assert list(session.experiments) == ["playground", "wine"]


def test_a_link_to_the_view_that_is_coming(session, unread):
    session.open("view=wine&seed=3")
    session.work()
    session.open("view=wine&seed=5")
    assert session.experiment.settings == session.current
    assert session.current.seed == "5"


def test_what_the_reader_does_to_a_view_that_is_coming(session, unread):
    session.show("wine")
    session.work()
    before = session.current
    ask(session, batch_size=30)
    assert session.experiment.settings.batch_size == 30
    session.take_back()
    assert session.experiment.settings == session.current == before


def test_another_table_comes_part_by_part_and_is_one_step_of_undo(session, unread):
    session.show("wine")
    session.complete()
    wine = session.experiment.problem
    ask(session, dataset="iris")
    assert session.experiments["wine"].problem is wine, "the last one stays until it is read"
    while session.work():
        pass
    assert session.experiment.problem.table.name == "iris"
    assert len(session.undo.past) == 1
    session.take_back()
    assert session.experiment.problem is wine
    ask(session, dataset="iris", seed="9")
    assert session.pending is None, "a table that has been read comes at once"


def test_the_page_opens_the_lab_over_some_frames(open_page, unread):
    browser, app = open_page()
    app.show_view("wine")
    assert browser.state["view"] == "wine"
    assert browser.state["working"] == "true"
    assert browser.text("network-title") == TEXT["inputs"], "nothing of the table is known yet"
    frames = 0
    while app.stale:
        browser.tick()
        frames += 1
    assert frames > 3
    assert browser.text("network-title").startswith("178 wines")
    browser.tick(9)
    assert browser.state["working"] == "false"


# Other points -------------------------------------------------------------------------------------


def test_other_points_of_the_same_kind_keep_the_weights(session):
    ask(session, n_points=MANY)
    session.experiment.step()
    params, first = session.experiment.params.copy(), session.experiment.problem.train.points
    session.regenerate()
    assert session.experiments["playground"].problem.train.points is first
    while session.work():
        pass
    assert session.experiment.epoch == 1
    assert session.experiment.settings == session.current
    assert not np.array_equal(session.experiment.problem.train.points, first)
    np.testing.assert_array_equal(session.experiment.params, params)
