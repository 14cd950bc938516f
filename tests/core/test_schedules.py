"""Learning-rate schedules: their values from the formulas."""

import math

import pytest
from complaints import exactly

from nncore import SCHEDULES, Constant, Cosine, Exponential, Step


@pytest.mark.parametrize(
    ("schedule", "factors"),
    [
        (Constant(), {0: 1, 7: 1, 10_000: 1}),
        (Step(0.5, 10), {0: 1, 9: 1, 10: 0.5, 19: 0.5, 20: 0.25, 35: 0.125}),
        (Exponential(0.25, 10), {0: 1, 5: 0.5, 10: 0.25, 20: 0.0625}),
        (Cosine(100), {0: 1, 50: 0.5, 25: (1 + math.sqrt(0.5)) / 2, 100: 0, 250: 0}),
        (Cosine(100, alpha=0.2), {0: 1, 50: 0.6, 100: 0.2, 1000: 0.2}),
    ],
)
def test_values(schedule, factors):
    for epoch, factor in factors.items():
        assert schedule(epoch) == pytest.approx(factor, abs=1e-15)


@pytest.mark.parametrize("name", SCHEDULES)
def test_defaults_start_at_one_and_never_rise(name):
    schedule = SCHEDULES[name]()
    factors = [schedule(epoch) for epoch in range(1000)]
    assert factors[0] == 1
    assert factors == sorted(factors, reverse=True)
    assert factors[-1] >= 0


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: Step(0), "drop must be a number above 0 and at most 1; got 0"),
        (lambda: Step(0.5, 0), "epochs_drop must be a whole number of at least 1; got 0"),
        (lambda: Exponential(1.5), "decay_rate must be a number above 0 and at most 1; got 1.5"),
        (lambda: Exponential(0.5, -1), "decay_epochs must be a finite number above 0; got -1"),
        (lambda: Cosine(0), "decay_epochs must be a finite number above 0; got 0"),
        (lambda: Cosine(10, alpha=-0.5), "alpha must be a number from 0 to 1; got -0.5"),
        (lambda: Cosine(10, alpha="a"), "alpha must be a number from 0 to 1; got 'a'"),
    ],
)
def test_bad_choices(call, text):
    with pytest.raises(ValueError, match=exactly(text)):
        call()
