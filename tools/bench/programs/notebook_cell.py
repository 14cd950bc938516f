"""The cell of `build.py bench notebook`: Wine's 20 epochs by train() and by fit, in turns."""

import importlib
import json
import time

import numpy as np

from nncore import Dense, RMSprop, Sequential, load_wine, one_hot, standardize, train

keras = importlib.import_module("keras")  # in a cell this is nncore.keras
TURNS, BATCH, EPOCHS, RATE = 25, 16, 20, 0.05
table = load_wine()
X, Y = standardize(table.X), one_hot(table.y)
network = Sequential([*[Dense(n, "tanh", "he_normal") for n in (8, 5, 2)], Dense(3, "softmax")], 13)
first, rng = network.init(np.random.default_rng(0)), np.random.default_rng(1)
layers = [keras.layers.Dense(n, activation="tanh") for n in (8, 5, 2)]
model = keras.Sequential([keras.Input((13,)), *layers, keras.layers.Dense(3, activation="softmax")])
model.compile(keras.optimizers.RMSprop(RATE), "categorical_crossentropy", metrics=["accuracy"])
model.set_weights([part for pair in network.unflatten(first) for part in pair])


def bare():
    """nncore.train() and nothing else."""
    for progress in train(
        network, first, X, Y, loss="categorical_crossentropy", optimizer=RMSprop(RATE),
        batch_size=BATCH, epochs=EPOCHS, shuffle=True, rng=rng, engine=keras.config.engine(),
    ):  # fmt: skip
        params = progress.params
    return network.loss(params, X, Y, "categorical_crossentropy")


def fit(verbose=0):
    """The same through the interface of Keras."""
    model.fit(X, Y, batch_size=BATCH, epochs=EPOCHS, verbose=verbose)


def milliseconds(run):
    started = time.perf_counter()
    run()
    return 1000 * (time.perf_counter() - started)


contenders = {"nncore.train, compiled": bare, "nncore.keras, fit of Wine": fit}
for run in contenders.values():
    run()
times: dict[str, list[float]] = {name: [] for name in contenders}
for _ in range(TURNS):
    for name, run in contenders.items():
        times[name].append(milliseconds(run))
print(json.dumps(times))
