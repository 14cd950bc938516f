"""nncore's side of the benchmark, inside Pyodide: the work to be done, and two ways of doing it.

The data and first weights of every task are made here and handed to all contenders, so that all
train the same network on the same numbers.
"""

import time
import tracemalloc

import js
import numpy as np
from pyodide import ffi

from nncore import OPTIMIZERS, Dense, Sequential, Workspace, load_wine, one_hot, standardize, train
from nncore.kernel.browser import BrowserEngine
from nncore.kernel.columns import Columns
from nncore.measuring import Measure
from nncore.sweep import Setup, grid, sweep

ENGINE = BrowserEngine(js, ffi, js.pyodideMemory)


class Task:
    """One network, its data and how it is trained; the arrays go to JavaScript as they are."""

    def __init__(self, units, n_inputs, n_rows, batch, optimizer, learning_rate, wine):
        rng = np.random.default_rng(7)
        softmax = wine or units[-1] > 1
        self.loss = "categorical_crossentropy" if softmax else "half_mse"
        last = "softmax" if softmax else "tanh"
        layers = [*(Dense(n, "tanh") for n in units[:-1]), Dense(units[-1], last)]
        self.model = Sequential(layers, n_inputs)
        if wine:
            table = load_wine()
            self.X, self.y = standardize(table.X), one_hot(table.y)
        else:
            self.X = rng.normal(size=(n_rows, n_inputs))
            self.y = np.sign(rng.normal(size=(n_rows, 1)))
            if softmax:
                self.y = one_hot(rng.integers(0, units[-1], n_rows), units[-1])
        self.params = self.model.init(rng)
        self.options = {
            "loss": self.loss,
            "optimizer": OPTIMIZERS[optimizer](learning_rate),
            "batch_size": batch,
        }

    def array(self, name):
        """One of X, y, params, row by row, as a Float64Array."""
        return ffi.to_js(np.ravel(getattr(self, name)))


class Contender:
    """train() and the forward pass, by NumPy or compiled.

    Compiled, all epochs that are asked for at once are one call, as in the page at full speed.
    """

    def __init__(self, task, compiled):
        self.task, self.engine = task, ENGINE if compiled else None
        self.places = {}
        self.reset()

    def reset(self):
        """Back to the first weights."""
        self.progress, self.count, self.training = None, 0, None

    def begin(self, count):
        """Go on from where training stands, by so many epochs at a time.

        A call measures at its end; one row is enough for that.
        """
        task = self.task
        measure = None
        if self.engine is not None:
            measure = Measure([(task.X[:1], task.y[:1])], every=count)
        params = task.params if self.progress is None else self.progress.params
        self.count = count
        self.training = train(
            task.model, params, task.X, task.y, engine=self.engine, start=self.progress,
            measure=measure, **task.options,
        )  # fmt: skip

    def epochs(self, count):
        """Train `count` more epochs."""
        if self.training is None or (self.engine is not None and count != self.count):
            self.begin(count)
        for _ in range(1 if self.engine is not None else count):
            self.progress = next(self.training)

    def weights(self):
        """The parameters, as a Float64Array."""
        return ffi.to_js(self.progress.params)

    def prepare_grid(self, points):
        """Bring points, an array in JavaScript, to where the forward pass reads them."""
        task = self.task
        self.points = np.asarray(points.to_py()).reshape(-1, task.model.n_inputs)
        if self.engine is None:
            self.workspace = Workspace(task.model, len(self.points))
        else:
            self.compiled = ENGINE.model(task.model, task.loss)
            self.columns = Columns(ENGINE, self.points)

    def grid(self, count):
        """Every unit's output over the points, `count` times."""
        for _ in range(count):
            if self.engine is None:
                layers = self.task.model.forward(self.task.params, self.points, self.workspace)
                self.outputs = [layer.T for layer in layers]
            else:
                self.outputs = self.compiled.forward(self.task.params, self.columns)

    def last_outputs(self):
        """What `grid` found: layer by layer, point by point, unit by unit."""
        return ffi.to_js(np.concatenate([np.ravel(layer.T) for layer in self.outputs]))


class Sweep:
    """Many runs of a task's network: every learning rate with every seed."""

    def __init__(self, task, rates, n_seeds, epochs):
        self.task, self.rates, self.epochs = task, list(rates.to_py()), epochs
        self.seeds = range(n_seeds)
        options = {name: task.options[name] for name in ("loss", "optimizer", "batch_size")}
        self.base = Setup(task.model, task.X, task.y, **options)
        self.runs = []

    def run(self):
        """Train all of them, with a curve for each."""
        setups = grid(self.base, learning_rate=self.rates, seed=self.seeds)
        self.runs = list(sweep(setups, epochs=self.epochs, engine=ENGINE))

    def alone(self):
        """Seconds that the kernel takes for as many epochs in one run without measurements."""
        epochs = self.epochs * len(self.rates) * len(self.seeds)
        start = time.perf_counter()
        list(sweep([self.base], epochs=epochs, points=1, engine=ENGINE))
        return time.perf_counter() - start

    def bytes(self):
        """How much of Python's memory all runs take."""
        self.runs = []
        tracemalloc.start()
        self.run()
        taken, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return taken

    def params(self, seed):
        """A seed's first parameters, as a Float64Array."""
        return ffi.to_js(self.task.model.init(np.random.default_rng(seed)))

    def weights(self, seed):
        """The last parameters of a seed's run with the first learning rate."""
        return ffi.to_js(self.runs[seed].params)
