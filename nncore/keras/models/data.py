"""What fit, evaluate and predict are given, checked and brought into one form.

x becomes rows of numbers, each target a matrix, each weight a vector. What does not fit together
is said in Keras's words as far as they help, with what was received.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from nncore.arrays import FloatArray
from nncore.checks import invalid
from nncore.keras.arrays import numbers, one_of_one
from nncore.keras.losses import Loss
from nncore.keras.missing import raise_missing


@dataclass
class Rows:
    """Data of n samples.

    Attributes:
        x: (n, numbers per sample).
        y: One per output of the model: (n, columns), or None for an output without a loss.
        weights: One per output of the model: (n,) or None.
    """

    x: FloatArray
    y: list[FloatArray | None]
    weights: list[FloatArray | None]

    @property
    def n(self) -> int:
        """Number of samples."""
        return len(self.x)

    def part(self, start: int, stop: int) -> Rows:
        """Return the samples from `start` up to `stop`."""
        cut = slice(start, stop)
        y = [None if each is None else each[cut] for each in self.y]
        return Rows(self.x[cut], y, [None if each is None else each[cut] for each in self.weights])


def inputs(model: Any, x: Any) -> FloatArray:
    """Return x as rows of numbers, after comparing its shape with the model's input."""
    if x is None:
        raise ValueError("x must be an array. Received: x=None")
    rows = numbers("x", one_of_one("x", x))
    model.make_for(rows)
    wanted = tuple(model.input.shape)
    if rows.ndim == 1 and wanted == (None, 1):
        rows = rows[:, None]
    fits = len(wanted) == rows.ndim and all(
        size in (None, given) for size, given in zip(wanted[1:], rows.shape[1:], strict=True)
    )
    if not fits:
        raise ValueError(
            f"Input 0 of model {model.name!r} is incompatible with the model:"
            f" expected shape={wanted}, found shape={rows.shape}"
        )
    return rows.reshape(len(rows), -1)


def rows_of(
    model: Any, x: Any, y: Any, sample_weight: Any = None, class_weight: Any = None
) -> Rows:
    """Return the data of a fit or an evaluation of a compiled model."""
    rows, losses = inputs(model, x), model.losses_of_outputs
    if y is None:
        raise ValueError(f"{model.name!r} has a loss and needs targets. Received: y=None")
    given = _per_output("y", y, model)
    targets = [
        None if loss is None else _targets(each, loss, size)
        for each, loss, size in zip(given, losses, model.output_sizes, strict=True)
    ]
    sizes = {len(each) for each in targets if each is not None} | {len(rows)}
    if len(sizes) > 1:
        found = ", ".join(str(len(each)) for each in targets if each is not None)
        raise ValueError(
            "Data cardinality is ambiguous. Make sure all arrays contain the same number of"
            f" samples.'x' sizes: {len(rows)}\n'y' sizes: {found}"
        )
    weights: list[FloatArray | None] = [None] * len(targets)
    if sample_weight is not None:
        weights = [_weights(each, len(rows)) for each in _weights_per_output(sample_weight, model)]
    if class_weight is not None:
        by_class = _by_class(class_weight, targets)
        weights[0] = by_class if weights[0] is None else weights[0] * by_class
    return Rows(rows, targets, weights)


def _per_output(parameter: str, values: Any, model: Any) -> Sequence[Any]:
    names = model.output_names
    if isinstance(values, Mapping):
        missing = [name for name in names if name not in values]
        if missing or len(values) != len(names):
            raise invalid(parameter, f"a dictionary with the keys {names}", sorted(values))
        return [values[name] for name in names]
    if len(names) == 1:
        return [one_of_one(parameter, values)]
    if not isinstance(values, (list, tuple)) or len(values) != len(names):
        count = len(values) if isinstance(values, (list, tuple)) else type(values).__name__
        raise invalid(parameter, f"a list of {len(names)} arrays, one per output", count)
    return values


def _weights_per_output(values: Any, model: Any) -> Sequence[Any]:
    count = len(model.output_names)
    if count > 1 and not isinstance(values, (list, tuple, Mapping)):
        return [values] * count
    return _per_output("sample_weight", values, model)


def _targets(values: Any, loss: Loss, n_outputs: int) -> FloatArray:
    array = numbers("y", values)
    matrix = array.reshape(len(array), -1)
    if loss.sparse and matrix.shape[1] != 1:
        raise ValueError(
            f"{loss.name} takes one class number per row, shape (n,) or (n, 1); for one-hot rows"
            f" take categorical_crossentropy. Received: y.shape={array.shape}"
        )
    if not loss.sparse and matrix.shape[1] != n_outputs:
        hint = "; for class numbers take sparse_categorical_crossentropy, or to_categorical(y)"
        raise ValueError(
            "Arguments `target` and `output` must have the same shape"
            f"{hint if matrix.shape[1] == 1 else ''}. Received: target.shape={array.shape},"
            f" output.shape=(None, {n_outputs})"
        )
    return matrix


def _weights(values: Any, n: int) -> FloatArray | None:
    if values is None:
        return None
    array = numbers("sample_weight", values)
    if array.size != n:
        raise ValueError(
            f"sample_weight must have one number for each of the {n} rows."
            f" Received: sample_weight.shape={array.shape}"
        )
    return array.reshape(n)


def _by_class(class_weight: Any, targets: list[FloatArray | None]) -> FloatArray:
    """Return the weight of each row by its class; a class that is not named counts 1."""
    if not isinstance(class_weight, Mapping):
        raise invalid("class_weight", "a dictionary from classes to weights", class_weight)
    y = targets[0]
    if len(targets) > 1 or y is None:
        raise ValueError("`class_weight` is only supported for models with a single output.")
    classes = y.argmax(axis=1) if y.shape[1] > 1 else np.round(y[:, 0])
    weights = np.ones(len(y))
    for name, weight in class_weight.items():
        weights[classes == name] = weight
    return weights


def split(data: Rows, share: float) -> tuple[Rows, Rows]:
    """Return (training, validation): the last `share` of the rows validate."""
    if not 0 < share < 1:
        raise invalid("validation_split", "a number between 0 and 1", share)
    cut = math.floor(data.n * (1.0 - share))
    if cut in (0, data.n):
        raise ValueError(
            f"Training data contains {data.n} samples, which is not sufficient to split it into a"
            f" validation and training set as specified by `validation_split={share}`."
        )
    return data.part(0, cut), data.part(cut, data.n)


def validation(model: Any, given: Any) -> Rows:
    """Return the data of `validation_data`: (x, y) or (x, y, sample_weight)."""
    if not isinstance(given, (tuple, list)):
        raise_missing("validation_data is a stream of batches, and fit here takes whole arrays")
    if len(given) not in (2, 3):
        rule = "a pair (x, y) or a triple (x, y, sample_weight)"
        raise invalid("validation_data", rule, f"{len(given)} parts")
    return rows_of(model, *given)
