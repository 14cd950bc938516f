"""Models as dictionaries and JSON: layers, their choices, and which is made from which.

The form is Keras 3's, so that each side reads what the other wrote. What is read is treated as
untrusted: names are looked up among the layers that are here, and nothing is executed.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from typing import Any

from nncore.checks import invalid, one_of
from nncore.keras import layers
from nncore.keras.missing import Missing

Copier = Callable[[str, Callable[[], Any]], Any]
VERSION = "3.15.1"  # the Keras whose configs these are
LAYER_ARGUMENTS = ("name", "trainable", "activity_regularizer", "batch_shape", "batch_input_shape")
UNUSED = ("renorm_momentum",)  # of options that Keras writes down also where they are off
KINDS: dict[str, Any] = {}  # Model and Sequential enter themselves here


def layer_config(layer: Any) -> dict[str, Any]:
    """Return a layer's entry in a model's config."""
    if hasattr(layer, "layers"):
        return model_config(layer)
    return {
        "module": "keras.layers",
        "class_name": type(layer).__name__,
        "config": layer.get_config(),
        "registered_name": None,
        "build_config": {"input_shape": list(layer.input_shape) if layer.nodes else None},
    }


def model_config(model: Any) -> dict[str, Any]:
    """Return what model_from_config makes an equal model of."""
    name = "Sequential" if hasattr(model, "add") else "Functional"
    return {
        "module": "keras" if name == "Sequential" else "keras.src.models.functional",
        "class_name": name,
        "config": model.get_config(),
        "registered_name": None if name == "Sequential" else "Functional",
        "keras_version": VERSION,
    }


def sequential_config(model: Any) -> dict[str, Any]:
    """Return a Sequential's own config."""
    start = [] if model.start is None else [model.start]
    shape = None if model.start is None else list(model.start.batch_shape)
    return {
        "name": model.name,
        "trainable": model.trainable,
        "dtype": model.dtype,
        "layers": [layer_config(layer) for layer in (*start, *model.layers)],
        "build_input_shape": shape,
    }


def functional_config(model: Any) -> dict[str, Any]:
    """Return a functional model's own config: layers, and from which each is made."""
    entries = []
    for layer in model.layers:
        entry = layer_config(layer) | {"name": layer.name, "inbound_nodes": []}
        before = next((out for _, out in layer.nodes), None)
        if before is not None and before.parent is not None:
            tensor = {
                "class_name": "__keras_tensor__",
                "config": {
                    "shape": list(before.parent.shape),
                    "dtype": before.parent.dtype,
                    "keras_history": [before.parent.layer.name, 0, 0],
                },
            }
            entry["inbound_nodes"] = [{"args": [tensor], "kwargs": {}}]
        entries.append(entry)
    ends: Any = [[symbol.layer.name, 0, 0] for symbol in model.outputs]
    ends = model.named(ends)  # a dictionary where the model was given its outputs as one
    return {
        "name": model.name,
        "trainable": model.trainable,
        "layers": entries,
        "input_layers": [[model.inputs[0].layer.name, 0, 0]],
        "output_layers": ends,
    }


def _layer(entry: dict[str, Any], copy: Copier | None) -> Any:
    name = entry.get("class_name")
    if name in ("Sequential", "Functional", "Model"):
        return model_from_config(entry, copy)
    if name not in layers.KINDS:
        known = ", ".join(sorted(layers.KINDS))
        raise Missing(f"the model has a layer {name!r}, and there are only {known} here")
    config = {key: value for key, value in entry["config"].items() if value is not None}
    if isinstance(config.get("dtype"), dict):  # Keras's dtype policy
        config["dtype"] = config["dtype"].get("config", {}).get("name")
    kind = layers.KINDS[name]
    takes = {*inspect.signature(kind).parameters, *LAYER_ARGUMENTS}
    unused = [key for key in config if key not in takes and (not config[key] or key in UNUSED)]
    for key in unused:
        del config[key]
    if copy is None:
        return kind.from_config(config)
    return copy(str(config.get("name")), lambda: kind.from_config(config))


def model_from_config(entry: dict[str, Any], copy: Copier | None = None) -> Any:
    """Return the model of a config; copy(name, make) may give another layer than make()."""
    if not isinstance(entry, dict) or "config" not in entry:
        raise invalid("config", "what get_config or to_json gave", type(entry).__name__)
    name = one_of("class_name", entry.get("class_name"), ("Sequential", "Functional", "Model"))
    config = entry["config"]
    if name == "Sequential":
        model: Any = KINDS["Sequential"]([_layer(each, copy) for each in config["layers"]])
        if not model.built and config.get("build_input_shape"):
            model.build(tuple(config["build_input_shape"]))
    else:
        symbols: dict[str, Any] = {}
        for each in config["layers"]:
            layer = _layer(each, copy)
            before = _inbound(each)
            symbol = layer.output if before is None else layer(symbols[before])
            symbols[each["config"]["name"]] = symbol
        start, ends = config["input_layers"], config["output_layers"]
        start = start[0] if isinstance(start[0], list) else start
        outputs: Any
        if isinstance(ends, dict):
            outputs = {key: symbols[end[0]] for key, end in ends.items()}
        elif isinstance(ends[0], list):
            outputs = [symbols[end[0]] for end in ends]
        else:
            outputs = symbols[ends[0]]
        model = KINDS["Model"](symbols[start[0]], outputs)
    model.name = config.get("name") or model.name
    return model


def _inbound(entry: dict[str, Any]) -> str | None:
    """Return the name of the layer that a functional model's layer is called on."""
    nodes = entry.get("inbound_nodes") or []
    if not nodes:
        return None
    if isinstance(nodes[0], dict):
        return str(nodes[0]["args"][0]["config"]["keras_history"][0])
    return str(nodes[0][0][0])


def model_from_json(text: str, custom_objects: Any = None) -> Any:
    """Return the model of what to_json gave, with new weights."""
    try:
        return model_from_config(json.loads(text))
    except (json.JSONDecodeError, TypeError) as error:
        raise invalid("json_string", "what to_json gave", str(error)) from None
