"""Many runs over values and seeds: what they take of memory, and that they are the page's own."""

import tracemalloc
from dataclasses import replace

import numpy as np
from runs import trained

from explorer.learning.sweeps import Sweep, Variation
from explorer.settings.settings import Settings

RATES = [str(0.003 * 1.5**k) for k in range(4)]
MOST = 20_000_000  # bytes of 256 finished runs with their curves


class Endless:
    """Time enough."""

    def left(self):
        return 1.0


def run_all(variation):
    sweep = Sweep(variation)
    while sweep.is_running:
        sweep.work(Endless())
    return sweep


def test_256_finished_runs_with_their_curves_take_little_memory():
    """Measured on an eighth of them."""
    base = replace(Settings(seed="1", n_points=10), network_shape=(8, 8))
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    sweep = run_all(Variation(base, {"learning_rate": RATES}, 8, 32))
    taken = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    runs = [run for cell in sweep.cells for run in cell.runs.values()]
    assert len(runs) == 32
    assert all(run.losses.shape == (32, 2) for run in runs)
    assert sum(run.nbytes for run in runs) < taken < MOST / 8 / 4
    largest = 8 * 32 * 33 + 33  # parameters of eight layers of 32, each in 8 bytes
    assert 8 * taken + 256 * 8 * largest < MOST


def test_each_run_is_the_page_s_own_experiment():
    base = Settings(seed="5", n_points=40, dataset="xor", stop_epoch=2, frozen=(1,))
    sweep = run_all(Variation(base, {"one_layer": ["2", "3"], "noise": ["0", "20"]}, 2, 7))
    assert [cell.settings.network_shape for cell in sweep.cells] == [(2,), (2,), (3,), (3,)]
    for cell in sweep.cells:
        assert list(cell.runs) == ["5", "6"]
        for seed, run in cell.runs.items():
            alone = trained(replace(cell.settings, seed=seed), 7)
            np.testing.assert_array_equal(run.params, alone.params)
            assert run.losses[-1, 1] == alone.shown.loss_test
