"""scikit-learn's MLP on this machine without a browser, as a yardstick of native code.

Its regressor has a linear output, so the networks that end in one tanh unit do a little less work
here. Each is first checked against nncore's NumPy path with the same output, weights and batches.
Prints JSON: per network and batch, milliseconds an epoch (median, low, high).
"""

import json
import sys
import time
from statistics import median

import numpy as np
from sklearn.neural_network import MLPClassifier, MLPRegressor

from nncore import SGD, Dense, Sequential, one_hot, train

NETWORKS = {
    "2-4-2-1": ([4, 2, 1], 2),
    "2-8-8-1": ([8, 8, 1], 2),
    "7-(8 x 6)-1": ([8, 8, 8, 8, 8, 8, 1], 7),
    "13-8-5-2-3": ([8, 5, 2, 3], 13),
}
BATCHES, POINTS, RATE, TARGET_SECONDS = (1, 10, 30), 250, 0.03, 0.1


def prepare(units, n_inputs, batch):
    """Return (an MLP with nncore's first weights, X, y as it wants it, a check)."""
    rng = np.random.default_rng(7)
    softmax = units[-1] > 1
    layers = [*(Dense(n, "tanh") for n in units[:-1])]
    layers.append(Dense(units[-1], "softmax" if softmax else "linear"))
    model = Sequential(layers, n_inputs)
    X = rng.normal(size=(POINTS, n_inputs))
    labels = rng.integers(0, 3, POINTS) if softmax else np.sign(rng.normal(size=POINTS))
    params = model.init(rng)
    kind = MLPClassifier if softmax else MLPRegressor
    mlp = kind(
        hidden_layer_sizes=units[:-1], activation="tanh", solver="sgd", alpha=0.0,
        batch_size=batch, shuffle=False, learning_rate_init=RATE, momentum=0.0,
        nesterovs_momentum=False,
    )  # fmt: skip
    if softmax:
        mlp.partial_fit(X[:batch], labels[:batch], classes=[0, 1, 2])
    else:
        mlp.partial_fit(X[:batch], labels[:batch])
    for k, (weights, bias) in enumerate(model.unflatten(params)):
        mlp.coefs_[k][...], mlp.intercepts_[k][...] = weights, bias
    targets = one_hot(labels, 3) if softmax else labels
    loss = "categorical_crossentropy" if softmax else "half_mse"
    epoch = train(model, params, X, targets, loss=loss, optimizer=SGD(RATE), batch_size=batch)
    want = model.unflatten(next(epoch).params)
    mlp.partial_fit(X, labels)
    for k, (weights, bias) in enumerate(want):
        np.testing.assert_allclose(mlp.coefs_[k], weights, rtol=1e-7, atol=1e-9)
        np.testing.assert_allclose(mlp.intercepts_[k], bias, rtol=1e-7, atol=1e-9)
    return mlp, X, labels


def measure(mlp, X, labels, rounds):
    """Return milliseconds an epoch: median, low, high."""

    def run(times):
        start = time.perf_counter()
        for _ in range(times):
            mlp.partial_fit(X, labels)
        return (time.perf_counter() - start) / times

    times = max(1, round(TARGET_SECONDS / run(2)))
    samples = [1000 * run(times) for _ in range(rounds)]
    return {"median": median(samples), "low": min(samples), "high": max(samples), "runs": times}


def main(rounds):
    found = {}
    for name, (units, n_inputs) in NETWORKS.items():
        for batch in BATCHES:
            found[f"{name}, batch {batch}"] = measure(*prepare(units, n_inputs, batch), rounds)
    print(json.dumps(found))


if __name__ == "__main__":
    main(int(sys.argv[1]))
