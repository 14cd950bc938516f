"""The programs with the page's initial weights, run by the real Keras and the real PyTorch.

Runs only with `--oracle PYTHON`, an interpreter in whose environment the libraries lie:

    python3 -m venv FOLDER
    FOLDER/bin/pip install keras==3.15.1 jax==0.10.2 torch==2.13.0 matplotlib scikit-learn
    python3 build.py test tests/oracle --oracle FOLDER/bin/python

Seen with these versions: the losses of all kinds of experiment agree to 1e-6 after three epochs.
"""

import json
import subprocess
from dataclasses import replace

import numpy as np
import pytest
from program_cases import CASES, LINE, recorded

from explorer.export.keras_exact_program import keras_exact_program
from explorer.export.torch_program import torch_program
from explorer.settings.settings import DEFAULTS

EPOCHS = 3
# The exercises of the course to their end, and penalties for as long as rounding stays small.
LONG = {
    "default": (DEFAULTS["playground"], 100),
    "wine": (DEFAULTS["wine"], 20),
    "L1": (replace(DEFAULTS["playground"], regularization="L1", regularization_rate=0.03), 60),
    "wine, L2": (replace(DEFAULTS["wine"], regularization="L2", regularization_rate=0.01), 8),
}


@pytest.mark.parametrize(
    ("library", "write"), [("keras", keras_exact_program), ("torch", torch_program)]
)
def test_losses_are_the_page_s(request, root, library, write):
    python = request.config.getoption("--oracle")
    if not python:
        pytest.skip(f"needs --oracle PYTHON, an interpreter with the real {library}")
    cases = {name: (settings, EPOCHS) for name, settings in CASES.items()}
    cases |= {f"{name}, whole": case for name, case in LONG.items()}
    programs = [write(*case) for case in cases.values()]
    done = subprocess.run(
        [python, str(root / "tests" / "oracle" / "run_programs.py"), library], cwd=root, text=True,
        env={"PYTHONPATH": str(root), "PATH": ""}, input=json.dumps(programs),
        capture_output=True, timeout=1500, check=False,
    )  # fmt: skip
    assert not done.returncode, done.stderr[-2000:]
    told = json.loads(done.stdout)
    if told is None:
        pytest.skip(f"{python} has no {library}")
    for (name, case), text in zip(cases.items(), told, strict=True):
        lines = [match for line in text.splitlines() if (match := LINE.match(line))]
        found = [[float(value) for value in line.groups() if value] for line in lines]
        expected = [[v for v in losses if v is not None] for losses in recorded(*case)[0]]
        assert len(found) == case[1] + 1
        np.testing.assert_allclose(found, expected, rtol=1e-6, atol=1e-6, err_msg=name)
