"""A walk through a step: its places, and the step that the network then takes."""

import numpy as np
import pytest
from runs import trained

from explorer.learning.experiment import Experiment
from explorer.learning.inside.taking import take
from explorer.learning.inside.walk import NoWalk, Place, StepWalk, places
from explorer.settings.settings import DEFAULTS, Settings
from nncore import OPTIMIZERS

WINE = DEFAULTS["wine"]


def one_epoch(settings):
    return trained(settings, 1)


def walked(settings, epochs=0, **options):
    experiment = trained(settings, epochs)
    return experiment, StepWalk(experiment, **options)


def test_the_places_of_the_default_network_are_forward_loss_back_update_after():
    _, walk = walked(Settings())
    assert [(p.phase, p.layer) for p in walk.places] == [
        ("input", 0), ("sum", 1), ("activation", 1), ("sum", 2), ("activation", 2), ("sum", 3),
        ("activation", 3), ("loss", 3), ("delta", 3), ("gradient", 3), ("delta", 2),
        ("gradient", 2), ("delta", 1), ("gradient", 1), ("update", 1), ("update", 2),
        ("update", 3), ("after", 3),
    ]  # fmt: skip


def test_the_batch_has_a_mean_before_the_update():
    _, walk = walked(Settings(), whole_batch=True)
    phases = [(p.phase, p.layer) for p in walk.places]
    assert phases.index(("gradient", 0)) == phases.index(("update", 1)) - 1


def test_unit_by_unit_every_unit_of_a_layer_has_a_place():
    _, walk = walked(Settings(), by_unit=True)
    sums = [p.unit for p in walk.places if p.phase == "sum"]
    assert sums == [0, 1, 2, 3, 0, 1, 0]
    assert [p for p in walk.places if p.phase == "loss"] == [Place("loss", 3)]


def test_walking_there_and_back():
    _, walk = walked(Settings())
    assert not walk.move(-1)
    assert walk.move(+3)
    walk.one_by_one(True, 1)
    assert walk.place == Place("sum", 2, 1)
    walk.one_by_one(False)
    assert walk.place == Place("sum", 2)
    walk.go_to("gradient")
    assert walk.place == Place("gradient", 3)
    walk.go_to("gradient", 1)
    assert walk.place == Place("gradient", 1)
    assert walk.move(100)
    assert walk.at_end
    assert not walk.move(+1)


@pytest.mark.parametrize("settings", [Settings(engine="numpy"), WINE])
@pytest.mark.parametrize("name", sorted(OPTIMIZERS))
@pytest.mark.parametrize("epochs", [0, 2])
def test_the_walk_ends_where_training_s_next_step_ends(settings, name, epochs):
    """Bit for bit, here where NumPy trains: for the next batch, whatever it holds."""
    settings = settings.with_text("optimizer", name)
    experiment, walk = walked(settings, epochs, whole_batch=True)
    before = experiment.params.copy()
    expected = walk.update.after
    assert not np.array_equal(expected, before)
    np.testing.assert_array_equal(experiment.params, before)  # the walk has changed nothing
    assert take(experiment, walk) == 0.0
    assert experiment.params.tobytes() == expected.tobytes()
    np.testing.assert_array_equal(np.sort(experiment.batch_rows), np.sort(walk.batch.rows))
    plain = trained(settings, epochs)
    plain.work(1)
    assert plain.params.tobytes() == expected.tobytes()


@pytest.mark.parametrize(
    "settings", [Settings(), WINE, Settings(regularization="L1", regularization_rate=0.01)]
)
def test_a_step_on_one_sample_alone(settings):
    """From the first weights, from the middle of an epoch and from its end; training goes on."""
    experiment = Experiment(settings)
    for batches in (0, 3, 1000):
        if batches:
            experiment.work(batches)
        batch, epoch = experiment.batch, experiment.epoch
        walk = StepWalk(experiment, row=5)
        assert take(experiment, walk) == 0.0
        assert (experiment.batch, experiment.epoch) == (batch, epoch)
        assert experiment.params.tobytes() == walk.sample.after.tobytes()
    experiment.step()
    assert experiment.epoch == 2


