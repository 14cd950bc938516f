"""A dense layer: every unit sees every output of the layer before.

A layer computes a = f(x W + b): x one row of inputs, W one column of weights per unit, b one bias
per unit, f the activation. A Dense object holds the choices only; the numbers W and b live in the
model's parameter vector, and their shapes follow from the layer before.
"""

from __future__ import annotations

from dataclasses import dataclass

from nncore.activations import ACTIVATIONS
from nncore.checks import one_of, whole_number
from nncore.initializers import INITIALIZERS


@dataclass(frozen=True)
class Dense:
    """The choices that make a fully connected layer.

    Args:
        units: Number of units, which is the number of outputs; 1 or more.
        activation: A name of ACTIVATIONS; "softmax" only in a model's last layer.
        kernel_initializer: A name of INITIALIZERS; it also says where the biases start.

    Raises:
        ValueError: If a name does not exist, or `units` is below 1.
    """

    units: int
    activation: str = "linear"
    kernel_initializer: str = "glorot_uniform"

    def __post_init__(self) -> None:
        whole_number("units", self.units, 1)
        one_of("activation", self.activation, ACTIVATIONS)
        one_of("kernel_initializer", self.kernel_initializer, INITIALIZERS)
