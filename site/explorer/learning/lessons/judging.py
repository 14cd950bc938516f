"""Works out whether a task's check holds: replays the run, replays kept runs, trains other seeds.

All of it takes time, so it is a generator that the page goes on with in every frame. The same
judge works for the student, whose run is on the stage, and for the teacher, who has its receipt.
"""

from __future__ import annotations

import ast
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from explorer.learning.experiment import Experiment
from explorer.learning.lessons import checks, facts
from explorer.learning.lessons.checks import Check, name_of
from explorer.learning.lessons.facts import Facts
from explorer.learning.lessons.journal import Entry, NoReplay, close, plain, replay
from explorer.learning.problem import make_problem
from explorer.settings import link
from explorer.settings.settings import Settings
from nncore.kernel.engine import Engine


@dataclass(frozen=True)
class Claim:
    """A run that is said to be so: its journal, its moment and its losses there."""

    entries: tuple[Entry, ...]
    epoch: int
    batch: int
    loss_train: float | None
    loss_test: float | None


@dataclass(frozen=True)
class Case:
    """What a check is about.

    Attributes:
        kept: The runs that were kept.
        right: {phase: how many numbers inside a step were typed right}.
    """

    run: Claim
    kept: tuple[Claim, ...] = ()
    right: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """What a check comes to.

    Attributes:
        holds: Whether the check does.
        proved: Whether the replay comes to the numbers that were claimed; None where nothing of the
            run is asked.
        failing: The parts that do not hold.
        counts: What `seeds`, `kept` and `right` have counted, by their text.
        unproved: Numbers, from 0, of kept runs that do not come out again.
        facts: The facts of the run.
    """

    holds: bool
    proved: bool
    failing: tuple[ast.expr, ...]
    counts: Mapping[str, int]
    unproved: tuple[int, ...]
    facts: Facts


def claim_of(experiment: Experiment, entries: Sequence[Entry]) -> Claim:
    """What is to be claimed of an experiment as it is shown."""
    shown = experiment.shown
    return Claim(
        tuple(entries), shown.epoch, experiment.batch, shown.loss_train, shown.loss_test
    )  # fmt: skip


def kept_claim(settings: Settings, epoch: int, losses: Sequence[float | None]) -> Claim:
    """The claim that a kept run went straight from its start to where it was kept."""
    first = Entry(0, 0, link.encode(plain(settings)))
    return Claim((first,), epoch, 0, losses[0], losses[1])


def judge(check: Check, case: Case, engine: Engine | None = None) -> Generator[None, None, Verdict]:
    """Judge a case, pausing between the parts of its runs, and return the Verdict.

    Raises:
        NoReplay: Where there is no such run.
    """
    experiment = yield from replay(case.run.entries, case.run.epoch, case.run.batch, engine)
    proved = comes_out(case.run, experiment)
    found = facts.of_experiment(experiment)
    counts: dict[str, int] = {}
    unproved: list[int] = []
    if not check.failing(found):
        for call in check.calls:
            text = check.source(call)
            if text in counts:
                continue
            if name_of(call) == "seeds":
                counts[text] = yield from seeds(check, call, experiment.settings, engine)
            elif name_of(call) == "kept":
                counts[text], unproved = yield from kept(check, call, case, engine)
            else:
                assert isinstance(call.args[0], ast.Constant), "the reader has seen to that"
                counts[text] = case.right.get(str(call.args[0].value), 0)
        failing = check.failing(found, lambda call: counts[check.source(call)])
    else:
        failing = check.failing(found)
    return Verdict(not failing, proved, tuple(failing), counts, tuple(unproved), found)


def comes_out(claim: Claim, experiment: Experiment) -> bool:
    """Whether a replay comes to what was claimed."""
    shown = experiment.shown
    same = (shown.epoch, experiment.batch) == (claim.epoch, claim.batch)
    return same and close(shown.loss_train, claim.loss_train) and (
        close(shown.loss_test, claim.loss_test)
    )  # fmt: skip


def kept(
    check: Check, call: ast.Call, case: Case, engine: Engine | None
) -> Generator[None, None, tuple[int, list[int]]]:
    """(how many kept runs fulfil the condition, which do not come out again)."""
    count, unproved, condition = 0, [], check.condition(call)
    for place, claim in enumerate(case.kept):
        try:
            experiment = yield from replay(claim.entries, claim.epoch, claim.batch, engine)
        except NoReplay:
            unproved.append(place)
            continue
        if not comes_out(claim, experiment):
            unproved.append(place)
        elif checks.holds(condition, facts.of_experiment(experiment)):
            count += 1
    return count, unproved


def seeds(
    check: Check, call: ast.Call, settings: Settings, engine: Engine | None
) -> Generator[None, None, int]:
    """How many networks from other seeds fulfil the condition after so many epochs."""
    from explorer.learning.sweeps import Sweep, Variation  # it comes with the part of many runs

    n, epochs = numbers_of(call)
    sweep: Any = Sweep(Variation(plain(settings), {}, n, epochs), engine)
    while sweep.is_running:
        sweep.work(AtOnce())
        yield
    [cell] = sweep.cells
    count, condition = 0, check.condition(call)
    for seed, run in cell.runs.items():
        found = of_run(replace(settings, seed=seed), run, cell.model.n_params)
        count += checks.holds(condition, found)
        yield
    return count


class AtOnce:
    """A deadline that has come: work goes on by one piece."""

    def left(self) -> float:
        return 0.0


def numbers_of(call: ast.Call) -> tuple[int, int]:
    """(networks, epochs) of a call of `seeds`."""
    [word] = call.keywords
    n, epochs = (
        each.value for each in (call.args[0], word.value) if isinstance(each, ast.Constant)
    )
    assert isinstance(n, int), "the reader has seen to that"
    assert isinstance(epochs, int), "the reader has seen to that"
    return n, epochs


def of_run(settings: Settings, run: Any, n_params: int) -> Facts:
    """The facts of one run of a sweep, at its end."""
    problem = make_problem(settings)
    rows = [len(problem.train.inputs), len(problem.test.inputs)]
    last = [float(loss) for loss in run.losses[-1]]
    shares = [
        float(right) / n if problem.task != "regression" else None
        for right, n in zip(run.right[-1], rows, strict=False)
    ]
    found = facts.of_settings(settings, n_params, rows[0])
    if not run.diverged:
        found |= facts.losses(last[0], last[1] if last[1:] else None)
        found |= {"train_accuracy": shares[0], "test_accuracy": shares[1] if shares[1:] else None}
    epoch = int(run.epochs[-1])
    updates = epoch * -(-rows[0] // settings.batch_size)
    return found | {"epoch": epoch, "updates": updates, "diverged": run.diverged}
