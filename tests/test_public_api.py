"""The names that nncore promises: exactly these, each documented, each with the promised call.

Notebooks, the page's printed programs and the README rely on them. A name is added here on
purpose, and none is taken away.
"""

import dataclasses
import inspect
import tomllib
import types
from pathlib import Path

import pytest

import nncore

NAMES = {
    *("ACTIVATIONS", "DATASETS", "INITIALIZERS", "LOSSES", "OPTIMIZERS", "REGULARIZERS"),
    *("SCHEDULES", "Constant", "Cosine", "Exponential", "Step"),
    *("Dense", "Sequential", "Workspace"),
    *("SGD", "Momentum", "Nesterov", "AdaGrad", "RMSprop", "Adam", "OptimizerState"),
    *("L1", "L2"),
    *("train", "Progress"),
    *("TABLES", "Table", "load_wine", "load_iris", "load_breast_cancer", "load_diabetes"),
    "read_table",
    "SeedRandom",
    "principal_components",
    *("standardize", "one_hot", "shuffle_split", "stratified_split"),
    *("accuracy", "classify", "confusion_matrix", "r2_score"),
    *("gradcheck", "GradientCheck"),
    *("save_npz", "load_npz", "to_json", "from_json"),
}
# Parameters that others pass by name, in their order: name -> the first ones.
CALLS = {
    "Dense": ["units", "activation", "kernel_initializer"],
    "Sequential": ["layers", "n_inputs"],
    "SGD": ["learning_rate"],
    "Momentum": ["learning_rate", "momentum"],
    "RMSprop": ["learning_rate", "rho", "epsilon"],
    "Adam": ["learning_rate", "beta_1", "beta_2", "epsilon"],
    "train": ["model", "params", "X", "y", "loss", "optimizer", "regularizer", "batch_size"],
    "standardize": ["X"],
    "one_hot": ["y", "n_classes"],
    "accuracy": ["y_true", "y_pred"],
    "gradcheck": ["model", "params", "X", "y", "loss"],
    "load_wine": [],
    "read_table": ["content"],
}
TABLES = {
    "ACTIVATIONS": (
        *("linear", "relu", "leaky_relu", "elu", "silu", "gelu", "softplus"),
        *("sigmoid", "tanh", "sin", "softmax"),
    ),
    "LOSSES": ("half_mse", "mse", "binary_crossentropy", "categorical_crossentropy"),
    "INITIALIZERS": (
        *("zeros", "uniform", "glorot_uniform", "glorot_normal", "he_uniform", "he_normal"),
    ),
    "REGULARIZERS": ("l1", "l2"),
    "OPTIMIZERS": ("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam"),
    "SCHEDULES": ("constant", "step", "exponential", "cosine"),
    "TABLES": ("wine", "iris", "breast_cancer", "diabetes"),
    "DATASETS": (
        *("circle", "xor", "gauss", "spiral", "reg-plane", "reg-gauss"),
        *("moons", "blobs", "spiral3"),
    ),
}
CALLABLES = sorted(name for name in NAMES if callable(getattr(nncore, name, None)))


def test_exported_names_are_exactly_these() -> None:
    assert len(nncore.__all__) == len(set(nncore.__all__))
    assert set(nncore.__all__) == NAMES
    visible = {
        name
        for name, value in vars(nncore).items()
        if not name.startswith("_") and not isinstance(value, types.ModuleType)
    }
    assert visible == NAMES


@pytest.mark.parametrize("name", CALLABLES)
def test_documented(name: str) -> None:
    """A docstring, not just the signature that a dataclass gets; methods may inherit theirs."""
    thing = getattr(nncore, name)
    text = thing.__doc__ or ""
    assert len(text) > 20
    assert not text.startswith(f"{name}("), f"{name} needs a docstring"
    if inspect.isfunction(thing):
        return
    for method, value in vars(thing).items():
        if inspect.isfunction(value) and not method.startswith("_"):
            assert inspect.getdoc(value), f"{name}.{method} needs a docstring"


@pytest.mark.parametrize(("name", "parameters"), CALLS.items())
def test_signature(name: str, parameters: list[str]) -> None:
    found = list(inspect.signature(getattr(nncore, name)).parameters)
    assert found[: len(parameters)] == parameters


@pytest.mark.parametrize(("table", "names"), TABLES.items())
def test_tables_hold_the_names_that_links_use(table: str, names: tuple[str, ...]) -> None:
    """None is lost or renamed, and their order is that of the menus; others may be added."""
    assert tuple(name for name in getattr(nncore, table) if name in names) == names


@pytest.mark.parametrize("name", ["Dense", "Sequential", "SGD", "Adam", "L1", "Step", "Progress"])
def test_choices_are_frozen(name: str) -> None:
    thing = getattr(nncore, name)
    assert dataclasses.is_dataclass(thing)
    assert thing.__dataclass_params__.frozen


def test_version_is_the_project_s(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert nncore.__version__ == project["version"]
