"""The tests of nncore, run once more where the page runs it: inside Pyodide, under Node.

The files under test are those of the built page: its Pyodide, its compiled standard library and
NumPy, and nncore from its own wheel. Python there is newer, 32 bits wide and without threads, so
this is no mere repetition. pytest is pure Python and comes from this very environment; test files
that import more than NumPy and pytest (scikit-learn, hypothesis) stay out.
"""

import gzip
import hashlib
import io
import json
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import files as files_of
from pathlib import Path

import pytest
from imports import imports, top_level

from tools.bench.start import unpack
from tools.inside.parts import PARTS
from tools.testing_runtime import node

PYTEST = ("pytest", "pluggy", "iniconfig", "packaging", "pygments")
AVAILABLE = {"nncore", "numpy", "pytest", *sys.stdlib_module_names}
COMPILED = {"hypothesis", "sklearn"}  # they hold machine code for this machine
WITHOUT = ("cacheprovider", "faulthandler")  # pytest's plugins that do not work there
SECONDS = 500


def test_only_files_that_need_compiled_packages_stay_out(root: Path) -> None:
    helpers = {path.stem for path in (root / "tests" / "core").glob("*.py")}
    out = set((root / "tests" / "core").glob("*.py")) - set(fitting(root))
    needed = {path.name: top_level(imports(path)) - AVAILABLE - helpers for path in out}
    assert {name: names for name, names in needed.items() if not names <= COMPILED} == {}


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_core_passes_inside_pyodide(root: Path, dist: Path, tmp_path: Path) -> None:
    runtime, bench = tmp_path / "runtime", tmp_path / "bench"
    unpack(dist, runtime)
    add_later(dist, runtime)
    fill_bench(root, bench)
    command = [node(), "--import", (root / "tests/expose_memory.mjs").as_uri()]
    command += [root / "tools/inside/run.mjs", runtime, root / "tests/run_in_pyodide.py"]
    command += ["--packages", "numpy,nncore-playground", "--mount", f"bench={bench}"]
    command += ["--path", "/bench/pytest", "--path", "/bench/core"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    print(done.stdout)
    assert done.returncode == 0, f"{done.stdout[-8000:]}\n{done.stderr[-2000:]}"
    assert re.search(r"\d{3,} passed", done.stdout)


def add_later(dist: Path, runtime: Path) -> None:
    """Put what the page fetches after its start into the archives that it belongs to."""
    lock = json.loads((runtime / "pyodide-lock.json").read_text())
    numpy, ours = (lock["packages"][name] for name in ("numpy", "nncore-playground"))
    owners = {"python_stdlib_later": "python_stdlib.zip", "numpy_later": numpy["file_name"]}
    owners |= {f"part-{part}": ours["file_name"] for part in PARTS}
    for start, owner in owners.items():
        [path] = (dist / "assets").glob(f"{start}.*")
        later = zipfile.ZipFile(io.BytesIO(gzip.decompress(path.read_bytes())))
        with later, zipfile.ZipFile(runtime / owner, "a") as whole:
            for name in later.namelist():
                whole.writestr(name, later.read(name))
    for package in (numpy, ours):
        content = (runtime / package["file_name"]).read_bytes()
        package["sha256"] = hashlib.sha256(content).hexdigest()
    (runtime / "pyodide-lock.json").write_text(json.dumps(lock))


def fill_bench(root: Path, bench: Path) -> None:
    """Copy pytest and the tests that fit, and write down pytest's options."""
    for distribution in PYTEST:
        for file in files_of(distribution):
            if ".." not in file.parts and file.suffix != ".pyc":
                target = bench / "pytest" / file
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file.locate(), target)
    (bench / "core").mkdir()
    for path in fitting(root):
        shutil.copy(path, bench / "core")
    (bench / "options.json").write_text(json.dumps(options(root)), encoding="utf-8")


def fitting(root: Path) -> list[Path]:
    """The files of tests/core that import nothing which is not there."""
    core = sorted((root / "tests" / "core").glob("*.py"))
    helpers = {path.stem for path in core if not path.stem.startswith("test_")}
    return [path for path in core if top_level(imports(path)) <= AVAILABLE | helpers]


def options(root: Path) -> list[str]:
    """pytest's command line there: our own markers and warning filters, no plugin's settings.

    What is slow, more random cases of what is tried anyway, would be four times as slow there.
    """
    own = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["pytest"]
    markers = "\n".join(own["markers"])
    filters = [part for line in own["filterwarnings"] for part in ("-W", line)]
    without = [part for plugin in WITHOUT for part in ("-p", f"no:{plugin}")]
    chosen = ["-q", "-ra", "--tb=short", "--strict-markers", "-o", f"markers={markers}"]
    return [*chosen, *filters, *without, "-m", "not slow", "/bench/core"]
