"""`pip install .` gives a working package that holds nncore and its data, and nothing else.

The build runs without isolation, on the hatchling of the test environment, so that it needs no
network.
"""

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

PROGRAM = """
import sys
sys.path.insert(0, sys.argv[1])
import nncore
wine = nncore.load_wine()
print(nncore.__file__)
print(wine.X.shape, wine.y.shape)
"""


# What somebody's program may look like; the last line is wrong, and only there is a fault.
TYPED = """
import numpy as np

from nncore import SGD, Cosine, Dense, Progress, Sequential, load_wine, one_hot, standardize, train

wine = load_wine()
model = Sequential([Dense(8, "tanh"), Dense(3, "softmax")], n_inputs=wine.X.shape[1])
rng = np.random.default_rng(0)
last: Progress | None = None
for last in train(
    model,
    model.init(rng),
    standardize(wine.X),
    one_hot(wine.y),
    loss="categorical_crossentropy",
    optimizer=SGD(0.1),
    schedule=Cosine(10),
    rng=rng,
    shuffle=True,
    epochs=10,
):
    pass
outputs = model.predict(last.params, wine.X) if last is not None else np.empty((0, 3))
print(outputs.shape, model.loss(model.init(rng), [[0.0] * 13], [[1, 0, 0]], "mse").is_integer())
reveal_type(model.n_params)
model.init(7)
"""


def pip(*arguments: object) -> None:
    command = [sys.executable, "-m", "pip", "-q", "--disable-pip-version-check", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, root)
    (path,) = folder.glob("*.whl")
    return path


def test_wheel_holds_nncore_and_nothing_else(root: Path, wheel: Path) -> None:
    version = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert wheel.name == f"nncore-{version['version']}-py3-none-any.whl"
    names = zipfile.ZipFile(wheel).namelist()
    inside = {name for name in names if ".dist-info/" not in name}
    wanted = {
        path.relative_to(root).as_posix()
        for path in (root / "nncore").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert inside == wanted
    assert {"nncore/py.typed", "nncore/data/wine.csv", "nncore/data/SOURCES.md"} <= inside


def test_installed_package_works_far_from_the_repository(wheel: Path, tmp_path: Path) -> None:
    target = tmp_path / "target"
    pip("install", "--no-deps", "--no-index", "--target", target, wheel)
    command = [sys.executable, "-I", "-c", PROGRAM, target]
    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    where, shapes = done.stdout.splitlines()
    assert Path(where).is_relative_to(target)
    assert shapes == "(178, 13) (178,)"


def test_the_installed_package_satisfies_a_strict_type_checker(
    wheel: Path, root: Path, tmp_path: Path
) -> None:
    """mypy sees nothing but the wheel, knows its types, and finds the one mistake that is made."""
    target = tmp_path / "target"
    pip("install", "--no-deps", "--no-index", "--target", target, wheel)
    program = tmp_path / "program.py"
    program.write_text(TYPED, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--config-file="]
    command += ["--cache-dir", str(tmp_path / "cache"), str(program)]
    environment = {**os.environ, "MYPYPATH": str(target)}
    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, env=environment, timeout=240
    )
    assert done.stderr == ""
    note, *faults = done.stdout.splitlines()
    assert note.endswith('note: Revealed type is "int"'), done.stdout
    assert [re.sub(r"^.*program\.py:(\d+): ", r"\1 ", line) for line in faults[:1]] == [
        f'{len(TYPED.splitlines())} error: Argument 1 to "init" of "Sequential" has incompatible '
        'type "int"; expected "RandomSource"  [arg-type]'
    ], done.stdout
    assert len(faults) == 1
