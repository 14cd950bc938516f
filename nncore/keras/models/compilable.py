"""What a model is trained with, and what is made of data on the way: compile() and its parts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nncore.checks import invalid, whole_number
from nncore.keras import callbacks as cb
from nncore.keras.missing import no_such_arguments
from nncore.keras.models.book import Book
from nncore.keras.models.compiling import Compiled

IGNORED_IN_COMPILE = ("run_eagerly", "steps_per_execution", "jit_compile", "auto_scale_loss")
IGNORED_IN_FIT = ("workers", "use_multiprocessing", "max_queue_size")


class Compilable:
    """A model that can be compiled. The model itself brings the layers and the weights."""

    name: str
    output_names: list[str]
    output_sizes: list[int]
    named: Callable[[list[Any]], Any]
    inputs: list[Any]
    outputs: list[Any]
    pack: Callable[[], Any]
    inference: Callable[[], Any]
    places: Callable[[], Any]

    def __init__(self) -> None:
        self._compiled: Compiled | None = None
        self._book: Book | None = None
        self.stop_training, self.history = False, cb.History()
        self.engine_used = ""
        self.fitted: Any = None

    def compile(
        self,
        optimizer: Any = "rmsprop",
        loss: Any = None,
        metrics: Any = None,
        loss_weights: Any = None,
        weighted_metrics: Any = None,
        **kwargs: Any,
    ) -> None:
        """Say how the model is trained.

        Args:
            optimizer, loss: A name or an object (several outputs: a list or a dictionary of
                losses).
            metrics: A list of names or objects.
            weighted_metrics: Of such that count samples by their weights.
            loss_weights: How much each output's loss counts.
        """
        no_such_arguments("compile()", [key for key in kwargs if key not in IGNORED_IN_COMPILE])
        self._compiled = Compiled(optimizer, loss, loss_weights, metrics, weighted_metrics)
        self._book = None

    @property
    def compiled_as(self) -> Compiled | None:
        """What compile() was given, or None."""
        return self._compiled

    @property
    def compiled(self) -> bool:
        """Whether compile() was called."""
        return self._compiled is not None

    @property
    def optimizer(self) -> Any:
        """The optimizer, or None before compile()."""
        return None if self._compiled is None else self._compiled.optimizer

    @property
    def loss(self) -> Any:
        """The loss as compile() was given it."""
        return None if self._compiled is None else self._compiled.loss

    @property
    def book(self) -> Book:
        """Losses and metrics of the outputs."""
        if self._book is None:
            if self._compiled is None:
                raise ValueError("You must call `compile()` before training or evaluating.")
            self._book = self._compiled.book(self.output_names, self.output_sizes)
        return self._book

    @property
    def losses_of_outputs(self) -> list[Any]:
        """The loss of each output, or None."""
        return list(self.book.losses)

    @property
    def metrics_names(self) -> list[str]:
        """The names of what evaluate() returns, in its order."""
        made = [] if self._book is None else self._book.made
        several = len(made) > 1
        first = [f"{name}_loss" for name in self.output_names] if several else []
        return ["loss", *first, *sorted(name for each in made for name, _, _ in each)]

    def check_compiled(self, method: str) -> None:
        if self._compiled is None:
            raise ValueError(f"You must call `compile()` before calling `{method}()`.")


def verbosity(verbose: Any) -> int:
    if verbose in ("auto", "live", True, 1):
        return 1
    if verbose in (0, False, None):
        return 0
    if verbose == 2:
        return 2
    raise invalid("verbose", "0, 1, 2 or 'auto'", verbose)


def due_epochs(freq: Any) -> Callable[[int], bool]:
    """Whether an epoch (from 0) is one to validate after."""
    if isinstance(freq, (list, tuple)):
        return lambda epoch: epoch + 1 in freq
    every = whole_number("validation_freq", freq, 1)
    return lambda epoch: (epoch + 1) % every == 0
