"""Links: TensorFlow Playground's open here, ours open there, and no text breaks anything."""

from dataclasses import replace

import pytest
import strategies
from hypothesis import example, given
from hypothesis import settings as given_settings
from hypothesis import strategies as st

from explorer.settings.link import HIDEABLE, LONGEST, decode, encode
from explorer.settings.settings import DEFAULTS, KNOBS, Settings

# Links as TensorFlow Playground writes them, keys that do nothing included.
DEFAULT_LINK = (
    "#activation=tanh&batchSize=10&dataset=circle&regDataset=reg-plane&learningRate=0.03"
    "&regularizationRate=0&noise=0&networkShape=4,2&seed=0.12345&showTestData=false"
    "&discretize=false&percTrainData=50&x=true&y=true&xTimesY=false&xSquared=false"
    "&ySquared=false&cosX=false&sinX=false&cosY=false&sinY=false&collectStats=false"
    "&problem=classification&initZero=false&hideText=false"
)
SPIRAL_LINK = (
    "#activation=relu&regularization=L2&batchSize=17&dataset=spiral&regDataset=reg-gauss"
    "&learningRate=0.003&regularizationRate=0.001&noise=35&networkShape=8,6,4&seed=0.49781"
    "&showTestData=true&discretize=true&percTrainData=80&x=true&y=true&xTimesY=true"
    "&xSquared=true&ySquared=true&cosX=false&sinX=true&cosY=false&sinY=true"
    "&collectStats=false&tutorial=&problem=classification&initZero=false&hideText=false"
    "&learningRate_hide=true&numHiddenLayers_hide=true"
)
REGRESSION_LINK = (
    "#activation=linear&batchSize=30&dataset=gauss&regDataset=reg-gauss&learningRate=0.00001"
    "&regularizationRate=0&noise=5&networkShape=&seed=0.7&showTestData=false&discretize=false"
    "&percTrainData=10&x=false&y=false&problem=regression&initZero=true&hideText=true"
)


def test_the_default_link_is_the_default():
    assert decode(DEFAULT_LINK) == (Settings(), [])


def test_every_value_of_a_real_link_is_taken():
    expected = Settings(
        activation="relu", regularization="L2", batch_size=17, dataset="spiral",
        reg_dataset="reg-gauss", learning_rate=0.003, regularization_rate=0.001, noise=35,
        network_shape=(8, 6, 4), seed="0.49781", show_test_data=True, discretize=True,
        train_share=80, x_times_y=True, x_squared=True, y_squared=True, sin_x=True, sin_y=True,
        hidden=frozenset(("learningRate", "numHiddenLayers")),
    )  # fmt: skip
    assert decode(SPIRAL_LINK) == (expected, [])


def test_a_real_regression_link_without_inputs_and_layers():
    settings, problems = decode(REGRESSION_LINK)
    assert problems == []
    assert settings == Settings(
        activation="linear", batch_size=30, dataset="gauss", reg_dataset="reg-gauss",
        learning_rate=0.00001, noise=5, network_shape=(), seed="0.7", train_share=10, x=False,
        y=False, problem="regression", init_zero=True, hide_text=True,
    )  # fmt: skip


def test_a_link_without_anything_is_the_default():
    for text in ("", "#", "#&&", "=", "#x"):
        assert decode(text) == (Settings(), [])


# What we write -------------------------------------------------------------------------------

# Section 8 of playground.md, without the keys that do nothing.
THEIR_ORDER = [
    "activation", "regularization", "batchSize", "dataset", "regDataset", "learningRate",
    "regularizationRate", "noise", "networkShape", "seed", "showTestData", "discretize",
    "percTrainData", "x", "y", "xTimesY", "xSquared", "ySquared", "sinX", "sinY", "problem",
    "initZero", "hideText",
]  # fmt: skip
THEIR_HIDES = [
    "showTestData", "discretize", "playButton", "stepButton", "resetButton", "learningRate",
    "activation", "regularization", "regularizationRate", "problem", "dataset", "percTrainData",
    "noise", "batchSize", "numHiddenLayers",
]  # fmt: skip


def keys(text):
    return [part.partition("=")[0] for part in text.split("&")]


def test_our_links_have_their_keys_in_their_order():
    assert keys(encode(Settings(regularization="L1"))) == THEIR_ORDER


def test_regularization_is_left_out_when_there_is_none():
    assert keys(encode(Settings())) == [key for key in THEIR_ORDER if key != "regularization"]


def test_their_values_are_written_as_they_write_them():
    text = encode(Settings(learning_rate=0.00001, network_shape=(), x=False))
    assert "&learningRate=0.00001&" in text
    assert "&networkShape=&" in text
    assert "&x=false&y=true&" in text
    assert "networkShape=4,2&seed=0.12345&" in encode(Settings())


def test_our_own_keys_ride_along_only_where_they_differ():
    assert keys(encode(Settings(optimizer="adam", stop_epoch=5)))[-2:] == ["optimizer", "stopEpoch"]


def test_hidden_controls_are_written_as_they_write_them():
    text = encode(Settings(hidden=frozenset(("noise", "playButton"))))
    assert text.endswith("&hideText=false&playButton_hide=true&noise_hide=true")


def test_their_hide_keys_can_all_be_hidden_here():
    assert set(THEIR_HIDES) <= set(HIDEABLE)


