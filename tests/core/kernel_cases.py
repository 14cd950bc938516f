"""Random ways of training, one for each seed, and both engines' results side by side."""

from collections.abc import Sequence
from types import SimpleNamespace

import numpy as np

from nncore import ACTIVATIONS, L1, L2, LOSSES, OPTIMIZERS, Cosine, Dense, Sequential, train

RATES = {"sgd": 0.1, "momentum": 0.02, "nesterov": 0.02, "adagrad": 0.05}  # of others: 0.01
COMPILED = [name for name, activation in ACTIVATIONS.items() if activation.compiled]
LAST = {name: loss.activation for name, loss in LOSSES.items() if loss.activation}


def random_case(seed: int, activations: Sequence[str] = COMPILED) -> SimpleNamespace:
    """model, params, X, y and options for train(), all drawn from `seed`."""
    rng = np.random.default_rng(seed)
    loss = list(LOSSES)[seed % len(LOSSES)]
    most = 40 if seed % 10 == 0 else 9
    widths = rng.integers(1, most, size=rng.integers(1, 5))
    names = rng.choice(list(activations), size=len(widths)).tolist()
    names[-1] = LAST.get(loss, names[-1])
    n_inputs = int(rng.integers(0, 9))
    layers = [Dense(int(n), name) for n, name in zip(widths, names, strict=True)]
    model = Sequential(layers, n_inputs)
    n_rows, n_outputs = int(rng.integers(1, 80)), model.n_outputs
    X = rng.normal(size=(n_rows, n_inputs))
    if loss == "categorical_crossentropy":
        y = np.eye(n_outputs)[rng.integers(0, n_outputs, n_rows)]
    elif loss == "binary_crossentropy":
        y = rng.integers(0, 2, (n_rows, n_outputs)).astype(float)
    else:
        y = rng.normal(size=(n_rows, n_outputs))
    params = model.init(rng) + 0.1 * rng.normal(size=model.n_params)
    name = str(rng.choice(list(OPTIMIZERS)))
    rate = RATES.get(name, 0.01) * 10 ** rng.uniform(-1, 0)
    options = {
        "loss": loss,
        "optimizer": OPTIMIZERS[name](rate),
        "regularizer": [None, L1(10 ** rng.uniform(-2, 0)), L2(10 ** rng.uniform(-3, 0))][
            rng.integers(3)
        ],
        "batch_size": int(rng.integers(1, 45)),
        "shuffle": bool(rng.integers(2)),
        "schedule": [None, Cosine(10)][rng.integers(2)],
        "frozen": rng.random(model.n_params) < 0.2 if rng.integers(2) else None,
    }
    return SimpleNamespace(model=model, params=params, X=X, y=y, options=options, seed=seed)


def run(case, engine=None, epochs: int = 5):
    """The Progress after some epochs."""
    rng = np.random.default_rng(case.seed)
    data = case.model, case.params, case.X, case.y
    *_, last = train(*data, **case.options, epochs=epochs, rng=rng, engine=engine)
    return last


def diverging_case(seed: int) -> SimpleNamespace:
    """A random case with far too large a learning rate, 10 to 10,000.

    Without sines: those of huge numbers are chance, and rounding decides what becomes of them.
    """
    case = random_case(seed, [name for name in COMPILED if name != "sin"])
    kind = type(case.options["optimizer"]) if seed % 3 == 0 else OPTIMIZERS["sgd"]
    case.options["optimizer"] = kind(10.0 ** (1 + seed % 4))
    return case


def every_epoch(case, engine=None, epochs: int = 10) -> list[np.ndarray]:
    """The parameters after each epoch."""
    rng = np.random.default_rng(case.seed)
    data = case.model, case.params, case.X, case.y
    steps = train(*data, **case.options, epochs=epochs, rng=rng, engine=engine)
    return [progress.params.copy() for progress in steps]
