"""A model: layers between an input and outputs, all weights in one flat vector, and training.

Made from symbols, Model(inputs, outputs), or as a Sequential. Several outputs may come from
anywhere on the way; several inputs are not here. A model is a layer, and can be part of another.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np

from nncore.arrays import FloatArray
from nncore.keras import config, configs, saving, summary
from nncore.keras.layers.base import Gradients, Layer
from nncore.keras.missing import raise_missing
from nncore.keras.models.program import Program
from nncore.keras.models.training import Trainer
from nncore.keras.models.wiring import layers_between, symbols
from nncore.keras.operations import Operation
from nncore.keras.tensors import KerasTensor, Shape, tensor
from nncore.keras.variables import Variable


class Model(Trainer, Layer):
    """A network: from an input to one or more outputs.

    Args:
        inputs: The symbol of Input().
        outputs: A symbol that is made from it, or a list of such.
    """

    def __init__(
        self,
        inputs: Any = None,
        outputs: Any = None,
        name: str | None = None,
        trainable: bool = True,
        **kwargs: Any,
    ) -> None:
        inputs = kwargs.pop("input", inputs)
        outputs = kwargs.pop("output", outputs)
        Layer.__init__(self, name=name or config.unique_name(self._kind), **kwargs)
        Trainer.__init__(self)
        self.params: FloatArray = np.empty(0)
        self.gradient: FloatArray = np.empty(0)
        self._training: Program | None = None
        self._places: list[tuple[Layer, int]] | None = None  # known once the layers are
        self._inference: Program | None = None
        self._layers: list[Layer] = []
        self.inputs: list[KerasTensor] = []
        self.outputs: list[KerasTensor] = []
        self._keys: list[str] | None = None
        if inputs is None and outputs is None and type(self) is not Model:
            if not hasattr(self, "add"):
                raise_missing(f"{type(self).__name__} is a model of one's own, with a call() whose"
                              " slope would have to be derived")  # fmt: skip
            return
        self._connect(inputs, outputs)
        self.trainable = trainable

    _kind = "Functional"

    def _connect(self, inputs: Any, outputs: Any) -> None:
        """Take the layers between these symbols."""
        self.inputs, self.outputs = symbols("inputs", inputs), symbols("outputs", outputs)
        self._keys = list(outputs) if isinstance(outputs, dict) else None
        if len(self.inputs) != 1:
            raise_missing(f"a model of {len(self.inputs)} inputs is one of Keras's, and a model"
                          " here has one")  # fmt: skip
        self._inference = Program(self.inputs[0], self.outputs)
        self._layers = layers_between(self.inputs[0], self.outputs)
        self._training = self._places = None
        names = [each.name for each in self._layers]
        twice = {name for name in names if names.count(name) > 1}
        if twice:
            raise ValueError(f"All layers of a model need names of their own. Twice: {twice}")
        self.built, self._built_for = True, tuple(self.inputs[0].shape)

    # the parts

    @property
    def layers(self) -> list[Layer]:
        """The layers in their order; of a functional model, its InputLayer first."""
        return list(self._layers)

    def get_layer(self, name: str | None = None, index: int | None = None) -> Layer:
        """Return a layer by its name or its number."""
        if (name is None) == (index is None):
            raise ValueError(f"give a name or an index. Received: name={name!r}, index={index!r}")
        layers = self.layers
        if index is not None:
            if index >= len(layers):
                raise ValueError(
                    f"Was asked to retrieve layer at index {index} but model only has"
                    f" {len(layers)} layers."
                )
            return layers[index]
        for layer in layers:
            if layer.name == name:
                return layer
        raise ValueError(
            f"No such layer: {name}. Existing layers are: {[layer.name for layer in layers]}."
        )

    @property
    def input(self) -> Any:
        """The symbol of the input."""
        if not self.inputs:
            raise AttributeError(
                f"The model {self.name!r} has not been built: it has no input yet. Give its first"
                " layer an input_shape, begin with an Input, or call build()."
            )
        return self.inputs[0]

    @property
    def output(self) -> Any:
        """The symbol of the output, or a list of them."""
        self.input  # noqa: B018 (says what is missing)
        return self.outputs[0] if len(self.outputs) == 1 else list(self.outputs)

    @property
    def output_shape(self) -> Any:
        """The shape of the output, or a list of shapes."""
        shapes = [each.shape for each in self.outputs]
        return shapes[0] if len(shapes) == 1 else shapes

    @property
    def output_names(self) -> list[str]:  # type: ignore[override]
        """The names under which the model was given its outputs, or those of their layers."""
        return self._keys or [each.layer.name for each in self.outputs]

    def named(self, outputs: list[Any]) -> Any:
        """Return what the outputs are as the model was given them: one, a list, or by name."""
        if self._keys is not None:
            return dict(zip(self._keys, outputs, strict=True))
        return outputs[0] if len(outputs) == 1 else outputs

    @property
    def output_sizes(self) -> list[int]:  # type: ignore[override]
        """Numbers per sample of each output."""
        return [int(np.prod([size or 1 for size in each.shape[1:]])) for each in self.outputs]

    def make_for(self, rows: FloatArray) -> None:
        """Build the model for data like `rows`, if it does not know its input yet."""
        if not self.built:
            self.build((None, *rows.shape[1:]))

    # the weights

    def leaves(self) -> list[Layer]:
        """Return the layers that hold the weights."""
        found: list[Layer] = []
        for layer in self._layers:
            for leaf in layer.leaves():
                if not any(leaf is each for each in found):
                    found.append(leaf)
        return found

    def places(self) -> list[tuple[Layer, int]]:
        """Return each layer with trainable numbers and where they begin in `params`."""
        if self._places is None:
            self._places, start = [], 0
            for layer in self.leaves():
                if layer.storage.size:
                    self._places.append((layer, start))
                    start += layer.storage.size
        return self._places

    def pack(self) -> Program:
        """Let all weights lie in this model's flat vector; return the passes that train it.

        Layers may belong to several models; the one that was packed last holds their numbers.
        """
        places = self.places()
        whole = self._training is not None and all(layer.owner is self for layer, _ in places)
        if not whole or self._training is None:
            size = sum(layer.storage.size for layer, _ in places)
            self.params, self.gradient = np.empty(size), np.zeros(size)
            room: dict[int, FloatArray] = {}
            for layer, start in places:
                part = slice(start, start + layer.storage.size)
                layer.adopt(self.params[part], self)
                room[id(layer)] = self.gradient[part]
            find: Gradients = lambda layer: room.get(id(layer), np.empty(0))  # noqa: E731
            self._training = Program(self.inputs[0], self.outputs, find)
        return self._training

    def inference(self) -> Program:
        """Return the passes that predict."""
        if self._inference is None:
            raise ValueError(f"The model {self.name!r} has not been built.")
        return self._inference

    @property
    def weights(self) -> list[Variable]:
        """All variables, layer by layer."""
        return [variable for layer in self.leaves() for variable in layer.weights]

    @property
    def trainable_weights(self) -> list[Variable]:
        """The variables that training changes."""
        if not self.trainable:
            return []
        return [each for layer in self.leaves() for each in layer.trainable_weights]

    @property
    def non_trainable_weights(self) -> list[Variable]:
        """The variables that training leaves alone."""
        if not self.trainable:
            return self.weights
        return [each for layer in self.leaves() for each in layer.non_trainable_weights]

    @property
    def trainable(self) -> bool:
        """Whether training changes the weights; to set it sets it for all layers."""
        return self._trainable

    @trainable.setter
    def trainable(self, value: bool) -> None:
        self._trainable = bool(value)
        for layer in self._layers:
            layer.trainable = value

    # as a layer

    def build(self, input_shape: Shape) -> None:
        """Nothing is left to do: symbols said all shapes."""

    def compute_output_shape(self, input_shape: Shape) -> Shape:
        return tuple(self.output.shape)

    def steps(self, input_shape: Shape, gradients: Gradients) -> list[Operation]:
        chain = Program(self.inputs[0], self.outputs, gradients).chain
        if chain is None:
            raise_missing(f"{self.name!r} has several outputs, and a part of a model here has one")
        return chain

    def __call__(self, inputs: Any, training: bool = False, **kwargs: Any) -> Any:
        if isinstance(inputs, KerasTensor) or not hasattr(inputs, "__len__"):
            return super().__call__(inputs, training, **kwargs)
        rows = np.asarray(inputs, dtype=np.float64)
        self.make_for(rows)
        if len(self.outputs) > 1:
            from nncore.keras.backend import function

            found = function(self.inputs, self.outputs)([rows])
            return self.named([tensor(each) for each in found])
        return super().__call__(rows, training, **kwargs)

    # what is said and kept of it

    def summary(
        self,
        line_length: int | None = None,
        positions: Sequence[float] | None = None,
        print_fn: Any = None,
        expand_nested: bool = False,
        show_trainable: bool = False,
        layer_range: Sequence[str] | None = None,
    ) -> None:
        """Print the layers with their shapes and numbers of weights, as Keras does."""
        text = summary.text(
            self, line_length, positions, expand_nested, show_trainable, layer_range
        )
        print(text) if print_fn is None else print_fn(text + "\n")  # noqa: T201

    def get_config(self) -> dict[str, Any]:
        """Return what from_config makes an equal model of, without weights."""
        return configs.functional_config(self)

    @classmethod
    def from_config(cls, config: dict[str, Any], custom_objects: Any = None) -> Any:
        """Return a model from what get_config returned."""
        return configs.model_from_config({"class_name": cls.__name__, "config": config})

    def to_json(self, **kwargs: Any) -> str:
        """Return the layers and their choices as JSON, without weights."""
        return json.dumps(configs.model_config(self), **kwargs)

    def save(self, filepath: Any, overwrite: bool = True, **kwargs: Any) -> None:
        """Write the model to a file; see nncore.keras.saving for the formats."""
        saving.save_model(self, filepath, overwrite, **kwargs)

    def save_weights(self, filepath: Any, overwrite: bool = True, **kwargs: Any) -> None:
        """Write the weights to a file; see nncore.keras.saving for the formats."""
        saving.save_weights(self, filepath, overwrite)

    def load_weights(self, filepath: Any, **kwargs: Any) -> None:
        """Read weights that save_weights wrote, for layers of the same shapes."""
        saving.load_weights(self, filepath)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} name={self.name}, built={self.built}>"


configs.KINDS["Model"] = Model
