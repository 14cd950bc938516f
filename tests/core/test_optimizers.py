"""The first two steps of every optimizer, worked out on paper for one parameter w = 1.

Numbers are chosen such that the roots come out even. The learning rate is 0.1 throughout.
"""

import math

import numpy as np
import pytest
from complaints import exactly

from nncore import OPTIMIZERS, SGD, AdaGrad, Adam, Momentum, Nesterov, RMSprop

STEPS = [
    # w = 1 - 0.1 * 0.5 = 0.95, then 0.95 - 0.1 * 0.25
    ("sgd", SGD(0.1), (0.5, 0.25), (0.95, 0.925)),
    # v = -0.05, w = 0.95; v = 0.9 * -0.05 - 0.025 = -0.07
    ("momentum", Momentum(0.1, momentum=0.9), (0.5, 0.25), (0.95, 0.88)),
    # v = -0.05, w = 1 + 0.9 * -0.05 - 0.05 = 0.905; v = -0.07, w = 0.905 - 0.063 - 0.025
    ("nesterov", Nesterov(0.1, momentum=0.9), (0.5, 0.25), (0.905, 0.817)),
    # s = 0.25, root of 0.36 = 0.6, w = 1 - 0.05 / 0.6 = 11/12; s = 0.3125, root of 0.4225 = 0.65
    ("adagrad", AdaGrad(0.1, epsilon=0.11), (0.5, 0.25), (11 / 12, 11 / 12 - 1 / 26)),
    # the same with 0.11 in the accumulator from the start instead of epsilon
    ("adagrad from 0.11", AdaGrad(0.1, epsilon=1e-300, initial_accumulator_value=0.11),
     (0.5, 0.25), (11 / 12, 11 / 12 - 1 / 26)),
    # v = 0.025, root of 0.04 = 0.2, w = 1 - 0.05 / 0.2; v = 0.0475, root of 0.0625 = 0.25
    ("rmsprop", RMSprop(0.1, rho=0.9, epsilon=0.015), (0.5, 0.5), (0.75, 0.55)),
    # m = 0.25, v = 0.0625, correction sqrt(0.25) / 0.5 = 1, w = 1 - 0.1 * 0.25 / (0.25 + 0.25);
    # m = 0.25, v = 0.0625, correction sqrt(7/16) / 0.75 = sqrt(7) / 3, w -= sqrt(7) / 3 * 0.05
    ("adam", Adam(0.1, beta_1=0.5, beta_2=0.75, epsilon=0.25), (0.5, 0.25),
     (0.95, 0.95 - math.sqrt(7) / 60)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("optimizer", "gradients", "expected"),
    [step[1:] for step in STEPS],
    ids=[step[0] for step in STEPS],
)
def test_two_steps_on_paper(optimizer, gradients, expected):
    params = np.array([1.0, 1.0])
    state = optimizer.init(2)
    for t, (gradient, value) in enumerate(zip(gradients, expected, strict=True), start=1):
        returned = optimizer.update(params, np.array([gradient, 0.0]), state, 0.1)
        assert returned is state, "the state is updated in place"
        np.testing.assert_allclose(params, [value, 1.0], rtol=1e-14)
        assert state.t == t


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_formula_says_what_an_update_does(name):
    optimizer = OPTIMIZERS[name](0.1)
    params, state = np.array([1.0]), optimizer.init(1)
    known = {"sqrt": math.sqrt, "sign": lambda x: math.copysign(1, x), "lr": 0.1, "w": 1.0}
    known |= {field: getattr(optimizer, field) for field in optimizer.numbers}
    steps = [step.partition(" = ")[::2] for step in optimizer.formula.split("; ")]
    remembered = [letter for letter, text in steps[:-1] if f"{letter} " in text]
    assert len(remembered) == optimizer.n_slots
    known |= dict.fromkeys(remembered, 0.0)
    for t, gradient in enumerate((0.5, -0.25, 2.0), start=1):
        optimizer.update(params, np.array([gradient]), state, 0.1)
        known |= {"g": gradient, "t": t}
        for letter, text in steps:
            known[letter] = eval(text, {}, known)
        assert known["w"] == pytest.approx(params[0], rel=1e-12)
        assert [known[letter] for letter in remembered] == pytest.approx(state.slots[:, 0].tolist())


def test_the_steps_cover_the_table():
    assert {step[1].name for step in STEPS} == set(OPTIMIZERS)
    assert all(kind.name == name for name, kind in OPTIMIZERS.items())


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_states_start_at_zero_and_copy_apart(name):
    optimizer = OPTIMIZERS[name]()
    state = optimizer.init(3)
    assert state.t == 0
    assert state.optimizer == name
    assert state.slots.shape == (optimizer.n_slots, 3)
    assert (state.slots == 0).all()
    params = np.ones(3)
    optimizer.update(params, np.ones(3), state, 0.1)
    copy = state.copy()
    optimizer.update(params, np.ones(3), state, 0.1)
    assert (copy.t, state.t) == (1, 2)
    if optimizer.n_slots:
        assert not np.array_equal(copy.slots, state.slots)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_gradients_are_left_alone(name):
    optimizer, gradient = OPTIMIZERS[name](), np.array([1.0, -2.0])
    optimizer.update(np.zeros(2), gradient, optimizer.init(2), 0.1)
    np.testing.assert_array_equal(gradient, [1.0, -2.0])


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_all_find_the_bottom_of_a_bowl(name):
    # AdaGrad slows down by itself: it needs a larger start and no schedule.
    rate, factor = (1.0, 1.0) if name == "adagrad" else (0.05, 0.998)
    optimizer = OPTIMIZERS[name](rate)
    centre, scale = np.array([1.0, -2.0, 0.5]), np.array([1.0, 3.0, 0.3])
    params, state = np.zeros(3), optimizer.init(3)
    for t in range(2000):
        optimizer.update(params, scale * (params - centre), state, rate * factor**t)
    np.testing.assert_allclose(params, centre, atol=1e-3)


@pytest.mark.parametrize("scale", [1e-3, 1.0, 1e3])
def test_adam_and_adagrad_begin_with_a_step_of_the_learning_rate(scale):
    for optimizer in (Adam(), AdaGrad(epsilon=1e-12)):
        params = np.zeros(2)
        optimizer.update(params, scale * np.array([1.0, -1.0]), optimizer.init(2), 0.01)
        np.testing.assert_allclose(params, [-0.01, 0.01], rtol=0.005)


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: SGD(0), "learning_rate must be a finite number above 0; got 0"),
        (lambda: Adam(-1.0), "learning_rate must be a finite number above 0; got -1.0"),
        (lambda: SGD("0.1"), "learning_rate must be a finite number above 0; got '0.1'"),
        (lambda: RMSprop(float("inf")), "learning_rate must be a finite number above 0; got inf"),
        (
            lambda: Momentum(momentum=1.0),
            "momentum must be a number from 0 up to but not including 1; got 1.0",
        ),
        (
            lambda: Nesterov(momentum=-0.1),
            "momentum must be a number from 0 up to but not including 1; got -0.1",
        ),
        (
            lambda: RMSprop(rho=float("nan")),
            "rho must be a number from 0 up to but not including 1; got nan",
        ),
        (lambda: RMSprop(epsilon=0), "epsilon must be a finite number above 0; got 0"),
        (lambda: Adam(beta_1=1), "beta_1 must be a number from 0 up to but not including 1; got 1"),
        (lambda: Adam(beta_2=2), "beta_2 must be a number from 0 up to but not including 1; got 2"),
        (
            lambda: AdaGrad(initial_accumulator_value=-1),
            "initial_accumulator_value must be a finite number of 0 or more; got -1",
        ),
    ],
)
def test_bad_choices(call, text):
    with pytest.raises(ValueError, match=exactly(text)):
        call()
