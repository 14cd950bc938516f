"""What undo keeps of experiments: enough to go on with, and not without bound."""

from dataclasses import replace

import pytest

from explorer.session import undo
from explorer.session.kept import kept, sizes
from explorer.session.session import Session

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
            found |= sizes(training) if training else {}
    return sum(found.values())


def test_large_data_are_kept_for_some_changes_only(monkeypatch):
    session = opened("points=2000&networkShape=2")
    own = sum(sizes(session.state()[2]).values())
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
    monkeypatch.setattr(undo, "MOST_BYTES", 2 * sum(sizes(session.state()[2]).values()))
    for value in range(30):
        session.set_param(0, value / 10, settled=True)
    assert len(session.undo.past) == 30


def test_every_record_counts():
    session = opened("networkShape=8,8")
    before = sum(sizes(kept(session.experiment)).values())
    for _ in range(10):
        session.experiment.step()
    after = sum(sizes(kept(session.experiment)).values())
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
    assert [before[2][name] for name in ("training", "evaluations")] == [None, None]
    session.undo.undo()
    for _ in range(2):
        experiment.step()
    losses = [r.loss_test for r in experiment.history.records]
    assert losses[:3] == [r.loss_test for r in straight.history.records][:3]
    assert len(losses) == 5
    assert experiment.snapshot().responses[-1].shape[0] == len(experiment.problem.train.inputs)
