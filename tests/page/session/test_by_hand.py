"""Weights set or held fixed by hand are a part of the link, of undo, and of the start."""

from dataclasses import replace

import numpy as np
import pytest

from explorer.learning.experiment import Experiment
from explorer.learning.seed_runs import SeedRuns
from explorer.session.session import Session
from explorer.settings import link
from explorer.settings.packed import pack
from explorer.settings.settings import DEFAULTS, Settings
from explorer.text.errors import ERRORS


@pytest.fixture
def session():
    seeds = (f"0.{number}0000" for number in range(1, 10))
    session = Session(lambda: next(seeds))
    session.open("")
    return session


def opened(session, short=False):
    """The experiment that the session's link opens elsewhere."""
    text = link.encode_short(session.current) if short else link.encode(session.current)
    other = Session(lambda: "0.5")
    assert other.open(text) == []
    return other.experiment


def train(experiment, epochs):
    for _ in range(epochs):
        experiment.step()
    return experiment.shown.loss_train, experiment.shown.loss_test


@pytest.mark.parametrize("short", [True, False])
@pytest.mark.parametrize("view", ["playground", "wine"])
def test_a_link_opens_the_weights_set_and_held_by_hand(session, view, short):
    session.show(view)
    session.set_param(3, 2.5, settled=True)
    session.set_param(8, -0.1, settled=True)
    session.freeze(3, held=True)
    session.freeze(5, held=True)
    twin = opened(session, short)
    np.testing.assert_array_equal(twin.params, session.experiment.params)
    np.testing.assert_array_equal(twin.frozen, session.experiment.frozen)
    assert train(twin, 3) == train(session.experiment, 3)
    assert twin.params[3] == 2.5
    np.testing.assert_array_equal(twin.params, session.experiment.params)


def test_a_network_changed_by_hand_after_training_is_what_its_link_opens(session):
    train(session.experiment, 20)
    session.set_param(0, 4.0, settled=True)
    twin = opened(session)
    np.testing.assert_array_equal(twin.params, session.experiment.params)
    assert twin.epoch == 0
    assert twin.shown.loss_train == session.experiment.shown.loss_train


def test_the_plain_link_stays_plain(session):
    before = link.encode(session.current)
    session.freeze(2, held=True)
    assert "&frozen=3" in link.encode(session.current)
    assert "start=" not in link.encode(session.current)
    session.freeze(2, held=False)
    assert link.encode(session.current) == before


def test_reset_goes_back_to_the_start_by_hand(session):
    session.set_param(0, 4.0, settled=True)
    session.freeze(0, held=True)
    start = session.experiment.params.copy()
    train(session.experiment, 5)
    assert session.reset() is False
    np.testing.assert_array_equal(session.experiment.params, start)
    assert session.experiment.frozen[0]


def test_reset_takes_back_what_was_done_on_the_way(session):
    drawn, before = session.experiment.params.copy(), session.current
    train(session.experiment, 5)
    session.set_param(0, 4.0, settled=True)
    session.freeze(1, held=True)
    assert session.current.start
    assert session.reset() is True
    assert session.current == before
    np.testing.assert_array_equal(session.experiment.params, drawn)
    assert not session.experiment.frozen.any()


def test_undo_and_redo(session):
    states = [(session.current, session.experiment.params, session.experiment.frozen)]
    session.set_param(0, 4.0, settled=True)
    states.append((session.current, session.experiment.params, session.experiment.frozen))
    session.freeze(0, held=True)
    states.append((session.current, session.experiment.params, session.experiment.frozen))

    def check(state):
        assert session.current == session.experiment.settings == state[0]
        np.testing.assert_array_equal(session.experiment.params, state[1])
        np.testing.assert_array_equal(session.experiment.frozen, state[2])
        np.testing.assert_array_equal(opened(session).params, state[1])

    for place in (1, 0):
        session.take_back()
        check(states[place])
    for place in (1, 2):
        session.take_back(again=True)
        check(states[place])
    session.take_back()
    session.reset()
    check(states[1])


def test_the_weights_of_the_seed_come_back_on_request(session):
    drawn, before = session.experiment.params.copy(), session.current
    session.set_param(0, 4.0, settled=True)
    session.draw_weights()
    assert session.current == before
    np.testing.assert_array_equal(session.experiment.params, drawn)
    session.take_back()
    assert session.experiment.params[0] == 4.0


@pytest.mark.parametrize(
    "change", [{"network_shape": (3,)}, {"activation": "relu"}, {"noise": 10}, {"seed": "0.7"}]
)
def test_another_network_has_its_own_weights(session, change):
    session.set_param(0, 4.0, settled=True)
    session.freeze(0, held=True)
    session.change(replace(session.current, **change))
    assert (session.current.start, session.current.frozen) == ("", ())
    plain = Experiment(session.current)
    np.testing.assert_array_equal(session.experiment.params, plain.params)


def test_what_undoes_nothing_leaves_them(session):
    session.set_param(0, 4.0, settled=True)
    session.change(replace(session.current, learning_rate=0.1))
    np.testing.assert_array_equal(opened(session).params, session.experiment.params)


def test_new_points_leave_them(session):
    session.set_param(0, 4.0, settled=True)
    session.freeze(2, held=True)
    start = session.experiment.params.copy()
    session.regenerate()
    twin = opened(session)
    np.testing.assert_array_equal(twin.params, start)
    assert twin.frozen.nonzero()[0].tolist() == [2]
    assert twin.shown.loss_train == session.experiment.shown.loss_train
    session.reset()
    np.testing.assert_array_equal(session.experiment.params, start)


def test_more_than_a_link_can_carry_is_said(session):
    session.change(replace(session.current, network_shape=(32, 32)))
    train(session.experiment, 1)
    before = session.current
    session.set_param(0, 4.0, settled=True)
    assert session.too_many
    assert session.current == before
    session.reset()
    assert not session.too_many
    session.set_param(0, 4.0, settled=True)  # one of them fits
    assert not session.too_many
    np.testing.assert_array_equal(opened(session).params, session.experiment.params)


@pytest.mark.parametrize(
    "text",
    [
        f"start={pack(24, {0: 1.0})}", f"networkShape=3&start={pack(25, {0: 1.0})}", "frozen=26",
        f"view=wine&start={pack(25, {0: 1.0})}",
    ],
)  # fmt: skip
def test_weights_of_another_network_end_in_a_sentence(session, text):
    [problem] = session.open(text)
    assert ERRORS["other_network"].partition("{")[0] in problem
    assert (session.current.start, session.current.frozen) == ("", ())
    np.testing.assert_array_equal(session.experiment.params, Experiment(session.current).params)


def test_spoilt_weights_end_in_a_sentence(session):
    for text in ("start=abc", "start=" + pack(25, {0: 1.0})[:-1], "frozen=3-1", "frozen=0"):
        [problem] = session.open(text)
        assert problem.startswith(text.split("=")[0])
        assert session.current == Settings()


def test_runs_with_many_seeds_draw_their_own():
    session = Session(lambda: "0.5")
    session.open("view=wine&stopEpoch=1")
    session.set_param(0, 4.0, settled=True)
    runs = SeedRuns(session.current, count=2)
    plain = replace(DEFAULTS["wine"], stop_epoch=1)
    for seed in ("7", "8"):
        assert runs.settings_of(seed) == replace(plain, seed=seed)
    assert runs.belong_to(session.current)
