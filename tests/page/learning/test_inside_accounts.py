"""Accounts: what a number is made of, and that it is made of that."""

from dataclasses import replace

import numpy as np
import pytest
from runs import trained

from explorer.learning.inside.accounts import account_of
from explorer.learning.inside.remarks import remarks_of
from explorer.learning.inside.walk import Place, StepWalk
from explorer.settings.settings import DEFAULTS, HIDDEN_ACTIVATIONS, Settings
from nncore import ACTIVATIONS

WINE = DEFAULTS["wine"]


def walk_of(settings=None, epochs=1, row=3, **changes):
    settings = settings or Settings(**changes)
    return StepWalk(trained(settings, epochs), row=row)


def names_of(walk):
    widths = [walk.model.n_inputs, *(layer.units for layer in walk.model.layers)]
    return [[f"{k}.{u}" for u in range(n)] for k, n in enumerate(widths)]


def account(walk, phase, layer, unit=0, source=0, all_terms=True):
    return account_of(walk, Place(phase, layer), unit, source, names_of(walk), all_terms)


@pytest.mark.parametrize("settings", [Settings(), WINE, Settings(problem="regression")])
def test_sums_and_deltas_are_the_sums_of_their_terms(settings):
    walk = walk_of(settings)
    for layer, kind in enumerate(walk.model.layers, 1):
        for unit in range(kind.units):
            made = account(walk, "sum", layer, unit)
            assert made.result == pytest.approx(sum(term.value for term in made.terms))
            assert made.result == walk.sample.layers[layer - 1].z[unit, 0]
            made = account(walk, "activation", layer, unit)
            if made.kind == "softmax":
                own = made.terms[unit].value / made.values["total"]
                assert made.result == pytest.approx(own)
            else:
                f = ACTIVATIONS[made.values["activation"]]
                assert made.result == pytest.approx(float(f([[made.values["z"]]])[0, 0]))
            made = account(walk, "delta", layer, unit)
            if made.kind == "delta":
                came = sum(term.value for term in made.terms)
                assert made.values["upstream"] == pytest.approx(came)
                assert made.result == pytest.approx(came * made.values["slope"])


@pytest.mark.parametrize("settings", [Settings(), WINE, Settings(loss="cross_entropy")])
def test_the_loss_is_what_its_outputs_add(settings):
    made = account(walk_of(settings), "loss", 4 if settings is WINE else 3)
    assert made.result == pytest.approx(sum(term.value for term in made.terms))


@pytest.mark.parametrize("activation", HIDDEN_ACTIVATIONS)
def test_gradients_are_input_times_delta(activation):
    walk = walk_of(activation=activation, seed="0.3")
    for layer in (1, 2, 3):
        made = account(walk, "gradient", layer)
        assert [term.source for term in made.terms][-1] is None
        for term in made.terms:
            x, delta = term.factors
            assert term.value == pytest.approx(x * delta)
            index = walk.index(
                layer, len(made.terms) - 1 if term.source is None else term.source, 0
            )
            assert term.value == walk.sample.gradient[index]


def test_a_bias_of_zero_has_the_gradient_delta():
    walk = walk_of(WINE, epochs=0)
    made = account(walk, "gradient", 2, unit=1)
    assert made.values["bias"] == 0.0
    assert made.terms[-1].factors == (1.0, made.values["delta"])
    assert made.terms[-1].value == made.values["delta"] != 0.0


def test_the_mean_of_the_batch():
    walk = walk_of()
    walk.weight = 2, 3, 1
    made = account_of(walk, Place("gradient", 0), 0, 0, names_of(walk))
    assert made.values["each"].mean() == pytest.approx(made.result)
    assert made.result == walk.batch.gradient[walk.index(2, 3, 1)]


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam"])
@pytest.mark.parametrize("regularization", ["none", "L1", "L2"])
def test_an_update_ends_at_the_new_weight(optimizer, regularization):
    walk = walk_of(
        optimizer=optimizer, regularization=regularization, regularization_rate=0.03, epochs=2
    )
    for source in (0, 1, 2):
        made = account(walk, "update", 1, 2, source)
        v = made.values
        index = walk.index(1, source, 2)
        assert v["before"] == walk.before[index]
        assert made.result == walk.sample.after[index]
        if not (v["held"] or v["pruned"]):
            assert made.result == pytest.approx(v["stepped"] - v["pull"], abs=1e-15)
        assert v["is_bias"] == (source == 2)


