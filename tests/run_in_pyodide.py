"""Run pytest inside Pyodide: the program that test_core_in_pyodide.py starts there.

/bench is a folder of the test run, with pytest itself, the tests, and pytest's options.
"""

import json
import sys
from pathlib import Path
from types import ModuleType

# The page's standard library goes without the debugger, which pytest only wants to wrap.
sys.modules["pdb"] = ModuleType("pdb")
sys.modules["pdb"].set_trace = sys.modules["pdb"].Pdb = None

import pytest  # noqa: E402

status = pytest.main(json.loads(Path("/bench/options.json").read_text(encoding="utf-8")))
if status != pytest.ExitCode.OK:
    raise RuntimeError(f"pytest ended with {status!r}")
