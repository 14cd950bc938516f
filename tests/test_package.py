"""`pip install .` gives a working package that holds nncore and its data, and nothing else.

The build runs without isolation, on the hatchling of the test environment, so that it needs no
network.
"""

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
