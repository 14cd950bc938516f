"""The chain rule as a sum over paths: from one parameter through the network to the loss.

Every path from a weight to the loss takes one unit of each later layer. The product of what
stands along it (the weight's input, then slopes and weights in turn, last the loss's own slope)
is that path's part of the gradient; all paths together are the gradient. There may be very many,
so only the strongest are listed, and the rest is one number.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

import numpy as np

from nncore.arrays import FloatArray
from nncore.checks import invalid, whole_number
from nncore.recording import StepRecord, place_of


@dataclass(frozen=True)
class Path:
    """One way from a parameter to the loss.

    Attributes:
        units: The unit taken in each layer, from the parameter's own layer to the output layer.
        factors: What is multiplied, in order; see `strongest_paths`.
        product: The product of the factors.
    """

    units: tuple[int, ...]
    factors: tuple[float, ...]
    product: float


@dataclass(frozen=True)
class Paths:
    """What the strongest paths add, and the others.

    Attributes:
        strongest: The strongest paths, the strongest first.
        count: How many there are in all.
        rest: The sum of the others.
    """

    strongest: tuple[Path, ...]
    count: int
    rest: float


def strongest_paths(step: StepRecord, index: int, most: int = 8) -> Paths:
    """Return the paths of parameter `index` with the largest products, at most `most`.

    Args:
        step: The record of a step on a single sample. The factors of a path through units j, k,
            ..., o are the input x (1 for a bias), then f'(z_j), w_jk, f'(z_k), ..., w_.o, and last
            dloss/da_o f'(z_o), which is delta_o. The gradient is the sum of all products
            (Rumelhart, Hinton, Williams 1986, doi 10.1038/323533a0, written out).

    Raises:
        ValueError: For a record of several samples.
    """
    if len(step.rows) != 1:
        raise invalid("step", "the record of a single sample", f"{len(step.rows)} samples")
    whole_number("most", most, 1)
    layer, row, unit = place_of(step.model, index)
    weights = [W for W, _ in step.model.unflatten(step.before)]
    slopes = [each.slope[:, 0] for each in step.layers[:-1] if each.slope is not None]
    ends = step.layers[-1].delta[:, 0]
    inputs = step.layers[layer].inputs
    x = 1.0 if row == len(inputs) else float(inputs[row, 0])
    found = _best(weights, slopes, ends, layer, most)[unit]
    paths = []
    for units in found:
        factors = [x]
        for k, j in enumerate(units[:-1], layer):
            factors += [slopes[k][j], weights[k + 1][j, units[k + 1 - layer]]]
        factors.append(ends[units[-1]])
        numbers = tuple(map(float, factors))
        paths.append(Path(units, numbers, prod(numbers)))
    count = prod(each.units for each in step.model.layers[layer + 1 :])
    rest = 0.0
    if len(paths) < count:
        rest = float(step.gradient[index]) - sum(path.product for path in paths)
    return Paths(tuple(paths), count, rest)


def _best(
    weights: list[FloatArray], slopes: list[FloatArray], ends: FloatArray, layer: int, most: int
) -> list[list[tuple[int, ...]]]:
    """Return for each unit of `layer` its `most` strongest ways on to the loss, as tuples of units.

    From the back: a unit's best ways begin with one of the best ways of the units it feeds,
    since every way through a link is multiplied by the same factors before it.
    """
    products = ends[:, np.newaxis]  # of each unit's ways on, (units, ways)
    ways: list[list[tuple[int, ...]]] = [[(o,)] for o in range(len(ends))]
    for k in reversed(range(layer, len(slopes))):
        with np.errstate(all="ignore"):
            steps = slopes[k][:, np.newaxis] * weights[k + 1]
            on = (steps[:, :, np.newaxis] * products).reshape(len(steps), -1)
        order = np.argsort(-np.abs(on), axis=1, kind="stable")[:, :most]
        n_ways = products.shape[1]
        products = np.take_along_axis(on, order, axis=1)
        ways = [
            [(j, *ways[way // n_ways][way % n_ways]) for way in line]
            for j, line in enumerate(order.tolist())
        ]
    return ways
