"""A stack of layers, one after another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nncore.keras import configs
from nncore.keras.layers.base import Layer
from nncore.keras.layers.input import Input, InputLayer
from nncore.keras.models.model import Model
from nncore.keras.tensors import KerasTensor, Shape


class Sequential(Model):
    """A stack of layers.

    Args:
        layers: A list; the first may be an Input, or have an input_shape. Without either, the model
            is built when it sees its first data.
    """

    _kind = "Sequential"

    def __init__(
        self, layers: Sequence[Any] | None = None, trainable: bool = True, name: str | None = None
    ) -> None:
        super().__init__(name=name)
        self._start: InputLayer | None = None
        if layers is not None and not isinstance(layers, (list, tuple)):
            raise ValueError(f"layers must be a list of layers. Received: layers={layers!r}")
        for layer in layers or ():
            self.add(layer)
        if not trainable:
            self.trainable = False

    def add(self, layer: Any, rebuild: bool = True) -> None:
        """Put a layer on top of the stack."""
        if isinstance(layer, KerasTensor) and isinstance(layer.layer, InputLayer):
            layer = layer.layer
        if isinstance(layer, type) or not isinstance(layer, Layer):
            raise ValueError(
                "Only instances of `keras.Layer` can be added to a Sequential model."
                f" Received: {layer!r} (of type {type(layer).__name__})"
            )
        if any(layer.name == each.name for each in self._layers):
            raise ValueError(
                "All layers added to a Sequential model should have unique names. Name"
                f" {layer.name!r} is already the name of a layer in this model."
                " Update the `name` argument to pass a unique name."
            )
        if isinstance(layer, InputLayer):
            if self._start is not None or self._layers:
                raise ValueError(f"{self.name!r} has already been given an input.")
            self._start = layer
            return
        if not self._layers and self._start is None:
            self._start = _start_of(layer)
        self._layers.append(layer)
        if self._start is not None:
            self._extend()

    def pop(self, rebuild: bool = True) -> Layer:
        """Take the top layer away and return it."""
        if not self._layers:
            raise ValueError(f"There is no layer in {self.name!r} to take away.")
        layer = self._layers.pop()
        if self.built and self._layers:
            before = self.outputs[0].parent
            self._rewire([self.outputs[0] if before is None else before])
        else:
            self.built, self.inputs, self.outputs = False, [], []
        return layer

    def build(self, input_shape: Shape | None = None) -> None:
        """Let the first layer know its inputs.

        Args:
            input_shape: With None for the rows.
        """
        if input_shape is None or self.built:
            return
        if isinstance(input_shape, list):
            input_shape = tuple(input_shape)
        if not isinstance(input_shape, tuple) or len(input_shape) < 2:
            raise ValueError(
                f"input_shape must be like (None, 13). Received: input_shape={input_shape!r}"
            )
        self._start = InputLayer(input_shape[1:])
        self._extend()

    def _extend(self) -> None:
        """Go on from the outputs to the top of the stack."""
        if self._start is None or not self._layers:
            return
        if self.built and self.outputs:
            symbols, missing = self.outputs[0], self._layers[-1:]
        else:
            symbols, missing = self._start.output, self._layers
        for layer in missing:
            symbols = layer(symbols)
        self._rewire([symbols])

    def _rewire(self, outputs: list[KerasTensor]) -> None:
        if self._start is None:
            return
        layers = self._layers
        self._connect(self._start.output, outputs)
        self._layers = layers
        self._book = None

    def get_config(self) -> dict[str, Any]:
        """Return what from_config makes an equal model of, without weights."""
        return configs.sequential_config(self)

    @property
    def start(self) -> InputLayer | None:
        """The layer of the input, which is not among `layers`."""
        return self._start


configs.KINDS["Sequential"] = Sequential


def _start_of(layer: Layer) -> InputLayer | None:
    """Return the input that a first layer knows of, if it does."""
    if isinstance(layer, Model):
        shape: Any = layer.inputs[0].shape[1:] if layer.inputs else None
    else:
        shape = layer.input_shape_given
    if shape is None:
        return None
    symbol = Input(tuple(shape))
    found: InputLayer = symbol.layer
    return found
