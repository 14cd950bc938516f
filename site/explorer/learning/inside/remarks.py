"""What can be seen to go wrong at a place of a walk: dead, saturated, vanishing; each has a name.

Whether a unit is dead is asked of all training rows (or evenly chosen ones of very many), not of
the sample alone.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np

from explorer.learning.inside.walk import Place, StepWalk
from nncore.activations import ACTIVATIONS
from nncore.arrays import FloatArray
from nncore.diagnostics import layer_norms
from nncore.recording import index_of

Remark: TypeAlias = tuple[str, dict[str, float]]  # its key, and the numbers in it

ROWS = 1000  # as many training rows are asked at most
NEARLY_FLAT = 0.05  # of the steepest slope
VANISHED, LARGE = 1000.0, 100.0


def remarks_of(walk: StepWalk, place: Place, unit: int) -> list[Remark]:
    """Return (key, words) of each remark.

    Args:
        unit: From 0, the one that is looked at.
    """
    found: list[Remark] = []
    layer = place.layer
    if place.phase == "sum" and layer == 1 and not walk.model.n_inputs:
        found.append(("no_inputs", {}))
    if layer and place.phase in ("activation", "delta"):
        found += unit_remarks(walk, layer, unit)
    if place.phase == "gradient" and layer:
        found += gradient_remarks(walk, layer)
    if place.phase == "update":
        index = index_of(walk.model, layer - 1, walk.weight[1], unit)
        if walk.update.held[index]:
            found.append(("held", {}))
        elif walk.update.pruned[index]:
            found.append(("pruned", {}))
    return found


def unit_remarks(walk: StepWalk, layer: int, unit: int) -> list[Remark]:
    """Of a unit whose slope is 0, or nearly."""
    record = walk.sample.layers[layer - 1]
    if record.slope is None:
        return []
    name, slope = walk.model.layers[layer - 1].activation, float(record.slope[unit, 0])
    if name == "relu":
        if slope:
            return []
        outputs = walk.model.forward(walk.before, some_rows(walk))[layer - 1]
        return [("off" if outputs[:, unit].any() else "dead", {})]
    if ACTIVATIONS[name].saturates and abs(slope) < NEARLY_FLAT * steepest(name):
        return [("saturated", {"slope": slope})]
    return []


def some_rows(walk: StepWalk) -> FloatArray:
    """The training rows, or evenly chosen ones of many."""
    inputs = walk.problem.train.inputs
    return inputs[:: -(-len(inputs) // ROWS)]


def steepest(name: str) -> float:
    """The largest slope of an activation, which tanh and sigmoid have at 0."""
    activation, slope = ACTIVATIONS[name], np.ones((1, 1))
    zero = np.zeros((1, 1))
    if activation.backprop is not None:
        activation.backprop(slope, zero, activation(zero))
    return float(slope[0, 0])


def gradient_remarks(walk: StepWalk, layer: int) -> list[Remark]:
    """Of a gradient that has vanished on its way back, or has become very large."""
    norms = layer_norms(walk.model, walk.sample.gradient)
    norm, last = float(norms[layer - 1]), float(norms[-1])
    if norm > LARGE:
        return [("exploding", {"norm": norm})]
    if layer == 1 and len(norms) > 1 and 0 < norm * VANISHED < last:
        return [("vanishing", {"ratio": last / norm})]
    return []
