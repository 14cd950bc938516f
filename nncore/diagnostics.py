"""What goes wrong inside a network: gradients that vanish, units that no longer answer.

Each function gives one number per layer, from the first layer to the last. They are cheap: one
forward and at most one backward pass. What cannot be said of a layer is NaN.
"""

from __future__ import annotations

import numpy as np

from nncore.activation import Activation
from nncore.activations import ACTIVATIONS
from nncore.arrays import ArrayLike, FloatArray
from nncore.checks import finite_matrix
from nncore.model import Sequential
from nncore.workspace import Workspace

FLAT = 0.01  # a slope below this part of the steepest counts as flat
_Z = np.linspace(-8.0, 8.0, 1601).reshape(1, -1)


def layer_norms(model: Sequential, vector: FloatArray) -> FloatArray:
    """Return the length (square root of the sum of squares) of each layer's part of `vector`.

    Args:
        vector: (n_params,), such as a gradient. In a network whose gradient vanishes, the first
            layers' are orders of magnitude below the last's; where it explodes, above.

    Source: Glorot, Bengio (2010), AISTATS.
    """
    with np.errstate(all="ignore"):
        return np.array([np.sqrt(np.square(block).sum()) for block in model.blocks(vector)])


def update_shares(model: Sequential, before: FloatArray, after: FloatArray) -> FloatArray:
    """Return |after - before| / |before| for each layer's weights, lengths as in `layer_norms`.

    How far an update moves the weights, measured by their own length; about 0.001 is usual for
    an update of a large network. NaN where all weights of a layer are 0. Biases do not count.
    """
    moved = layer_norms(model, np.where(model.is_weight, after - before, 0.0))
    length = layer_norms(model, np.where(model.is_weight, before, 0.0))
    with np.errstate(all="ignore"):
        return np.where(length > 0, moved / length, np.nan)


def flat_shares(
    model: Sequential, params: FloatArray, X: ArrayLike, *, fused_output: bool = False
) -> FloatArray:
    """Return for each layer the share of its units that learn nothing, or nearly nothing.

    A relu unit is dead if its output is 0 for every row of X: then its slope is 0, too, and no
    gradient reaches its weights. For other activations it is the share of all pairs of a unit and a
    row at which the unit is saturated: |f'(z)| is below 1 % of the largest |f'|.

    Args:
        X: (n, n_inputs).
        fused_output: Whether the last layer's activation is fused with its loss, so that its
            slope cancels; that layer is then NaN, as softmax always is.
    """
    rows = finite_matrix("X", X, model.n_inputs)
    workspace = Workspace(model, len(rows))
    model.forward(params, rows, workspace)
    shares = []
    for k, (layer, views) in enumerate(zip(model.layers, workspace.layers, strict=True)):
        is_fused = fused_output and k == len(model.layers) - 1
        shares.append(np.nan if is_fused else _flat_share(layer.activation, views.z, views.a))
    return np.array(shares)


def _flat_share(name: str, z: FloatArray, a: FloatArray) -> float:
    activation = ACTIVATIONS[name]
    if activation.backprop is None or not np.isfinite(a).all():
        return np.nan
    if name == "relu":
        return float((a == 0).all(axis=1).mean())
    steepest = np.abs(_slopes(activation, _Z, activation(_Z))).max()
    return float((np.abs(_slopes(activation, z, a)) < FLAT * steepest).mean())


def _slopes(activation: Activation, z: FloatArray, a: FloatArray) -> FloatArray:
    slopes = np.ones(z.shape)
    if activation.backprop is not None:
        with np.errstate(all="ignore"):
            activation.backprop(slopes, z, a)
    return slopes
