"""Work dealt out to processes, where there are some: a page has none.

Each process makes what it needs for itself and is given some pieces of work at a time; the results
come back in their order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TypeVar

CHUNK = 16  # pieces of work that a process is given at a time
Work = TypeVar("Work")
Result = TypeVar("Result")


def by_processes(
    work: Iterable[Work], task: Callable[[list[Work]], Iterator[Result]], workers: int
) -> Iterator[Result]:
    """Return what `task` gives for all pieces of work, in their order."""
    from concurrent.futures import ProcessPoolExecutor  # a page has no processes
    from multiprocessing import get_context

    waiting = list(work)
    chunks = [waiting[k : k + CHUNK] for k in range(0, len(waiting), CHUNK)]
    # Copies of this process would inherit the locks of an engine's threads: new ones do not.
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        try:
            for results in pool.map(partial(_listed, task), chunks):
                yield from results
        finally:
            pool.shutdown(cancel_futures=True)


def _listed(task: Callable[[list[Work]], Iterator[Result]], work: list[Work]) -> list[Result]:
    return list(task(work))
