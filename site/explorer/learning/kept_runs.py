"""Runs that the reader keeps: where they stood, their curve, a small picture, and what differs.

A kept run is a value, written as text for the browser's storage and for a file. What is read from
such a text is checked like any other input: what does not fit together is a ValueError.
"""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from explorer.learning.problem import outline
from explorer.learning.trained import dead_of
from explorer.settings import link
from explorer.settings.settings import KNOBS, LOOKS, Settings
from nncore.arrays import Array, FloatArray

if TYPE_CHECKING:
    from explorer.learning.experiment import Experiment


MOST = 12  # runs that are kept
POINTS = 200  # of a curve
CELLS = 32  # along a side of the picture
LONGEST_NAME, LONGEST_NOTE = 40, 200
LONGEST = 4_000_000  # characters of all kept runs
# What is no difference between two runs: how they are looked at.
VIEW = {*LOOKS, "stop_epoch", "stop_loss", "view", "start", "frozen", "engine"}


@dataclass(frozen=True)
class KeptRun:
    """A run as it stood when it was kept.

    Attributes:
        curve: (2, k) epochs and test losses, or training losses where nothing is tested.
        answers: (CELLS * CELLS, outputs) bytes, 0 to 255 over the range of the outputs; none of a
            table, whose picture is the plane of its rows.
        dead: Numbers (from 1) of weights that L1 had switched off.
    """

    name: str
    settings: Settings
    epoch: int
    loss_train: float | None
    loss_test: float | None
    curve: FloatArray
    answers: Array
    params: FloatArray
    dead: tuple[int, ...]
    note: str = ""

    @property
    def loss(self) -> float | None:
        return self.loss_train if self.loss_test is None else self.loss_test

    @property
    def outputs(self) -> FloatArray:
        """The answers as numbers: -1 to 1 for a single output, else shares of classes."""
        shares = self.answers / 255
        return 2 * shares - 1 if self.answers.shape[1] == 1 else shares


def keep(experiment: Experiment, name: str) -> KeptRun:
    """Return a KeptRun of what an experiment shows."""
    shown, tested = experiment.shown, experiment.shown.loss_test is not None
    names = ("epoch", "loss_test" if tested else "loss_train")
    curve = experiment.history.columns(names)
    curve = curve[:, curve[0] <= shown.epoch]
    curve = curve[:, np.unique(np.linspace(0, curve.shape[1] - 1, POINTS).astype(int))]
    outputs = experiment.model.n_outputs
    on_plane = experiment.problem.on_plane
    answers = experiment.snapshot().maps(CELLS)[-1] if on_plane else np.empty((0, outputs))
    low = -1.0 if answers.shape[1] == 1 else 0.0
    shares = np.clip((np.nan_to_num(answers) - low) / (1 - low), 0, 1)
    return KeptRun(
        name, experiment.settings, shown.epoch, shown.loss_train, shown.loss_test, curve,
        np.round(255 * shares).astype(np.uint8), experiment.params.copy(), dead_of(experiment),
    )  # fmt: skip


def differences(old: Settings, new: Settings) -> list[tuple[str, str, str]]:
    """[(field, text before, text now)] of what two settings differ in, but for how they look."""
    names = [name for name in KNOBS if name not in VIEW]
    return [
        (name, old.text(name), new.text(name))
        for name in names
        if getattr(old, name) != getattr(new, name)
    ]


def written(runs: Iterable[KeptRun], unread: Iterable[Any] = ()) -> str:
    """All kept runs as a text, and behind them what could not be read of such a text before."""
    return json.dumps({"nncore-runs": 1, "runs": [*map(fields_of, runs), *unread]})


def fields_of(run: KeptRun) -> dict[str, Any]:
    return {
        "name": run.name, "note": run.note, "link": link.encode(run.settings), "epoch": run.epoch,
        "loss_train": run.loss_train, "loss_test": run.loss_test,
        "curve": [row.tolist() for row in run.curve], "outputs": run.answers.shape[1],
        "answers": packed(run.answers), "params": packed(run.params), "dead": list(run.dead),
    }  # fmt: skip


def read(text: str, meet: Callable[[str], None] = lambda link: None) -> list[KeptRun]:
    """Return the kept runs of a text.

    Args:
        meet: As for `readable`.

    Raises:
        ValueError: For one that was not written by `written`, or if a run cannot be read.
    """
    runs, unread = readable(text, meet)
    if unread:
        raise ValueError
    return runs


def readable(
    text: str, meet: Callable[[str], None] = lambda link: None
) -> tuple[list[KeptRun], list[Any]]:
    """Return (the kept runs of a text, the fields of those that cannot be read).

    Such a one may be of a table of the reader's own that is not there at the moment.

    Args:
        meet: Called with each run's link before it is read, so that its table becomes known.

    Raises:
        ValueError: For a text that was not written by `written`.
    """
    if len(text) > LONGEST:
        raise ValueError
    try:
        found = json.loads(text)["runs"][:MOST]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise ValueError from error
    runs, unread = [], []
    for fields in found:
        try:
            meet(fields["link"])
            runs.append(run_of(fields))
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
            unread.append(fields)
    return runs, unread


def run_of(fields: dict[str, Any]) -> KeptRun:
    settings, problems = link.decode(fields["link"])
    params = np.frombuffer(base64.b64decode(fields["params"], validate=True), "<f8")
    answers = np.frombuffer(base64.b64decode(fields["answers"], validate=True), np.uint8)
    curve, outputs = np.array(fields["curve"], dtype=float), int(fields["outputs"])
    losses = [fields["loss_train"], fields["loss_test"]]
    numbers = [loss for loss in losses if loss is not None]
    problem = outline(settings)
    model = problem.model(settings)
    fits = (
        not problems
        and losses[0] is not None
        and all(isinstance(loss, float) and math.isfinite(loss) for loss in numbers)
        and params.shape == (model.n_params,)
        and outputs == model.n_outputs
        and answers.size == (CELLS * CELLS * outputs if problem.on_plane else 0)
        and curve.ndim == 2
        and len(curve) == 2
        and 0 < curve.shape[1] <= POINTS
        and bool((np.diff(curve[0]) > 0).all())
        and bool(np.isfinite(params).all() and np.isfinite(curve).all())
    )
    if not fits:
        raise ValueError
    dead = tuple(int(number) for number in fields["dead"])
    if not all(1 <= number <= params.size for number in dead):
        raise ValueError
    epoch = KNOBS["stop_epoch"].metadata["kind"].read(str(int(fields["epoch"])))
    name = printable(str(fields["name"]), LONGEST_NAME)
    note = printable(str(fields.get("note", "")), LONGEST_NOTE)
    return KeptRun(
        name, settings, epoch, losses[0], losses[1], curve, answers.reshape(-1, outputs),
        params.copy(), dead, note,
    )  # fmt: skip


def renamed(run: KeptRun, name: str) -> KeptRun:
    """The run by another name; an empty one changes nothing."""
    name = printable(name, LONGEST_NAME)
    return replace(run, name=name) if name else run


def noted(run: KeptRun, note: str) -> KeptRun:
    """The run with another note."""
    return replace(run, note=printable(note, LONGEST_NOTE))


def printable(text: str, longest: int) -> str:
    return "".join(c for c in text.strip()[:longest] if c.isprintable())


def link_of(run: KeptRun) -> str:
    """The link that trains such a run from its start to where it stood."""
    return f"#{link.encode(replace(run.settings, stop_epoch=run.epoch))}"


def packed(array: Array) -> str:
    return base64.b64encode(array.tobytes()).decode()
