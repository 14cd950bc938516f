"""Many epochs in one call: the numbers of single epochs, and an end where training ends."""

from dataclasses import replace

import numpy as np
import pytest
from runs import assert_all_finite

from explorer.learning import evaluation
from explorer.learning.experiment import Experiment
from explorer.learning.history import MOST, History, Record
from explorer.settings.settings import Settings
from nncore.kernel.native import WasmtimeEngine

SETTINGS = Settings(noise=20)
CASES = {
    "default": SETTINGS,
    "shuffled, Adam": replace(SETTINGS, shuffle=True, optimizer="adam", learning_rate=0.01),
    "L1": replace(SETTINGS, regularization="L1", regularization_rate=0.1),
    "cross-entropy": replace(SETTINGS, loss="cross_entropy"),
    "three classes": replace(SETTINGS, dataset="blobs", noise=40),
    "regression": replace(SETTINGS, problem="regression", reg_dataset="reg-gauss"),
    "no test rows": replace(SETTINGS, train_share=100),
    "schedule": replace(SETTINGS, schedule="step", schedule_epochs=2),
}
MANY = 10_000  # batches: far more than an epoch has


@pytest.fixture(scope="module")
def engine():
    pytest.importorskip("wasmtime")
    return WasmtimeEngine()


def numbers(experiment):
    return [(*record[:5], record.params.tobytes()) for record in experiment.history.records]


def calls(experiment, batches, through=True):
    """Epochs before and after one piece of work."""
    before = experiment.epoch
    experiment.work(batches, through)
    return before, experiment.epoch


@pytest.mark.parametrize("settings", CASES.values(), ids=list(CASES))
def test_many_epochs_at_once_leave_the_numbers_of_single_ones(engine, settings):
    alone, many = Experiment(settings, engine), Experiment(settings, engine)
    per_epoch = -(-len(many.problem.train.inputs) // settings.batch_size)
    assert calls(many, 5 * per_epoch) == (0, 5)
    assert calls(many, 7 * per_epoch + 3) == (5, 12)
    many.work(3)  # a part of an epoch, which is then completed before the next ones
    many.work(MANY)
    assert calls(many, 2 * per_epoch) == (13, 15)
    for _ in range(15):
        alone.step()
    assert numbers(many) == numbers(alone)
    np.testing.assert_array_equal(many.params, alone.params)
    np.testing.assert_array_equal(many.shown.confusion, alone.shown.confusion)
    assert many.shown is many.history.records[-1]


def test_where_it_is_not_asked_for_an_epoch_stays_an_epoch(engine):
    assert calls(Experiment(SETTINGS, engine), MANY, through=False) == (0, 1)
    assert calls(Experiment(SETTINGS), MANY) == (0, 1)


def test_many_rows_are_measured_in_parts_and_so_epoch_by_epoch(engine, monkeypatch):
    monkeypatch.setattr(evaluation, "PART", 1)
    experiment = Experiment(SETTINGS, engine)
    experiment.finish_measuring()
    experiment.work(MANY, through=True)
    assert experiment.measuring is not None
    experiment.finish_measuring()
    assert experiment.epoch == 1


def test_it_ends_at_the_last_epoch(engine):
    experiment = Experiment(replace(SETTINGS, stop_epoch=7), engine)
    assert calls(experiment, MANY) == (0, 7)
    assert experiment.finished


def test_it_ends_at_the_loss(engine):
    settings = replace(SETTINGS, stop_loss=0.2)
    experiment, alone = Experiment(settings, engine), Experiment(settings, engine)
    experiment.work(MANY, through=True)
    assert experiment.finished
    while not alone.finished:
        alone.step()
    assert numbers(experiment) == numbers(alone)


@pytest.mark.parametrize("rate", [0.18, 1000.0])
def test_it_diverges_at_the_epoch_of_single_ones(engine, rate):
    settings = Settings(
        problem="regression", network_shape=(), learning_rate=rate, batch_size=600, train_share=50
    )
    experiment, alone = Experiment(settings, engine), Experiment(settings, engine)
    for each, through in ((experiment, True), (alone, False)):
        for _ in range(500):
            each.work(MANY, through)
            if each.diverged:
                break
    assert experiment.diverged_at == alone.diverged_at is not None
    assert experiment.shown is experiment.history.records[-1]
    assert numbers(experiment) == numbers(alone)
    assert_all_finite(experiment)


def test_an_earlier_epoch_of_a_call_has_its_confusion_matrix(engine):
    settings = CASES["three classes"]
    experiment, alone = Experiment(settings, engine), Experiment(settings, engine)
    experiment.work(MANY, through=True)
    for _ in range(3):
        alone.step()
    experiment.go_to(experiment.history.nearest(3))
    np.testing.assert_array_equal(experiment.shown.confusion, alone.shown.confusion)


def test_a_history_of_many_at_once_is_that_of_one_by_one():
    """Thinned at the same epochs; and what is kept does not hold on to what is not."""
    one, many = History(), History()
    params = np.arange(3.0 * 5000).reshape(5000, 3)
    records = [Record(k, 1.0, None, 0.5, None, params[k]) for k in range(5000)]
    for record in records:
        one.add(record)
    for start in range(0, 5000, 777):
        many.extend(records[start : start + 777])
    assert len(many.records) <= MOST
    assert [r.epoch for r in many.records] == [r.epoch for r in one.records]
    assert all(np.array_equal(r.params, params[r.epoch]) for r in many.records)
    assert sum(r.params.base is not None for r in many.records) < MOST
