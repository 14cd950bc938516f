"""Numbers that are handed out as tensors, and the symbols that functional models are made of.

Tensor is a NumPy array with TensorFlow's `.numpy()`. KerasTensor has no numbers: it stands for
what a layer will give, and remembers which layer that is and what went in. As a layer takes one
input here, symbols form trees, and a model is the way from an output back to its input.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from nncore.arrays import Array
from nncore.keras import config
from nncore.keras.missing import raise_missing

Shape = tuple[int | None, ...]


class Tensor(np.ndarray[Any, np.dtype[Any]]):
    """A NumPy array that also answers to `.numpy()`."""

    def numpy(self) -> Array:
        """Return it as a plain NumPy array."""
        return np.asarray(self)


def tensor(array: Any, dtype: str | None = None) -> Tensor:
    """Return `array` as a Tensor, in the type of config.floatx() if it is of real numbers."""
    array = np.asarray(array)
    if dtype is None and array.dtype.kind == "f":
        dtype = config.floatx()
    dtype = config.type_of_numbers(dtype) if dtype else array.dtype.name
    return array.astype(dtype).view(Tensor)


class KerasTensor:
    """The symbol of a tensor.

    Args:
        shape: With None for the rows.
        layer: What computes it.
        parent: From which symbol; both None for numbers that come from outside.
    """

    def __init__(
        self,
        shape: Shape,
        dtype: str | None = None,
        name: str | None = None,
        layer: Any = None,
        parent: KerasTensor | None = None,
    ) -> None:
        self.shape, self.dtype = tuple(shape), dtype or config.floatx()
        self.name = name or config.unique_name("KerasTensor")
        self.layer, self.parent = layer, parent

    @property
    def ndim(self) -> int:
        """Number of axes, that of the rows included."""
        return len(self.shape)

    def ancestors(self) -> Iterator[KerasTensor]:
        """Yield this symbol, then what it is made from, up to the input."""
        symbol: KerasTensor | None = self
        while symbol is not None:
            yield symbol
            symbol = symbol.parent

    def __array__(self, *args: object, **kwargs: object) -> Array:
        raise TypeError(
            f"{self!r} is a symbol without numbers; make a Model or a keras.backend.function of it"
        )

    def __bool__(self) -> bool:
        raise TypeError(f"{self!r} is a symbol without numbers, neither true nor false")

    def _joined(self, *others: object) -> KerasTensor:
        raise_missing(f"arithmetic on symbols ({self!r}) joins branches of a network")

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = _joined
    __rtruediv__ = __pow__ = __matmul__ = __neg__ = __getitem__ = _joined

    def __repr__(self) -> str:
        return f"<KerasTensor shape={self.shape}, dtype={self.dtype}, name={self.name}>"
