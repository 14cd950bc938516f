"""Mini-batch training as a generator: the caller pulls, nothing is called back.

One epoch passes over all rows once, in batches; each batch gives one gradient and one step of
the optimizer. After every epoch, or every few batches, train() hands out a Progress and waits for
the next pull, so a page can train within its time for a frame and a script with a for loop. A
Progress is also a starting point: give it back as `start`, with other arguments changed at will.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from nncore.arrays import ArrayLike, BoolArray, FloatArray, IntArray, RandomSource
from nncore.batches import Batches
from nncore.checks import all_finite, invalid, one_of, whole_number
from nncore.learner import Learner, Learning, Progress, TakesOver
from nncore.measuring import Measure, Measured
from nncore.model import Sequential
from nncore.optimizer import Optimizer
from nncore.optimizers import SGD
from nncore.regularizers import Regularizer
from nncore.workspace import buffer


def train(
    model: Sequential,
    params: FloatArray,
    X: ArrayLike,
    y: ArrayLike,
    *,
    loss: str = "half_mse",
    optimizer: Optimizer = SGD(0.03),
    regularizer: Regularizer | None = None,
    batch_size: int = 10,
    epochs: int | None = None,
    shuffle: bool = False,
    rng: RandomSource | None = None,
    schedule: Callable[[int], float] | None = None,
    frozen: BoolArray | None = None,
    every: str | int | Callable[[], int] = "epoch",
    start: Progress | None = None,
    engine: TakesOver | None = None,
    keep_outputs: bool = False,
    measure: Measure | None = None,
) -> Iterator[Progress]:
    """Train a copy of `params` on X and y; yield a Progress after every epoch or some batches.

    A batch's step: the gradient averaged over its rows, the optimizer's update, then the
    regularizer's pull. Numbers that overflow are kept as they come, without exception or warning.

    Args:
        model: The network.
        params: Where training begins, (n_params,).
        X: The rows, (n, n_inputs).
        y: The targets, (n, n_outputs), or (n,) for one output.
        loss: A name of LOSSES.
        optimizer: How a gradient becomes a step.
        regularizer: L1(rate), L2(rate) or None.
        batch_size: Rows in a batch; the last batch of an epoch holds what is left.
        epochs: Stop when this many are completed, those before `start` included; None: never.
        shuffle: Take a new row order from `rng` every epoch; otherwise the rows keep their order.
        rng: The source of random numbers; only needed to shuffle.
        schedule: A function from completed epochs to a factor on the learning rate.
        frozen: Mask of parameters that stay as they are, (n_params,).
        every: When to yield: "epoch", "batch", a whole number of batches, or a function that gives
            that number anew at every pull. The end of an epoch always comes with a Progress, and
            none of this changes the result.
        start: Go on from there: its epoch, row order, dead weights and, for the same kind of
            optimizer, its memory.
        engine: An Engine of nncore.kernel that runs the batches compiled, to the same result but
            for rounding; where it cannot, and without one, NumPy does the work.
        keep_outputs: Let each Progress have the outputs that the passes of its epoch gave.
        measure: Let a pull that begins with a new epoch hold many epochs and their measurements; a
            pull of which it asks for none, and the rest of an epoch begun, go as `every` says.

    Yields:
        Where training stands; also a starting point for another call.

    Raises:
        ValueError: At once, before the first pull, if the arguments do not fit together.
    """
    if not isinstance(model, Sequential):
        raise invalid("model", "a Sequential", model)
    rule, rows, targets = model.check_data(X, y, loss)
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
    if start is not None:
        received = start.dead.shape if isinstance(start, Progress) else start
        if received != (model.n_params,):
            raise invalid("start", f"a Progress of {model.n_params} parameters", received)
    if measure is not None and not isinstance(measure, Measure):
        raise invalid("measure", "a Measure or None", measure)
    for inputs, answers in () if measure is None else measure.sets:
        if inputs is not X or answers is not y:
            model.check_data(inputs, answers, loss)
    mask = _mask("frozen", frozen, model.n_params)
    learner = Learner(model, params, rule, optimizer, regularizer, mask, start)
    batches = Batches(rows, targets, batch_size)
    if keep_outputs:
        learner.outputs = buffer(targets.shape)
    by: Learning = learner if engine is None else engine.take_over(learner, batches)
    rng = rng if shuffle else None
    return _epochs(by, batches, epochs, rng, schedule, portion, start, measure)


def _portion(every: str | int | Callable[[], int]) -> Callable[[], int] | None:
    """Return what gives the number of batches up to the next Progress, or None for an epoch."""
    if callable(every):
        return lambda: whole_number("every", every(), 1)
    if isinstance(every, str) or every is None:
        one_of("every", every, ("epoch", "batch"))
        return None if every == "epoch" else lambda: 1
    number = whole_number("every", every, 1)
    return lambda: number


def _mask(parameter: str, mask: BoolArray | None, size: int) -> BoolArray:
    if mask is None:
        return np.zeros(size, dtype=bool)
    given = np.asarray(mask)
    if given.dtype != bool or given.shape != (size,):
        raise invalid(parameter, f"a boolean mask of shape ({size},)", (given.dtype, given.shape))
    return given.copy()


def _epochs(
    learner: Learning,
    batches: Batches,
    epochs: int | None,
    rng: RandomSource | None,
    schedule: Callable[[int], float] | None,
    portion: Callable[[], int] | None,
    start: Progress | None,
    measure: Measure | None,
) -> Iterator[Progress]:
    """Yield what train() yields; arguments are checked."""
    epoch, batch, position, order = _starting_point(start, batches)
    while epochs is None or epoch < epochs:
        rounds = 0 if measure is None or position else measure.count(epoch, epochs)
        if measure is not None and rounds:
            rate = learner.optimizer.learning_rate
            learning_rates = rates_of_rounds(rate, epoch, rounds, measure.every, schedule)
            measured = train_rounds(learner, batches, epoch, learning_rates, rng, measure)
            rate = float(learning_rates.flat[measured.epochs[-1] - epoch - 1])
            epoch = int(measured.epochs[-1])
            now = (learner.params, learner.state, learner.dead, batches.order, rate)
            done = (learner.engine, learner.outputs)
            yield Progress(epoch, 0, batches.count(0), 0, None, *now, *done, measured)
            continue
        if position == 0:
            order = batches.new_order(rng)
        factor = 1.0 if schedule is None else schedule(epoch)
        learning_rate = learner.optimizer.learning_rate * factor
        n_batches = batch + batches.count(position)
        last = False
        while not last:
            stop = batches.n if portion is None else batches.stop(position, portion())
            batches.arrange(order, stop)
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


def rates_of_rounds(
    learning_rate: float,
    epoch: int,
    rounds: int,
    every: int,
    schedule: Callable[[int], float] | None,
) -> FloatArray:
    """Return the learning rates of rounds of `every` epochs from `epoch` on, (rounds, every)."""
    rates = np.full((rounds, every), learning_rate)
    if schedule is not None:
        rates *= np.reshape([schedule(epoch + k) for k in range(rates.size)], rates.shape)
    return rates


def train_rounds(
    learner: Learning,
    batches: Batches,
    epoch: int,
    rates: FloatArray,
    rng: RandomSource | None,
    measure: Measure,
) -> Measured:
    """Train rounds of epochs after `epoch` others, and measure after each round.

    Args:
        rates: (rounds, epochs in a round).
        rng: What gives each epoch its row order, or None.
    """
    results: list[FloatArray] = []
    params: list[FloatArray] = []
    with np.errstate(all="ignore"):
        # Only a new order for every epoch asks for more than one piece of work.
        for piece in [rates] if rng is None else rates[:, np.newaxis]:
            last = piece if rng is None else piece[:, -1:]
            for rate in () if rng is None else piece[0, :-1]:
                batches.arrange(batches.new_order(rng))
                learner.learn(batches, 0, batches.n, rate)
            batches.arrange(batches.new_order(rng))
            numbers, kept = learner.run(batches, last, measure)
            results.append(numbers)
            if kept is not None:
                params.append(kept)
            if measure.ends(numbers[-1, :, 0]):
                break
    found = np.concatenate(results)
    ends = epoch + rates.shape[1] * np.arange(1, len(found) + 1)
    kept_params = np.concatenate(params) if measure.keeps_params else None
    return Measured(ends, found[:, :, 0], found[:, :, 1], kept_params)


def _starting_point(start: Progress | None, batches: Batches) -> tuple[int, int, int, IntArray]:
    """Return (epoch, batch, position, order): within an epoch only if the rows are the same."""
    if start is None:
        return 0, 0, 0, batches.natural_order
    if start.position == 0 or len(start.order) != batches.n:
        return start.epoch, 0, 0, batches.natural_order
    return start.epoch, start.batch, start.position, start.order