def test_the_wine_lab_needs_few_words():
    assert encode(DEFAULTS["wine"]) == "view=wine"
    assert encode(replace(DEFAULTS["wine"], seed="12")) == "seed=12&view=wine"


def test_characters_with_a_meaning_in_links_survive():
    settings = Settings(seed="a&b=c #%+,ü€")
    assert decode(encode(settings)) == (settings, [])
    assert not set(encode(settings)) & set(" #+ü€")


# Bad links -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("networkShape=9,33", "networkShape must be at most 8 layers of 1 to 32 units; got '9,33'"),
        ("networkShape=1,1,1,1,1,1,1,1,1", "networkShape must be at most 8 layers of 1 to 32"),
        ("networkShape=0", "networkShape must be at most 8 layers of 1 to 32 units; got '0'"),
        ("batchSize=0", "batchSize must be a whole number from 1 to 1000; got '0'"),
        ("noise=51", "noise must be a whole number from 0 to 50; got '51'"),
        ("percTrainData=9", "percTrainData must be a whole number from 10 to 100; got '9'"),
        ("learningRate=nan", "learningRate must be a number from 0.000001 to 1000; got 'nan'"),
        ("learningRate=0", "learningRate must be a number from 0.000001 to 1000; got '0'"),
        ("learningRate=-1", "learningRate must be a number from 0.000001 to 1000; got '-1'"),
        ("activation=relue", "activation must be one of linear, relu, leaky_relu, "),
        ("activation=softmax", "activation must be one of linear, relu, leaky_relu, "),
        ("dataset=moon", "dataset must be one of circle, xor, "),
        ("seed=", "seed must be 1 to 40 printable characters; got ''"),
        ("view=cellar", "view must be one of playground, wine; got 'cellar'"),
        ("points=3", "points must be 0 or a whole number from 10 to 100000; got '3'"),
        ("points=-1", "points must be 0 or a whole number from 10 to 100000; got '-1'"),
    ],
)
def test_a_bad_value_is_reported_by_its_key_and_falls_back(text, problem):
    settings, problems = decode(text + "&discretize=true")
    assert settings == Settings(discretize=True)
    assert len(problems) == 1
    assert problems[0].startswith(problem)


def test_every_bad_value_is_reported():
    settings, problems = decode("noise=x&view=wine&batchSize=y&seed=5")
    assert settings == replace(DEFAULTS["wine"], seed="5")
    assert [problem.split()[0] for problem in problems] == ["noise", "batchSize"]


def test_unknown_keys_are_dropped_without_a_word():
    assert decode("cosX=true&tutorial=abc&__class__=x&hidden=noise&foo_hide=true") == (
        Settings(),
        [],
    )


def test_a_control_is_hidden_unless_the_word_is_false():
    settings, _ = decode("noise_hide=true&seed_hide=false&dataset_hide=1")
    assert settings.hidden == {"noise", "dataset"}


def test_the_last_of_two_values_counts():
    assert decode("noise=5&noise=10")[0].noise == 10


@pytest.mark.parametrize(
    ("text", "view", "dataset"),
    [("dataset=wine", "playground", "circle"), ("view=wine&dataset=xor", "wine", "wine")],
)
def test_a_data_set_that_the_view_cannot_show_falls_back(text, view, dataset):
    settings, problems = decode(text)
    assert (settings.view, settings.dataset) == (view, dataset)
    assert len(problems) == 1
    assert problems[0].startswith("dataset ")


def test_what_is_behind_the_longest_link_is_ignored():
    long = "noise=5&" + "a" * LONGEST + "=1&batchSize=3"
    settings, problems = decode(long)
    assert settings == Settings(noise=5)
    assert problems == ["the link is longer than 8,000 characters; the rest was ignored"]
    assert decode("noise=5".ljust(LONGEST, "&"))[1] == []


# Any link whatever --------------------------------------------------------------------------------


def is_valid(settings):
    """Whether every field holds a value of its kind."""
    return settings.hidden <= set(HIDEABLE) and all(
        knob.metadata["kind"].read(settings.text(name)) == getattr(settings, name)
        for name, knob in KNOBS.items()
    )


def check_any(text):
    settings, problems = decode(text)
    assert is_valid(settings)
    assert all(isinstance(problem, str) and problem for problem in problems)
    assert decode(encode(settings)) == (settings, [])


@given(st.text())
@example("%")
@example("seed=%ff%00")
@example("seed=%ed%a0%80")
@example("noise=" + "9" * 3990)
@example("learningRate=1e-320")
@example("learningRate=-0")
@example("batchSize=1_0")
@example("networkShape=٤,٢")
@example("layerActivations=,")
def test_any_text_gives_valid_settings(text):
    check_any(text)


KEYS = [knob.metadata["key"] for knob in KNOBS.values()] + [f"{key}_hide" for key in HIDEABLE]
WORDS = st.one_of(
    st.text(max_size=8),
    st.sampled_from(["true", "false", "", "0", "-1", "1e999", "nan", "wine", "regression", "4,2"]),
    st.integers().map(str),
    st.floats().map(str),
)


@given(st.lists(st.tuples(st.sampled_from(KEYS), WORDS), max_size=12))
def test_known_keys_with_any_values_give_valid_settings(pairs):
    check_any("&".join(f"{key}={value}" for key, value in pairs))


@given(strategies.settings())
@given_settings(max_examples=60)
def test_a_link_restores_what_was_shared(settings):
    assert decode("#" + encode(settings)) == (settings, [])
