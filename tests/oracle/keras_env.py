"""The real Keras, told to compute in float64 throughout, and what the scripts here share.

Run with KERAS_BACKEND=jax and JAX_ENABLE_X64=1 (set below). Keras 3.15.1 keeps a table of types
in which float64 becomes float32 for every backend but TensorFlow, so that ops such as tanh and
mean round to 24 bits whatever floatx says; that one entry is put right here. Each file that is
written says the versions that made it.
"""

import json
import os
import sys
from pathlib import Path

os.environ["KERAS_BACKEND"], os.environ["JAX_ENABLE_X64"] = "jax", "1"

import jax  # noqa: E402
import keras  # noqa: E402
import numpy as np  # noqa: E402
from keras.src.backend.common import dtypes  # noqa: E402

dtypes.BIT64_TO_BIT32_DTYPE["float64"] = "float64"
keras.config.set_floatx("float64")
keras.config.set_dtype_policy("float64")
if np.abs(np.asarray(keras.ops.tanh(np.array([0.3]))) - np.tanh(0.3)).max() > 1e-15:
    raise RuntimeError("this Keras computes in float32")

L, OPT = keras.layers, keras.optimizers
VERSIONS = {
    "keras": keras.__version__,
    "backend": f"jax {jax.__version__}, its table of types put right for float64",
    "numpy": np.__version__,
}
TABLE = Path(__file__).parents[2] / "nncore" / "data" / "wine.csv"


def wine():
    """Return the Wine data, standardized with the population's deviation, and one-hot classes."""
    rows = np.loadtxt(TABLE, delimiter=",", skiprows=1)
    data, classes = rows[:, :-1], rows[:, -1].astype(int)
    return (data - data.mean(0)) / data.std(0), np.eye(3)[classes]


def plain(array):
    """Return an array as lists of Python floats."""
    return np.asarray(array, dtype=np.float64).tolist()


def start(model, seed=0, scale=0.5):
    """The same start everywhere: draws of default_rng(seed) in the order of get_weights()."""
    rng = np.random.default_rng(seed)
    first = model.get_weights()
    model.set_weights([rng.standard_normal(w.shape) * scale if w.ndim else w for w in first])


def network(units=(8, 5, 2), out=3, last="softmax", hidden="tanh", n=13, **options):
    """Return a stack of Dense layers."""
    layers = [L.Dense(unit, activation=hidden, **options) for unit in units]
    return keras.Sequential([keras.Input((n,)), *layers, L.Dense(out, activation=last)])


def run(model, x, y, loss, optimizer, epochs=2, metrics=("accuracy",), **fit):
    """Train and return history, number of epochs and weights."""
    weighted = fit.pop("weighted_metrics", None)
    loss_weights = fit.pop("loss_weights", None)
    chosen = list(metrics) if isinstance(metrics, (tuple, list)) else metrics
    options = dict(weighted_metrics=weighted, loss_weights=loss_weights)
    model.compile(optimizer=optimizer, loss=loss, metrics=chosen, **options)
    options = dict(batch_size=16, epochs=epochs, shuffle=False, verbose=0) | fit
    history = model.fit(x, y, **options)
    return {
        "history": {name: plain(values) for name, values in history.history.items()},
        "epochs_run": len(history.epoch),
        "weights": [plain(each) for each in model.get_weights()],
    }


def save(name, about, **content):
    """Write one file into the folder named on the command line."""
    path = Path(sys.argv[1]) / f"{name}.json"
    text = json.dumps({"about": about, "versions": VERSIONS, **content}, separators=(",", ":"))
    path.write_text(text + "\n", encoding="utf-8")
    print(path.name, path.stat().st_size)
