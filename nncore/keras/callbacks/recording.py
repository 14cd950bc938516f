"""Callbacks that write down or show what happens: History, CSVLogger, the progress bar."""

from __future__ import annotations

import csv
import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO, Any

import numpy as np

from nncore.keras.callbacks.base import Callback, Logs
from nncore.keras.utils.progbar import Progbar

NAMES_IN_KERAS_2 = {"acc": "accuracy", "val_acc": "val_accuracy", "lr": "learning_rate"}


class Numbers(dict[str, list[Any]]):
    """Lists by their names; `acc` finds what is called `accuracy` today, and the other way."""

    def __missing__(self, name: str) -> list[Any]:
        other = NAMES_IN_KERAS_2 | {new: old for old, new in NAMES_IN_KERAS_2.items()}
        if other.get(name) in self:
            return self[other[name]]
        raise KeyError(name)


class History(Callback):
    """What fit returns.

    Attributes:
        history: Losses and metrics, a list each.
        epoch: The epochs' numbers.
    """

    def __init__(self) -> None:
        super().__init__()
        self.history = Numbers()
        self.epoch: list[int] = []

    def on_train_begin(self, logs: Logs = None) -> None:
        self.epoch = []

    def on_epoch_end(self, epoch: int, logs: Logs = None) -> None:
        self.add([epoch], {name: [value] for name, value in (logs or {}).items()})

    def add(self, epochs: Iterable[int], columns: Mapping[str, list[Any]]) -> None:
        """Note several epochs at once, given what is reported of them by names."""
        self.epoch.extend(epochs)
        for name, values in columns.items():
            self.history.setdefault(name, []).extend(values)
        self.model.history = self


class ProgbarLogger(Callback):
    """The line of each epoch. verbose: 1 for a bar, 2 for a plain line."""

    at_leisure = True

    def __init__(self) -> None:
        super().__init__()
        self.bar: Progbar | None = None

    def on_epoch_begin(self, epoch: int, logs: Logs = None) -> None:
        if self.params["epochs"] > 1:
            print(f"Epoch {epoch + 1}/{self.params['epochs']}")  # noqa: T201
        self.bar = Progbar(self.params["steps"], verbose=self.params["verbose"])

    def on_train_batch_end(self, batch: int, logs: Logs = None) -> None:
        if self.bar is not None and self.bar.dynamic:
            self.bar.update(batch + 1, (logs or {}).items(), finalize=False)

    def on_epoch_end(self, epoch: int, logs: Logs = None) -> None:
        if self.bar is not None:
            self.bar.update(self.params["steps"], (logs or {}).items(), finalize=True)


class LambdaCallback(Callback):
    """Calls the given functions: on_epoch_end=lambda epoch, logs: ..., and so on."""

    def __init__(
        self,
        on_epoch_begin: Any = None,
        on_epoch_end: Any = None,
        on_train_begin: Any = None,
        on_train_end: Any = None,
        on_train_batch_begin: Any = None,
        on_train_batch_end: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__()
        given = dict(
            on_epoch_begin=on_epoch_begin,
            on_epoch_end=on_epoch_end,
            on_train_begin=on_train_begin,
            on_train_end=on_train_end,
            on_train_batch_begin=on_train_batch_begin,
            on_train_batch_end=on_train_batch_end,
        )
        for name, function in {**given, **kwargs}.items():
            if not hasattr(Callback, name):
                raise TypeError(f"LambdaCallback has no {name!r}; a callback has {_METHODS}")
            if function is not None:
                setattr(self, name, function)


_METHODS = ", ".join(sorted(name for name in vars(Callback) if name.startswith("on_")))


class CSVLogger(Callback):
    """Writes a line per epoch to a file: the epoch's number, losses and metrics."""

    def __init__(self, filename: Any, separator: str = ",", append: bool = False) -> None:
        super().__init__()
        self.filename, self.separator, self.append = str(filename), separator, append
        self._file: IO[str] | None = None
        self._keys: list[str] | None = None

    def on_train_begin(self, logs: Logs = None) -> None:
        path = Path(self.filename)
        self._heads = not (self.append and path.exists() and path.stat().st_size > 0)
        self._file, self._keys = path.open("a" if self.append else "w", newline=""), None

    def on_epoch_end(self, epoch: int, logs: Logs = None) -> None:
        logs = logs or {}
        if self._file is None:
            return
        if self._keys is None:
            self._keys = sorted(logs)
            if not any(key.startswith("val_") for key in self._keys):
                self._keys += [f"val_{key}" for key in self._keys]
            if self._heads:
                self._write(["epoch", *self._keys])
        self._write([epoch, *(_cell(logs.get(key, "NA")) for key in self._keys)])
        self._file.flush()

    def _write(self, cells: list[Any]) -> None:
        if self._file is not None:
            csv.writer(self._file, delimiter=self.separator).writerow(cells)

    def on_train_end(self, logs: Logs = None) -> None:
        if self._file is not None:
            self._file.close()
        self._file = None


def _cell(value: Any) -> Any:
    return f'"[{", ".join(map(str, value))}]"' if np.ndim(value) else value


class TensorBoard(Callback):
    """Does nothing, and says so once: there is no TensorBoard here."""

    _said = False

    def __init__(self, log_dir: Any = "logs", **kwargs: Any) -> None:
        super().__init__()
        self.log_dir = log_dir

    def on_train_begin(self, logs: Logs = None) -> None:
        if not TensorBoard._said:
            TensorBoard._said = True
            warnings.warn(
                "TensorBoard is not here, so this callback writes nothing; History has the"
                " numbers, and CSVLogger writes them to a file.",
                stacklevel=2,
            )
