"""The real Keras again: what it computes today is what the fixtures say, and files go both ways.

    python3 build.py test tests/oracle --oracle PYTHON   (--oracle-write puts the fixtures anew)

PYTHON is one that has keras==3.15.1, jax==0.10.2 and h5py, in an environment of its own. All cases
take some ten minutes. Without the option nothing runs.
"""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

HERE = Path(__file__).parent
FIXTURES = HERE.parent / "core" / "keras_tests" / "fixtures"
WRITES = {
    "keras_functions": ("activations", "metrics", "schedules", "texts"),
    "keras_training": ("optimizers", "losses", "training", "callbacks"),
}
TIMES = re.compile(r"\d+(\.\d+)?(s|ms|us)\b|\d\.\d{4}(e-\d\d)?|\r.*\r")


@pytest.fixture(scope="module")
def run(request):
    """Return a function that runs a script of this folder with the oracle's Python."""
    python = request.config.getoption("--oracle")
    if not python:
        pytest.skip("needs --oracle PYTHON, a Python with keras==3.15.1, jax and h5py")

    def call(script, folder):
        path = os.pathsep.join([str(HERE), str(HERE.parents[1])])
        command = [python, str(HERE / f"{script}.py"), str(folder)]
        environment = os.environ | {"PYTHONPATH": path}
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=3600, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return call


@pytest.mark.timeout(3700)
@pytest.mark.parametrize("script", WRITES)
def test_fixtures_are_what_keras_computes(run, script, tmp_path, request):
    run(script, tmp_path)
    for name in WRITES[script]:
        if request.config.getoption("--oracle-write"):
            shutil.copy(tmp_path / f"{name}.json", FIXTURES)
        found = json.loads((tmp_path / f"{name}.json").read_text(encoding="utf-8"))
        same(found, json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8")), name)


def same(found, stored, where):
    """Compare numbers to 1e-9, and texts but for times and losses."""
    if isinstance(found, dict):
        assert found.keys() == stored.keys(), where
        for key in found.keys() - {"versions"}:
            same(found[key], stored[key], f"{where}/{key}")
    elif isinstance(found, list):
        assert len(found) == len(stored), where
        for k, pair in enumerate(zip(found, stored, strict=True)):
            same(*pair, f"{where}/{k}")
    elif isinstance(found, float):
        np.testing.assert_allclose(found, stored, rtol=1e-9, atol=1e-13, err_msg=where)
    elif isinstance(found, str):
        assert TIMES.sub("#", found) == TIMES.sub("#", stored), where
    else:
        assert found == stored, where


@pytest.mark.timeout(600)
def test_files_go_both_ways(run, tmp_path):
    assert run("keras_files", tmp_path).endswith("files go both ways\n")
