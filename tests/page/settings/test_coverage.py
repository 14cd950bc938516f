"""Every entry of the core's registries says all that the page needs; what is missing is named.

An activation, a data set, a table, an optimizer, a loss: one entry each. Whoever adds one runs
these tests, and learns from them what its entry still lacks.
"""

import inspect

import numpy as np
import pytest

import nncore
from explorer.settings.settings import HIDDEN_ACTIVATIONS, KNOBS, TABLES
from explorer.text.labels import CHOICES, NOUNS
from explorer.text.presets import LOOK_FOR
from nncore import ACTIVATIONS, DATASETS, LOSSES, OPTIMIZERS
from nncore import TABLES as TABLE_INFOS

SAID = {
    "ACTIVATIONS": ("title", "formula", "numpy", "keras", "torch"),
    "OPTIMIZERS": ("formula", "title", "keras", "torch", "sklearn"),
    "LOSSES": ("formula", "term", "keras", "torch"),
    "DATASETS": ("title", "task", "look_for"),
    "TABLES": ("title", "noun", "nouns"),
}
# Of an activation that a hidden layer can have.
HIDDEN = ("backprop", "slope", "compiled", "sklearn")


def lacking(registry, wanted):
    """ "ACTIVATIONS['swish'] lacks torch" for every entry and every field that is empty."""
    return [
        f"{registry}[{name!r}] lacks {field}"
        for name, entry in getattr(nncore, registry).items()
        for field in wanted
        if not getattr(entry, field)
    ]


@pytest.mark.parametrize("registry", SAID)
def test_every_entry_says_all_there_is_to_say(registry):
    assert lacking(registry, SAID[registry]) == []


def test_every_activation_of_a_hidden_layer_can_be_trained_and_compiled():
    missing = lacking("ACTIVATIONS", HIDDEN)
    assert [line for line in missing if "softmax" not in line] == []
    assert set(ACTIVATIONS) - set(HIDDEN_ACTIVATIONS) == {"softmax"}


def test_every_optimizer_and_every_loss_is_compiled():
    assert lacking("OPTIMIZERS", ["compiled"]) + lacking("LOSSES", ["compiled"]) == []


def test_what_is_missing_is_named(monkeypatch):
    monkeypatch.setitem(ACTIVATIONS, "swish", nncore.activation.Activation("swish", 0, 0, "z"))
    assert lacking("ACTIVATIONS", ("torch", "formula"))[-1] == "ACTIVATIONS['swish'] lacks torch"


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_an_activation_s_python_gives_its_numbers(name):
    z = np.linspace(-3, 3, 14).reshape(2, 7)
    text = ACTIVATIONS[name].numpy.format(z="z + 0")
    given = eval(text, {"np": np, "z": z, "ACTIVATIONS": ACTIVATIONS})
    np.testing.assert_allclose(given, ACTIVATIONS[name](z), rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_an_optimizer_s_calls_name_its_own_fields(name):
    kind = OPTIMIZERS[name]
    fields = dict.fromkeys(inspect.signature(kind).parameters, 0.5)
    for text in (kind.keras, kind.torch):
        compile(text.format(**fields), name, "eval")
    assert set(kind.numbers) <= set(fields)
    left_out = set(fields) - set(kind.numbers) - {"learning_rate", "initial_accumulator_value"}
    assert left_out == set(), "the compiled rule would not know these"


def test_every_choice_has_its_title():
    lacks = [
        f"CHOICES[{field!r}] lacks {value!r}"
        for field, knob in KNOBS.items()
        for value in getattr(knob.metadata["kind"], "names", ())
        if field in CHOICES and not CHOICES[field].get(value)
    ]
    assert lacks == []
    assert {field for field, knob in KNOBS.items() if hasattr(knob.metadata["kind"], "names")} <= {
        *CHOICES, "layer_activations",
    }  # fmt: skip


def test_what_data_sets_say_can_be_translated():
    assert {name: info.look_for for name, info in DATASETS.items()} == LOOK_FOR


@pytest.mark.parametrize("name", TABLES)
def test_every_table_says_what_its_rows_are_and_where_it_is_from(name):
    info, table = TABLE_INFOS[name], TABLE_INFOS[name].load()
    assert NOUNS[name] == (info.noun, info.nouns)
    assert table.name == name
    assert len(table.source) > 20
    assert table.target_name


def test_a_loss_that_is_fused_goes_with_an_activation_there_is():
    fused = {loss.activation for loss in LOSSES.values()} - {None}
    assert fused <= set(ACTIVATIONS)
