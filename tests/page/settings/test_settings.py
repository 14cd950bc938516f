"""The table of settings: complete, consistent, and right about what a change undoes."""

from dataclasses import FrozenInstanceError, fields, replace

import pytest
import strategies

from explorer.settings.fields import BadValue, Choice, Names, Number, Whole
from explorer.settings.settings import (
    DATA,
    DEFAULTS,
    INPUT_NAMES,
    KNOBS,
    NOTHING,
    WEIGHTS,
    Settings,
    invalidated,
)
from explorer.text.help import HELP
from explorer.text.labels import CHOICES, LABELS

# Settings that are explained together with others.
SHARED_HELP = dict.fromkeys(INPUT_NAMES, "inputs") | {"reg_dataset": "dataset"}
names = pytest.mark.parametrize("name", list(KNOBS))


def kind(name):
    return KNOBS[name].metadata["kind"]


@names
def test_every_setting_has_a_label_and_a_help_text(name):
    assert LABELS[name]
    sentences = HELP[SHARED_HELP.get(name, name)]
    assert sentences[0].isupper()
    assert sentences.endswith((".", "?"))


@names
def test_every_choice_has_its_text(name):
    if isinstance(kind(name), Choice):
        assert set(CHOICES[name]) >= set(kind(name).names)
    if isinstance(kind(name), Names):
        assert set(CHOICES["activation"]) >= set(kind(name).names)


@names
def test_every_setting_says_what_a_change_undoes(name):
    assert KNOBS[name].metadata["invalidates"] in (NOTHING, WEIGHTS, DATA)


def test_every_field_is_a_knob_but_the_set_of_hidden_controls():
    assert [f.name for f in fields(Settings) if f.name not in KNOBS] == ["hidden"]


def test_keys_are_unique_and_safe_in_a_link():
    keys = [knob.metadata["key"] for knob in KNOBS.values()]
    assert len(set(keys)) == len(keys)
    assert all(key.isalnum() and not key.endswith("_hide") for key in keys)


@pytest.mark.parametrize("view", list(DEFAULTS))
@names
def test_every_default_is_a_value_of_its_own_kind(name, view):
    defaults = DEFAULTS[view]
    value = kind(name).read(defaults.text(name))
    assert value == getattr(defaults, name)
    assert type(value) is type(getattr(defaults, name))


def test_a_views_defaults_belong_to_that_view():
    assert {view: settings.view for view, settings in DEFAULTS.items()} == {
        "playground": "playground",
        "wine": "wine",
    }


@names
def test_what_a_menu_or_slider_offers_is_allowed(name):
    knob = kind(name)
    if isinstance(knob, Number):
        assert list(knob.steps) == sorted(set(knob.steps))
        assert all(knob.read(knob.write(step)) == step for step in knob.steps)
        assert not knob.steps or getattr(Settings(), name) in knob.steps
    if isinstance(knob, Whole):
        assert knob.low <= (knob.reach or knob.high) <= knob.high


def test_the_menus_offer_what_tensorflow_playground_offers():
    theirs = (0.00001, 0.0001, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10)
    assert set(theirs) <= set(kind("learning_rate").steps)
    assert kind("regularization_rate").steps == (0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10)
    assert set(kind("activation").names) >= {"relu", "tanh", "sigmoid", "linear"}
    assert "softmax" not in kind("activation").names
    assert kind("network_shape").most_layers >= 6
    assert kind("network_shape").most_units >= 8


# What a change undoes -----------------------------------------------------------------------

# Sections 2 to 5 of playground.md; what it calls live here is "nothing".
EXPECTED = {
    "learning_rate": NOTHING, "activation": WEIGHTS, "regularization": NOTHING,
    "regularization_rate": NOTHING, "problem": DATA, "dataset": DATA, "reg_dataset": DATA,
    "train_share": DATA, "noise": DATA, "batch_size": NOTHING, "seed": DATA, "x": WEIGHTS,
    "sin_y": WEIGHTS, "network_shape": WEIGHTS, "show_test_data": NOTHING, "discretize": NOTHING,
    "init_zero": WEIGHTS, "optimizer": NOTHING, "momentum": NOTHING, "loss": WEIGHTS,
    "layer_activations": WEIGHTS, "schedule": NOTHING, "n_points": DATA, "speed": NOTHING,
}  # fmt: skip


@pytest.mark.parametrize(("name", "undone"), EXPECTED.items())
def test_a_change_undoes_what_the_playground_says(name, undone):
    assert invalidated(Settings(), strategies.changed(Settings(), name)) == undone


def test_no_change_undoes_nothing():
    assert invalidated(Settings(), replace(Settings(), seed="0.12345")) == NOTHING


def test_hiding_a_control_undoes_nothing():
    assert invalidated(Settings(), replace(Settings(), hidden=frozenset(("noise",)))) == NOTHING


def test_of_several_changes_the_strongest_counts():
    old = Settings()
    assert invalidated(old, replace(old, learning_rate=1.0, activation="relu")) == WEIGHTS
    assert invalidated(old, replace(old, activation="relu", noise=5)) == DATA


# What follows from the settings ----------------------------------------------------------------


def test_the_data_set_in_use_follows_the_problem():
    classification = Settings(dataset="xor", reg_dataset="reg-gauss")
    assert classification.dataset_name == "xor"
    assert replace(classification, problem="regression").dataset_name == "reg-gauss"


def test_the_wine_lab_classifies_whatever_the_problem_type():
    wine = replace(DEFAULTS["wine"], problem="regression")
    assert not wine.is_regression
    assert wine.dataset_name == "wine"


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ((), ("tanh", "tanh", "tanh")),
        (("relu",), ("relu", "tanh", "tanh")),
        (("", "sin"), ("tanh", "sin", "tanh")),
        (("relu", "relu", "relu", "relu"), ("relu", "relu", "relu")),
    ],
)
def test_a_layer_without_its_own_activation_takes_the_networks(own, expected):
    settings = Settings(network_shape=(3, 3, 3), layer_activations=own)
    assert settings.activations == expected


def test_with_text_changes_one_field_and_leaves_the_old_settings_alone():
    old = Settings()
    new = old.with_text("network_shape", "3")
    assert new == replace(old, network_shape=(3,))
    assert old.network_shape == (4, 2)


def test_with_text_refuses_a_bad_value():
    with pytest.raises(BadValue, match="must be a whole number from 0 to 50; got '51'"):
        Settings().with_text("noise", "51")


def test_settings_cannot_be_changed_in_place():
    with pytest.raises(FrozenInstanceError):
        Settings().noise = 5
