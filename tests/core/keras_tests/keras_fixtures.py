"""What the real Keras computed (fixtures/*.json, made by tests/oracle), and models to compare."""

import json
from pathlib import Path

import numpy as np

from nncore import keras, load_wine, standardize

FOLDER = Path(__file__).parent / "fixtures"
L, OPT = keras.layers, keras.optimizers
RTOL = 1e-9


def fixture(name):
    """Return the content of a fixture file."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def network(units=(8, 5, 2), out=3, last="softmax", hidden="tanh", n=13, **options):
    layers = [L.Dense(unit, activation=hidden, **options) for unit in units]
    return keras.Sequential([keras.Input((n,)), *layers, L.Dense(out, activation=last)])


def wine():
    """The Wine data as the fixtures have them."""
    table = load_wine()
    return standardize(table.X), np.eye(3)[table.y]


def arrays(weights):
    return [np.array(each) for each in weights]


def assert_close(found, wanted, what="", atol=1e-14):
    np.testing.assert_allclose(found, wanted, rtol=RTOL, atol=atol, err_msg=what)


def assert_history(history, wanted):
    assert list(history.history) == list(wanted)
    for name, values in wanted.items():
        assert_close(history.history[name], values, name)


def assert_weights(model, wanted):
    for variable, found, array in zip(model.weights, model.get_weights(), wanted, strict=True):
        assert_close(found, array, variable.path, atol=1e-12)
