"""What compile() takes, brought into one form: a loss and a list of metrics for every output."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from nncore.checks import invalid
from nncore.keras import losses, optimizers
from nncore.keras.models.book import Book


class Compiled:
    """What a model is to be trained with, as given; `book` is made when outputs are known."""

    def __init__(
        self, optimizer: Any, loss: Any, loss_weights: Any, metrics: Any, weighted_metrics: Any
    ) -> None:
        self.optimizer = optimizers.get(optimizer)
        self.loss, self.loss_weights = loss, loss_weights
        self.metrics, self.weighted_metrics = metrics, weighted_metrics
        for parameter in ("metrics", "weighted_metrics"):
            given = getattr(self, parameter)
            if given is not None and not isinstance(given, (list, tuple, Mapping)):
                setattr(self, parameter, [given])
        if not isinstance(loss, (list, tuple, Mapping)) and loss is not None:
            losses.loss_object(loss)  # a wrong name is said at once

    def book(self, names: Sequence[str], sizes: Sequence[int]) -> Book:
        """Return the reports of a model with these outputs."""
        per_output = [
            None if each is None else losses.loss_object(each)
            for each in _spread("loss", self.loss, names)
        ]
        if all(each is None for each in per_output):
            raise ValueError("No loss to compute. Provide a `loss` argument in `compile()`.")
        weights = _spread("loss_weights", self.loss_weights, names)
        weights = [1.0 if each is None else float(each) for each in weights]
        wanted = _lists("metrics", self.metrics, names)
        weighted = _lists("weighted_metrics", self.weighted_metrics, names)
        return Book(per_output, weights, wanted, weighted, names, sizes)


def _spread(parameter: str, given: Any, names: Sequence[str]) -> list[Any]:
    """One entry per output; a single loss is that of every output."""
    if isinstance(given, Mapping):
        _known(parameter, given, names)
        return [given.get(name) for name in names]
    if isinstance(given, (list, tuple)):
        if len(given) != len(names):
            raise invalid(parameter, f"a list of {len(names)}, one per output", len(given))
        return list(given)
    return [given] * len(names)


def _lists(parameter: str, given: Any, names: Sequence[str]) -> list[list[Any]]:
    """One list of metrics per output."""
    if given is None:
        return [[] for _ in names]
    if isinstance(given, Mapping):
        _known(parameter, given, names)
        return [_list(given.get(name)) for name in names]
    if len(names) == 1:
        return [[one for each in given for one in _list(each)]]
    if len(given) != len(names):
        raise invalid(parameter, f"a list of {len(names)} entries, one per output", len(given))
    return [_list(each) for each in given]


def _list(given: Any) -> list[Any]:
    if given is None:
        return []
    return list(given) if isinstance(given, (list, tuple)) else [given]


def _known(parameter: str, given: Mapping[str, Any], names: Sequence[str]) -> None:
    unknown = [name for name in given if name not in names]
    if unknown:
        raise invalid(parameter, f"a dictionary with keys among {list(names)}", unknown)
