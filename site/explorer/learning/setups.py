"""From settings to a Setup of nncore.sweep: the very data and first weights of the page.

So any run that was trained in the background can be opened again exactly, by its settings.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from explorer.learning.problem import Problem, generator
from explorer.learning.trainer import optimizer_of, regularizer_of, schedule_of
from explorer.settings.settings import Settings
from nncore.arrays import FloatArray, twin
from nncore.kernel.engine import Engine
from nncore.kernel.plan import Unsupported
from nncore.model import Sequential
from nncore.sweep import Setup


def setup_of(
    s: Settings,
    problem: Problem,
    choice: Mapping[str, Any],
    model: Sequential | None = None,
    params: FloatArray | None = None,
) -> Setup:
    """Return the Setup that trains as the page would; `problem` is that of the settings.

    Args:
        model: The network of the settings, if there is one already; runs that share it are trained
            without another compilation.
        params: Its first weights, if they are known already; only where rows are not shuffled.
    """
    model, stream = model or problem.model(s), twin(problem.stream)
    params = model.init(stream) if params is None else params
    if s.shuffle and problem.on_plane:
        stream = generator(s.seed)
    train, test = problem.train, problem.test
    return Setup(
        model, train.inputs, train.targets, params=params, seed=stream, loss=problem.loss,
        test=(test.inputs, test.targets) if len(test.inputs) else None,
        optimizer=optimizer_of(s), regularizer=regularizer_of(s), batch_size=s.batch_size,
        shuffle=s.shuffle, schedule=schedule_of(s), choice=choice,
    )  # fmt: skip


def usable(engine: Engine | None, settings: Settings) -> Engine | None:
    """Return the engine, if the settings want it and it works here."""
    if engine is None or settings.engine != "compiled":
        return None
    try:
        return engine if engine.lanes else None
    except Unsupported:
        return None


def seeds_from(seed: str, count: int) -> list[str]:
    """`seed` and those that follow: 11, 12, ...; of a seed that is no number, a, a-2, a-3, ..."""
    if seed.isdecimal():
        return [str(int(seed) + k) for k in range(count)]
    return [seed, *(f"{seed}-{k}" for k in range(2, count + 1))]
