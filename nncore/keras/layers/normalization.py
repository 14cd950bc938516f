"""Layers that bring their inputs to a common scale: by batches, or by data seen before."""

from __future__ import annotations

from typing import Any

import numpy as np

from nncore.arrays import Array, FloatArray
from nncore.checks import fraction, not_negative
from nncore.keras.arrays import numbers
from nncore.keras.layers.arguments import constraint_of, initializer_of, regularizer_of
from nncore.keras.layers.base import Gradients, Layer
from nncore.keras.operations import Normalise, Operation, Scale
from nncore.keras.tensors import Shape, tensor
from nncore.keras.variables import Variable


class BatchNormalization(Layer):
    """(x - mean) / sqrt(variance + epsilon) gamma + beta, column by column.

    In training mean and variance are the batch's, and the running ones move towards them:
    running <- momentum running + (1 - momentum) batch's. Else the running ones are used. A layer
    that is not trainable always uses the running ones.
    """

    def __init__(
        self,
        axis: int = -1,
        momentum: float = 0.99,
        epsilon: float = 0.001,
        center: bool = True,
        scale: bool = True,
        beta_initializer: Any = "zeros",
        gamma_initializer: Any = "ones",
        moving_mean_initializer: Any = "zeros",
        moving_variance_initializer: Any = "ones",
        beta_regularizer: Any = None,
        gamma_regularizer: Any = None,
        beta_constraint: Any = None,
        gamma_constraint: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.axis, self.momentum = axis, fraction("momentum", momentum)
        self.epsilon = not_negative("epsilon", epsilon)
        self.center, self.scale = bool(center), bool(scale)
        self.beta_initializer = initializer_of("beta_initializer", beta_initializer)
        self.gamma_initializer = initializer_of("gamma_initializer", gamma_initializer)
        self.moving_mean_initializer = initializer_of(
            "moving_mean_initializer", moving_mean_initializer
        )
        self.moving_variance_initializer = initializer_of(
            "moving_variance_initializer", moving_variance_initializer
        )
        self.beta_regularizer = regularizer_of(beta_regularizer)
        self.gamma_regularizer = regularizer_of(gamma_regularizer)
        self.beta_constraint = constraint_of(beta_constraint)
        self.gamma_constraint = constraint_of(gamma_constraint)

    def build(self, input_shape: Shape) -> None:
        """Make gamma, beta and the running mean and variance, each (columns,)."""
        shape = (self.needs_columns(input_shape),)
        gamma = (self.gamma_initializer, self.gamma_regularizer, self.gamma_constraint)
        beta = (self.beta_initializer, self.beta_regularizer, self.beta_constraint)
        wanted = [("gamma", shape, *gamma)] * self.scale + [("beta", shape, *beta)] * self.center
        self.add_weights(wanted)
        first = self.moving_mean_initializer, self.moving_variance_initializer
        names = ("moving_mean", "moving_variance")
        self.moving_mean, self.moving_variance = (
            Variable(np.array(start(shape)), name, self.name, trainable=False)
            for name, start in zip(names, first, strict=True)
        )
        self.own_variables += [self.moving_mean, self.moving_variance]
        self.built = True

    def gamma_and_beta(self) -> tuple[Any, Any]:
        """Return both as columns; 1 and 0 where there is none."""
        found = {each.name: each.array[:, None] for each in self.own_variables}
        return found.get("gamma", 1.0), found.get("beta", 0.0)

    def bring_along(self, mean: FloatArray, variance: FloatArray) -> None:
        """Move the running mean and variance towards those of a batch."""
        for running, batch in ((self.moving_mean, mean), (self.moving_variance, variance)):
            running.array *= self.momentum
            running.array += (1.0 - self.momentum) * batch

    def steps(self, input_shape: Shape, gradients: Gradients) -> list[Operation]:
        return [Normalise(self, gradients(self))]


class Normalization(Layer):
    """(x - mean) / sqrt(variance), with the mean and variance of data that `adapt` was shown.

    Args:
        axis: -1 for a mean per column, None for one of all numbers.
        invert: The way back.
    """

    def __init__(
        self,
        axis: Any = -1,
        mean: Any = None,
        variance: Any = None,
        invert: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        if isinstance(axis, (list, tuple)) and len(axis) == 1:  # as Keras writes it
            axis = axis[0]
        if axis not in (-1, None, 1):
            raise ValueError(f"axis must be -1 or None here. Received: axis={axis!r}")
        if (mean is None) != (variance is None):
            raise ValueError(
                "`mean` and `variance` must be given together."
                f" Received: mean={mean!r}, variance={variance!r}"
            )
        self.axis, self.invert = axis, bool(invert)
        self.given_mean, self.given_variance = mean, variance

    def build(self, input_shape: Shape) -> None:
        """Make the mean and the variance, unless both were given."""
        if self.axis is not None and input_shape[-1] is None:
            raise ValueError(f"the last size must be known. Received: input_shape={input_shape}")
        if self.given_mean is None:
            shape = () if self.axis is None else (int(input_shape[-1] or 0),)
            starts = (
                ("mean", np.zeros(shape)),
                ("variance", np.ones(shape)),
                ("count", np.zeros(())),
            )
            self.own_variables = [Variable(start, name, self.name, False) for name, start in starts]
        self.built = True

    def adapt(self, data: Any, batch_size: Any = None, steps: Any = None) -> None:
        """Take mean and variance from `data`, rows of samples; what was there is forgotten."""
        rows = numbers("data", data)
        if rows.ndim == 1:
            rows = rows[:, None]
        self.make((None, *rows.shape[1:]))
        if self.given_mean is not None:
            raise ValueError("adapt() is not for a layer that was made with a mean and a variance")
        axes = None if self.axis is None else tuple(range(rows.ndim - 1))
        seen = (rows.mean(axis=axes), rows.var(axis=axes), 0.0)
        for variable, value in zip(self.own_variables, seen, strict=True):
            variable.assign(value)

    @property
    def mean(self) -> Any:
        """The mean of each column, (1, columns), or of all numbers; None before adapt()."""
        return tensor(self._mean_and_variance()[0][None]) if self.built else self.given_mean

    @property
    def variance(self) -> Any:
        """The variances, in the shape of `mean`."""
        return tensor(self._mean_and_variance()[1][None]) if self.built else self.given_variance

    def _mean_and_variance(self) -> tuple[Array, Array]:
        if self.given_mean is None:
            return self.own_variables[0].array, self.own_variables[1].array
        return np.asarray(self.given_mean), np.asarray(self.given_variance)

    def get_config(self) -> dict[str, Any]:
        given = {"mean": self.given_mean, "variance": self.given_variance}
        return super().get_config() | given

    def factor_and_shift(self, n: int) -> tuple[Any, Any]:
        """Return factors and summands for the n numbers of a sample, as columns."""
        mean, variance = self._mean_and_variance()
        mean, root = _column(mean, n), _column(np.maximum(np.sqrt(variance), 1e-7), n)
        return (root, mean) if self.invert else (1.0 / root, -mean / root)

    def steps(self, input_shape: Shape, gradients: Gradients) -> list[Operation]:
        return [Scale(self)]


def _column(values: Array, n: int) -> FloatArray:
    """One number per row of the columns: `values` over and over for the n numbers of a sample."""
    flat = np.ravel(np.asarray(values, dtype=np.float64))
    return np.resize(flat, n)[:, None]
