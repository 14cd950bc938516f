"""Is the gradient right? Ask the loss itself.

Nudge one parameter up and down by a little and see how the loss changes: that is its slope, found
without any calculus. If backpropagation says the same for every parameter, it is right. The check
costs two passes per parameter, so it is for tests and for curious people, not for training.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nncore.arrays import ArrayLike, FloatArray
from nncore.checks import positive
from nncore.model import Sequential
from nncore.regularizers import Regularizer
from nncore.workspace import Workspace


@dataclass(frozen=True, eq=False)
class GradientCheck:
    """The outcome of gradcheck.

    Attributes:
        error: The largest relative error.
        worst: The index of its parameter.
        analytic: The gradient from backpropagation, (n_params,).
        numeric: The gradient from differences, (n_params,).
    """

    error: float
    worst: int
    analytic: FloatArray
    numeric: FloatArray

    def __str__(self) -> str:
        return (
            f"largest relative error {self.error:.2e} over {self.analytic.size} parameters, "
            f"at parameter {self.worst}: backpropagation {self.analytic[self.worst]:.12g}, "
            f"central difference {self.numeric[self.worst]:.12g}"
        )


def gradcheck(
    model: Sequential,
    params: FloatArray,
    X: ArrayLike,
    y: ArrayLike,
    loss: str,
    regularizer: Regularizer | None = None,
    epsilon: float = 1e-5,
) -> GradientCheck:
    """Compare the gradient by backpropagation with central differences of the loss.

        numeric_i = (loss(params + epsilon e_i) - loss(params - epsilon e_i)) / (2 epsilon)
        error_i = |analytic_i - numeric_i| / max(|analytic_i|, |numeric_i|, 0.001)

    Correct gradients give errors around 1e-8; kinks (relu, L1 at 0) within epsilon give large ones.

    Args:
        model: The network.
        params: Where to look, (n_params,).
        X: The rows, (n, n_inputs).
        y: The targets, (n, n_outputs), or (n,) for one output.
        loss: A name of LOSSES.
        regularizer: Adds rate * R(weights) to the loss and rate * R'(weights) to the gradient.
        epsilon: How far each parameter is nudged; above 0.

    Raises:
        ValueError: If the arguments do not fit together.
    """
    positive("epsilon", epsilon)
    workspace = Workspace(model, len(np.asarray(X)))
    _, analytic = model.loss_and_gradient(params, X, y, loss, workspace)
    if regularizer is not None:
        analytic += regularizer.rate * regularizer.slope(params) * model.is_weight

    def value(at: FloatArray) -> float:
        penalty = regularizer.rate * regularizer.penalty(at[model.is_weight]) if regularizer else 0
        return model.loss(at, X, y, loss, workspace) + penalty

    numeric = np.empty_like(analytic)
    nudged = np.array(params, dtype=np.float64)
    for i, original in enumerate(params):
        nudged[i] = original + epsilon
        up = value(nudged)
        nudged[i] = original - epsilon
        numeric[i] = (up - value(nudged)) / (2 * epsilon)
        nudged[i] = original
    size = np.maximum(np.maximum(np.abs(analytic), np.abs(numeric)), 1e-3)
    errors = np.abs(analytic - numeric) / size
    worst = int(errors.argmax())
    return GradientCheck(float(errors[worst]), worst, analytic, numeric)
