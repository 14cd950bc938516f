"""Dense layers, activations, dropout and what only changes shapes."""

from __future__ import annotations

from typing import Any

import numpy as np

from nncore.checks import fraction, not_negative, whole_number
from nncore.keras import activation_rules, activations
from nncore.keras.layers.arguments import constraint_of, initializer_of, old_names, regularizer_of
from nncore.keras.layers.base import Gradients, Layer
from nncore.keras.operations import Activate, Drop, DropGaussian, Noise, Operation, Scale
from nncore.keras.operations import WeightedSums as _Sums
from nncore.keras.tensors import Shape


class Dense(Layer):
    """a = f(x W + b): every unit sees every input.

    Args:
        units: The number of outputs; inputs have shape (rows, columns).
        kernel_initializer, bias_initializer: Where weights and biases start.
        kernel_regularizer, bias_regularizer: What is added to the loss for them.
        kernel_constraint, bias_constraint: What they are brought back to after a step.
    """

    @old_names(
        output_dim="units",
        init="kernel_initializer",
        bias="use_bias",
        W_regularizer="kernel_regularizer",
        b_regularizer="bias_regularizer",
        W_constraint="kernel_constraint",
        b_constraint="bias_constraint",
    )
    def __init__(
        self,
        units: int,
        activation: Any = None,
        use_bias: bool = True,
        kernel_initializer: Any = "glorot_uniform",
        bias_initializer: Any = "zeros",
        kernel_regularizer: Any = None,
        bias_regularizer: Any = None,
        activity_regularizer: Any = None,
        kernel_constraint: Any = None,
        bias_constraint: Any = None,
        **kwargs: Any,
    ) -> None:
        if kwargs.pop("lora_rank", None) is not None:
            raise ValueError("lora_rank is not here. Received: a low rank for Dense")
        super().__init__(activity_regularizer=activity_regularizer, **kwargs)
        self.units = whole_number("units", units, 1)
        self.activation, self.use_bias = activations.get(activation), bool(use_bias)
        self.kernel_initializer = initializer_of("kernel_initializer", kernel_initializer)
        self.bias_initializer = initializer_of("bias_initializer", bias_initializer)
        self.kernel_regularizer = regularizer_of(kernel_regularizer)
        self.bias_regularizer = regularizer_of(bias_regularizer)
        self.kernel_constraint = constraint_of(kernel_constraint)
        self.bias_constraint = constraint_of(bias_constraint)

    def build(self, input_shape: Shape) -> None:
        """Make the kernel, (inputs, units), and the bias, (units,)."""
        n_in = self.needs_columns(input_shape)
        kernel = (self.kernel_initializer, self.kernel_regularizer, self.kernel_constraint)
        bias = (self.bias_initializer, self.bias_regularizer, self.bias_constraint)
        if not self.use_bias:
            bias = (np.zeros, None, None)
        weights = [("kernel", (n_in, self.units), *kernel), ("bias", (self.units,), *bias)]
        self.add_weights(weights)
        if not self.use_bias:  # its place in the block stays, and stays 0
            self.own_variables.pop()
        self.built = True

    @property
    def kernel(self) -> Any:
        """The weights, (inputs, units)."""
        return self.own_variables[0]

    @property
    def bias(self) -> Any:
        """The biases, (units,), or None."""
        return self.own_variables[1] if self.use_bias else None

    def compute_output_shape(self, input_shape: Shape) -> Shape:
        return (*input_shape[:-1], self.units)

    def steps(self, input_shape: Shape, gradients: Gradients) -> list[Operation]:
        n_in = self.needs_columns(input_shape)
        sums = _Sums(self, n_in, self.units, gradients(self))
        rule = activations.rule_of(self.activation)
        return [sums] if rule.name == "linear" else [sums, Activate(rule)]


