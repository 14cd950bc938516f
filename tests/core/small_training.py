"""One small network and its data, for the tests of train()."""

from collections import deque

import numpy as np

from nncore import Dense, Sequential

MODEL = Sequential([Dense(4, "tanh"), Dense(1, "tanh")], 2)


def data(n=25, seed=0):
    """Return first parameters of MODEL and n points with labels like exclusive or."""
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((n, 2))
    return MODEL.init(rng), X, np.sign(X[:, 0] * X[:, 1])


def last(generator):
    """Pull everything; return the last thing that came."""
    return deque(generator, maxlen=1)[0]
