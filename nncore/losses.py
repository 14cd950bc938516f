"""Losses: one number that says how wrong the outputs are, and its slope.

Training only needs the slope. For the cross-entropies it is taken together with the output
activation, with respect to the logits z (the sums before the activation): the two derivatives
multiplied collapse to "output minus target", and the value is computed from z, so both stay
exact however large z is. Arrays have one row per output and one column per sample.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from nncore.arrays import FloatArray
from nncore.checks import invalid, one_of


@dataclass(frozen=True)
class CompiledLoss:
    """A loss for the compiler: factor * (sum of `value`) / n, its slope gradient * `slope` / n.

    Attributes:
        value: `value(f, blocks, total, kit)` adds one block's sum to `total`; f is the compiler's
            Function, kit its loops and functions.
        factor: What the sum is multiplied by.
        gradient: What the slope is multiplied by.
        per_entry: Whether n is the number of entries, not of samples.
        slope: `slope(f, o, t, m)` gives the slope at one output as an expression; m is the
            compiler's mathlib. None stands for o - t.
    """

    value: Callable[[Any, Any, Any, Any], None]
    factor: float = 1.0
    gradient: float = 1.0
    per_entry: bool = False
    slope: Callable[[Any, Any, Any, Any], Any] | None = None


@dataclass(frozen=True)
class Loss:
    """A named loss over o (outputs), z (logits) and t (targets), each (n_outputs, n_samples).

    Attributes:
        name: How settings and errors call it.
        value: `value(o, z, t)` returns the loss as a float.
        gradient: `gradient(o, t, out)` writes dloss/do into `out`, or dloss/dz if `activation` is
            set.
        activation: The output activation that the loss is fused with; None if any (but softmax)
            goes.
        formula: The loss in words.
        term: The same for one output, as a Python expression of o and t, in which ln is the
            logarithm.
        compiled: The same for the compiler; None is left to NumPy.
        keras: What Keras 3 calls it, as Python; where it has none, its formula there.
        torch: What PyTorch calls it, as Python.
        sklearn: What scikit-learn calls it; empty where it has none.
    """

    name: str
    value: Callable[[FloatArray, FloatArray, FloatArray], float]
    gradient: Callable[[FloatArray, FloatArray, FloatArray], None]
    activation: str | None
    formula: str
    term: str = ""
    compiled: CompiledLoss | None = None
    keras: str = ""
    torch: str = ""
    sklearn: str = ""


def _half_mse(o: FloatArray, z: FloatArray, t: FloatArray) -> float:
    return float(0.5 * np.square(o - t).sum() / o.shape[1])


def _mse(o: FloatArray, z: FloatArray, t: FloatArray) -> float:
    return float(np.square(o - t).mean())


def _binary_crossentropy(o: FloatArray, z: FloatArray, t: FloatArray) -> float:
    # -t ln o - (1 - t) ln(1 - o) with o = 1 / (1 + exp(-z))
    return float((np.logaddexp(0.0, z) - t * z).mean())


def _categorical_crossentropy(o: FloatArray, z: FloatArray, t: FloatArray) -> float:
    # -sum_k t_k ln o_k with ln o_k = z_k - ln(sum_j exp z_j) and sum_k t_k = 1
    top = z.max(axis=0)
    log_sum = np.log(np.exp(z - top).sum(axis=0))
    return float((log_sum - (t * (z - top)).sum(axis=0)).mean())


def _error_per_sample(o: FloatArray, t: FloatArray, out: FloatArray) -> None:
    np.subtract(o, t, out)
    np.multiply(out, 1.0 / out.shape[1], out)


def _error_per_entry(o: FloatArray, t: FloatArray, out: FloatArray) -> None:
    np.subtract(o, t, out)
    np.multiply(out, 1.0 / out.size, out)


def _mse_gradient(o: FloatArray, t: FloatArray, out: FloatArray) -> None:
    np.subtract(o, t, out)
    np.multiply(out, 2.0 / out.size, out)


def _squares(f: Any, blocks: Any, total: Any, kit: Any) -> None:
    with kit.each_unit(f, blocks, f.outputs, f.targets) as (o, t):
        error = f.let(f.load(o) - f.load(t))
        f.set(total, total + error * error)


def _binary_compiled(f: Any, blocks: Any, total: Any, kit: Any) -> None:
    with kit.each_unit(f, blocks, f.sums, f.targets) as (z, t):
        logit = f.let(f.load(z))
        f.set(total, total + kit.mathlib.softplus(f, logit) - f.load(t) * logit)


def _categorical_compiled(f: Any, blocks: Any, total: Any, kit: Any) -> None:
    top, shares = kit.top_sum(f, blocks), f.let(f.number(0.0))
    with kit.each_unit(f, blocks, f.sums, f.targets) as (z, t):
        logit = f.let(f.load(z) - top)
        f.set(total, total - f.load(t) * logit)
        f.set(shares, shares + kit.mathlib.exp(f, logit))
    f.set(total, total + kit.mathlib.log(f, shares))


_ALL = (
    # TensorFlow Playground's loss; its value does not include the regularization penalty.
    Loss(
        "half_mse", _half_mse, _error_per_sample, None,
        "mean over samples of the sum over outputs of (o - t)^2 / 2", "1 / 2 * (o - t)**2",
        CompiledLoss(_squares, factor=0.5),
        keras="keras.ops.square(y_pred - y_true) / 2",
        torch="nn.MSELoss(reduction='sum')(y_pred, y_true) / 2 / len(y_true)",
    ),
    # Keras's mean_squared_error and scikit-learn's.
    Loss(
        "mse", _mse, _mse_gradient, None,
        "mean over all entries of (o - t)^2", "(o - t)**2",
        CompiledLoss(_squares, gradient=2.0, per_entry=True),
        keras='"mean_squared_error"', torch="nn.MSELoss()", sklearn="mean_squared_error",
    ),
    # Keras's, with from_logits=True; targets 0 or 1.
    Loss(
        "binary_crossentropy", _binary_crossentropy, _error_per_entry, "sigmoid",
        "mean over all entries of -t ln o - (1 - t) ln(1 - o)",
        "-t * ln(o) - (1 - t) * ln(1 - o)",
        CompiledLoss(_binary_compiled, per_entry=True),
        keras='"binary_crossentropy"', torch="nn.BCEWithLogitsLoss()", sklearn="log_loss",
    ),
    # Keras's, with from_logits=True; targets one-hot (or shares that add up to 1).
    Loss(
        "categorical_crossentropy", _categorical_crossentropy, _error_per_sample, "softmax",
        "mean over samples of -sum over outputs of t ln o", "-t * ln(o)",
        CompiledLoss(_categorical_compiled),
        keras='"categorical_crossentropy"', torch="nn.CrossEntropyLoss()", sklearn="log_loss",
    ),
)  # fmt: skip
LOSSES = {loss.name: loss for loss in _ALL}


def loss_for(name: str, output_activation: str) -> Loss:
    """Return the loss called `name`, after checking that it goes with the output activation.

    Raises:
        ValueError: For an unknown name, for a cross-entropy without its own output activation, and
            for softmax with any other loss.
    """
    loss = LOSSES[one_of("loss", name, LOSSES)]
    if loss.activation is not None and output_activation != loss.activation:
        rule = f"{loss.activation!r} in the last layer for the loss {name!r}"
        raise invalid("activation", rule, output_activation)
    if output_activation == "softmax" and loss.activation != "softmax":
        raise invalid("loss", "'categorical_crossentropy' for a softmax output", name)
    return loss


def check_targets(loss: Loss, t: FloatArray) -> FloatArray:
    """Return the targets `t`, shape (n_outputs, n_samples), if the loss is defined for them."""
    if loss.activation is None:
        return t
    if t.min() < 0 or t.max() > 1:
        worst = float(t.min() if t.min() < 0 else t.max())
        raise invalid("y", f"from 0 to 1 for the loss {loss.name!r}", worst)
    if loss.activation == "softmax":
        sums = t.sum(axis=0)
        if np.abs(sums - 1).max() > 1e-6:
            row = int(np.abs(sums - 1).argmax())
            rule = f"one-hot for the loss {loss.name!r} (row {row} does not add up to 1)"
            raise invalid("y", rule, float(sums[row]))
    return t
