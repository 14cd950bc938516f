"""The session: what is open, and that every change can be undone and made again."""

from dataclasses import replace

import numpy as np
import pytest
import strategies

from explorer.session.session import Session
from explorer.settings import link
from explorer.settings.settings import DEFAULTS, KNOBS, NOTHING, WEIGHTS, Settings

NAMES = [name for name in KNOBS if name not in ("view", "dataset", "reg_dataset")]


@pytest.fixture
def session():
    seeds = (f"0.{number}0000" for number in range(1, 10))
    session = Session(lambda: next(seeds))
    session.open("")
    return session


def train(session, epochs):
    for _ in range(epochs):
        session.experiment.step()


def changed(session, **changes):
    return session.change(replace(session.current, **changes))


def picture(session):
    """All that a reader sees of the training, as plain values."""
    e = session.experiment
    records = [(r.epoch, r.loss_train, r.params.tobytes()) for r in e.history.records]
    return session.current, e.epoch, e.params.tobytes(), e.shown.loss_train, records


# Opening and turning over -----------------------------------------------------------------------


def test_it_opens_with_the_default(session):
    assert session.view == "playground"
    assert session.current == Settings()
    assert session.experiment.epoch == 0


def test_a_link_opens_its_view_and_says_what_it_could_not_use(session):
    problems = session.open("view=wine&seed=5&noise=x")
    assert session.view == "wine"
    assert session.current == replace(DEFAULTS["wine"], seed="5")
    assert session.experiment.settings == session.current
    assert [problem.split()[0] for problem in problems] == ["noise"]


def test_a_second_link_changes_what_is_open(session):
    train(session, 2)
    experiment = session.experiment
    assert session.open("dataset=xor&seed=0.5") == []
    assert session.experiment is experiment
    assert session.current == Settings(dataset="xor", seed="0.5")  # exactly the link's seed
    assert experiment.epoch == 0


def test_each_view_keeps_its_own_experiment(session):
    train(session, 2)
    playground = session.experiment
    session.show("wine")
    train(session, 3)
    assert session.experiment is not playground
    session.show("playground")
    assert session.experiment is playground
    assert session.experiment.epoch == 2


def test_an_experiment_is_made_when_its_view_is_first_shown(session):
    assert list(session.experiments) == ["playground"]
    session.show("wine")
    assert list(session.experiments) == ["playground", "wine"]


def test_new_seeds_are_written_as_each_view_writes_them(session):
    assert session.new_seed() == "0.10000"
    session.show("wine")
    assert session.new_seed() == "20000"


# Changing ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["noise", "train_share", "problem"])
def test_new_data_come_with_a_new_seed(session, name):
    session.change(strategies.changed(session.current, name))
    assert session.current.seed == "0.10000"
    assert session.experiment.settings == session.current


def test_choosing_a_data_set_draws_a_new_seed(session):
    changed(session, dataset="spiral")
    assert session.current.seed == "0.10000"


@pytest.mark.parametrize("name", ["learning_rate", "activation", "x_squared", "n_points"])
def test_other_changes_keep_the_seed(session, name):
    session.change(strategies.changed(session.current, name))
    assert session.current.seed == "0.12345"


def test_a_change_says_what_it_undid(session):
    assert changed(session, learning_rate=0.1) == NOTHING
    assert changed(session, activation="relu") == WEIGHTS
    assert changed(session, activation="relu") == NOTHING  # it was that already


@pytest.mark.parametrize(
    ("shape", "taken"),
    [((3,), True), ((), True), ((32,) * 8, True), ((33,), False), ((0,), False), ((1,) * 9, False)],
)
def test_layers_are_resized_within_the_limits(session, shape, taken):
    session.resize(shape)
    assert session.current.network_shape == (shape if taken else (4, 2))


def test_live_changes_are_marked_on_the_chart_while_training(session):
    changed(session, learning_rate=0.1)
    assert session.experiment.history.marks == []  # nothing was trained yet
    train(session, 3)
    changed(session, learning_rate=0.3)
    changed(session, regularization="L2")
    changed(session, show_test_data=True)
    marks = [(3, "learning_rate", "0.3"), (3, "regularization", "L2")]
    assert session.experiment.history.marks == marks


def test_what_undoes_training_is_not_marked(session):
    train(session, 3)
    changed(session, activation="relu", learning_rate=1.0)
    assert session.experiment.history.marks == []


