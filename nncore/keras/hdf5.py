"""Keras's own files, where the h5py package is installed.

A `.weights.h5` file has a group per layer, named by its kind and number (`layers/dense_1`), with
the layer's arrays as vars/0, vars/1, ... A `.keras` file is a zip archive of such a file, the
config and a few words on its making. Source: keras.saving of Keras 3, read off its files.
"""

from __future__ import annotations

import importlib
import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from nncore.arrays import Array
from nncore.keras import config as settings
from nncore.keras import configs
from nncore.keras.missing import raise_missing

MOST_BYTES = 500_000_000


def library() -> Any:
    """Return the module h5py, or None where it is not installed."""
    try:
        return importlib.import_module("h5py")
    except ImportError:
        return None


def _need() -> Any:
    found = library()
    if found is None:
        raise_missing("a file of Keras's is HDF5 inside, and the h5py package, which reads it, is"
                      " not installed")  # fmt: skip
    return found


def _groups(model: Any) -> Iterator[tuple[str, Any]]:
    """Return the group of each layer and the layer, models inside of models included."""
    seen: Counter[str] = Counter()
    start = getattr(model, "start", None)
    for layer in ([start] if start is not None else []) + list(model.layers):
        kind = settings.snake_case(type(layer).__name__)
        number = seen[kind]
        seen[kind] += 1
        group = f"layers/{kind}_{number}" if number else f"layers/{kind}"
        if hasattr(layer, "layers"):
            for inner, leaf in _groups(layer):
                yield f"{group}/{inner}", leaf
        else:
            yield group, layer


def _write(file: Any, model: Any) -> None:
    for group, layer in _groups(model):
        target = file.require_group(group).require_group("vars")
        for number, variable in enumerate(layer.weights):
            target.create_dataset(str(number), data=variable.numpy())


def _read(file: Any, model: Any) -> list[Array]:
    arrays = []
    for group, layer in _groups(model):
        for number, variable in enumerate(layer.weights):
            place = f"{group}/vars/{number}"
            if place not in file:
                raise ValueError(f"the file has no {place!r}, the weights of {variable.path!r}")
            arrays.append(np.asarray(file[place], dtype=np.float64))
    return arrays


def write_weights(path: Path, model: Any) -> None:
    """Write the weights as a .weights.h5 file."""
    with _need().File(path, "w") as file:
        _write(file, model)


def read_weights(path: Path, model: Any) -> list[Array]:
    """Return the weights in a .weights.h5 file, in the order of get_weights."""
    with _need().File(path, "r") as file:
        return _read(file, model)


def write_archive(path: Path, model: Any, config: dict[str, Any]) -> None:
    """Write a .keras file."""
    inner = io.BytesIO()
    with _need().File(inner, "w") as file:
        _write(file, model)
    metadata = {"keras_version": config["keras_version"], "written_by": "nncore.keras"}
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("metadata.json", json.dumps(metadata))
        archive.writestr("config.json", json.dumps(config))
        archive.writestr("model.weights.h5", inner.getvalue())


def read_archive(path: Path) -> tuple[dict[str, Any], list[Array]]:
    """Return (config, weights) of a .keras file."""
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_BYTES:
                raise ValueError(f"{str(path)!r} is larger than {MOST_BYTES} bytes when unpacked")
            config = json.loads(archive.read("config.json"))
            weights = io.BytesIO(archive.read("model.weights.h5"))
    except (zipfile.BadZipFile, KeyError) as error:
        raise ValueError(f"{str(path)!r} is no .keras file: {error}") from None
    model = configs.model_from_config(config)
    with _need().File(weights, "r") as file:
        return config, _read(file, model)
