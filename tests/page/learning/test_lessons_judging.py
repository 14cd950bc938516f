"""Checks, replays and receipts: what holds, what is proved, and what a forged receipt shows."""

import ast
import gc
import json
import random
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from explorer.learning.experiment import Experiment
from explorer.learning.lessons import check_reader, facts, library, reader, receipts
from explorer.learning.lessons.checks import holds
from explorer.learning.lessons.journal import Journal, NoReplay, replay
from explorer.learning.lessons.judging import Case, claim_of, judge, kept_claim
from explorer.learning.lessons.lesson import LessonError
from explorer.learning.lessons.progress import Progress, fields_of, progress_of, read, written
from explorer.settings import link
from nncore.pauses import result_of

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
from nncore.kernel.engine import Engine
from tools.measure_lesson import engine, measure
from tools.measure_lesson import holds as is_solved

LINK = "dataset=gauss&networkShape=2&seed=0.4"
LESSON = reader.read(
    f"""# Receipts
:::ask
How many?
answer: 2
:::
:::task One
start: #{LINK}
check: test_loss < 0.2 and learning_rate == 0.1
:::
:::predict
What?
- ( ) a
- ( ) b
:::
""",
    "receipts",
)


def trained(epochs: int, change: int = 0) -> tuple[Experiment, Journal]:
    """A run of LINK; at epoch `change` the learning rate becomes 0.1."""
    settings, _ = link.decode(LINK)
    experiment, journal = Experiment(settings), Journal()
    journal.note(0, 0, settings)
    while experiment.epoch < epochs:
        if experiment.epoch == change:
            settings = replace(settings, learning_rate=0.1)
            journal.note(experiment.epoch, experiment.batch, settings)
            experiment.change(settings)
        experiment.step()
    return experiment, journal


@pytest.fixture(scope="module")
def done() -> Progress:
    experiment, journal = trained(12, change=4)
    ask, task, predict = LESSON.blocks
    case = Case(claim_of(experiment, journal.entries))
    return Progress({ask.digest: 2, predict.digest: 1}, {task.digest: case})


def test_a_run_with_a_change_on_the_way_comes_out_again() -> None:
    experiment, journal = trained(9, change=4)
    assert [entry.epoch for entry in journal.entries] == [0, 4]
    again = result_of(replay(journal.entries, 9))
    assert (again.params == experiment.params).all()
    assert again.shown.loss_test == experiment.shown.loss_test


def test_what_was_noted_of_a_later_moment_is_gone_after_a_reset() -> None:
    _, journal = trained(9, change=4)
    settings, _ = link.decode(LINK)
    journal.note(0, 0, settings)
    assert [entry.epoch for entry in journal.entries] == [0]


def test_a_run_within_an_epoch_comes_out_again() -> None:
    experiment, journal = trained(3)
    experiment.work(1)
    experiment.work(1)
    again = result_of(replay(journal.entries, 3, 2))
    assert (again.params == experiment.params).all()


@pytest.mark.parametrize(
    ("entries", "epoch"),
    [
        ([], 3), ([(1, 0, LINK)], 3), ([(0, 0, LINK), (5, 0, LINK)], 3),
        ([(0, 0, "dataset=moon")], 3), ([(0, 0, LINK)], 10**8),
        ([(0, 0, f"{LINK}&points=100000&networkShape=32,32,32")], 19_000),
    ],
    ids=range(6),
)  # fmt: skip
def test_what_is_no_run_is_not_trained(entries: list, epoch: int) -> None:
    journal = Journal()
    journal.entries = [type(trained(0)[1].entries[0])(*entry) for entry in entries]
    with pytest.raises(NoReplay):
        result_of(replay(journal.entries, epoch))


def test_a_check_counts_seeds_and_kept_runs() -> None:
    experiment, journal = trained(10)
    settings = experiment.settings
    shown = experiment.shown
    kept = kept_claim(settings, 10, (shown.loss_train, shown.loss_test))
    forged = replace(kept, loss_test=0.0001)
    check = check_reader.read(
        "test_loss < 0.2 and seeds(3, epochs=10) >= 2 and kept(epoch == 10) >= 1", 1
    )
    case = Case(claim_of(experiment, journal.entries), (kept, forged))
    verdict = result_of(judge(check, case))
    assert verdict.proved
    assert verdict.unproved == (1,)
    assert verdict.counts["kept(epoch == 10)"] == 1
    expected = 0
    from explorer.learning.seed_runs import seeds_from

    for seed in seeds_from(settings.seed, 3):
        other = Experiment(replace(settings, seed=seed))
        while other.epoch < 10:
            other.step()
        expected += other.shown.loss_test < 0.2
    assert verdict.counts["seeds(3, epochs=10)"] == expected


def test_a_check_is_worked_out_as_python_would() -> None:
    found = facts.of_experiment(trained(2)[0])
    for text in (
        "epoch == 2 and not x_squared", "1 < epoch < 3", "abs(gap) < 0.5 or epoch > 9",
        "max(train_loss, test_loss) >= min(train_loss, test_loss)", "2 * (epoch + 1) - 1 == 5",
        "updates == 50", "hidden_neurons == 2 and weights == 9", "activation != 'relu'",
    ):  # fmt: skip
        check = check_reader.read(text, 1)
        assert holds(check.tree, found) == eval(text, {"abs": abs, "max": max, "min": min}, found)
    assert not holds(ast.parse("1 / (epoch - 2) > 0", mode="eval").body, found)
    assert not holds(ast.parse("test_loss < 1", mode="eval").body, {"test_loss": None})