class Activation(Layer):
    """A function of each number, or (softmax) of all numbers of a sample."""

    def __init__(self, activation: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.activation = activations.get(activation)

    def steps(self, input_shape: Shape, gradients: Gradients) -> list[Operation]:
        rule = activations.rule_of(self.activation)
        if rule.name in activations.ACROSS_UNITS:
            self.needs_columns(input_shape)
        return [] if rule.name == "linear" else [Activate(rule)]


class ReLU(Activation):
    """z from `threshold` to `max_value`, negative_slope (z - threshold) below it."""

    def __init__(
        self,
        max_value: float | None = None,
        negative_slope: float = 0.0,
        threshold: float = 0.0,
        **kwargs: Any,
    ) -> None:
        negative_slope = kwargs.pop("alpha", negative_slope)
        super().__init__("relu", **kwargs)
        self.max_value, self.negative_slope = max_value, negative_slope
        self.threshold = threshold

    def steps(self, input_shape: Shape, gradients: Gradients) -> list[Operation]:
        numbers = (self.negative_slope, self.max_value, self.threshold)
        return [Activate(activation_rules.relu(*numbers))]

    def rule(self) -> Any:
        """Return the nncore Activation: the layer may be given as a Dense layer's activation."""
        numbers = (self.negative_slope, self.max_value, self.threshold)
        return activation_rules.relu(*numbers)


class LeakyReLU(ReLU):
    """z if z > 0, else negative_slope z."""

    def __init__(self, negative_slope: float = 0.3, **kwargs: Any) -> None:
        super().__init__(negative_slope=kwargs.pop("alpha", negative_slope), **kwargs)

    def get_config(self) -> dict[str, Any]:
        config = super().get_config()
        return {
            key: value for key, value in config.items() if key not in ("max_value", "threshold")
        }


class ELU(Activation):
    """z if z > 0, else alpha (exp(z) - 1)."""

    def __init__(self, alpha: float = 1.0, **kwargs: Any) -> None:
        super().__init__("elu", **kwargs)
        self.alpha = alpha

    def rule(self) -> Any:
        """Return the nncore Activation."""
        return activation_rules.elu(self.alpha)

    def steps(self, input_shape: Shape, gradients: Gradients) -> list[Operation]:
        return [Activate(self.rule())]


class Softmax(Activation):
    """The shares exp(z_k) / sum of exp(z_j) of a sample's numbers."""

    def __init__(self, axis: int = -1, **kwargs: Any) -> None:
        super().__init__("softmax", **kwargs)
        self.axis = axis


class Dropout(Layer):
    """In training, numbers become 0 with probability `rate`; the others are divided by 1 - rate.

    noise_shape is not here.
    """

    kind: Any = Drop

    @old_names(p="rate")
    def __init__(
        self, rate: float, noise_shape: Any = None, seed: int | None = None, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.rate, self.seed = fraction("rate", rate), seed
        if noise_shape is not None:
            raise ValueError(f"noise_shape must be None here. Received: {noise_shape!r}")
        self.noise_shape = None

    def steps(self, input_shape: Shape, gradients: Gradients) -> list[Operation]:
        return [self.kind(self.rate, self.seed)]


class GaussianDropout(Dropout):
    """In training, numbers are multiplied by those of N(1, rate / (1 - rate))."""

    kind = DropGaussian

    def __init__(self, rate: float, seed: int | None = None, **kwargs: Any) -> None:
        super().__init__(rate, None, seed, **kwargs)


class GaussianNoise(Layer):
    """In training, numbers of N(0, stddev^2) are added."""

    def __init__(self, stddev: float, seed: int | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.stddev, self.seed = not_negative("stddev", stddev), seed

    def steps(self, input_shape: Shape, gradients: Gradients) -> list[Operation]:
        return [Noise(self.stddev, self.seed)]


class Flatten(Layer):
    """One row of numbers per sample, whatever the shape was."""

    def __init__(self, data_format: Any = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.data_format = data_format or "channels_last"

    def compute_output_shape(self, input_shape: Shape) -> Shape:
        return (None, int(np.prod([size or 1 for size in input_shape[1:]])))

    def steps(self, input_shape: Shape, gradients: Gradients) -> list[Operation]:
        return []


class Reshape(Layer):
    """The same numbers of each sample in another shape; one size may be -1."""

    def __init__(self, target_shape: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.target_shape = tuple(target_shape)

    def compute_output_shape(self, input_shape: Shape) -> Shape:
        sample = np.empty([size or 1 for size in input_shape[1:]])
        try:
            return (None, *sample.reshape(self.target_shape).shape)
        except ValueError:
            raise ValueError(
                "The total size of the tensor must be unchanged."
                f" Received: input_shape={input_shape[1:]}, target_shape={self.target_shape}"
            ) from None

    def steps(self, input_shape: Shape, gradients: Gradients) -> list[Operation]:
        return []


class Identity(Layer):
    """What goes in comes out."""

    def steps(self, input_shape: Shape, gradients: Gradients) -> list[Operation]:
        return []


class Rescaling(Layer):
    """x scale + offset."""

    def __init__(self, scale: float, offset: float = 0.0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.scale, self.offset = scale, offset

    def factor_and_shift(self, n: int) -> tuple[Any, Any]:
        """Return what the numbers are multiplied by, and what is added."""
        return self.scale, self.offset

    def steps(self, input_shape: Shape, gradients: Gradients) -> list[Operation]:
        return [Scale(self)]
