"""Run pytest inside Pyodide: the program that test_core_in_pyodide.py starts there.

/bench is a folder of the test run, with pytest itself, the tests, and pytest's options.
"""

import json
from pathlib import Path

import pytest

status = pytest.main(json.loads(Path("/bench/options.json").read_text(encoding="utf-8")))
if status != pytest.ExitCode.OK:
    raise RuntimeError(f"pytest ended with {status!r}")
