"""keras.utils: labels as one-hot rows, seeds, the progress bar, a model's diagram."""

from __future__ import annotations

from typing import Any

import numpy as np

from nncore.arrays import Array, FloatArray
from nncore.checks import invalid, labels
from nncore.keras.config import set_random_seed
from nncore.keras.missing import module_getattr
from nncore.keras.utils.diagram import model_to_dot, plot_model
from nncore.keras.utils.progbar import Progbar

__all__ = [
    "Progbar",
    "model_to_dot",
    "normalize",
    "plot_model",
    "set_random_seed",
    "to_categorical",
    "to_ordinal",
]


def to_categorical(x: Any, num_classes: int | None = None, dtype: Any = None, **old: Any) -> Array:
    """Return class numbers 0, 1, ... as one-hot rows, one column per class.

    Args:
        x: (n,) or (n, 1), or of any shape.
        num_classes: The largest number + 1 if not given.
    """
    x, num_classes = old.pop("y", x), old.pop("nb_classes", num_classes)  # as in Keras 2 and 1
    array = np.asarray(x)
    shape = array.shape[:-1] if array.ndim > 1 and array.shape[-1] == 1 else array.shape
    numbers = labels("x", array.reshape(-1))
    n = int(numbers.max()) + 1 if num_classes is None else num_classes
    if numbers.max() >= n:
        raise invalid("num_classes", f"above the largest class, {int(numbers.max())}", num_classes)
    return np.eye(n)[numbers].reshape(*shape, n).astype(dtype or "float64")


def to_ordinal(x: Any, num_classes: int | None = None) -> Array:
    """Return class numbers as rows with as many ones as the number: 2 of 4 is 1, 1, 0."""
    one_hot = to_categorical(x, num_classes)
    return np.cumsum(one_hot[..., ::-1], axis=-1)[..., ::-1][..., 1:]


def normalize(x: Any, axis: int = -1, order: int = 2) -> FloatArray:
    """Return x divided by its lengths along an axis; what has length 0 stays."""
    array = np.atleast_1d(np.asarray(x, dtype=np.float64))
    length = np.linalg.norm(array, order, axis, keepdims=True)
    return array / np.where(length == 0, 1.0, length)


_MISSING = {
    "get_file": "keras.utils.get_file loads a file from the network",
    "image_dataset_from_directory": "keras.utils.image_dataset_from_directory loads images",
    "text_dataset_from_directory": "keras.utils.text_dataset_from_directory loads texts",
    "timeseries_dataset_from_array": "keras.utils.timeseries_dataset_from_array makes a stream",
    "Sequence": "keras.utils.Sequence is a stream of batches",
    "PyDataset": "keras.utils.PyDataset is a stream of batches",
}
__getattr__ = module_getattr("keras.utils", _MISSING)
