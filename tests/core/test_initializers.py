"""Initializers: order of the draws, bounds, spread and biases."""

import numpy as np
import pytest

from nncore import INITIALIZERS, Dense, SeedRandom, Sequential
from nncore.initializers import TRUNCATED_STD, truncated_normal

N_IN, N_OUT = 300, 200
STD = {
    "uniform": 1 / np.sqrt(12),
    "glorot_uniform": np.sqrt(2 / (N_IN + N_OUT)),
    "glorot_normal": np.sqrt(2 / (N_IN + N_OUT)),
    "he_uniform": np.sqrt(2 / N_IN),
    "he_normal": np.sqrt(2 / N_IN),
}
LIMIT = {
    "uniform": 0.5,
    "glorot_uniform": np.sqrt(6 / (N_IN + N_OUT)),
    "glorot_normal": 2 * STD["glorot_normal"] / TRUNCATED_STD,
    "he_uniform": np.sqrt(6 / N_IN),
    "he_normal": 2 * STD["he_normal"] / TRUNCATED_STD,
}


@pytest.mark.parametrize("name", STD)
def test_spread_and_bounds(name):
    weights = INITIALIZERS[name].draw(np.random.default_rng(0), N_IN, N_OUT)
    assert weights.shape == (N_IN, N_OUT)
    # 60,000 numbers: their mean and spread scatter by well under half a percent.
    np.testing.assert_allclose(weights.std(), STD[name], rtol=0.015)
    assert abs(weights.mean()) < 0.02 * STD[name]
    assert 0.99 * LIMIT[name] < np.abs(weights).max() <= LIMIT[name]


def test_truncated_normal_has_the_shape_of_the_bell():
    numbers = truncated_normal(np.random.default_rng(1), (200_000,))
    assert np.abs(numbers).max() <= 2
    np.testing.assert_allclose(numbers.std(), TRUNCATED_STD, rtol=0.005)
    # Shares of a normal distribution within 1/2, 1 and 3/2, given that it is within 2.
    shares = [np.mean(np.abs(numbers) < limit) for limit in (0.5, 1, 1.5)]
    expected = np.array([0.382925, 0.682689, 0.866386]) / 0.954500
    np.testing.assert_allclose(shares, expected, rtol=0.01)


def test_truncated_normal_takes_the_numbers_under_the_bell():
    """Draws are used as abscissae and heights; what lies above the bell is drawn again."""

    class Scripted:
        def __init__(self):
            self.answers = [np.array([[0.25, 0.95], [0.5, 0.5]]), np.array([[0.75], [0.1]])]

        def random(self, size):
            answer = self.answers.pop(0)
            assert answer.shape == size
            return answer

    # x = 4 u - 2: -1 (bell 0.607 > 0.5, kept), 1.8 (bell 0.198 < 0.5, not), then 1 (kept).
    np.testing.assert_allclose(truncated_normal(Scripted(), (2,)), [-1, 1])


def test_playground_weights_come_unit_by_unit():
    stream = SeedRandom("w").random(6)
    weights = INITIALIZERS["uniform"].draw(SeedRandom("w"), 3, 2)
    np.testing.assert_array_equal(weights[:, 0], stream[:3] - 0.5)
    np.testing.assert_array_equal(weights[:, 1], stream[3:] - 0.5)


@pytest.mark.parametrize("name", INITIALIZERS)
def test_biases_are_set_not_drawn(name):
    model = Sequential([Dense(3, "tanh", name), Dense(2, "tanh", name)], 4)
    expected = 0.1 if name == "uniform" else 0.0
    for weights, bias in model.unflatten(model.init(np.random.default_rng(0))):
        np.testing.assert_array_equal(bias, expected)
        assert (weights == 0).all() == (name == "zeros")


@pytest.mark.parametrize("name", INITIALIZERS)
def test_any_source_of_random_numbers_serves(name):
    for rng in (SeedRandom("x"), np.random.default_rng(0), np.random.RandomState(0)):
        assert INITIALIZERS[name].draw(rng, 3, 2).shape == (3, 2)
        assert INITIALIZERS[name].draw(rng, 0, 2).shape == (0, 2)


def test_zeros_draw_nothing():
    assert (INITIALIZERS["zeros"].draw(None, 2, 3) == 0).all()
