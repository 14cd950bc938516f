"""keras.utils.Progbar: the line that grows while something runs, as Keras 3 writes it.

Where the output can be overwritten (a terminal, a notebook), the line is written again and again;
elsewhere only once, when it is whole.
"""

from __future__ import annotations

import math
import os
import sys
import time
from collections.abc import Iterable
from typing import Any

import numpy as np

WIDTH, SECONDS_BETWEEN = 20, 0.05
BOLD, GREEN, WHITE, END = "\x1b[1m", "\x1b[32m", "\x1b[37m", "\x1b[0m"


class Progbar:
    """A progress bar of `target` steps.

    Args:
        unit_name: Of a step, in "3ms/step".
        stateful_metrics: Values that are shown as they come; others are averaged over the steps.
        verbose: 1 for a bar, 2 for one plain line at the end.
    """

    def __init__(
        self,
        target: int | None,
        width: int = WIDTH,
        verbose: int = 1,
        interval: float = SECONDS_BETWEEN,
        stateful_metrics: Iterable[str] | None = None,
        unit_name: str = "step",
    ) -> None:
        self.target, self.width, self.verbose = target, width, verbose
        self.interval, self.unit_name = interval, unit_name
        self.stateful_metrics = None if stateful_metrics is None else set(stateful_metrics)
        self._values: dict[str, list[Any]] = {}
        self._seen, self._shown = 0, 0
        self._start, self._last = time.perf_counter(), -math.inf
        self.dynamic = _overwrites(sys.stdout)

    def update(
        self,
        current: int,
        values: Iterable[tuple[str, Any]] | None = None,
        finalize: bool | None = None,
    ) -> None:
        """Show that `current` steps are done, with (name, value) pairs behind."""
        last = finalize
        if last is None:
            last = self.target is not None and current >= self.target
        self._take(current, values or (), last)
        now = time.perf_counter()
        if self.verbose == 1 and (last or (self.dynamic and now - self._last >= self.interval)):
            self._write(self._bar(current) + self._behind(current, now, last), last)
            self._last = now
        elif self.verbose == 2 and last and self.target:
            seconds = f"{now - self._start:.0f}s"
            count = f"{current:{len(str(self.target))}d}/{self.target}"
            line = f"{count} - {seconds} -{self._per_step(current, now)}{self._metrics()}\n"
            sys.stdout.write(line)
        self._seen = current

    def add(self, n: int, values: Iterable[tuple[str, Any]] | None = None) -> None:
        """Show that n more steps are done."""
        self.update(self._seen + n, values)

    def _take(self, current: int, values: Iterable[tuple[str, Any]], last: bool) -> None:
        for name, value in values:
            averaged = self.stateful_metrics is not None and name not in self.stateful_metrics
            steps = max(current - self._seen, 1)
            if not averaged or last or name not in self._values:
                self._values[name] = [value * steps, steps] if averaged and not last else [value, 1]
            else:
                self._values[name][0] += value * steps
                self._values[name][1] += steps

    def _bar(self, current: int) -> str:
        if not self.target:
            return f"{current:7d}/Unknown"
        count = f"{current:{len(str(self.target))}d}/{self.target}"
        done = int(self.width * current / self.target)
        green = f"{GREEN}{'━' * done}{END}" if done > 0 else ""
        return f"{BOLD}{count}{END} {green}{WHITE}{'━' * (self.width - done)}{END}"

    def _behind(self, current: int, now: float, last: bool) -> str:
        if last or not self.target:
            seconds = f"{now - self._start:.0f}s"
        else:
            left = int((now - self._start) / max(current, 1) * (self.target - current))
            minutes = f"{left // 60 % 60:02d}" if left >= 3600 else f"{left // 60}"
            seconds = f"{minutes}:{left % 60:02d}" if left > 60 else f"{left}s"
            seconds = f"{left // 3600}:{seconds}" if left >= 3600 else seconds
        return f" {BOLD}{seconds}{END}{self._per_step(current, now)}{self._metrics()}"

    def _per_step(self, current: int, now: float) -> str:
        seconds = (now - self._start) / max(current, 1)
        if seconds >= 1:
            return f" {seconds:.0f}s/{self.unit_name}"
        if seconds >= 1e-3:
            return f" {seconds * 1e3:.0f}ms/{self.unit_name}"
        return f" {seconds * 1e6:.0f}us/{self.unit_name}"

    def _metrics(self) -> str:
        text = ""
        for name, (total, steps) in self._values.items():
            mean = float(np.mean(total)) / steps
            text += f" - {name}: {mean:.4f}" if abs(mean) > 1e-3 else f" - {name}: {mean:.4e}"
        return text

    def _write(self, line: str, last: bool) -> None:
        codes = (BOLD, GREEN, WHITE, END)
        visible = len(line) - sum(line.count(code) * len(code) for code in codes)
        back = "\b" * self._shown + "\r" if self.dynamic else ""
        blank = " " * max(0, self._shown - visible) if self.dynamic else ""
        sys.stdout.write(back + line + blank + "\n" * last)
        sys.stdout.flush()
        self._shown = visible


def _overwrites(stream: Any) -> bool:
    """Whether a carriage return brings the stream back to the beginning of its line."""
    terminal = bool(getattr(stream, "isatty", bool)())
    return terminal or "ipykernel" in sys.modules or "PYCHARM_HOSTED" in os.environ
