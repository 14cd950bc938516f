"""Keeping a network: its layers and parameters as JSON text or as a NumPy .npz file.

Both formats hold plain names and numbers, never code: .npz files are read without pickle. What is
read is treated as untrusted: sizes are limited before anything is unpacked, names and shapes are
checked by the same constructors that everyone uses, and whatever does not fit is a ValueError.
"""

from __future__ import annotations

import json
import os
import zipfile
from typing import IO, Any, TypeAlias

import numpy as np

from nncore.arrays import ArrayLike, FloatArray
from nncore.checks import all_finite, invalid, numeric_array, whole_number
from nncore.layers import Dense
from nncore.model import Sequential

FORMAT = "nncore-model"
MAX_BYTES = 32_000_000
MAX_LAYERS = 64
MAX_UNITS = 4096
MAX_PARAMS = 1_000_000
MAX_BRACKETS = 4 * MAX_LAYERS
File: TypeAlias = "str | os.PathLike[str] | IO[bytes]"


def to_json(model: Sequential, params: ArrayLike) -> str:
    """Return model and parameters as JSON text; every float is written such that it reads equal.

    Args:
        model: The layers.
        params: The parameters, (n_params,).

    Raises:
        ValueError: If the two do not fit together, or a parameter is not finite.
    """
    numbers = _checked_params(model, params).tolist()
    return json.dumps(_describe(model) | {"params": numbers}, allow_nan=False)


def from_json(text: str) -> tuple[Sequential, FloatArray]:
    """Return what to_json wrote.

    Args:
        text: JSON of at most 32 million characters; it may come from anywhere.

    Returns:
        The model and its parameters, (n_params,).

    Raises:
        ValueError: If the text is not what to_json writes; the message says in what.
    """
    if not isinstance(text, str) or len(text) > MAX_BYTES:
        raise invalid("text", f"JSON of at most {MAX_BYTES} characters", type(text).__name__)
    description = _parse(text)
    model = _model(description)
    params = description.get("params")
    if not isinstance(params, list) or not all(type(p) in (int, float) for p in params):
        raise invalid("params", "a list of numbers", type(params).__name__)
    return model, _checked_params(model, params)


def save_npz(file: File, model: Sequential, params: ArrayLike) -> None:
    """Write model and parameters to a file.

    Args:
        file: A path that ends in .npz, or a binary file object.
        model: The layers.
        params: The parameters, (n_params,).

    Raises:
        ValueError: If model and parameters do not fit together, or a parameter is not finite.
    """
    numbers = _checked_params(model, params)
    text = json.dumps(_describe(model)).encode()
    np.savez(file, model=np.frombuffer(text, dtype=np.uint8), params=numbers)


def load_npz(file: File) -> tuple[Sequential, FloatArray]:
    """Return what save_npz wrote. The file is read without pickle, so that it cannot run code.

    Args:
        file: A path or a binary file object of at most 32 million bytes; it may come from anywhere.

    Returns:
        The model and its parameters, (n_params,).

    Raises:
        ValueError: If the file is not what save_npz writes; the message says in what.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
        if size > MAX_BYTES:
            raise invalid("file", f"at most {MAX_BYTES} bytes when unpacked", size)
        if hasattr(file, "seek"):
            file.seek(0)
        with np.load(file, allow_pickle=False) as archive:
            text, params = archive["model"], archive["params"]
    except (ValueError, FileNotFoundError):
        raise
    except Exception as error:  # noqa: BLE001 - damaged, encrypted, or of a kind not supported
        raise invalid("file", "an .npz file with 'model' and 'params'", str(error)) from None
    if not isinstance(text, np.ndarray) or not isinstance(params, np.ndarray):
        raise invalid("file", "an .npz file with the arrays 'model' and 'params'", "other bytes")
    if text.dtype != np.uint8 or text.ndim != 1:
        raise invalid("model", "a vector of bytes", (text.dtype, text.shape))
    model = _model(_parse(text.tobytes().decode("utf-8", "replace")))
    return model, _checked_params(model, params)


def _describe(model: Sequential) -> dict[str, Any]:
    layers = [
        {
            "units": layer.units,
            "activation": layer.activation,
            "kernel_initializer": layer.kernel_initializer,
        }
        for layer in model.layers
    ]
    return {"format": FORMAT, "version": 1, "n_inputs": model.n_inputs, "layers": layers}


def _parse(text: str) -> dict[str, Any]:
    # Deep nesting would exhaust the stack, which in a browser ends the whole interpreter.
    brackets = text.count("[") + text.count("{")
    if brackets > MAX_BRACKETS:
        raise invalid("text", f"JSON with at most {MAX_BRACKETS} brackets", brackets)
    try:
        description = json.loads(text)
    except ValueError as error:
        raise invalid("text", "JSON", str(error)) from None
    if not isinstance(description, dict):
        raise invalid("text", "a JSON object", type(description).__name__)
    if description.get("format") != FORMAT:
        raise invalid("format", repr(FORMAT), description.get("format"))
    if description.get("version") != 1:
        raise invalid("version", "1", description.get("version"))
    return description


def _model(description: dict[str, Any]) -> Sequential:
    layers = description.get("layers")
    if not isinstance(layers, list) or not 1 <= len(layers) <= MAX_LAYERS:
        raise invalid("layers", f"a list of 1 to {MAX_LAYERS} layers", type(layers).__name__)
    n_inputs = whole_number("n_inputs", description.get("n_inputs"), 0, MAX_UNITS)
    fields = {"units", "activation", "kernel_initializer"}
    for layer in layers:
        if not isinstance(layer, dict) or set(layer) != fields:
            raise invalid("layers", f"objects with the keys {sorted(fields)}", layer)
        whole_number("units", layer["units"], 1, MAX_UNITS)
    return Sequential([Dense(**layer) for layer in layers], n_inputs)


def _checked_params(model: Sequential, params: ArrayLike) -> FloatArray:
    if model.n_params > MAX_PARAMS:
        raise invalid("model", f"of at most {MAX_PARAMS} parameters", model.n_params)
    numbers = numeric_array("params", params)
    if numbers.shape != (model.n_params,):
        raise invalid("params", f"of shape ({model.n_params},)", numbers.shape)
    return all_finite("params", numbers)
