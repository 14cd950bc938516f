"""Where numbers come in: Input() gives the symbol, InputLayer is its layer."""

from __future__ import annotations

from typing import Any

from nncore.checks import invalid
from nncore.keras import config
from nncore.keras.layers.base import Gradients, Layer
from nncore.keras.missing import raise_missing
from nncore.keras.operations import Operation
from nncore.keras.tensors import KerasTensor, Shape


class InputLayer(Layer):
    """The beginning of a model.

    Args:
        shape: Of one sample, such as (13,).
    """

    def __init__(
        self, shape: Any = None, batch_size: Any = None, dtype: Any = None, **kwargs: Any
    ) -> None:
        name = kwargs.pop("name", None)
        if kwargs.pop("sparse", False) or kwargs.pop("ragged", False):
            raise_missing("a sparse or ragged input is one of Keras's that is not here")
        super().__init__(name=name or config.unique_name("input_layer"), dtype=dtype, **kwargs)
        shape = self.input_shape_given if shape is None else shape
        self.shape = sample_shape(shape)
        self.built = True
        symbol = KerasTensor((None, *self.shape), dtype, self.name, self)
        self.nodes.append((symbol, symbol))

    @property
    def batch_shape(self) -> Shape:
        """The shape of the inputs, with None for the rows."""
        return (None, *self.shape)

    def steps(self, input_shape: Shape, gradients: Gradients) -> list[Operation]:
        return []

    def get_config(self) -> dict[str, Any]:
        return {"batch_shape": self.batch_shape, "dtype": self.dtype, "name": self.name}


def sample_shape(shape: Any) -> tuple[int, ...]:
    """Return the shape of one sample, or raise ValueError."""
    if isinstance(shape, int):
        raise invalid("shape", "a tuple of sizes, such as (13,)", shape)
    sizes = tuple(shape) if isinstance(shape, (tuple, list)) else None
    if sizes is None or not all(isinstance(size, int) and size > 0 for size in sizes):
        raise invalid("shape", "a tuple of sizes of at least 1, such as (13,)", shape)
    return sizes


def Input(
    shape: Any = None,
    batch_size: Any = None,
    dtype: Any = None,
    name: str | None = None,
    tensor: Any = None,
    batch_shape: Any = None,
    **kwargs: Any,
) -> KerasTensor:
    """Return the symbol of a model's input.

    Args:
        shape: Of one sample, such as (13,).
    """
    if tensor is not None:
        raise_missing("Input(tensor=...) takes a tensor of Keras's backend, and there is none here")
    if batch_shape is not None:
        shape = tuple(batch_shape)[1:]
    layer = InputLayer(shape, batch_size, dtype, name=name, **kwargs)
    found: KerasTensor = layer.output
    return found