def test_the_memory_of_an_optimizer_goes_on_after_a_step_on_one_sample():
    experiment = trained(WINE, 1)
    for row in (3, 4):
        walk = StepWalk(experiment, row=row)
        t = experiment.progress.state.t
        take(experiment, walk)
        assert experiment.progress.state.t == t + 1
        np.testing.assert_array_equal(
            experiment.progress.state.slots, walk.sample.memory_after.slots
        )
        assert experiment.shown.loss_train == pytest.approx(
            experiment.model.loss(
                experiment.params, experiment.problem.train.inputs,
                experiment.problem.train.targets, experiment.problem.loss,
            )
        )  # fmt: skip


def test_the_next_batch_is_named_before_it_is_drawn():
    """Looking at it does not disturb the order in which rows are shuffled."""
    experiment, walk = walked(WINE, 1)
    again = StepWalk(experiment)
    np.testing.assert_array_equal(walk.batch.rows, again.batch.rows)
    assert walk.row == walk.batch.rows[0]
    assert walk.next_row() == walk.batch.rows[1]
    assert StepWalk(experiment, row=int(walk.batch.rows[-1])).next_row() == walk.batch.rows[0]
    experiment.work(1)
    np.testing.assert_array_equal(experiment.batch_rows, walk.batch.rows)


def test_a_row_outside_of_the_batch_is_followed_alone():
    experiment, walk = walked(Settings())
    other = next(row for row in range(100) if row not in walk.batch.rows)
    assert not StepWalk(experiment, row=other, whole_batch=True).whole_batch
    assert StepWalk(experiment, row=int(walk.batch.rows[3]), whole_batch=True).whole_batch


def test_a_walk_knows_when_it_is_of_yesterday():
    experiment, walk = walked(Settings())
    assert walk.is_current
    experiment.change(Settings(learning_rate=0.1))
    assert not walk.is_current
    walk = StepWalk(experiment)
    assert walk.sample.learning_rate == 0.1
    experiment.set_param(0, 1.0)
    assert not walk.is_current


def test_numbers_that_are_not_finite_give_no_walk():
    experiment = Experiment(Settings())
    experiment.params[3] = np.nan
    with pytest.raises(NoWalk, match="not_finite"):
        StepWalk(experiment)


def test_a_batch_larger_than_the_data_is_all_of_them():
    experiment, walk = walked(Settings(batch_size=1000))
    assert len(walk.batch.rows) == len(experiment.problem.train.inputs)


def test_nudging_a_weight_changes_the_loss_as_its_gradient_says():
    experiment, walk = walked(WINE, 1)
    for index in range(0, experiment.model.n_params, 11):
        change = walk.nudged(index, 1e-6) / 1e-6
        assert change == pytest.approx(walk.sample.gradient[index], rel=1e-3, abs=1e-5)


def test_the_loss_after_is_that_of_the_new_weights():
    experiment, walk = walked(Settings(), whole_batch=True)
    rows = walk.batch.rows
    train = experiment.problem.train
    expected = experiment.model.loss(
        walk.update.after, train.inputs[rows], train.targets[rows], experiment.problem.loss
    )
    assert walk.loss_after == expected
    outputs = experiment.model.forward(walk.update.after, train.inputs[walk.row : walk.row + 1])
    assert walk.outputs_after == [layer[0].tolist() for layer in outputs]


def test_the_widest_network_has_a_walk():
    settings = Settings(network_shape=(32,) * 8, dataset="wine", view="wine")
    _, walk = walked(settings)
    assert len(places(walk.model, True, False)) == 1 + 18 + 1 + 18 + 1 + 9 + 1
    assert walk.paths_of(0).count == 32**7 * 3
