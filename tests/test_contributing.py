"""The guide for contributors: what it names exists, and its recipe for an activation works.

The recipe is walked as a newcomer would, in a copy of the repository: each block of code goes where
the line above it says. Then the tests know the new activation, and what it still lacks is named.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from test_architecture import MAY_IMPORT

STEP = re.compile(
    r"^(Before|After) `([^`\n]+)` in `([^`\n]+)`:\n\n```python\n(.*?)^```", re.MULTILINE | re.DOTALL
)
KNOWS = """
import numpy as np
from nncore import ACTIVATIONS, Dense, Sequential, gradcheck
model = Sequential([Dense(3, "mish"), Dense(1)], 2)
rng = np.random.default_rng(0)
X, y = rng.normal(size=(5, 2)), rng.normal(size=5)
assert gradcheck(model, model.init(rng), X, y, "mse").error < 1e-6
print(ACTIVATIONS["mish"].title)
"""


@pytest.fixture(scope="module")
def guide(root: Path) -> str:
    return (root / "CONTRIBUTING.md").read_text("utf-8")


@pytest.fixture(scope="module")
def walked(root: Path, guide: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository in which the recipe has been followed."""
    copy = tmp_path_factory.mktemp("walked")
    unread = shutil.ignore_patterns("__pycache__", "browser")
    for name in ("nncore", "tests", "tools"):
        shutil.copytree(root / name, copy / name, ignore=unread)
    shutil.copytree(root / "site", copy / "site", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / "pyproject.toml", copy)
    steps = STEP.findall(guide)
    assert len(steps) == 5
    for where, anchor, name, code in steps:
        path = copy / name
        text = path.read_text("utf-8")
        assert text.count(f"\n{anchor}\n") == 1, f"{name} must have the line {anchor!r} once"
        parts = (code, f"{anchor}\n") if where == "Before" else (f"{anchor}\n", code)
        path.write_text(text.replace(f"{anchor}\n", "".join(parts), 1), "utf-8")
    return copy


def run(copy: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=copy, capture_output=True, text=True, check=False, timeout=240
    )


def test_the_recipe_gives_an_activation_that_the_tests_know(walked: Path) -> None:
    done = run(walked, "-m", "pytest", "-q", "-k", "mish", "tests/core/test_activations.py")
    assert re.search(r"^[3-9] passed", done.stdout.splitlines()[-1]), done.stdout
    done = run(walked, "-m", "pytest", "-q", "tests/page/settings/test_coverage.py")
    assert done.returncode == 0, done.stdout
    assert run(walked, "-c", KNOWS).stdout == "Mish\n"


def test_what_an_entry_lacks_is_named(walked: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(walked, copy)
    path = copy / "nncore" / "activations.py"
    text = path.read_text("utf-8")
    path.write_text(text.replace('torch="nn.Mish()", ', ""), "utf-8")
    done = run(copy, "-m", "pytest", "-q", "tests/page/settings/test_coverage.py")
    assert "ACTIVATIONS['mish'] lacks torch" in done.stdout


def test_every_path_and_link_exists(guide: str, root: Path) -> None:
    named = re.findall(r"`((?:nncore|site|tools|tests|docs)/[\w./-]*)`", guide)
    links = re.findall(r"\]\(([^)#\s:]+)\)", guide)
    assert [path for path in {*named, *links} if not (root / path).exists()] == []


def test_every_room_is_on_the_map(guide: str, root: Path) -> None:
    rooms = {path.parent.name for path in (root / "site" / "explorer").glob("*/__init__.py")}
    assert rooms == set(re.findall(r"\| `site/explorer/(\w+)/` \|", guide))


def test_the_map_says_what_the_architecture_test_allows(guide: str) -> None:
    for room, row in re.findall(r"\| `site/explorer/(\w+)/` \| (.*?) \|", guide):
        told = set(re.findall(r"`(\w+)`", row)) - {"nncore"}
        if row.startswith("all but"):
            told = set(MAY_IMPORT) - told - {room}
        assert told == MAY_IMPORT[room] & set(MAY_IMPORT), room


def test_the_commands_are_those_of_the_command_line(guide: str, root: Path) -> None:
    told = set(re.findall(r"python3 build\.py (\w+)", guide))
    done = subprocess.run(
        [sys.executable, str(root / "build.py"), "--help"], capture_output=True, text=True
    )
    assert told <= set(done.stdout.split())
