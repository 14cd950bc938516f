"""What the real Keras prints: summary(), and the lines of fit, evaluate and predict."""

import re

import numpy as np
import pytest
from keras_fixtures import L, fixture, network

from nncore import keras

TEXTS = fixture("texts")["cases"]
LONG = "a_layer_with_quite_a_long_name_for_the_table_of_layers"
X, Y = np.random.default_rng(0).standard_normal((40, 4)), np.eye(3)[np.arange(40) % 3]


def functional():
    inputs = keras.Input((4,), name="measurements")
    hidden = L.Dense(3, activation="relu", name="hidden")(inputs)
    return keras.Model(inputs, L.Dense(1, name="result")(hidden), name="small")


def stack():
    layers = [L.Dense(8, activation="tanh"), L.BatchNormalization(), L.Dropout(0.2), L.Dense(3)]
    return keras.Sequential([keras.Input((13,)), *layers, L.Activation("softmax")])


def images():
    layers = [L.Flatten(), L.Dense(128, "relu"), L.Dense(10, "softmax")]
    return keras.Sequential([keras.Input((28, 28)), *layers])


MODELS = {
    "wine": network,
    "stack": stack,
    "functional": functional,
    "unbuilt": lambda: keras.Sequential([L.Dense(4), L.Dense(1)]),
    "long names": lambda: keras.Sequential([keras.Input((4,)), L.Dense(2, name=LONG)]),
    "images": images,
}


@pytest.fixture(autouse=True)
def terminal(float64, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")


@pytest.mark.parametrize("name", MODELS)
def test_summary(name):
    model, lines = MODELS[name](), []
    for width in (None, 60):
        model.summary(line_length=width, print_fn=lines.append)
    model.summary(show_trainable=True, print_fn=lines.append)
    for found, wanted in zip(lines, TEXTS[name], strict=True):
        assert found == wanted


def test_summary_is_printed(capsys):
    network().summary()
    assert capsys.readouterr().out == TEXTS["wine"][0]


def trained():
    keras.backend.clear_session()
    model = network((2,), n=4)
    model.compile("sgd", "categorical_crossentropy", metrics=["accuracy"])
    return model


def test_summary_counts_the_optimizer_s_numbers():
    model, lines = trained(), []
    model.fit(X, Y, verbose=0)
    model.summary(print_fn=lines.append)
    assert lines == TEXTS["trained"]


CALLS = {
    "fit 1": ("fit", dict(epochs=2, verbose=1, validation_split=0.5)),
    "fit 2": ("fit", dict(epochs=2, verbose=2, batch_size=4)),
    "fit of one epoch": ("fit", dict(verbose=2)),
    "evaluate 1": ("evaluate", dict(verbose=1)),
    "evaluate 2": ("evaluate", dict(verbose=2)),
    "predict 1": ("predict", dict(verbose=1)),
}


def shape_of(text):
    """The lines as they stand at the end, with # for the digits of times and values."""
    lines = [line.rpartition("\r")[2] for line in text.split("\n")]
    seconds = r"\d+(s|ms|us)\b"
    return [re.sub(seconds, "#", re.sub(r"\d\.\d{4}(e-\d\d)?", "#", line)) for line in lines]


@pytest.mark.parametrize("dynamic", [False, True])
@pytest.mark.parametrize("name", CALLS)
def test_lines(name, dynamic, capsys, monkeypatch):
    monkeypatch.setattr(keras.utils.progbar, "_overwrites", lambda stream: dynamic)
    method, options = CALLS[name]
    data = (X,) if method == "predict" else (X, Y)
    getattr(trained(), method)(*data, **options)
    found = capsys.readouterr().out
    assert shape_of(found) == shape_of(TEXTS[name])
    assert ("\r" in found) == (dynamic and "2" not in name.split()[1:2] and "one" not in name)


def test_verbose_auto_is_a_bar_and_0_is_silent(capsys):
    trained().fit(X, Y)
    assert "━" in capsys.readouterr().out
    trained().fit(X, Y, verbose=0)
    assert capsys.readouterr().out == ""
