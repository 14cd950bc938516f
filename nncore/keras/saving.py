"""Keeping models in files.

`.keras` and `.weights.h5` are Keras's own formats, with HDF5 inside. Where the h5py package is
installed they are written and read as such. Where it is not, the same numbers go to a file that
NumPy can read and that says so by its name: `model.keras.npz`, `model.weights.h5.npz`. What is read
is treated as untrusted: plain numbers and a JSON config, never code.
"""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any

import numpy as np

from nncore.keras import hdf5
from nncore.keras.compile_configs import compile_arguments, compile_config
from nncore.keras.configs import model_config, model_from_config, model_from_json
from nncore.keras.missing import no_such_arguments

__all__ = ["load_model", "load_weights", "model_from_json", "save_model", "save_weights"]


def save_model(model: Any, filepath: Any, overwrite: bool = True, **kwargs: Any) -> None:
    """Write layers, weights and what compile() was given to a file.

    A name that ends in .keras or .h5 is Keras's `.keras` format where h5py is installed (.h5, the
    format of Keras 2, is not written). Elsewhere, and for a name that ends in .npz, NumPy's.
    """
    allowed = ("include_optimizer", "save_format", "zipped", "signatures", "options")
    no_such_arguments("save()", [key for key in kwargs if key not in allowed])
    path = Path(filepath)
    if path.suffix not in (".keras", ".h5", ".hdf5", ".npz"):
        raise ValueError(
            "Invalid filepath extension for saving: a model's file ends in .keras or .npz."
            f" Received: filepath={str(filepath)!r}"
        )
    config = model_config(model) | {"compile_config": compile_config(model.compiled_as)}
    if path.suffix == ".keras" and hdf5.library() is not None:
        hdf5.write_archive(_may_write(path, overwrite), model, config)
        return
    _write_npz(_written_as(path, overwrite), model, config)


def load_model(filepath: Any, custom_objects: Any = None, compile: bool = True, **_: Any) -> Any:
    """Return a model from a file that save() wrote, or Keras 3 did (.keras, with h5py).

    Args:
        custom_objects: {name: function or class} of losses and metrics of the reader's own.
        compile: Whether to compile it as it was.
    """
    path = _existing(filepath)
    if path.suffix == ".npz":
        config, arrays = _read_npz(path)
    elif path.suffix == ".keras":
        config, arrays = hdf5.read_archive(path)
    else:
        raise ValueError(
            "a model is read from a .keras file, or from an .npz that save() wrote."
            f" Received: filepath={str(filepath)!r}"
        )
    model = model_from_config(config)
    _set(model, arrays, path)
    chosen = config.get("compile_config")
    if compile and chosen:
        model.compile(**compile_arguments(chosen, custom_objects))
    return model


def save_weights(model: Any, filepath: Any, overwrite: bool = True) -> None:
    """Write the weights: `.weights.h5` with h5py, else `.weights.npz`."""
    path = Path(filepath)
    if str(path).endswith(".weights.h5") and hdf5.library() is not None:
        hdf5.write_weights(_may_write(path, overwrite), model)
        return
    _write_npz(_written_as(path, overwrite), model, None)


def load_weights(model: Any, filepath: Any) -> None:
    """Read weights that save_weights wrote, or Keras 3 did (.weights.h5, with h5py)."""
    path = _existing(filepath)
    if path.suffix == ".npz":
        arrays = _read_npz(path)[1]
    else:
        arrays = hdf5.read_weights(path, model)
    _set(model, arrays, path)


def _written_as(path: Path, overwrite: bool) -> Path:
    """Return the name under which NumPy's format is written; says so if it is another one."""
    if path.suffix == ".npz":
        return _may_write(path, overwrite)
    target = _may_write(Path(f"{path}.npz"), overwrite)
    why = "Keras 2's, which is not written here"
    if path.suffix == ".keras" or path.name.endswith(".weights.h5"):
        why = "HDF5, and the h5py package is not installed"
    warnings.warn(f"{path} would be {why}: written as {target}", stacklevel=4)
    return target


def _existing(filepath: Any) -> Path:
    """Return the file, or the one that was written in its place."""
    path = Path(filepath)
    other = Path(f"{path}.npz")
    if path.exists():
        return path
    if not other.exists():
        raise FileNotFoundError(f"there is no file {str(path)!r} (nor {str(other)!r})")
    return other


def _may_write(path: Path, overwrite: bool) -> Path:
    """Return the same path, if it is free or may be overwritten."""
    if path.exists() and not overwrite:
        raise FileExistsError(f"{str(path)!r} is there already, and overwrite=False was given")
    return path


def _write_npz(path: Path, model: Any, config: Any) -> None:
    arrays = {f"w{k:04d}": each.array for k, each in enumerate(model.weights)}
    text = np.frombuffer(json.dumps(config, default=str).encode(), dtype=np.uint8)
    with path.open("wb") as file:
        np.savez(file, config=text, **arrays)


def _read_npz(path: Path) -> tuple[dict[str, Any], list[Any]]:
    try:
        with np.load(path, allow_pickle=False) as archive:
            arrays = [archive[name] for name in sorted(archive.files) if name != "config"]
            config = json.loads(archive["config"].tobytes())
    except Exception as error:  # noqa: BLE001 - damaged, encrypted, or of a kind not supported
        raise ValueError(f"{str(path)!r} is no file that save() wrote: {error}") from None
    return config or {}, arrays


def _set(model: Any, arrays: list[Any], path: Path) -> None:
    try:
        model.set_weights(arrays)
    except ValueError as error:
        raise ValueError(f"{str(path)!r} does not fit {model.name!r}: {error}") from None