def test_thirteen_inputs_are_folded_to_the_largest_and_the_rest_together():
    walk = walk_of(WINE)
    whole, folded = (account(walk, "sum", 1, 2, all_terms=each) for each in (True, False))
    assert len(whole.terms) == 14
    assert len(folded.terms) == 5
    count, rest = folded.others
    assert count == 9
    assert sum(term.value for term in folded.terms) + rest == pytest.approx(folded.result)
    smallest = min(abs(term.value) for term in folded.terms[:-1])
    left = sorted((abs(t.value) for t in whole.terms[:-1]), reverse=True)[4:]
    assert smallest >= max(left)


# What goes wrong ------------------------------------------------------------------------------


def keys(walk, phase, layer, unit=0):
    return [key for key, _ in remarks_of(walk, Place(phase, layer), unit)]


def changed(experiment, layer, unit, weights, bias):
    """The walk after a unit's weights were set by hand."""
    block = experiment.model.blocks(experiment.params)[layer - 1]
    block[:-1, unit], block[-1, unit] = weights, bias
    return StepWalk(experiment, row=3)


def test_dead_and_merely_off():
    experiment = trained(Settings(activation="relu"), 1)
    walk = changed(experiment, 1, 0, 0.0, -1.0)
    assert keys(walk, "activation", 1) == ["dead"]
    assert keys(walk, "delta", 1) == ["dead"]
    x = experiment.problem.train.inputs
    off = next(row for row in range(50) if x[row, 0] < 0)
    walk = StepWalk(experiment, row=off)
    block = experiment.model.blocks(experiment.params)[0]
    block[:, 1] = 1.0, 0.0, 0.0
    walk = StepWalk(experiment, row=off)
    assert keys(walk, "activation", 1, 1) == ["off"]
    on = next(row for row in range(50) if x[row, 0] > 0)
    assert keys(StepWalk(experiment, row=on), "activation", 1, 1) == []


def test_saturated():
    experiment = trained(Settings(), 1)
    walk = changed(experiment, 1, 0, 0.0, 9.0)
    [(key, words)] = remarks_of(walk, Place("delta", 1), 0)
    assert key == "saturated"
    assert words["slope"] == pytest.approx(1 - np.tanh(9.0) ** 2)
    assert keys(changed(experiment, 1, 0, 0.0, 0.1), "delta", 1) == []


def test_vanishing_and_exploding():
    deep = Settings(activation="sigmoid", network_shape=(4, 4, 4, 4, 4, 4))
    assert keys(walk_of(deep, epochs=0), "gradient", 1) == ["vanishing"]
    assert keys(walk_of(replace(deep, activation="tanh", initializer="glorot_uniform"), epochs=0),
                "gradient", 1) == []  # fmt: skip
    experiment = trained(Settings(activation="linear", problem="regression"), 0)
    walk = changed(experiment, 3, 0, 1000.0, 0.0)
    [(key, words)] = remarks_of(walk, Place("gradient", 3), 0)
    assert key == "exploding"
    assert words["norm"] > 100


def test_held_and_no_inputs():
    experiment = trained(Settings(), 0)
    experiment.freeze(0, True)
    walk = StepWalk(experiment, row=0)
    walk.weight = 1, 0, 0
    assert keys(walk, "update", 1) == ["held"]
    walk.weight = 1, 1, 0
    assert keys(walk, "update", 1) == []
    walk = walk_of(x=False, y=False, epochs=0)
    assert keys(walk, "sum", 1) == ["no_inputs"]
    assert account(walk, "sum", 1).result == pytest.approx(0.1)
