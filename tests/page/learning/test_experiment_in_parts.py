"""An epoch and its measurement in parts: the same numbers, and nothing half done is shown."""

from dataclasses import replace

import numpy as np
import pytest
from runs import trained

from explorer.learning import evaluation
from explorer.learning.experiment import Experiment
from explorer.session.session import Session
from explorer.settings.settings import Settings

MANY = Settings(n_points=700, noise=20)  # 350 training rows: 35 batches an epoch
CASES = {
    "default": MANY,
    "shuffled, Adam": replace(MANY, shuffle=True, optimizer="adam", learning_rate=0.01),
    "L1": replace(MANY, regularization="L1", regularization_rate=0.1),
    "three classes": replace(MANY, dataset="blobs", noise=40),
    "regression": replace(MANY, problem="regression", reg_dataset="reg-gauss"),
    "no test rows": replace(MANY, train_share=100),
}


@pytest.fixture
def small_parts(monkeypatch):
    """Measurements go in parts of 32 rows, as those of 100,000 rows of a wide network do."""
    monkeypatch.setattr(evaluation, "PART", 1)


def run(experiment, epochs, sizes=(3, 1, 8)):
    """Train in parts of such numbers of batches; return how many pieces of work that were."""
    pieces, wanted = 0, experiment.epoch + epochs
    while experiment.epoch < wanted:
        experiment.work(sizes[pieces % len(sizes)])
        pieces += 1
    return pieces


def numbers(experiment):
    return [
        (r.epoch, r.loss_train, r.loss_test, r.score_train, r.score_test)
        for r in experiment.history.records
    ]


@pytest.mark.parametrize("settings", CASES.values(), ids=list(CASES))
@pytest.mark.parametrize("sizes", [(1,), (3, 1, 8), (1000,)])
def test_every_epoch_has_the_same_numbers_however_it_is_cut(small_parts, settings, sizes):
    whole, parts = trained(settings, 4), Experiment(settings)
    assert run(parts, 4, sizes) > 4 * 11
    assert numbers(parts) == numbers(whole)
    np.testing.assert_array_equal(parts.params, whole.params)


@pytest.mark.parametrize("settings", CASES.values(), ids=list(CASES))
def test_a_measurement_in_parts_is_the_one_at_once(settings, monkeypatch):
    whole = trained(settings, 3)
    monkeypatch.setattr(evaluation, "PART", 1)
    parts = trained(settings, 3)
    assert len(parts.evaluations[0].spans) > 5
    for one, other in zip(numbers(parts), numbers(whole), strict=True):
        np.testing.assert_allclose(
            np.array(one, float), np.array(other, float), rtol=1e-12, equal_nan=True
        )
    if whole.shown.confusion is not None:
        np.testing.assert_array_equal(parts.shown.confusion, whole.shown.confusion)


def test_an_epoch_counts_when_it_is_measured(small_parts):
    experiment = trained(MANY, 1)
    first = experiment.shown
    experiment.work(30)
    assert (experiment.epoch, experiment.batch, experiment.shown) == (1, 30, first)
    experiment.work(30)
    assert (experiment.epoch, experiment.batch, experiment.shown) == (1, 35, first)
    assert experiment.measuring is not None
    while experiment.measuring is not None:
        assert experiment.history.records[-1] is first
        experiment.work()
    assert (experiment.epoch, experiment.batch) == (2, 0)
    assert experiment.history.records[-1] is experiment.shown is not first


def test_before_the_first_measurement_there_is_no_number(small_parts):
    experiment = Experiment(MANY)
    assert experiment.measuring is not None
    assert experiment.shown.loss_train is None
    experiment.finish_measuring()
    assert experiment.shown.loss_train > 0
    assert len(experiment.history.records) == 1


def within(kind):
    """An experiment after one epoch, in the middle of the next: of its batches, or measured."""
    experiment = trained(MANY, 1)
    experiment.work(20)
    if kind == "measuring":
        experiment.work()
        experiment.work()
        assert experiment.measuring is not None
    return experiment


MIDDLES = ["training", "measuring"]


