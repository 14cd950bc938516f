"""The page's own JavaScript without a browser: programs for Node, for tests of the boot modules."""

import subprocess

from tools.cache import default_cache_folder
from tools.node import find_node
from tools.paths import ROOT
from tools.report import Report


def module(name: str) -> str:
    """The address of a module of the start."""
    return (ROOT / "site" / "boot" / f"{name}.mjs").as_uri()


def run(program: str, *arguments: str) -> str:
    """What the program prints, run by Node."""
    node = find_node(default_cache_folder(), Report())
    command = [str(node), "--input-type=module", "-e", program, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
