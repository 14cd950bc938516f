"""The command `build.py bench keras`: Wine's 20 epochs through nncore.keras, side by side.

Every contender is a process of its own, and all take turns, so that what else the machine does
meets all alike. With --keras PYTHON an interpreter takes part that has the real Keras.
"""

import argparse
import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from tools.paths import ROOT
from tools.report import Report
from tools.testing_venv import ensure_venv

PROGRAM = Path(__file__).parent / "programs" / "keras_fit.py"
OURS = (
    "nncore.train, NumPy",
    "nncore.train, compiled",
    "nncore.keras, NumPy",
    "nncore.keras, compiled",
    "scikit-learn MLPClassifier",
)
SAME = 1e-3  # the real Keras computes in float32


def configure(parser: argparse.ArgumentParser) -> None:
    """Give the command its options."""
    parser.add_argument("--rounds", type=int, default=15, help="turns of each contender (15)")
    parser.add_argument("--keras", metavar="PYTHON", help="an interpreter that has the real Keras")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the race and print its table; return 0, or 1 if losses did not agree."""
    report = Report()
    try:
        python = str(ensure_venv(ROOT))
        contenders = dict.fromkeys(OURS, python)
        if options.keras:
            contenders["Keras"] = options.keras
        print(table(race(contenders, options.rounds)))
    except (OSError, RuntimeError, ValueError) as error:
        report.line(f"bench keras failed: {error}")
        return 1
    return 0


def race(contenders: dict[str, str], rounds: int) -> dict[str, list[float]]:
    """Return the milliseconds of each contender's turns, after comparing their losses.

    Raises:
        ValueError: If two contenders come to different losses from the same start.
        RuntimeError: If one ends early.
    """
    found: dict[str, list[float]] = {name: [] for name in contenders}
    with _started(contenders) as running:
        losses = {name: json.loads(_line(name, process)) for name, process in running.items()}
        known = {name: loss for name, loss in losses.items() if loss is not None}
        wanted = next(iter(known.values()))
        wrong = {name: loss for name, loss in known.items() if abs(loss / wanted - 1) > SAME}
        if wrong:
            raise ValueError(f"all must come to the loss {wanted}; got {wrong}")
        for _ in range(rounds):
            for name, process in running.items():
                if process.stdin is not None:
                    process.stdin.write("\n")
                    process.stdin.flush()
                found[name].append(float(_line(name, process)))
    return found


@contextmanager
def _started(contenders: dict[str, str]) -> Iterator[dict[str, "subprocess.Popen[str]"]]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "KERAS_BACKEND": "jax"}
    running = {
        name: subprocess.Popen(
            [python, str(PROGRAM), name],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        for name, python in contenders.items()
    }
    try:
        yield running
    finally:
        for process in running.values():
            process.kill()
            process.communicate()


def _line(name: str, process: "subprocess.Popen[str]") -> str:
    line = process.stdout.readline() if process.stdout is not None else ""
    if not line:
        raise RuntimeError(f"{name} ended early, with status {process.wait()}")
    return line


def table(found: dict[str, list[float]]) -> str:
    """Return the medians as a table, with how often nncore.keras is faster."""
    middle = {name: median(times) for name, times in found.items()}
    lines = [
        "| Wine, 20 epochs, batch 16 | ms | low | high | / NumPy | / compiled |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, times in found.items():
        ratios = [middle[name] / middle[f"nncore.keras, {kind}"] for kind in ("NumPy", "compiled")]
        numbers = [middle[name], min(times), max(times), *ratios]
        lines.append(f"| {name} | " + " | ".join(f"{number:.2f}" for number in numbers) + " |")
    return "\n".join(lines)
