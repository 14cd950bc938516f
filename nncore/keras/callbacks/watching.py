"""Callbacks that watch one number: stop early, keep the best, lower the learning rate."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import numpy as np

from nncore.checks import invalid, one_of, whole_number
from nncore.keras.callbacks.base import Callback, Logs
from nncore.keras.missing import no_such_arguments

HIGHER_IS_BETTER = (
    *("acc", "auc", "precision", "recall", "f1_score", "fbeta_score", "r2_score"),
    *("true_positives", "true_negatives", "cosine_similarity"),
)


class MonitorCallback(Callback):
    """What they share.

    Args:
        monitor: The name in the logs.
        mode: "min", "max" or "auto" (by the name).
        min_delta: The least change that counts as better.
    """

    def __init__(
        self, monitor: str = "val_loss", mode: str = "auto", min_delta: float = 0.0
    ) -> None:
        super().__init__()
        self.monitor, self.mode = monitor, mode
        one_of("mode", mode, ("auto", "min", "max"))
        self.min_delta = abs(min_delta)
        self.best: Any = None
        name = monitor.removeprefix("val_")
        higher = any(part in name for part in HIGHER_IS_BETTER) and "loss" not in name
        self.higher = mode == "max" or (mode == "auto" and higher)

    def better(self, value: Any, than: Any) -> bool:
        """Return whether `value` is better than the number `than`; anything is, than None."""
        if than is None:
            return True
        return bool(value - self.min_delta > than if self.higher else value + self.min_delta < than)

    def value(self, logs: Logs, purpose: str) -> Any:
        """Return the number in the logs; None, with a warning, where it is not."""
        found = (logs or {}).get(self.monitor)
        if found is None:
            warnings.warn(
                f"{purpose} conditioned on metric `{self.monitor}` which is not available."
                f" Available metrics are: {','.join(logs or ())}",
                stacklevel=2,
            )
        return found


class EarlyStopping(MonitorCallback):
    """Stops training when `monitor` has not become better for `patience` epochs.

    Args:
        baseline: What has to be beaten.
        restore_best_weights: Go back to the best epoch's weights at the end.
        start_from_epoch: Epochs before it do not count.
    """

    def __init__(
        self,
        monitor: str = "val_loss",
        min_delta: float = 0,
        patience: int = 0,
        verbose: int = 0,
        mode: str = "auto",
        baseline: float | None = None,
        restore_best_weights: bool = False,
        start_from_epoch: int = 0,
    ) -> None:
        super().__init__(monitor, mode, min_delta)
        self.patience, self.verbose, self.baseline = patience, verbose, baseline
        self.restore_best_weights, self.start_from_epoch = restore_best_weights, start_from_epoch
        self.wait = self.stopped_epoch = self.best_epoch = 0
        self.best_weights: Any = None

    def on_train_begin(self, logs: Logs = None) -> None:
        self.wait = self.stopped_epoch = self.best_epoch = 0
        self.best = self.best_weights = None

    def on_epoch_end(self, epoch: int, logs: Logs = None) -> None:
        current = self.value(logs, "Early stopping")
        if current is None or epoch < self.start_from_epoch:
            return
        if self.restore_best_weights and self.best_weights is None:
            self.best_weights, self.best_epoch = self.model.get_weights(), epoch
        self.wait += 1
        if self.better(current, self.best):
            self.best, self.best_epoch = current, epoch
            if self.restore_best_weights:
                self.best_weights = self.model.get_weights()
            if self.baseline is None or self.better(current, self.baseline):
                self.wait = 0
            return
        if self.wait >= self.patience and epoch > 0:
            self.stopped_epoch = epoch
            self.model.stop_training = True

    def on_train_end(self, logs: Logs = None) -> None:
        if self.stopped_epoch > 0 and self.verbose > 0:
            print(f"Epoch {self.stopped_epoch + 1}: early stopping")  # noqa: T201
        if self.restore_best_weights and self.best_weights is not None:
            if self.verbose > 0:
                where = f"the end of the best epoch: {self.best_epoch + 1}."
                print(f"Restoring model weights from {where}")  # noqa: T201
            self.model.set_weights(self.best_weights)


class ReduceLROnPlateau(MonitorCallback):
    """Multiplies the learning rate by `factor` when `monitor` stays for `patience` epochs.

    Args:
        cooldown: Epochs to wait after that.
        min_lr: No rate below it.
    """

    def __init__(
        self,
        monitor: str = "val_loss",
        factor: float = 0.1,
        patience: int = 10,
        verbose: int = 0,
        mode: str = "auto",
        min_delta: float = 1e-4,
        cooldown: int = 0,
        min_lr: float = 0.0,
        **kwargs: Any,
    ) -> None:
        super().__init__(monitor, mode, kwargs.pop("epsilon", min_delta))
        no_such_arguments("ReduceLROnPlateau", kwargs)
        if factor >= 1.0:
            raise ValueError(
                f"ReduceLROnPlateau does not support a factor >= 1.0. Received factor={factor}"
            )
        self.factor, self.patience, self.verbose = factor, patience, verbose
        self.cooldown, self.min_lr = cooldown, min_lr
        self.wait = self.cooldown_counter = 0

    def on_train_begin(self, logs: Logs = None) -> None:
        self.best, self.wait, self.cooldown_counter = None, 0, 0

    def on_epoch_end(self, epoch: int, logs: Logs = None) -> None:
        rate = float(self.model.optimizer.learning_rate)
        if logs is not None:
            logs["learning_rate"] = rate
        current = self.value(logs, "Learning rate reduction")
        if current is None:
            return
        if self.cooldown_counter > 0:
            self.cooldown_counter -= 1
            self.wait = 0
        if self.better(current, self.best):
            self.best, self.wait = current, 0
            return
        if self.cooldown_counter > 0:
            return
        self.wait += 1
        if self.wait >= self.patience and rate > self.min_lr:
            rate = max(rate * self.factor, self.min_lr)
            self.model.optimizer.learning_rate = rate
            if self.verbose > 0:
                what = f"ReduceLROnPlateau reducing learning rate to {rate}."
                print(f"\nEpoch {epoch + 1}: {what}")  # noqa: T201
            self.cooldown_counter, self.wait = self.cooldown, 0


class ModelCheckpoint(MonitorCallback):
    """Saves the model after epochs, or only when it is the best so far.

    Args:
        filepath: May hold {epoch} (from 1) and {name} of a number in the logs.
        save_freq: "epoch", or a number of batches.
    """

    def __init__(
        self,
        filepath: Any,
        monitor: str = "val_loss",
        verbose: int = 0,
        save_best_only: bool = False,
        save_weights_only: bool = False,
        mode: str = "auto",
        save_freq: Any = "epoch",
        initial_value_threshold: float | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(monitor, mode)
        self.period = whole_number("period", kwargs.pop("period", 1), 1)
        no_such_arguments("ModelCheckpoint", kwargs)
        if save_freq != "epoch":
            whole_number("save_freq", save_freq, 1)
        self.filepath, self.verbose, self.save_freq = str(filepath), verbose, save_freq
        self.save_best_only, self.save_weights_only = save_best_only, save_weights_only
        self.best = initial_value_threshold
        self._epoch = self._batches = 0
        if save_freq != "epoch":
            self.on_train_batch_end = self._after_batch  # type: ignore[method-assign]

    def on_epoch_begin(self, epoch: int, logs: Logs = None) -> None:
        self._epoch = epoch

    def on_epoch_end(self, epoch: int, logs: Logs = None) -> None:
        if self.save_freq == "epoch" and (epoch + 1) % self.period == 0:
            self._save(epoch, None, logs or {})

    def _after_batch(self, batch: int, logs: Logs = None) -> None:
        self._batches += 1
        if self._batches % self.save_freq == 0:
            self._save(self._epoch, batch, logs or {})

    def _save(self, epoch: int, batch: int | None, logs: dict[str, Any]) -> None:
        try:
            path = self.filepath.format(epoch=epoch + 1, batch=(batch or 0) + 1, **logs)
        except KeyError as error:
            known = ", ".join(["epoch", *logs])
            raise KeyError(
                f"Failed to format this callback filepath: {self.filepath!r} asks for {error},"
                f" and there is only {known}"
            ) from None
        if self.save_best_only:
            current = logs.get(self.monitor)
            if current is None:
                warnings.warn(
                    f"Can save best model only with {self.monitor} available.", stacklevel=2
                )
            elif not self.better(current, self.best):
                self._say(epoch, f"{self.monitor} did not improve from {self.best:.5f}")
                return
            else:
                before = "None" if self.best is None else f"{self.best:.5f}"
                change = f"{self.monitor} improved from {before} to {current:.5f}"
                self._say(epoch, f"{change}, saving model to {path}")
                self.best = current
        else:
            self._say(epoch, f"saving model to {path}")
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        save = self.model.save_weights if self.save_weights_only else self.model.save
        save(path, overwrite=True)

    def _say(self, epoch: int, what: str) -> None:
        if self.verbose > 0:
            print(f"\nEpoch {epoch + 1}: {what}")  # noqa: T201


class TerminateOnNaN(Callback):
    """Stops training when the loss is no finite number any more."""

    at_leisure = True

    def on_epoch_end(self, epoch: int, logs: Logs = None) -> None:
        loss = (logs or {}).get("loss")
        if loss is not None and not np.isfinite(loss):
            print(f"Epoch {epoch + 1}: Invalid loss, terminating training")  # noqa: T201
            self.model.stop_training = True


class LearningRateScheduler(Callback):
    """Sets the learning rate before every epoch: schedule(epoch, rate) or schedule(epoch)."""

    def __init__(self, schedule: Any, verbose: int = 0) -> None:
        super().__init__()
        if not callable(schedule):
            raise invalid("schedule", "a function of the epoch and the rate", schedule)
        self.schedule, self.verbose = schedule, verbose

    def on_epoch_begin(self, epoch: int, logs: Logs = None) -> None:
        now = float(self.model.optimizer.learning_rate)
        try:
            rate = self.schedule(epoch, now)
        except TypeError:  # a function of the epoch alone
            rate = self.schedule(epoch)
        if np.ndim(rate) or not isinstance(float(rate), float):
            raise ValueError(
                f"The output of the `schedule` function should be a float. Got: {rate!r}"
            )
        self.model.optimizer.learning_rate = float(rate)
        if self.verbose > 0:
            what = f"LearningRateScheduler setting learning rate to {float(rate)}."
            print(f"\nEpoch {epoch + 1}: {what}")  # noqa: T201

    def on_epoch_end(self, epoch: int, logs: Logs = None) -> None:
        if logs is not None:
            logs["learning_rate"] = float(self.model.optimizer.learning_rate)
