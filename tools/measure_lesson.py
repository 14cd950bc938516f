"""Reads a lesson, solves its tasks by the solutions that it gives, and measures how fair they are.

For each task the solution is trained from its own seed and from others, and the check is judged as
the page would. It runs in the environment of the tests, which `build.py lesson FILE` finds.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "site")]

from explorer.app.lessons import words  # noqa: E402
from explorer.learning.experiment import Experiment  # noqa: E402
from explorer.learning.inside.accounts import account_of  # noqa: E402
from explorer.learning.inside.walk import NoWalk, StepWalk  # noqa: E402
from explorer.learning.lessons import reader  # noqa: E402
from explorer.learning.lessons.journal import Entry, plain, train_to  # noqa: E402
from explorer.learning.lessons.judging import Case, Claim, claim_of, judge  # noqa: E402
from explorer.learning.lessons.lesson import Lesson, LessonError, Task  # noqa: E402
from explorer.panels.inside.asking import Asking  # noqa: E402
from explorer.panels.inside.formulas import sheet_of  # noqa: E402
from explorer.panels.weights import unit_names  # noqa: E402
from explorer.settings import link  # noqa: E402
from explorer.settings.settings import Settings  # noqa: E402
from nncore.kernel.engine import Engine  # noqa: E402
from nncore.kernel.native import WasmtimeEngine  # noqa: E402
from nncore.kernel.plan import Unsupported  # noqa: E402
from nncore.pauses import result_of  # noqa: E402

SEEDS = 20
FAIR = 0.9  # the share of honest attempts that has to pass


@dataclass(frozen=True)
class Measured:
    """A task, and from how many of so many seeds its solution passes.

    Attributes:
        solved: Whether it passes from its own seed.
    """

    task: Task
    solved: bool
    passed: int
    seeds: int

    @property
    def is_given(self) -> bool:
        """Whether nothing may be changed: each student has the one run of the task's start."""
        return self.task.controls == frozenset()

    @property
    def is_robust(self) -> bool:
        """Whether what the task shows does not hang on its seed."""
        return self.passed >= FAIR * self.seeds

    @property
    def is_fair(self) -> bool:
        return self.solved and (self.is_given or self.is_robust)


def engine() -> Engine | None:
    """The compiled kernel where wasmtime is installed; else NumPy does the work."""
    try:
        return WasmtimeEngine()
    except Unsupported:
        return None


def measure(lesson: Lesson, seeds: int, works: Engine | None) -> Iterator[Measured]:
    """Measure every task that has a solution."""
    for task in lesson.blocks:
        if isinstance(task, Task) and task.solution:
            passed = [holds(task, None, works)]
            passed += [
                holds(task, str(seed), works) for seed in range(1000, 1000 * seeds + 1, 1000)
            ]
            yield Measured(task, passed[0], sum(passed[1:]), seeds)


def holds(task: Task, seed: str | None, works: Engine | None) -> bool:
    """Whether a task's solution fulfils its check from a seed; None takes the one of its start."""
    case = solve(task, seed, works)
    verdict = result_of(judge(task.check, case, works))
    return bool(verdict.holds and verdict.proved)


def solve(task: Task, seed: str | None, works: Engine | None) -> Case:
    """The Case of a student who does what the solution says."""
    kept: list[Claim] = []
    for changes, epochs, is_kept in task.solution:
        settings, _ = link.decode("&".join(filter(None, (task.start, changes))))
        experiment = Experiment(plain(from_seed(settings, seed)), works)
        result_of(train_to(experiment, epochs, 0))
        claim = claim_of(experiment, [Entry(0, 0, link.encode(plain(experiment.settings)))])
        if is_kept:
            kept.append(claim)
    return Case(claim, tuple(kept), typed(experiment, task.level) if task.level else {})


def from_seed(settings: Settings, seed: str | None) -> Settings:
    return settings if seed is None else replace(settings, seed=seed)


def typed(experiment: Experiment, level: str) -> dict[str, int]:
    """{phase: numbers} of a student who answers all that "Inside" asks at this level."""
    try:
        walk = StepWalk(experiment)
    except NoWalk:
        return {}
    asking, found = Asking(), dict[str, int]()
    asking.level = level
    sizes = [0, *(layer.units for layer in walk.model.layers)]
    names = unit_names(walk.model, walk.problem)
    while True:
        place = walk.place
        if place.layer and place.phase not in ("loss", "after"):
            for unit in range(sizes[place.layer]):
                account = account_of(walk, place, unit, 0, names, True)
                asked = asking.asked((place.phase, place.layer, unit, 0), sheet_of(account, unit))
                found[place.phase] = found.get(place.phase, 0) + len(asked)
        if walk.at_end or not walk.move(+1):
            return found


def main(path: str, seeds: int) -> int:
    """Tell what is to be told of a lesson's file; return 0 if all is well."""
    try:
        lesson = reader.read(Path(path).read_text("utf-8"), Path(path).stem)
    except LessonError as error:
        print(f"{path}: {words.fault(error)}")
        return 1
    except (OSError, UnicodeDecodeError) as error:
        print(f"{path} cannot be read: {error}")
        return 1
    steps, blocks = len(lesson.steps), len(lesson.blocks)
    print(f"{path}: “{lesson.title}”, {steps} steps, {blocks} blocks, {lesson.minutes} minutes")
    tasks = [block for block in lesson.blocks if isinstance(block, Task)]
    for task in tasks:
        if not task.solution:
            print(f"  line {task.line}, {task.title or 'task'}: no solution is given")
    fair = True
    for found in measure(lesson, seeds, engine()):
        fair = fair and found.is_fair
        verdict = ""
        if found.is_given:
            verdict = " (nothing may be changed: all students have this run)"
        elif not found.is_robust:
            verdict = "  <- less than nine of ten"
        solved = "holds" if found.solved else "FAILS"
        print(
            f"  line {found.task.line}, {found.task.title or 'task'}: its solution {solved}; "
            f"{found.passed} of {found.seeds} seeds pass{verdict}"
        )
    return 0 if fair else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
