"""From symbols to layers: what lies between a model's input and its outputs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nncore.keras.layers.base import Layer
from nncore.keras.layers.input import InputLayer
from nncore.keras.tensors import KerasTensor


def symbols(parameter: str, given: Any) -> list[KerasTensor]:
    """Return the symbols that a model was given, one or several; ValueError for others."""
    found = list(given.values()) if isinstance(given, dict) else given
    found = list(found) if isinstance(found, (list, tuple)) else [found]
    for each in found:
        if not isinstance(each, KerasTensor):
            raise ValueError(
                f"{parameter} of a model must be symbols: keras.Input(...) and what layers make of"
                f" it. Received: {each!r} (of type {type(each).__name__})"
            )
    return found


def layers_between(start: KerasTensor, ends: Sequence[KerasTensor]) -> list[Layer]:
    """Return the layers on the ways from `start` to `ends`, each once, in order."""
    first = start.layer if isinstance(start.layer, InputLayer) else None
    found: list[Layer] = [] if first is None else [first]
    for end in ends:
        way = []
        for symbol in end.ancestors():
            if symbol is start:
                break
            way.append(symbol.layer)
        for layer in reversed(way):
            if not any(layer is each for each in found):
                found.append(layer)
    return found
