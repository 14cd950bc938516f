"""The compiled kernel against NumPy: the same parameters, whatever is trained and however.

Each seed is another way of training (shapes, activations, loss, optimizer, regularizer with the
links it kills, batch size, row order, schedule, frozen weights); half of them run without SIMD.
The two paths add in different orders and have exp and tanh of their own, so they may differ by
rounding, and by nothing else.
"""

from dataclasses import replace

import numpy as np
import pytest
from engines import new_engine
from kernel_cases import diverging_case, every_epoch, random_case, run

from nncore import ACTIVATIONS, OPTIMIZERS
from nncore.kernel.plan import Plan
from nncore.kernel.single import suits

QUICK = 300
RELATIVE = 1e-9


def check(seed):
    case = random_case(seed)
    engine = new_engine(simd=seed % 2 == 0)
    reference, compiled = run(case), run(case, engine)
    assert reference.engine == "NumPy"
    assert compiled.engine == engine.name
    message = f"seed {seed}: {case.model}, {case.options}"
    assert np.isfinite(reference.params).all(), message
    for got, want in (
        (compiled.params, reference.params),
        (compiled.state.slots, reference.state.slots),
    ):
        np.testing.assert_allclose(got, want, rtol=RELATIVE, atol=1e-15, err_msg=message)
    np.testing.assert_array_equal(compiled.dead, reference.dead, err_msg=message)
    assert compiled.state.t == reference.state.t


@pytest.mark.parametrize("seeds", np.array_split(np.arange(QUICK), 10), ids=lambda s: f"{s[0]}-")
def test_five_epochs_agree(seeds):
    for seed in seeds:
        check(int(seed))


@pytest.mark.parametrize("seed", range(60))
def test_batches_of_one_agree(seed):
    """Small networks take two units at a time there, large ones one sample in two lanes."""
    case = random_case(seed)
    case.options["batch_size"] = 1
    rate = case.options["optimizer"].learning_rate
    case.options["optimizer"] = replace(case.options["optimizer"], learning_rate=rate / 10)
    engine = new_engine(simd=seed % 5 > 0)
    reference, compiled = run(case, epochs=2), run(case, engine, epochs=2)
    message = f"seed {seed}: {case.model}, {case.options}"
    for got, want in (
        (compiled.params, reference.params),
        (compiled.state.slots, reference.state.slots),
    ):
        np.testing.assert_allclose(got, want, rtol=RELATIVE, atol=1e-15, err_msg=message)
    np.testing.assert_array_equal(compiled.dead, reference.dead, err_msg=message)


def test_both_ways_of_batches_of_one_are_tried():
    cases = [random_case(seed) for seed in range(60) if seed % 5]
    assert {suits(Plan(case.model, case.options["loss"], 2, "sgd")) for case in cases} == {
        True, False,
    }  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("part", range(3))
def test_five_epochs_agree_in_many_more_ways(part, pytestconfig):
    for seed in range(QUICK + part, pytestconfig.getoption("kernel_seeds"), 3):
        check(seed)


def test_the_quick_cases_cover_everything():
    cases = [random_case(seed) for seed in range(QUICK)]
    options = [case.options for case in cases]
    layers = [layer for case in cases for layer in case.model.layers]
    assert {layer.activation for layer in layers} == set(ACTIVATIONS)
    assert {each["optimizer"].name for each in options} == set(OPTIMIZERS)
    assert {type(each["regularizer"]).__name__ for each in options} == {"NoneType", "L1", "L2"}
    last = [len(case.X) % each["batch_size"] for case, each in zip(cases, options, strict=True)]
    assert sum(rows > 0 for rows in last) > QUICK / 2
    assert sum(each["batch_size"] % 2 for each in options) > QUICK / 3
    assert any(case.model.n_inputs == 0 for case in cases)
    assert max(layer.units for layer in layers) > 20
    assert any(
        each["batch_size"] > 32 and len(case.X) > 64
        for case, each in zip(cases, options, strict=True)
    )
    assert sum(int(run(case).dead.any()) for case in cases[:60]) > 5
    assert sum(each["frozen"] is not None for each in options) > QUICK / 3


@pytest.mark.parametrize("seed", range(40))
def test_it_diverges_at_the_same_epoch(seed):
    """Learning rates from 10 to 10,000: whether and when numbers stop being finite."""
    case = diverging_case(seed)
    reference = every_epoch(case)
    compiled = every_epoch(case, new_engine(simd=seed % 2 == 0))
    ends = [next((k for k, p in enumerate(run) if not np.isfinite(p).all()), None)
            for run in (reference, compiled)]  # fmt: skip
    assert ends[0] == ends[1]


def test_some_do_diverge():
    lost = [not np.isfinite(every_epoch(diverging_case(seed))[-1]).all() for seed in range(40)]
    assert 4 <= sum(lost) <= 36