# Undo: settings -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_every_setting_can_be_undone_and_made_again(session, name):
    train(session, 2)
    before = picture(session)
    session.change(strategies.changed(session.current, name))
    after = picture(session)
    assert after != before
    session.undo.undo()
    assert picture(session) == before
    session.undo.redo()
    assert picture(session) == after
    assert session.experiment.settings == session.current


def test_training_goes_on_after_an_undo_as_if_nothing_had_been(session):
    train(session, 5)
    changed(session, network_shape=(3,))
    train(session, 2)
    session.undo.undo()
    train(session, 5)
    seen = picture(session)
    fresh = Session(lambda: "0.9")
    fresh.open("")
    train(fresh, 10)
    assert seen == picture(fresh)


def test_a_live_change_that_is_undone_keeps_what_was_trained_since(session):
    train(session, 2)
    changed(session, learning_rate=0.3)
    train(session, 3)
    params = session.experiment.params.copy()
    session.undo.undo()
    assert session.current.learning_rate == 0.03
    assert session.experiment.epoch == 5
    np.testing.assert_array_equal(session.experiment.params, params)
    session.undo.redo()
    assert session.current.learning_rate == 0.3
    assert session.experiment.epoch == 5


def test_a_slider_that_is_dragged_is_one_step(session):
    train(session, 2)
    before = picture(session)
    for noise in (5, 10, 15):
        session.change(replace(session.current, noise=noise), settled=False)
    session.change(session.current, settled=True)
    assert session.current.noise == 15
    assert len(session.undo.past) == 1
    session.undo.undo()
    assert picture(session) == before
    session.undo.redo()
    assert session.current.noise == 15


def test_a_live_slider_that_is_dragged_keeps_training(session):
    train(session, 2)
    for size in (11, 12, 13):
        session.change(replace(session.current, batch_size=size), settled=False)
        train(session, 1)
    session.change(session.current)
    session.undo.undo()
    assert session.current.batch_size == 10
    assert session.experiment.epoch == 5


def test_no_change_is_no_step(session):
    session.change(session.current)
    assert not session.undo.past


def test_many_changes_back_to_the_start_and_forth_again(session):
    seen = [picture(session)]
    for name in ("noise", "activation", "learning_rate", "x", "network_shape", "seed"):
        session.change(strategies.changed(session.current, name))
        seen.append(picture(session))
    for expected in reversed(seen[:-1]):
        session.undo.undo()
        assert picture(session)[0] == expected[0]
    for expected in seen[1:]:
        session.undo.redo()
        assert picture(session) == expected


def test_an_undo_goes_back_to_the_view_of_the_change(session):
    changed(session, activation="relu")
    session.show("wine")
    session.undo.undo()
    assert session.view == "playground"
    assert session.current.activation == "tanh"


# Undo: weights and points -------------------------------------------------------------------------


@pytest.mark.parametrize("epochs", [0, 4])
def test_a_weight_set_by_hand_can_be_undone_and_made_again(session, epochs):
    train(session, epochs)
    before = picture(session)
    session.set_param(1, 0.9, settled=True)
    after = picture(session)
    session.undo.undo()
    assert picture(session) == before
    session.undo.redo()
    assert picture(session) == after


def test_a_weight_that_is_typed_is_one_step(session):
    before = picture(session)
    for value in (1.0, 1.2, 1.25):
        session.set_param(1, value, settled=False)
    session.set_param(1, 1.25, settled=True)
    assert len(session.undo.past) == 1
    session.undo.undo()
    assert picture(session) == before


@pytest.mark.parametrize("epochs", [0, 4])
def test_undoing_a_weight_also_takes_back_what_was_trained_with_it(session, epochs):
    train(session, epochs)
    before = picture(session)
    session.set_param(1, 0.9, settled=True)
    after = picture(session)
    train(session, 5)
    session.undo.undo()
    assert picture(session) == before
    train(session, 3)
    session.undo.redo()
    assert picture(session) == after
    session.undo.undo()
    assert picture(session) == before


def test_regenerated_points_can_be_undone_and_made_again(session):
    train(session, 3)
    before, points = picture(session), session.experiment.problem.train.points
    session.regenerate()
    after = picture(session)
    assert session.current.seed == "0.10000"
    session.undo.undo()
    assert picture(session) == before
    assert session.experiment.problem.train.points is points
    session.undo.redo()
    assert picture(session) == after


def test_a_link_copied_after_an_undo_is_the_old_one(session):
    before = link.encode(session.current)
    changed(session, noise=20)
    session.undo.undo()
    assert link.encode(session.current) == before
