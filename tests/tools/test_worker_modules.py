"""The modules of the notebook's worker: each is imported behind what it imports itself."""

import re
from pathlib import Path

IMPORT = re.compile(r'^(?:import|export)\s[^;]*?from\s+"\./([\w-]+)\.mjs"', re.M)


def test_each_module_comes_behind_what_it_imports(root: Path) -> None:
    boot = root / "site" / "boot"
    text = (boot / "notebook.mjs").read_text("utf-8")
    [listed] = re.findall(r"const MODULES = \[(.*?)\];", text, re.S)
    names = re.findall(r'"([\w-]+)"', listed)
    assert names[-1] == "worker"
    for place, name in enumerate(names):
        needed = set(IMPORT.findall((boot / f"{name}.mjs").read_text("utf-8")))
        assert needed <= set(names[:place]), name