@pytest.mark.parametrize("kind", MIDDLES)
def test_a_step_finishes_the_epoch(small_parts, kind):
    experiment = within(kind)
    experiment.step()
    assert numbers(experiment) == numbers(trained(MANY, 2))


@pytest.mark.parametrize("kind", MIDDLES)
def test_a_reset_begins_anew(small_parts, kind):
    experiment = within(kind)
    experiment.reset()
    assert (experiment.epoch, experiment.batch) == (0, 0)
    run(experiment, 2)
    assert numbers(experiment) == numbers(trained(MANY, 2))


@pytest.mark.parametrize("kind", MIDDLES)
def test_going_back_leaves_the_half_epoch(small_parts, kind):
    experiment = within(kind)
    experiment.go_to(experiment.history.records[0])
    assert (experiment.epoch, experiment.batch, experiment.measuring) == (0, 0, None)
    run(experiment, 2)
    assert numbers(experiment) == numbers(trained(MANY, 2))


def test_going_back_to_what_was_not_yet_measured_measures_it(small_parts):
    experiment = Experiment(MANY)
    experiment.work()
    experiment.go_to(experiment.history.records[0])
    experiment.finish_measuring()
    assert numbers(experiment) == numbers(trained(MANY, 1))[:1]


@pytest.mark.parametrize("kind", MIDDLES)
@pytest.mark.parametrize("change", [{"learning_rate": 0.3}, {"batch_size": 7}, {"engine": "numpy"}])
def test_a_live_change_goes_on_from_there(small_parts, kind, change):
    experiment = within(kind)
    experiment.change(replace(MANY, **change))
    batch = experiment.batch
    experiment.work(1)
    assert experiment.batch == batch + (kind == "training")
    run(experiment, 1)
    assert [r.epoch for r in experiment.history.records] == [0, 1, 2]


@pytest.mark.parametrize("kind", MIDDLES)
def test_a_weight_by_hand_is_measured_and_makes_no_half_epoch(small_parts, kind):
    experiment = within(kind)
    records = list(experiment.history.records)
    experiment.set_param(0, 2.5)
    experiment.finish_measuring()
    rows, model = experiment.problem.train, experiment.model
    loss = model.loss(experiment.params, rows.inputs, rows.targets, experiment.problem.loss)
    assert experiment.shown.loss_train == pytest.approx(loss, rel=1e-12)
    if kind == "training":
        assert (experiment.epoch, experiment.batch) == (1, 20)
        assert experiment.history.records == records
    else:
        assert (experiment.epoch, experiment.batch) == (2, 0)
        assert experiment.history.records[-1] is experiment.shown


@pytest.mark.parametrize("kind", MIDDLES)
def test_new_points_are_measured(small_parts, kind):
    experiment = within(kind)
    experiment.renew(replace(experiment.settings, seed="0.777"))
    experiment.finish_measuring()
    rows, model = experiment.problem.train, experiment.model
    loss = model.loss(experiment.params, rows.inputs, rows.targets, experiment.problem.loss)
    assert experiment.shown.loss_train == pytest.approx(loss, rel=1e-12)
    experiment.step()
    assert experiment.epoch in (2, 3)


@pytest.mark.parametrize("middle", [0, 4])
def test_undo_puts_a_half_measured_state_back(small_parts, middle):
    session = Session(lambda: "0.5")
    session.settings["playground"] = MANY
    session.show("playground")
    experiment = session.experiment
    experiment.step()
    experiment.work(1000)
    for _ in range(middle):
        experiment.work()
    session.change(replace(MANY, network_shape=(3,)))
    run(experiment, 1)
    session.undo.undo()
    assert (experiment.epoch, experiment.batch) == (1, 35)
    run(experiment, 2)
    assert numbers(experiment) == numbers(trained(MANY, 3))


def test_it_does_not_stop_by_loss_before_a_loss_is_there(small_parts):
    experiment = Experiment(replace(MANY, stop_loss=10.0))
    assert not experiment.finished
    experiment.finish_measuring()
    assert experiment.finished
