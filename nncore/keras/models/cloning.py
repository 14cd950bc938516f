"""A model like another one, with weights of its own."""

from __future__ import annotations

from typing import Any

from nncore.keras import configs
from nncore.keras.layers.base import Layer


def clone_model(model: Any, input_tensors: Any = None, clone_function: Any = None) -> Any:
    """Return a model with new layers of the same choices and names, and new first weights.

    Args:
        clone_function: Makes a layer's copy, in place of one from its config.
    """
    if input_tensors is not None:
        raise ValueError("input_tensors must be None here: a copy has an input of its own")
    return configs.model_from_config(configs.model_config(model), _copier(model, clone_function))


def _copier(model: Any, clone_function: Any) -> Any:
    if clone_function is None:
        return None
    by_name: dict[str, Layer] = {layer.name: layer for layer in model.layers}

    def copy(name: str, make: Any) -> Any:
        return clone_function(by_name[name]) if name in by_name else make()

    return copy
