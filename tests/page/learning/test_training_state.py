"""What undo keeps of experiments: enough to go on with, and not without bound."""

from dataclasses import FrozenInstanceError, fields, replace

import pytest

from explorer.session import undo
from explorer.session.session import Session

# What an experiment has beside its state: its engine, what is worked out again, what is under way.
AGAIN = {"engine", "computer", "evaluations", "training", "measuring", "portion", "rounds"}
SEEDS = [f"0.{number}" for number in range(100, 160)]


def opened(link):
    seeds = iter(SEEDS)
    session = Session(lambda: next(seeds))
    session.open(link)
    return session


def held(session):
    found = {}
    for change in session.undo.past:
        for _, _, training in change:
            found |= training.sizes if training else {}
    return sum(found.values())


def test_large_data_are_kept_for_some_changes_only(monkeypatch):
    session = opened("points=2000&networkShape=2")
    own = session.state()[2].nbytes
    assert 2000 * 4 * 8 < own < 2000 * 10 * 8
    monkeypatch.setattr(undo, "MOST_BYTES", 6.5 * own)
    for _ in range(20):
        session.regenerate()
    assert held(session) <= 6.5 * own
    assert len(session.undo.past) == 5, "five changes, six data sets"
    session.undo.undo()
    assert session.current.seed == SEEDS[18]


def test_data_that_stay_the_same_count_once(monkeypatch):
    session = opened("points=2000&networkShape=2")
    monkeypatch.setattr(undo, "MOST_BYTES", 2 * session.state()[2].nbytes)
    for value in range(30):
        session.set_param(0, value / 10, settled=True)
    assert len(session.undo.past) == 30


def test_every_field_of_an_experiment_is_kept_or_worked_out_again():
    """Whoever adds a field to Experiment says which of the two it is."""
    experiment = opened("").experiment
    experiment.step()
    state = {field.name for field in fields(experiment.save())}
    assert set(vars(experiment)) - AGAIN == state - {"is_measuring"}


def test_a_state_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        opened("").experiment.save().epoch = 3


def test_an_experiment_goes_on_from_a_state_as_if_nothing_had_been_between():
    experiment, straight = opened("").experiment, opened("").experiment
    experiment.step()
    state = experiment.save()
    experiment.change(replace(experiment.settings, learning_rate=10.0))
    for _ in range(3):
        experiment.step()
    experiment.restore(state)
    assert experiment.epoch == 1
    for each in (experiment, straight):
        while each.epoch < 4:
            each.step()
    losses = [[r.loss_test for r in each.history.records] for each in (experiment, straight)]
    assert losses[0] == losses[1]
    assert [r.epoch for r in state.history.records] == [0, 1], "a state goes its own way"


def test_every_record_counts():
    session = opened("networkShape=8,8")
    before = session.experiment.save().nbytes
    for _ in range(10):
        session.experiment.step()
    after = session.experiment.save().nbytes
    assert after - before >= 10 * session.experiment.params.nbytes


@pytest.mark.parametrize("link", ["", "view=wine", "percTrainData=90&networkShape=3"])
def test_what_can_be_worked_out_again_is_not_kept_and_is_there_after_an_undo(link):
    session = opened(link)
    experiment = session.experiment
    for _ in range(2):
        experiment.step()
    straight = opened(link).experiment
    for _ in range(4):
        straight.step()
    session.change(replace(session.current, network_shape=(4,)))
    ((before, _),) = session.undo.past
    assert not AGAIN & {field.name for field in fields(before[2])}
    session.undo.undo()
    for _ in range(2):
        experiment.step()
    losses = [r.loss_test for r in experiment.history.records]
    assert losses[:3] == [r.loss_test for r in straight.history.records][:3]
    assert len(losses) == 5
    assert experiment.snapshot().responses[-1].shape[0] == len(experiment.problem.train.inputs)
