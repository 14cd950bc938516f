"""fit: how a model is trained.

Epoch by epoch, in the plain way where it can be (models.plain), else in the general one, with
callbacks told. Where only History listens, losses and metrics of several epochs are computed
together when they have ended.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from nncore.checks import whole_number
from nncore.keras import callbacks as cb
from nncore.keras.callbacks.base import CallbackList
from nncore.keras.missing import no_such_arguments, raise_missing
from nncore.keras.models import data as given
from nncore.keras.models.book import Epoch
from nncore.keras.models.compilable import IGNORED_IN_FIT, due_epochs, verbosity
from nncore.keras.models.data import Rows
from nncore.keras.models.general import GeneralLearner
from nncore.keras.models.measuring import BATCH, Measuring
from nncore.keras.models.plain import PlainLearner

KEPT_NUMBERS = 1_000_000  # outputs of epochs that have ended and are not yet reported


class Trainer(Measuring):
    """A model that can be trained."""

    def fit(
        self,
        x: Any = None,
        y: Any = None,
        batch_size: int | None = None,
        epochs: int = 1,
        verbose: Any = "auto",
        callbacks: Any = None,
        validation_split: float = 0.0,
        validation_data: Any = None,
        shuffle: Any = True,
        class_weight: Any = None,
        sample_weight: Any = None,
        initial_epoch: int = 0,
        steps_per_epoch: int | None = None,
        validation_steps: int | None = None,
        validation_batch_size: int | None = None,
        validation_freq: Any = 1,
        **kwargs: Any,
    ) -> cb.History:
        """Train the model on arrays x and y, and return a History.

        Args:
            x: (n, ...) like the model's input.
            y: (n, outputs), or class numbers (n,) for a sparse loss.
            batch_size: 32.
            epochs: Number of the last epoch.
            initial_epoch: Where to begin.
            verbose: 0 silent, 1 or "auto" a bar, 2 a line per epoch.
            validation_split: The last part of the rows validates.
            validation_data: (x, y) or (x, y, sample_weight).
            shuffle: Take a new order every epoch.
            class_weight: {class: weight}.
            sample_weight: (n,).
            validation_freq: Validate every so many epochs, or in the epochs of a list (from 1).
        """
        epochs = kwargs.pop("nb_epoch", epochs)  # as in Keras 1
        no_such_arguments("fit()", [key for key in kwargs if key not in IGNORED_IN_FIT])
        self.check_compiled("fit")
        if steps_per_epoch is not None or validation_steps is not None:
            raise_missing("steps_per_epoch and validation_steps are for streams of batches, and"
                          " fit here takes whole arrays")  # fmt: skip
        verbose = verbosity(verbose)
        epochs = whole_number("epochs", epochs, 0)
        first = whole_number("initial_epoch", initial_epoch, 0)
        batch_size = whole_number("batch_size", BATCH if batch_size is None else batch_size, 1)
        data = given.rows_of(self, x, y, sample_weight, class_weight)
        checking = None
        if validation_data is not None:
            checking = given.validation(self, validation_data)
        elif validation_split:
            data, checking = given.split(data, validation_split)
        self.book.metrics(data)
        self.fitted, self.stop_training = data, False
        self._validation_batch = validation_batch_size or batch_size
        steps = math.ceil(data.n / batch_size)
        listeners = self._listeners(callbacks, verbose, epochs, steps)
        quiet = checking is None and [type(each) for each in listeners.callbacks] == [cb.History]
        learner = self._learner(data, batch_size, bool(shuffle), listeners, quiet)
        self.engine_used = learner.engine
        listeners.call("on_train_begin", {})
        if quiet:
            self._quiet_epochs(learner, data, first, epochs)
        else:
            due = due_epochs(validation_freq) if checking is not None else lambda epoch: False
            self._epochs(learner, data, checking, due, listeners, first, epochs)
        return self.history

    def _listeners(self, callbacks: Any, verbose: int, epochs: int, steps: int) -> CallbackList:
        if isinstance(callbacks, CallbackList):
            callbacks = callbacks.callbacks
        listeners = CallbackList(callbacks)
        found = [each for each in listeners.callbacks if isinstance(each, cb.History)]
        self.history = found[0] if found else cb.History()
        own = [] if found else [self.history]
        bar = [cb.ProgbarLogger()] if verbose else []
        params = dict(verbose=verbose, epochs=epochs, steps=steps)
        return CallbackList([*listeners.callbacks, *own, *bar], self, **params)

    def _learner(
        self, data: Rows, batch_size: int, shuffle: bool, listeners: Any, quiet: bool = False
    ) -> Any:
        if len(self.output_names) == 1 and not listeners.looks_at_batches():
            plain = PlainLearner(self, data, batch_size, shuffle, quiet)
            if plain.applies:
                return plain
        return GeneralLearner(self, data, batch_size, shuffle)

    def _quiet_epochs(self, learner: Any, data: Rows, first: int, epochs: int) -> None:
        """Epochs of which only History is told, many at a time."""
        waiting: list[Epoch] = []
        done = first
        at_once = max(1, KEPT_NUMBERS // max(1, data.n * sum(self.output_sizes)))
        try:
            for epoch in range(first, epochs):
                waiting.append(learner.epoch())
                if len(waiting) >= at_once or epoch == epochs - 1:
                    done = self._report(data, waiting, done)
        finally:
            self._report(data, waiting, done)
            learner.finish()
            self.engine_used = learner.engine

    def _report(self, data: Rows, waiting: list[Epoch], done: int) -> int:
        if waiting:
            ended = range(done, done + len(waiting))
            self.history.add(ended, self.book.columns(data, waiting))
            done = ended.stop
        waiting.clear()
        return done

    def _epochs(
        self,
        learner: Any,
        data: Rows,
        checking: Rows | None,
        due: Callable[[int], bool],
        listeners: CallbackList,
        first: int,
        epochs: int,
    ) -> None:
        look = self._look(listeners)
        logs: dict[str, Any] = {}
        try:
            for epoch in range(first, epochs):
                listeners.call("on_epoch_begin", epoch, {})
                done = learner.epoch(look)
                if len(done.order) == 0:
                    break
                logs = self.book.logs(data, done)
                if checking is not None and due(epoch):
                    found = self.measure(checking, self._validation_batch)
                    logs |= {f"val_{name}": value for name, value in found.items()}
                listeners.call("on_epoch_end", epoch, logs)
                learner.go_on()
                if self.stop_training:
                    break
        finally:
            self.engine_used = learner.engine
            learner.finish()
        listeners.call("on_train_end", logs)

    def _look(self, listeners: CallbackList) -> Any:
        """Return what a learner calls between batches: it tells those who look at batches."""
        if not listeners.looks_at_batches():
            bars = [each for each in listeners.callbacks if isinstance(each, cb.ProgbarLogger)]

            def look_at_leisure(batch: int, rows: int, logs: Callable[[], Any]) -> bool:
                for bar in bars:
                    if rows > 0 and bar.bar is not None and bar.bar.dynamic:
                        bar.on_train_batch_end(batch, logs())
                return False

            return look_at_leisure if bars else None

        def look(batch: int, rows: int, logs: Callable[[], Any]) -> bool:
            if rows < 0:
                listeners.call("on_train_batch_begin", batch, {})
            else:
                listeners.call("on_train_batch_end", batch, logs())
            return self.stop_training

        return look

    def train_on_batch(
        self,
        x: Any,
        y: Any = None,
        sample_weight: Any = None,
        class_weight: Any = None,
        return_dict: bool = False,
        **kwargs: Any,
    ) -> Any:
        """Make one step on all of x and y; return their loss, with metrics, before the step."""
        no_such_arguments("train_on_batch()", [key for key in kwargs if key != "reset_metrics"])
        self.check_compiled("train_on_batch")
        data = given.rows_of(self, x, y, sample_weight, class_weight)
        self.book.metrics(data)
        done = GeneralLearner(self, data, data.n, shuffle=False).epoch()
        return self.as_asked(self.book.logs(data, done), return_dict)

    def test_on_batch(
        self, x: Any, y: Any = None, sample_weight: Any = None, return_dict: bool = False
    ) -> Any:
        """Return loss and metrics on x and y."""
        logs = self.evaluate(x, y, verbose=0, sample_weight=sample_weight, return_dict=True)
        return self.as_asked(logs, return_dict)

    def reset_metrics(self) -> None:
        """Let all metrics forget what they have seen."""
        for made in [] if self._book is None else self._book.made:
            for _, metric, _ in made:
                metric.reset_state()

    def fit_generator(self, *args: Any, **kwargs: Any) -> Any:
        """Not here: fit takes whole arrays."""
        raise_missing("fit_generator trains on a stream of batches; fit here takes whole arrays")

    def export(self, *args: Any, **kwargs: Any) -> None:
        """Not here: save() keeps a model."""
        raise_missing("export writes graphs of TensorFlow or ONNX; save() keeps a model here")
