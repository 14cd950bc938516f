"""keras.initializers: the distributions are Keras's, where single numbers cannot be."""

import numpy as np
import pytest

from nncore import keras

INIT = keras.initializers
SHAPE = (300, 200)
# name: (standard deviation, largest magnitude), for 300 inputs and 200 outputs
SPREADS = {
    "glorot_uniform": (np.sqrt(2 / 500), np.sqrt(6 / 500)),
    "glorot_normal": (np.sqrt(2 / 500), 2 * np.sqrt(2 / 500) / 0.87962566),
    "he_uniform": (np.sqrt(2 / 300), np.sqrt(6 / 300)),
    "he_normal": (np.sqrt(2 / 300), 2 * np.sqrt(2 / 300) / 0.87962566),
    "lecun_uniform": (np.sqrt(1 / 300), np.sqrt(3 / 300)),
    "lecun_normal": (np.sqrt(1 / 300), 2 * np.sqrt(1 / 300) / 0.87962566),
    "random_uniform": (0.1 / np.sqrt(12), 0.05),
    "random_normal": (0.05, np.inf),
    "truncated_normal": (0.05 * 0.87962566, 0.1),
}


@pytest.mark.parametrize("name", SPREADS)
def test_spread(name):
    w = INIT.get(name)(SHAPE)
    spread, most = SPREADS[name]
    assert w.shape == SHAPE
    assert abs(w.mean()) < 4 * spread / np.sqrt(w.size)
    np.testing.assert_allclose(w.std(), spread, rtol=0.02)
    assert np.abs(w).max() <= most
    assert np.abs(w).max() > min(most, 3 * spread) * 0.97


def test_fixed_ones():
    assert (INIT.Zeros()((2, 3)) == 0).all()
    assert (INIT.Ones()((2, 3)) == 1).all()
    assert (INIT.Constant(0.5)((3,)) == 0.5).all()
    np.testing.assert_array_equal(INIT.Identity(2.0)((2, 3)), [[2, 0, 0], [0, 2, 0]])


@pytest.mark.parametrize("shape", [(5, 3), (3, 5)])
def test_orthogonal(shape):
    w = INIT.Orthogonal(gain=2.0)(shape)
    product = w.T @ w if shape[0] > shape[1] else w @ w.T
    np.testing.assert_allclose(product, 4 * np.eye(3), atol=1e-12)


def test_variance_scaling_untruncated_and_by_outputs():
    w = INIT.VarianceScaling(2.0, "fan_out", "untruncated_normal")(SHAPE)
    np.testing.assert_allclose(w.std(), np.sqrt(2 / 200), rtol=0.02)


def test_seeds_of_all_kinds():
    def weights():
        return keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)]).get_weights()[0]

    for seed in (keras.utils.set_random_seed, keras.config.set_seed):
        seed(3)
        first = weights()
        assert not np.array_equal(first, weights())
        seed(3)
        np.testing.assert_array_equal(first, weights())
    keras.config._State.generator = None
    np.random.seed(3)  # noqa: NPY002 (as courses before TensorFlow 2 have it)
    first = weights()
    np.random.seed(3)  # noqa: NPY002
    np.testing.assert_array_equal(first, weights())
    own = INIT.GlorotUniform(seed=1)
    np.testing.assert_array_equal(own((2, 2)), own((2, 2)))