def verified(text: str) -> receipts.Report:
    return result_of(receipts.verify(receipts.read(text), LESSON))


def test_an_honest_receipt_holds(done: Progress) -> None:
    report = verified(receipts.written(LESSON, done, " Ada\n Lovelace "))
    assert [line.verdict for line in report.lines] == ["right", "holds", "said"]
    assert (report.passed, report.same, report.receipt.student) == (3, True, "Ada Lovelace")


def claims(text: str) -> tuple[dict, dict]:
    """(a receipt, its one run)."""
    fields = json.loads(text)
    [case] = fields["cases"].values()
    return fields, case["run"]


EDITS = {
    "a better loss": lambda run: run.update(loss_test=run["loss_test"] * 0.99),
    "a better training loss": lambda run: run.update(loss_train=0.001),
    "another epoch": lambda run: run.update(epoch=run["epoch"] + 1),
    "an action less": lambda run: run["actions"].pop(),
    "an action earlier": lambda run: run["actions"][1].__setitem__(0, 3),
    "another seed": lambda run: [
        action.__setitem__(2, action[2].replace("seed=0.4", "seed=0.5"))
        for action in run["actions"]
    ],
    "no action": lambda run: run["actions"].clear(),
}


@pytest.mark.parametrize("edit", EDITS)
def test_every_edit_of_a_run_is_found(done: Progress, edit: str) -> None:
    fields, run = claims(receipts.written(LESSON, done, "Eve"))
    EDITS[edit](run)
    report = verified(json.dumps(fields))
    assert [line.title for line in report.doubtful] == ["One"]


def test_a_run_that_does_not_fulfil_the_check_is_found() -> None:
    experiment, journal = trained(1, change=9)
    case = Case(claim_of(experiment, journal.entries))
    own = Progress({}, {LESSON.blocks[1].digest: case})
    assert verified(receipts.written(LESSON, own, "")).lines[1].verdict == "fails"


def test_what_is_no_receipt_gets_a_sentence(done: Progress) -> None:
    text = receipts.written(LESSON, done, "Ada")
    draw = random.Random(3)
    for place in sorted(draw.sample(range(len(text)), 25)):
        with pytest.raises(LessonError, match="receipt_cut"):
            receipts.read(text[:place])
    with pytest.raises(LessonError, match="receipt_version"):
        receipts.read(text.replace('"nncore-receipt": 1', '"nncore-receipt": 2'))
    with pytest.raises(LessonError, match="receipt_long"):
        receipts.read(" " * 500_000)
    fields, _ = claims(text)
    for name in ("answers", "cases", "student"):
        with pytest.raises(LessonError, match="receipt_edited"):
            receipts.read(json.dumps({k: v for k, v in fields.items() if k != name}))


@pytest.mark.parametrize(
    ("student", "name"),
    [("", "receipts"), (" Ada  King ", "receipts-Ada-King"), ("../a\\b:?", "receipts-a-b"),
     ("李 明", "receipts-李-明"), ("O'Neil\n", "receipts-O-Neil")],
)  # fmt: skip
def test_a_receipt_s_file_bears_lesson_and_student(student: str, name: str) -> None:
    assert receipts.file_name(LESSON, student) == f"{name}.receipt.json"


def test_pasted_receipts_are_told_apart(done: Progress) -> None:
    text = receipts.written(LESSON, done, "Ada")
    assert receipts.several(f"Hello {text}\n and {text} bye") == [text, text]
    assert receipts.several("nothing") == ["nothing"]


def test_the_table_holds_no_formula(done: Progress) -> None:
    report = verified(receipts.written(LESSON, done, "=1+1"))
    head, row = receipts.table([report])
    assert head[:4] == ["student", "lesson", "passed", "of"]
    assert row[:5] == ["'=1+1", "receipts", "3", "3", "0"]


def test_progress_comes_back_from_its_text(done: Progress) -> None:
    assert read(written(done)) == done
    assert progress_of(fields_of(done)) == done
    assert read("{") == read(None) == read("[]") == Progress()


def test_what_was_done_in_blocks_that_stayed_counts_in_a_newer_version(done: Progress) -> None:
    text = receipts.written(LESSON, done, "Ada")
    newer = reader.read("# Receipts\n:::ask\nHow many?\nanswer: 2\n:::\nMore.", "receipts")
    report = result_of(receipts.verify(receipts.read(text), newer))
    assert not report.same
    assert [line.verdict for line in report.lines] == ["right"]


@pytest.fixture(scope="module")
def works() -> Iterator[Engine | None]:
    """The compiled kernel; what it holds is let go while Python is still there."""
    found = [engine()]
    yield found[0]
    found.clear()
    gc.collect()


@pytest.mark.slow
@pytest.mark.parametrize("name", library.NAMES)
def test_every_lesson_of_ours_is_solved_and_fair(
    name: str, works: Engine | None, request: pytest.FixtureRequest
) -> None:
    """A few seeds; --lesson-seeds 20 measures by more."""
    seeds = request.config.getoption("--lesson-seeds")
    for found in measure(library.lesson(name), seeds, works):
        assert found.solved, found.task.title
        assert seeds < 10 or found.is_fair, found.task.title
        if found.is_given:  # a run that all have must not hang on the last digit of a sum
            assert is_solved(found.task, None, None), found.task.title
