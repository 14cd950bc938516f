"""One contender in the race over Wine's 20 epochs; `build.py bench keras` starts one per name.

Prints one line of JSON to begin with: the loss after 3 epochs from fixed weights, rows in their
order, by which the contenders are compared. Then, for every line it reads, it trains 20 epochs
once more and prints the milliseconds.
"""

import importlib
import json
import os
import sys
import time

import numpy as np

from nncore import Dense, RMSprop, Sequential, load_wine, one_hot, standardize, train

TABLE = load_wine()
X, Y = standardize(TABLE.X), one_hot(TABLE.y)
UNITS, BATCH, EPOCHS, RATE, LOSS = (8, 5, 2), 16, 20, 0.05, "categorical_crossentropy"
NETWORK = Sequential([*[Dense(n, "tanh", "he_normal") for n in UNITS], Dense(3, "softmax")], 13)
FIRST = NETWORK.init(np.random.default_rng(0))


def engine(compiled):
    """Return wasmtime's engine, or None."""
    if not compiled:
        return None
    from nncore.kernel.native import WasmtimeEngine

    return WasmtimeEngine()


def bare(compiled):
    """nncore.train() and nothing else."""
    found, rng = engine(compiled), np.random.default_rng(1)
    options = dict(loss=LOSS, optimizer=RMSprop(RATE), batch_size=BATCH, engine=found)

    def run(epochs=EPOCHS, shuffle=True):
        steps = train(NETWORK, FIRST, X, Y, epochs=epochs, shuffle=shuffle, rng=rng, **options)
        for progress in steps:
            params = progress.params
        return NETWORK.loss(params, X, Y, LOSS)

    return run


def by_keras(keras):
    """fit() of the interface of Keras, the real one or nncore's."""
    layers = [keras.layers.Dense(n, activation="tanh") for n in UNITS]
    end = keras.layers.Dense(3, activation="softmax")
    model = keras.Sequential([keras.Input((13,)), *layers, end])
    first = [part for pair in NETWORK.unflatten(FIRST) for part in pair]

    def run(epochs=EPOCHS, shuffle=True):
        options = dict(batch_size=BATCH, epochs=epochs, shuffle=shuffle, verbose=0)
        model.fit(X, Y, **options)
        return None if shuffle else model.evaluate(X, Y, verbose=0)[0]

    model.compile(keras.optimizers.RMSprop(RATE), LOSS, metrics=["accuracy"])
    model.set_weights(first)
    return run


def ours(compiled):
    """nncore.keras."""
    from nncore import keras

    keras.config.set_engine(engine(compiled))
    return by_keras(keras)


def scikit_learn():
    """MLPClassifier, with Adam, for it has no RMSprop."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPClassifier

    importlib.import_module("warnings").simplefilter("ignore", ConvergenceWarning)
    options = dict(activation="tanh", alpha=0.0, batch_size=BATCH, learning_rate_init=RATE)
    options |= dict(max_iter=EPOCHS, n_iter_no_change=EPOCHS, random_state=0)

    def run(epochs=EPOCHS, shuffle=True):
        MLPClassifier(UNITS, **options).fit(X, TABLE.y)

    return run


CONTENDERS = {
    "nncore.train, NumPy": lambda: bare(False),
    "nncore.train, compiled": lambda: bare(True),
    "nncore.keras, NumPy": lambda: ours(False),
    "nncore.keras, compiled": lambda: ours(True),
    "scikit-learn MLPClassifier": scikit_learn,
    "Keras": lambda: by_keras(importlib.import_module("keras")),
}


def main(name):
    """Answer lines until there are no more."""
    os.environ.setdefault("KERAS_BACKEND", "jax")
    run = CONTENDERS[name]()
    loss = run(epochs=3, shuffle=False)
    run()
    print(json.dumps(loss), flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        run()
        print(1000 * (time.perf_counter() - start), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
