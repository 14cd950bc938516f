"""Mini-batch training as a generator: the caller pulls, nothing is called back.

One epoch passes over all rows once, in batches; each batch gives one gradient and one step of
the optimizer. After every epoch, or every few batches, train() hands out a Progress and waits for
the next pull, so a page can train within its time for a frame and a script with a for loop. A
Progress is also a starting point: give it back as `start`, with other arguments changed at will.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from nncore.batches import Batches
from nncore.checks import all_finite, invalid, one_of, whole_number
from nncore.model import Sequential
from nncore.optimizers import SGD, Optimizer, OptimizerState
from nncore.regularizers import shrink
from nncore.workspace import Workspace, buffer


@dataclass(frozen=True)
class Progress:
    """Where training stands after an epoch or some batches.

    epoch: completed epochs. batch: batches done in the current epoch; 0 when one was just
    completed. n_batches: batches in this epoch. position: rows done in the current epoch, 0 when
    completed. rows: indices of the rows just learned from; None for every="epoch".
    params: the vector in training, (n_params,); state: the optimizer's; dead: mask (n_params,) of
    weights that L1 switched off. These three are live: copy what you want to keep.
    order: the row order of this epoch. learning_rate: the one just used, schedule included.
    engine: what did the work; in brackets, why it was not the engine that was asked for.
    outputs: live, (n_outputs, n), where keep_outputs was asked for: what each row of `order` gave
    just before the step that it was part of.
    """

    epoch: int
    batch: int
    n_batches: int
    position: int
    rows: np.ndarray | None
    params: np.ndarray
    state: OptimizerState
    dead: np.ndarray
    order: np.ndarray
    learning_rate: float
    engine: str = "NumPy"
    outputs: np.ndarray | None = None


def train(
    model,
    params,
    X,
    y,
    *,
    loss: str = "half_mse",
    optimizer: Optimizer = SGD(0.03),
    regularizer=None,
    batch_size: int = 10,
    epochs: int | None = None,
    shuffle: bool = False,
    rng=None,
    schedule=None,
    frozen=None,
    every: str | int | Callable[[], int] = "epoch",
    start: Progress | None = None,
    engine=None,
    keep_outputs: bool = False,
) -> Iterator[Progress]:
    """Train a copy of `params` on X and y; yield a Progress after every epoch or some batches.

    model: a Sequential. params: (n_params,). X: (n, n_inputs). y: (n, n_outputs), or (n,) for one
    output. loss: a name of LOSSES. regularizer: L1(rate), L2(rate) or None. batch_size: rows in
    a batch; the last batch of an epoch holds what is left. epochs: stop when this many epochs are
    completed, those before `start` included; None goes on for ever. shuffle: take a new row order
    from `rng` every epoch; otherwise the rows keep their order. schedule: epoch -> factor on the
    learning rate. frozen: mask (n_params,) of parameters that stay as they are. every: "epoch",
    "batch", a whole number of batches, or a function that gives that number anew at every pull;
    the end of an epoch always comes with a Progress, and none of this changes the result.
    start: continue its epoch, row order, dead weights and, for the same kind of
    optimizer, its memory. engine: an nncore.kernel Engine that runs the batches compiled, to the
    same result but for rounding; where it cannot, and without one, NumPy does the work.
    keep_outputs: let each Progress have the outputs that the passes of its epoch gave.

    A batch's step: the gradient averaged over its rows, the optimizer's update, then the
    regularizer's pull. Numbers that overflow are kept as they come, without exception or warning.
    Raises ValueError at once, before the first pull, for arguments that do not fit together.
    """
    if not isinstance(model, Sequential):
        raise invalid("model", "a Sequential", model)
    rule, X, targets = model.check_data(X, y, loss)
    model.blocks(params)
    all_finite("params", params)
    whole_number("batch_size", batch_size, 1)
    portion = _portion(every)
    if epochs is not None:
        whole_number("epochs", epochs, 0)
    if not isinstance(optimizer, Optimizer):
        raise invalid("optimizer", "an optimizer such as SGD(0.03)", optimizer)
    if regularizer is not None and not hasattr(regularizer, "slope"):
        raise invalid("regularizer", "L1(rate), L2(rate) or None", regularizer)
    if shuffle and not hasattr(rng, "random"):
        raise invalid("rng", "a random generator when shuffle is true", rng)
    if schedule is not None and not callable(schedule):
        raise invalid("schedule", "a function of the epoch such as Cosine(500), or None", schedule)
    if start is not None and np.shape(getattr(start, "dead", None)) != (model.n_params,):
        received = start.dead.shape if isinstance(start, Progress) else start
        raise invalid("start", f"a Progress of {model.n_params} parameters", received)
    frozen = _mask("frozen", frozen, model.n_params)
    learner = _Learner(model, params, rule, optimizer, regularizer, frozen, start)
    batches = Batches(X, targets, batch_size)
    if keep_outputs:
        learner.outputs = buffer(targets.shape)
    if engine is not None:
        learner = engine.take_over(learner, batches)
    return _epochs(learner, batches, epochs, rng if shuffle else None, schedule, portion, start)


def _portion(every):
    """A function that gives the number of batches up to the next Progress; None for an epoch."""
    if callable(every):
        return lambda: whole_number("every", every(), 1)
    if isinstance(every, str) or every is None:
        one_of("every", every, ("epoch", "batch"))
        return None if every == "epoch" else lambda: 1
    whole_number("every", every, 1)
    return lambda: every


def _mask(parameter, mask, size):
    if mask is None:
        return np.zeros(size, dtype=bool)
    mask = np.asarray(mask)
    if mask.dtype != bool or mask.shape != (size,):
        raise invalid(parameter, f"a boolean mask of shape ({size},)", (mask.dtype, mask.shape))
    return mask.copy()


class _Learner:
    """Parameters, optimizer memory and dead weights, and how one batch changes them."""

    def __init__(self, model, params, rule, optimizer, regularizer, frozen, start):
        self.model, self.rule = model, rule
        self.optimizer, self.regularizer, self.engine = optimizer, regularizer, "NumPy"
        self.outputs: np.ndarray | None = None
        self.params, self.gradient = buffer(model.n_params), buffer(model.n_params)
        self.params[:] = params
        self.state = optimizer.init(model.n_params)
        self.dead = np.zeros(model.n_params, dtype=bool)
        self.prunable = ~frozen
        self.is_weight = model.is_weight.astype(np.float64)
        self.workspaces = {}
        if start is not None:
            self.dead |= start.dead
            same_kind = start.state.optimizer == self.state.optimizer
            if same_kind and start.state.slots.shape == self.state.slots.shape:
                self.state = start.state.copy()
        self.params[self.dead] = 0.0
        self.held = frozen | self.dead  # these parameters are put back after every step
        self.held_values = self.params.copy()
        self.any_held = bool(self.held.any())

    def workspace(self, n_rows: int) -> Workspace:
        """Return the workspace for batches of n_rows, bound to the parameters and gradient."""
        if n_rows not in self.workspaces:
            self.workspaces[n_rows] = Workspace(self.model, n_rows)
            self.workspaces[n_rows].bind(self.params, self.gradient)
        return self.workspaces[n_rows]

    def learn(self, batches: Batches, start: int, stop: int, learning_rate: float) -> None:
        """Apply the batches of the rows from number `start` of the order up to `stop`."""
        params, gradient, rule = self.params, self.gradient, self.rule
        update, plain, kept = self.optimizer.update, self.regularizer is None, self.outputs
        for x_and_ones, targets in batches.pieces(start, stop):
            n_rows = targets.shape[1]
            workspace = self.workspace(n_rows)
            outputs = workspace.forward(x_and_ones)
            if kept is not None:
                kept[:, start : start + n_rows] = outputs
                start += n_rows
            workspace.backward(x_and_ones, targets, rule)
            if plain:
                update(params, gradient, self.state, learning_rate)
            else:
                slope = self.regularizer.slope(params) * self.is_weight
                update(params, gradient, self.state, learning_rate)
                self._prune(shrink(self.regularizer, params, slope, learning_rate))
            if self.any_held:
                np.copyto(params, self.held_values, where=self.held)

    def _prune(self, crossed) -> None:
        """Switch the weights off that the L1 pull took across zero (frozen ones stay)."""
        if crossed is None:
            return
        crossed &= self.prunable
        self.dead |= crossed
        self.held |= crossed
        self.held_values[crossed] = 0.0
        self.any_held = True


def _epochs(learner, batches, epochs, rng, schedule, portion, start):
    """The generator behind train(); arguments are checked."""
    epoch, batch, position, order = _starting_point(start, batches.n)
    while epochs is None or epoch < epochs:
        if position == 0:
            order = batches.new_order(rng)
        batches.arrange(order)
        factor = 1.0 if schedule is None else schedule(epoch)
        learning_rate = learner.optimizer.learning_rate * factor
        n_batches = batch + batches.count(position)
        last = False
        while not last:
            stop = batches.n if portion is None else batches.stop(position, portion())
            with np.errstate(all="ignore"):
                learner.learn(batches, position, stop, learning_rate)
            batch += batches.count(position) - batches.count(stop)
            last = stop == batches.n
            rows = None if portion is None else order[position:stop]
            position = 0 if last else stop
            batch = 0 if last else batch
            epoch += last
            now = (learner.params, learner.state, learner.dead, order, learning_rate)
            done = (learner.engine, learner.outputs)
            yield Progress(epoch, batch, n_batches, position, rows, *now, *done)


def _starting_point(start, n):
    """Return (epoch, batch, position, order): within an epoch only if the rows are the same."""
    if start is None:
        return 0, 0, 0, None
    if start.position == 0 or len(start.order) != n:
        return start.epoch, 0, 0, None
    return start.epoch, start.batch, start.position, start.order
