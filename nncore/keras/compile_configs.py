"""What compile() was given, as JSON keeps it: names, numbers, objects of this package by their
configs, and functions of the reader's own by their names.

load_model compiles with it again. A function or a class of the reader's own has to be handed to it
then, as custom_objects, since a file holds no code.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nncore.keras import losses, metrics
from nncore.keras.objects import Configurable, serialize

ARGUMENTS = ("optimizer", "loss", "metrics", "loss_weights", "weighted_metrics")


def compile_config(compiled: Any) -> dict[str, Any] | None:
    """Return what compile() was given, or None for a model that is not compiled."""
    if compiled is None:
        return None
    return {name: _written(getattr(compiled, name)) for name in ARGUMENTS}


def compile_arguments(config: Mapping[str, Any], custom_objects: Any) -> dict[str, Any]:
    """Return the arguments for compile() that compile_config wrote, or Keras 3 did.

    Raises:
        ValueError: If a function or a class of the reader's own is not among `custom_objects`.
    """
    own = dict(custom_objects or {})
    found = {key: config[key] for key in ARGUMENTS if config.get(key) is not None}
    for key in ("loss", "metrics", "weighted_metrics"):
        if key in found:
            found[key] = _read(found[key], losses if key == "loss" else metrics, own)
    return found


def _written(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _written(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_written(each) for each in value]
    if isinstance(value, Configurable):
        return _written(serialize(value))
    if callable(value):
        name = getattr(value, "__name__", type(value).__name__)
        return {"module": "builtins", "class_name": "function", "config": name}
    return value.item() if hasattr(value, "item") else value


def _read(value: Any, module: Any, own: dict[str, Any]) -> Any:
    if isinstance(value, list):
        return [_read(each, module, own) for each in value]
    if not isinstance(value, Mapping):
        return own.get(value, value) if isinstance(value, str) else value
    if "class_name" not in value:
        return {key: _read(each, module, own) for key, each in value.items()}
    is_function = value["class_name"] == "function"
    name = value["config"] if is_function else value["class_name"]
    if name in own:
        return own[name] if is_function else own[name](**value.get("config", {}))
    if name in (module.FUNCTIONS if is_function else module.CLASSES):
        return module.get(name if is_function else value)
    raise ValueError(
        f"the model was compiled with {name!r}, which a file does not hold: hand it over as"
        f" custom_objects={{{name!r}: {name}}}, or load with compile=False"
    )
