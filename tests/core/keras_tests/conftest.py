"""Every test begins with Keras's defaults, a seed of its own, and NumPy alone."""

import numpy as np
import pytest

from nncore.keras import config


@pytest.fixture(autouse=True)
def fresh():
    """Names, seeds and types as at the beginning."""
    config.clear_session()
    config.set_floatx("float32")
    config.set_random_seed(0)
    config.set_engine(None)
    yield
    config.set_floatx("float32")
    config.set_engine(None)
    config._State.generator = None


@pytest.fixture
def float64():
    """Weights and predictions are handed out with all their digits."""
    config.set_floatx("float64")


@pytest.fixture(params=["NumPy", "compiled"])
def engine(request):
    """Both ways of training: NumPy alone, and the compiled kernel where wasmtime is."""
    if request.param == "compiled":
        pytest.importorskip("wasmtime")
        from nncore.kernel.native import WasmtimeEngine

        config.set_engine(WasmtimeEngine())
    return request.param


@pytest.fixture
def rng():
    return np.random.default_rng(0)
