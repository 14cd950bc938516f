"""Make `.venv` and fill it with what the tests need.

The list of needed packages stands in pyproject.toml: the project's own dependencies and the
groups `test` and `lint`. After a successful installation that list is written into `.venv`, so
pip runs again only when the list, or the Python version, has changed.
"""

import subprocess
import sys
import tomllib
from pathlib import Path

GROUPS = ("test", "lint")
STAMP = "nncore-requirements.txt"


def requirements(pyproject: Path) -> list[str]:
    """The requirement strings of the project and of its test and lint groups, in file order."""
    config = tomllib.loads(pyproject.read_text(encoding="utf-8"))
    groups = config["dependency-groups"]
    return [*config["project"]["dependencies"], *(line for name in GROUPS for line in groups[name])]


def venv_python(venv: Path) -> Path:
    """Where the interpreter of a virtual environment is, on this system."""
    return venv / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def ensure_venv(root: Path) -> Path:
    """Bring `.venv` up to date and return its interpreter.

    Raises:
        RuntimeError: If the environment cannot be made or pip fails; the message holds the tool's
            own output.
    """
    venv = root / ".venv"
    python = venv_python(venv)
    wanted = requirements(root / "pyproject.toml")
    stamp = venv / STAMP
    text = "\n".join([f"# Python {sys.version_info.major}.{sys.version_info.minor}", *wanted, ""])
    if python.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == text:
        return python
    print("test: making .venv with the test dependencies (a minute or two) ...", flush=True)
    stamp.unlink(missing_ok=True)
    _run([sys.executable, "-m", "venv", str(venv)], "On Debian: apt-get install python3-venv")
    _run(
        [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted],
        "Check the network connection, then run the command again",
    )
    stamp.write_text(text, encoding="utf-8")
    return python


def _run(command: list[str], remedy: str) -> None:
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode:
        call = " ".join(command[1:4])
        raise RuntimeError(
            f"{call} failed (exit status {done.returncode}). {remedy}.\n{done.stdout}"
        )
