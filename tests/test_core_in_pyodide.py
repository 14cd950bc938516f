"""The tests of nncore, run once more where the page runs it: inside Pyodide, under Node.

Python there is newer, 32 bits wide and without threads, and NumPy is another build, so this is
no mere repetition. pytest and what it needs are pure Python and are packed from this very
environment. Files that import more than NumPy and pytest (scikit-learn, hypothesis) stay out.
"""

import ast
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import files as files_of
from pathlib import Path

import pytest

from tools.testing_runtime import node, runtime_files

PYTEST = ("pytest", "pluggy", "iniconfig", "packaging", "pygments")
AVAILABLE = {"nncore", "numpy", "pytest", *sys.stdlib_module_names}
WITHOUT = ("cacheprovider", "faulthandler")
SECONDS = 280


def imported(path: Path) -> set[str]:
    """The top-level names of all modules that a file imports."""
    names = set()
    for tree in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(tree, ast.Import):
            names.update(alias.name for alias in tree.names)
        elif isinstance(tree, ast.ImportFrom) and not tree.level:
            names.add(tree.module)
    return {name.partition(".")[0] for name in names}


def test_files_that_fit(root: Path) -> None:
    """Only the two files that need a compiled package are left out."""
    left_out = {path.name for path in (root / "tests/core").glob("test_*.py")}
    left_out -= {path.name for path in fitting(root)}
    assert left_out == {"test_against_sklearn.py", "test_properties.py"}


def fitting(root: Path) -> list[Path]:
    core = sorted((root / "tests" / "core").glob("*.py"))
    helpers = {path.stem for path in core if not path.stem.startswith("test_")}
    return [path for path in core if imported(path) <= AVAILABLE | helpers]


@pytest.mark.slow
def test_core_passes_inside_pyodide(root: Path, tmp_path: Path) -> None:
    pyodide = tmp_path / "pyodide"
    pyodide.mkdir()
    for name, path in runtime_files("runtime").items():
        shutil.copy(path, pyodide / name)
    archive = tmp_path / "tests.zip"
    pack(root, archive)
    command = [node(), root / "tools/pytest_in_pyodide.mjs", pyodide, archive]
    command += [*options(root), "core"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    print(done.stdout)
    assert done.returncode == 0, f"{done.stdout[-8000:]}\n{done.stderr[-2000:]}"


def pack(root: Path, archive: Path) -> None:
    """Write the archive: pytest, nncore with its data, and the tests that fit in `core/`."""
    with zipfile.ZipFile(archive, "w") as packed:
        for distribution in PYTEST:
            for file in files_of(distribution):
                if ".." not in file.parts and file.suffix != ".pyc":
                    packed.write(file.locate(), file)
        for path in (root / "nncore").rglob("*"):
            if path.is_file() and path.suffix != ".pyc":
                packed.write(path, path.relative_to(root))
        for path in fitting(root):
            packed.write(path, f"core/{path.name}")


def options(root: Path) -> list[str]:
    """pytest's command line there: our own markers and warning filters, no plugin's settings."""
    own = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["pytest"]
    filters = [part for line in own["filterwarnings"] for part in ("-W", line)]
    markers = "\n".join(own["markers"])
    without = [part for plugin in WITHOUT for part in ("-p", f"no:{plugin}")]
    chosen = ["-q", "-ra", "--tb=short", "--strict-markers", "-o", f"markers={markers}"]
    return [*chosen, *filters, *without]
