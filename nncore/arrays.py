"""The types that signatures share: arrays by their numbers, and a source of random numbers.

ArrayLike is what NumPy turns into an array: an array, a list, a list of lists. Shapes cannot be
said in a type; they stand in the docstrings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike
else:  # that module takes time to load, and nothing asks for it when a program runs
    ArrayLike = object

Array: TypeAlias = np.ndarray[Any, np.dtype[Any]]
FloatArray: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]
IntArray: TypeAlias = np.ndarray[Any, np.dtype[np.integer[Any]]]
BoolArray: TypeAlias = np.ndarray[Any, np.dtype[np.bool_]]

__all__ = [
    "Array", "ArrayLike", "BoolArray", "FloatArray", "IntArray", "RandomSource", "distinct",
    "twin",
]  # fmt: skip


class RandomSource(Protocol):
    """What is asked of an `rng`: NumPy's generators have it, and so has SeedRandom."""

    def random(self, size: int | tuple[int, ...]) -> FloatArray:
        """Return independent numbers of [0, 1) in an array of shape `size`, in C order."""


def twin(source: RandomSource) -> RandomSource:
    """Return an independent source of random numbers that will give the same ones."""
    own: Any = source
    if hasattr(own, "copy"):
        copied: RandomSource = own.copy()
        return copied
    other = type(own)(type(own.bit_generator)())
    other.bit_generator.state = own.bit_generator.state
    generator: RandomSource = other
    return generator


def distinct(values: Array) -> Array:
    """Return the different values of a column in ascending order, as `np.unique` does.

    Unlike that, it needs none of NumPy's modules that are imported when they are first wanted,
    which takes a page several frames.
    """
    ordered = np.sort(values, axis=None)
    other = np.ones(len(ordered), dtype=bool)
    np.not_equal(ordered[1:], ordered[:-1], out=other[1:])
    found: Array = ordered[other]
    return found
