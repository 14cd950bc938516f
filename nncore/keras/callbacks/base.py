"""What callbacks share: methods that are called when something begins or ends.

Each of them is empty here; a callback of the reader's own writes those that it needs. `model` is
the model, `params` a dictionary with verbose, epochs and steps.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

Logs = dict[str, Any] | None
BATCH_METHODS = ("on_train_batch_begin", "on_train_batch_end", "on_batch_begin", "on_batch_end")
OTHER_BATCHES = tuple(
    f"on_{what}_batch_{when}" for what in ("test", "predict") for when in ("begin", "end")
)


class Callback:
    """Subclass it and write the methods that you need."""

    at_leisure = False  # whether it is content to see some batches only

    def __init__(self) -> None:
        self.model: Any = None
        self.params: dict[str, Any] = {}

    def set_params(self, params: dict[str, Any]) -> None:
        """Tell of verbose, epochs and steps (batches in an epoch)."""
        self.params = params

    def set_model(self, model: Any) -> None:
        """Tell of the model."""
        self.model = model

    def on_train_begin(self, logs: Logs = None) -> None:
        """Called when fit begins."""

    def on_train_end(self, logs: Logs = None) -> None:
        """Called when fit ends."""

    def on_epoch_begin(self, epoch: int, logs: Logs = None) -> None:
        """Called before an epoch; the first is number 0."""

    def on_epoch_end(self, epoch: int, logs: Logs = None) -> None:
        """Called after an epoch, with its losses and metrics."""

    def on_batch_begin(self, batch: int, logs: Logs = None) -> None:
        """Called before a batch of training (the name before Keras 2.2)."""

    def on_batch_end(self, batch: int, logs: Logs = None) -> None:
        """Called after a batch of training (the name before Keras 2.2)."""

    def on_train_batch_begin(self, batch: int, logs: Logs = None) -> None:
        """Called before a batch of training."""
        self.on_batch_begin(batch, logs)

    def on_train_batch_end(self, batch: int, logs: Logs = None) -> None:
        """Called after a batch of training, with losses and metrics of the epoch so far."""
        self.on_batch_end(batch, logs)

    def on_test_begin(self, logs: Logs = None) -> None:
        """Called when evaluate begins."""

    def on_test_end(self, logs: Logs = None) -> None:
        """Called when evaluate ends."""

    def on_predict_begin(self, logs: Logs = None) -> None:
        """Called when predict begins."""

    def on_predict_end(self, logs: Logs = None) -> None:
        """Called when predict ends."""

    def on_test_batch_begin(self, batch: int, logs: Logs = None) -> None:
        """Called before a batch of evaluate."""

    def on_test_batch_end(self, batch: int, logs: Logs = None) -> None:
        """Called after a batch of evaluate."""

    def on_predict_batch_begin(self, batch: int, logs: Logs = None) -> None:
        """Called before a batch of predict."""

    def on_predict_batch_end(self, batch: int, logs: Logs = None) -> None:
        """Called after a batch of predict."""


def writes(callback: Any, names: Iterable[str]) -> bool:
    """Return whether a callback has one of these methods of its own."""
    return any(
        name in vars(callback) or getattr(type(callback), name, None) is not getattr(Callback, name)
        for name in names
    )


class CallbackList:
    """Several callbacks, called one after another."""

    def __init__(self, callbacks: Any, model: Any = None, **params: Any) -> None:
        if callbacks is None:
            callbacks = []
        elif not isinstance(callbacks, (list, tuple)):
            callbacks = [callbacks]
        for each in callbacks:
            if not hasattr(each, "set_model"):
                raise ValueError(
                    "callbacks must be Callback objects (not classes, not names)."
                    f" Received: {each!r}"
                )
            if isinstance(each, type):
                raise ValueError(f"callbacks must be objects. Received the class {each.__name__}")
        self.callbacks: list[Any] = list(callbacks)
        for each in self.callbacks:
            each.set_model(model)
            each.set_params(params)

    def call(self, method: str, *arguments: Any) -> None:
        """Call `method` of every callback."""
        for each in self.callbacks:
            getattr(each, method)(*arguments)

    def looks_at_batches(self, names: Iterable[str] = BATCH_METHODS) -> bool:
        """Return whether one of them has to be called for every batch."""
        return any(writes(each, names) for each in self.callbacks if not each.at_leisure)
