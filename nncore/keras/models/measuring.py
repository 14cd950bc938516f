"""evaluate, predict and their like: how a model is used once it is there."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from nncore.arrays import Array, FloatArray
from nncore.checks import whole_number
from nncore.keras.arrays import as_rows
from nncore.keras.callbacks.base import CallbackList
from nncore.keras.missing import no_such_arguments
from nncore.keras.models import data as given
from nncore.keras.models.book import Epoch
from nncore.keras.models.compilable import IGNORED_IN_FIT, Compilable, verbosity
from nncore.keras.models.data import Rows
from nncore.keras.utils.progbar import Progbar

BATCH, ROWS_AT_A_TIME = 32, 8192


class Measuring(Compilable):
    """A model that measures itself on data, and predicts."""

    def evaluate(
        self,
        x: Any = None,
        y: Any = None,
        batch_size: int | None = None,
        verbose: Any = "auto",
        sample_weight: Any = None,
        steps: Any = None,
        callbacks: Any = None,
        return_dict: bool = False,
        **kwargs: Any,
    ) -> Any:
        """Return the loss on x and y, or [loss, metric, ...], or a dictionary of them."""
        no_such_arguments("evaluate()", [key for key in kwargs if key not in IGNORED_IN_FIT])
        self.check_compiled("evaluate")
        data = given.rows_of(self, x, y, sample_weight)
        bar = self._begin("test", data.n, batch_size, verbose, callbacks)
        logs = self.measure(data, batch_size)
        bar(logs)
        return self.as_asked(logs, return_dict)

    def as_asked(self, logs: dict[str, float], return_dict: bool) -> Any:
        if return_dict:
            return logs
        values = [logs[name] for name in self.metrics_names if name in logs]
        return values[0] if len(values) == 1 else values

    def measure(self, data: Rows, batch_size: int | None = None) -> dict[str, float]:
        """Loss and metrics on data, as the model is now."""
        outputs = self._outputs(data.x)
        epoch = Epoch(np.arange(data.n), outputs, batch_size or BATCH)
        logs: dict[str, float] = self.book.logs(data, epoch)
        logs["loss"] += self._penalty(data.n)
        return logs

    def _outputs(self, x: FloatArray, training: bool = False) -> list[FloatArray]:
        """Each output as columns, computed in parts; `_activity` is what its penalties came to."""
        program: Any = self.inference()
        parts, self._activity = [], 0.0
        with np.errstate(all="ignore"):
            for start in range(0, len(x), ROWS_AT_A_TIME):
                part = x[start : start + ROWS_AT_A_TIME]
                found = program.forward(part.T, training)
                parts.append([each if len(part) == len(x) else each.copy() for each in found])
                self._activity += len(part) * sum(each.value for each in program.penalties)
        return [np.hstack(each) if len(parts) > 1 else each[0] for each in zip(*parts, strict=True)]

    def _penalty(self, n: int) -> float:
        weights = sum(
            float(variable.regularizer(variable.array))
            for layer, _ in self.places()
            for _, variable in layer.stored()
            if variable.regularizer is not None
        )
        return float(weights + self._activity / n)

    def predict(
        self,
        x: Any,
        batch_size: int | None = None,
        verbose: Any = "auto",
        steps: Any = None,
        callbacks: Any = None,
        **kwargs: Any,
    ) -> Any:
        """Return the outputs for x, (n, outputs); a list of arrays for several outputs."""
        no_such_arguments("predict()", [key for key in kwargs if key not in IGNORED_IN_FIT])
        rows = given.inputs(self, x)
        bar = self._begin("predict", len(rows), batch_size, verbose, callbacks)
        outputs = self._shown(self._outputs(rows))
        bar({})
        return outputs

    def _shown(self, columns: list[FloatArray]) -> Any:
        symbols: Any = self.outputs
        found: list[Array] = [
            as_rows(each, symbol.shape).numpy()
            for each, symbol in zip(columns, symbols, strict=True)
        ]
        return self.named(found)

    def predict_on_batch(self, x: Any) -> Any:
        """Return the outputs for x."""
        return self.predict(x, verbose=0)

    def predict_classes(self, x: Any, batch_size: int | None = None, verbose: Any = 0) -> Array:
        """Return class numbers (a method of Keras before 2.6): (n,), or (n, 1) for one output."""
        outputs = self.predict(x, batch_size, verbose)
        if outputs.shape[-1] > 1:
            return outputs.argmax(axis=-1)
        return (outputs > 0.5).astype("int32")

    def predict_proba(self, x: Any, batch_size: int | None = None, verbose: Any = 0) -> Any:
        """Return the outputs for x (a method of Keras before 2.6)."""
        return self.predict(x, batch_size, verbose)

    def _begin(self, what: str, n: int, batch_size: Any, verbose: Any, callbacks: Any) -> Any:
        """Tell callbacks and the bar that something begins; return what tells of the end."""
        size = whole_number("batch_size", BATCH if batch_size is None else batch_size, 1)
        steps = math.ceil(n / size)
        listeners = CallbackList(callbacks, self, verbose=verbosity(verbose), steps=steps)
        bar = Progbar(steps, verbose=verbosity(verbose))
        listeners.call(f"on_{what}_begin", {})

        def end(logs: dict[str, float]) -> None:
            for batch in range(steps if listeners.callbacks else 0):
                listeners.call(f"on_{what}_batch_begin", batch, {})
                listeners.call(f"on_{what}_batch_end", batch, logs)
            listeners.call(f"on_{what}_end", logs)
            if verbosity(verbose):
                bar.update(steps, logs.items(), finalize=True)

        return end
