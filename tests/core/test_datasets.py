"""The made-up data: the playground's six against a loop per point, ours by their properties."""

import numpy as np
import pytest
import reference

from nncore import DATASETS, SeedRandom
from nncore.datasets import moons

PLAYGROUND = {
    "circle": reference.circle,
    "xor": reference.xor,
    "gauss": reference.gauss,
    "spiral": reference.spiral,
    "reg-plane": reference.reg_plane,
    "reg-gauss": reference.reg_gauss,
}
SETS = sorted(DATASETS)


@pytest.mark.parametrize("noise", [0, 0.05, 0.5])
@pytest.mark.parametrize("name", PLAYGROUND)
def test_equals_the_loop_over_points(name, noise):
    rng, loop_rng = SeedRandom("0.4"), SeedRandom("0.4")
    X, y = DATASETS[name].make(200, noise, rng)
    expected = np.array(list(PLAYGROUND[name](200, noise, loop_rng)))
    np.testing.assert_allclose(X, expected[:, :2], rtol=0, atol=1e-14)
    np.testing.assert_allclose(y, expected[:, 2], rtol=0, atol=1e-14)
    assert rng.random() == loop_rng.random(), "both have drawn equally often"


@pytest.mark.parametrize("n", [1, 2, 3, 100, 101])
@pytest.mark.parametrize("name", SETS)
def test_shapes_and_labels(name, n):
    info = DATASETS[name]
    X, y = info.make(n, 0.3, np.random.default_rng(0))
    assert X.shape == (n, 2)
    assert X.dtype == np.float64
    assert y.shape == (n,)
    assert np.isfinite(X).all()
    if info.task == "binary":
        assert y.dtype == np.float64
        assert set(y) <= {1.0, -1.0}
        assert info.n_classes == 2
    elif info.task == "multiclass":
        assert y.dtype.kind == "i"
        assert set(y) <= {0, 1, 2}
        assert info.n_classes == 3
    else:
        assert info.task == "regression"
        assert info.n_classes == 0
        assert np.abs(y).max() <= 2


@pytest.mark.parametrize("name", SETS)
def test_same_seed_same_points_and_other_seed_other_points(name):
    info = DATASETS[name]
    first = info.make(60, 0.1, np.random.default_rng(1))
    again = info.make(60, 0.1, np.random.default_rng(1))
    other = info.make(60, 0.1, np.random.default_rng(2))
    np.testing.assert_array_equal(first[0], again[0])
    np.testing.assert_array_equal(first[1], again[1])
    assert np.abs(first[0] - other[0]).max() > 0.01


@pytest.mark.parametrize("name", ["circle", "gauss", "spiral", "moons", "blobs", "spiral3"])
def test_classes_are_of_equal_size_without_noise(name):
    _, y = DATASETS[name].make(300, 0, np.random.default_rng(3))
    _, counts = np.unique(y, return_counts=True)
    np.testing.assert_array_equal(counts, 300 // DATASETS[name].n_classes)


@pytest.mark.parametrize("name", SETS)
def test_noise_free_points_fit_on_the_plane(name):
    X, _ = DATASETS[name].make(500, 0, np.random.default_rng(4))
    assert np.abs(X).max() <= 6.0


def test_names_are_those_of_links():
    assert list(DATASETS)[:6] == list(PLAYGROUND)
    assert all(info.name == name for name, info in DATASETS.items())


def test_the_playground_s_sizes():
    sizes = {name: DATASETS[name].n_default for name in PLAYGROUND}
    assert sizes == dict.fromkeys(PLAYGROUND, 500) | {"reg-plane": 1200, "reg-gauss": 1200}


def test_moons_reach_into_each_other():
    X, y = moons(400, 0, np.random.default_rng(5))
    upper, lower = X[y > 0], X[y < 0]
    assert upper[:, 1].min() < lower[:, 1].max()
    assert upper[:, 0].min() < lower[:, 0].min() < upper[:, 0].max() < lower[:, 0].max()
    distances = np.linalg.norm(upper[:, np.newaxis] - lower, axis=2)
    assert distances.min() > 1, "and do not touch"


def test_spiral_arms_do_not_mix_without_noise():
    for name in ("spiral", "spiral3"):
        X, y = DATASETS[name].make(300, 0, np.random.default_rng(6))
        far = np.hypot(*X.T) > 1
        X, y = X[far], y[far]
        distances = np.linalg.norm(X[:, np.newaxis] - X, axis=2)
        np.fill_diagonal(distances, np.inf)
        np.testing.assert_array_equal(y[distances.argmin(axis=1)], y)


@pytest.mark.parametrize(
    ("n", "noise", "text"),
    [
        (0, 0, "n must be a whole number of at least 1; got 0"),
        (2.5, 0, "n must be a whole number of at least 1; got 2.5"),
        (10, -0.1, "noise must be a number from 0 to 1; got -0.1"),
        (10, 1.5, "noise must be a number from 0 to 1; got 1.5"),
        (10, float("nan"), "noise must be a number from 0 to 1; got nan"),
    ],
)
@pytest.mark.parametrize("name", SETS)
def test_bad_arguments(name, n, noise, text):
    with pytest.raises(ValueError, match=f"^{text}$"):
        DATASETS[name].make(n, noise, np.random.default_rng(0))
