"""What layers share: a name, weights, the shapes of inputs and outputs, and being called.

Called on a symbol, a layer says what will come out; called on numbers, it computes. Its weights
that can be trained lie in one vector, `storage`, which a model takes over.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from nncore.arrays import Array, FloatArray
from nncore.keras import config, regularizers
from nncore.keras.arrays import as_columns, as_rows
from nncore.keras.layers.arguments import SHAPES, given_shape
from nncore.keras.missing import no_such_arguments, raise_missing
from nncore.keras.objects import Configurable, serialize
from nncore.keras.operations import Operation, Penalise
from nncore.keras.tensors import KerasTensor, Shape
from nncore.keras.variables import Variable

Gradients = Callable[["Layer"], FloatArray]


class Layer(Configurable):
    """What all share.

    Args:
        name: One that no other layer of a model has.
        trainable: Whether training changes the weights.
        kwargs: input_shape or input_dim: what a model's first layer may say of its inputs, as in
            Keras 2.
    """

    use_bias = True

    def __init__(
        self,
        *,
        name: str | None = None,
        trainable: bool = True,
        dtype: Any = None,
        activity_regularizer: Any = None,
        **kwargs: Any,
    ) -> None:
        if hasattr(self, "call"):
            kind = "model" if hasattr(self, "summary") else "layer"
            raise_missing(f"{type(self).__name__} is a {kind} of one's own, with a call() whose"
                          " slope would have to be derived")  # fmt: skip
        no_such_arguments(type(self).__name__, [key for key in kwargs if key not in SHAPES])
        if name is not None and (not isinstance(name, str) or not name or "/" in name):
            raise ValueError(f"a layer's name must be text without '/'. Received: name={name!r}")
        self.name = name or config.unique_name(type(self).__name__)
        self.input_shape_given = given_shape(kwargs)
        self._trainable, self.dtype = bool(trainable), dtype or config.floatx()
        self.activity_regularizer = regularizers.get(activity_regularizer)
        self.built, self.owner = False, None
        self.storage: FloatArray = np.empty(0)
        self.own_variables: list[Variable] = []
        self._stored: list[Variable] = []
        self.nodes: list[tuple[KerasTensor, KerasTensor]] = []

    # what a kind of layer writes

    def build(self, input_shape: Shape) -> None:
        """Make the weights for inputs of this shape (with None for the rows)."""
        self.built = True

    def compute_output_shape(self, input_shape: Shape) -> Shape:
        """Return the shape of what comes out."""
        return tuple(input_shape)

    def steps(self, input_shape: Shape, gradients: Gradients) -> list[Operation]:
        """Return the operations, without a penalty on outputs."""
        name = type(self).__name__
        raise_missing(f"{name} is a layer of one's own, and its slope would have to be derived")

    # shapes and calls

    def operations(self, input_shape: Shape, gradients: Gradients) -> list[Operation]:
        """Return all operations; gradients(layer) is where a layer's slopes are written."""
        steps = self.steps(input_shape, gradients)
        if self.activity_regularizer is not None:
            steps = [*steps, Penalise(self.activity_regularizer)]
        return steps

    def leaves(self) -> list[Layer]:
        """Return the layers that hold the weights: this one, or those of a model."""
        return [self]

    def needs_columns(self, input_shape: Shape) -> int:
        """Return the number of columns of inputs that have one row per sample, or complain."""
        if len(input_shape) != 2 or input_shape[1] is None:
            raise ValueError(
                f"{type(self).__name__} {self.name!r} takes inputs of shape (rows, columns);"
                f" put a Flatten layer before it. Received: input_shape={tuple(input_shape)}"
            )
        return input_shape[1]

    def __call__(self, inputs: Any, training: bool = False, **kwargs: Any) -> Any:
        no_such_arguments(f"calling {self.name!r}", [key for key in kwargs if key != "mask"])
        if isinstance(inputs, (list, tuple)) and any(isinstance(x, KerasTensor) for x in inputs):
            if len(inputs) != 1:
                raise_missing(f"{self.name!r} was called on {len(inputs)} symbols, and a layer here"
                              " takes one")  # fmt: skip
            inputs = inputs[0]
        if isinstance(inputs, KerasTensor):
            return self.on_symbol(inputs)
        rows = np.asarray(inputs, dtype=np.float64)
        shape = (None, *rows.shape[1:])
        self.make(shape)
        x = as_columns(rows)
        with np.errstate(all="ignore"):
            for step in self.operations(shape, lambda layer: np.zeros(layer.storage.size)):
                x = step.forward(x, bool(training))
        return as_rows(x, self.compute_output_shape(shape))

    def on_symbol(self, inputs: KerasTensor) -> KerasTensor:
        """Return the symbol of what this layer makes of `inputs`, and remember both."""
        self.make(inputs.shape)
        outputs = KerasTensor(self.compute_output_shape(inputs.shape), None, None, self, inputs)
        self.nodes.append((inputs, outputs))
        return outputs

    def make(self, input_shape: Shape) -> None:
        """Build the weights if they are not there; complain if they are for another shape."""
        if not self.built:
            self.build(tuple(input_shape))
            self.built, self._built_for = True, tuple(input_shape)
        elif self._built_for[1:] != tuple(input_shape)[1:] and self.own_variables:
            raise ValueError(
                f"Input 0 of layer {self.name!r} is incompatible with the layer: expected"
                f" shape={self._built_for}, found shape={tuple(input_shape)}"
            )

    def _node(self, place: int, what: str) -> KerasTensor:
        if not self.nodes:
            raise AttributeError(
                f"The layer {self.name!r} has never been called and thus has no defined {what}."
            )
        return self.nodes[0][place]

    @property
    def input(self) -> Any:
        """The symbol that went in when the layer was first called."""
        return self._node(0, "input")

    @property
    def output(self) -> Any:
        """The symbol that came out when the layer was first called."""
        return self._node(1, "output")

    @property
    def input_shape(self) -> Shape:
        """The shape of `input`."""
        return tuple(self.input.shape)

    @property
    def output_shape(self) -> Shape:
        """The shape of `output`."""
        return tuple(self.output.shape)

    # weights

    def add_weights(self, wanted: Sequence[tuple[str, tuple[int, ...], Any, Any, Any]]) -> None:
        """Make trainable variables, side by side in `storage`.

        Args:
            wanted: (name, shape, initializer, regularizer, constraint) of each.
        """
        sizes = [int(np.prod(shape)) for _, shape, *_ in wanted]
        self.storage = np.zeros(sum(sizes))
        for name, shape, initializer, regularizer, constraint in wanted:
            array = np.asarray(initializer(shape), dtype=np.float64)
            variable = Variable(array, name, self.name, True, regularizer, constraint)
            self.own_variables.append(variable)
            self._stored.append(variable)
        self.adopt(self.storage, None)

    def adopt(self, storage: FloatArray, owner: Any) -> None:
        """Let `storage` hold the trainable numbers from now on; `owner` is whose it is."""
        start = 0
        for variable in self._stored:
            part = storage[start : start + variable.array.size].reshape(variable.shape)
            part[...] = variable.array
            variable.array = part
            start += part.size
        self.storage, self.owner = storage, owner

    def stored(self) -> list[tuple[slice, Variable]]:
        """Return where in `storage` each trainable variable lies."""
        places, start = [], 0
        for variable in self._stored:
            places.append((slice(start, start + variable.array.size), variable))
            start += variable.array.size
        return places

    @property
    def weights(self) -> list[Variable]:
        """All variables, in the order of get_weights."""
        return list(self.own_variables)

    @property
    def variables(self) -> list[Variable]:
        """All variables, in the order of get_weights."""
        return self.weights

    @property
    def trainable(self) -> bool:
        """Whether training changes the weights."""
        return self._trainable

    @trainable.setter
    def trainable(self, value: bool) -> None:
        self._trainable = bool(value)

    @property
    def trainable_weights(self) -> list[Variable]:
        """The variables that training changes."""
        return [each for each in self.weights if each.trainable and self.trainable]

    @property
    def non_trainable_weights(self) -> list[Variable]:
        """The variables that training leaves alone."""
        return [each for each in self.weights if not (each.trainable and self.trainable)]

    @property
    def trainable_variables(self) -> list[Variable]:
        """The variables that training changes."""
        return self.trainable_weights

    def get_weights(self) -> list[Array]:
        """Return copies of all weights."""
        return [each.numpy() for each in self.weights]

    def set_weights(self, weights: Sequence[Any]) -> None:
        """Overwrite all weights with arrays of the same shapes, in the order of get_weights."""
        own = self.weights
        if len(weights) != len(own):
            raise ValueError(
                f"You called `set_weights(weights)` on {self.name!r} with a list of"
                f" {len(weights)} arrays, but it has {len(own)} weights."
            )
        for variable, value in zip(own, weights, strict=True):
            if np.shape(value) != variable.shape:
                raise ValueError(
                    f"{self.name!r} weight {variable.path} has shape {variable.shape}, which the"
                    f" given value has not. Received: value.shape={np.shape(value)}"
                )
        for variable, value in zip(own, weights, strict=True):
            variable.assign(value)

    def count_params(self) -> int:
        """Return the number of numbers in the weights."""
        if not self.built:
            raise ValueError(
                f"You tried to call `count_params` on layer {self.name!r}, but the layer isn't"
                " built. Call `build(input_shape)` first."
            )
        return sum(each.array.size for each in self.weights)

    def get_config(self) -> dict[str, Any]:
        """Return the arguments that make a layer like this one."""
        config = super().get_config()
        config.pop("activity_regularizer", None)
        first = {"name": self.name, "trainable": self.trainable, "dtype": self.dtype}
        config = first | {key: _plain(value) for key, value in config.items()}
        if self.activity_regularizer is not None:
            config["activity_regularizer"] = serialize(self.activity_regularizer)
        return config

    def __repr__(self) -> str:
        return f"<{type(self).__name__} name={self.name}, built={self.built}>"


def _plain(value: Any) -> Any:
    if isinstance(value, Configurable) or callable(value):
        return serialize(value)
    return value.tolist() if isinstance(value, np.ndarray) else value
