"""Variables: the weights of a layer, one by one, as views into the model's flat vector.

A layer makes its variables when it learns the shape of its inputs. A model that takes the layer
in moves their numbers into its own vector and lets them look there.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from nncore.arrays import Array, FloatArray
from nncore.keras import config


class Variable(np.lib.mixins.NDArrayOperatorsMixin):
    """Named numbers of a layer, or of an optimizer; they take part in arithmetic as arrays do.

    Attributes:
        array: The numbers in float64, live.
        path: The layer's name and the variable's own.
    """

    def __init__(
        self,
        array: FloatArray,
        name: str,
        owner: str,
        trainable: bool = True,
        regularizer: Any = None,
        constraint: Any = None,
    ) -> None:
        self.array, self.name, self.owner = array, name, owner
        self.trainable, self.regularizer, self.constraint = trainable, regularizer, constraint

    @property
    def path(self) -> str:
        """The layer's name, a slash and the variable's name."""
        return f"{self.owner}/{self.name}"

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the numbers."""
        return self.array.shape

    @property
    def dtype(self) -> str:
        """The type in which the numbers are handed out."""
        return config.floatx()

    @property
    def value(self) -> Array:
        """A copy of the numbers."""
        return self.numpy()

    def numpy(self) -> Array:
        """Return a copy of the numbers."""
        return config.shown(self.array)

    def assign(self, value: Any) -> Variable:
        """Overwrite the numbers with `value`, of the same shape; ValueError for any other."""
        value = np.asarray(value)
        if value.shape != self.shape:
            raise ValueError(
                f"The shape of the new value must be that of the variable {self.path!r}."
                f" Received: value.shape={value.shape}, variable.shape={self.shape}"
            )
        self.array[...] = value
        return self

    def assign_add(self, value: Any) -> Variable:
        """Add `value` to the numbers."""
        return self.assign(self.array + value)

    def assign_sub(self, value: Any) -> Variable:
        """Take `value` from the numbers."""
        return self.assign(self.array - value)

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **kwargs: Any) -> Any:
        plain = [each.array if isinstance(each, Variable) else each for each in inputs]
        return getattr(ufunc, method)(*plain, **kwargs)

    def __float__(self) -> float:
        return float(self.array)

    def __int__(self) -> int:
        return int(self.array)

    def __hash__(self) -> int:
        return id(self)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Array:
        return self.numpy().astype(dtype or config.floatx())

    def __repr__(self) -> str:
        start = f"<Variable path={self.path}, shape={self.shape}, dtype={self.dtype}"
        return f"{start}, value={self.numpy()}>"
