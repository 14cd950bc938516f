"""What layers are told when they are made: shapes, and what starts, pulls and binds weights."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from nncore.checks import whole_number
from nncore.keras import constraints, initializers, regularizers
from nncore.keras.tensors import Shape

SHAPES = ("input_shape", "input_dim", "batch_input_shape", "batch_shape", "batch_size")


def old_names(**names: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return a decorator that lets an __init__ take the names of Keras 1, such as output_dim."""

    def decorated(init: Callable[..., None]) -> Callable[..., None]:
        @wraps(init)
        def taking_both(self: Any, *args: Any, **kwargs: Any) -> None:
            init(self, *args, **{names.get(key, key): value for key, value in kwargs.items()})

        return taking_both

    return decorated


def given_shape(kwargs: dict[str, Any]) -> Shape | None:
    """Return the shape of a sample that a first layer was told, or None."""
    if kwargs.get("input_shape") is not None:
        shape = kwargs["input_shape"]
        return tuple(shape) if isinstance(shape, (tuple, list)) else (int(shape),)
    for key in ("batch_input_shape", "batch_shape"):
        if kwargs.get(key) is not None:
            return tuple(kwargs[key])[1:]
    if kwargs.get("input_dim") is not None:
        return (whole_number("input_dim", kwargs["input_dim"], 1),)
    return None


def initializer_of(parameter: str, identifier: Any) -> Any:
    """Return the initializer for a layer's argument, which may not be None."""
    found = initializers.get(identifier)
    if found is None:
        raise ValueError(f"{parameter} must be an initializer. Received: {parameter}=None")
    return found


regularizer_of, constraint_of = regularizers.get, constraints.get
