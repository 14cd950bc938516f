"""The guide for contributors: what it names exists, and its recipes work.

They are walked as a newcomer would, in a copy of the repository: each block of code goes where the
line above it says. Then the tests know the new entries, and what one of them lacks is named.
"""

import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from test_architecture import MAY_IMPORT

STEP = re.compile(
    r"^(Before|After|New file) `([^`\n]+)`(?: in `([^`\n]+)`)?:\n\n```\w+\n(.*?)^```",
    re.MULTILINE | re.DOTALL,
)
KNOWS = """
import numpy as np
from nncore import ACTIVATIONS, DATASETS, TABLES, Dense, Sequential, gradcheck
rng = np.random.default_rng(0)
model = Sequential([Dense(3, "mish"), Dense(1)], 2)
X, y = DATASETS["board"].make(50, 0.1, rng)
assert gradcheck(model, model.init(rng), X, y, "pseudo_huber").error < 1e-6
print(ACTIVATIONS["mish"].title, TABLES["fruit"].load().class_names)
"""
# What must pass once the recipes have been followed: their own tests, and those of the whole page
# that a new entry could upset.
CONCERNED = (
    "tests/core/test_activations.py", "tests/core/test_datasets.py", "tests/core/test_tables.py",
    "tests/core/test_losses.py", "tests/core/test_optimizers.py", "tests/core/test_model.py",
    "tests/core/test_training.py", "tests/test_public_api.py",
    "tests/page/settings/test_coverage.py", "tests/page/panels/test_inside_formulas.py",
)  # fmt: skip
# New cases of the tests that go through a registry.
NAMED = "mish or board or fruit or pseudo_huber or lion"
THROUGH = (
    "tests/core/test_gradients.py", "tests/page/export", "tests/page/learning",
    "tests/page/app/lab/test_events_time.py", "tests/page/prerender/test_page.py",
)  # fmt: skip


@pytest.fixture(scope="module")
def guide(root: Path) -> str:
    return (root / "CONTRIBUTING.md").read_text("utf-8")


@pytest.fixture(scope="module")
def walked(root: Path, guide: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository in which the recipes have been followed."""
    copy = tmp_path_factory.mktemp("walked")
    unread = shutil.ignore_patterns("__pycache__", "browser")
    for name in ("nncore", "tests", "tools"):
        shutil.copytree(root / name, copy / name, ignore=unread)
    shutil.copytree(root / "site", copy / "site", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / "pyproject.toml", copy)
    steps = STEP.findall(guide)
    assert len(steps) == guide.count("\n```python\n") + guide.count("\n```text\n")
    for step in steps:
        follow(copy, *step)
    return copy


def follow(copy: Path, where: str, anchor: str, name: str, code: str) -> None:
    """Do what one step of a recipe says."""
    if where == "New file":
        (copy / anchor).write_text(code, "utf-8")
        return
    path = copy / name
    text = path.read_text("utf-8")
    assert text.count(f"\n{anchor}\n") == 1, f"{name} must have the line {anchor!r} once"
    parts = (code, f"{anchor}\n") if where == "Before" else (f"{anchor}\n", code)
    path.write_text(text.replace(f"\n{anchor}\n", "\n" + "".join(parts)), "utf-8")


def run(copy: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=copy, capture_output=True, text=True, check=False, timeout=240
    )


def test_a_wrong_checksum_is_named(walked: Path) -> None:
    """The recipe for a table says that a test tells the right one, which is then entered."""
    done = run(walked, "-m", "pytest", "-q", "-k", "checksums", "tests/core/test_tables.py")
    digest = hashlib.sha256((walked / "nncore/data/fruit.csv").read_bytes()).hexdigest()
    assert digest in done.stdout
    sources = walked / "nncore" / "data" / "SOURCES.md"
    sources.write_text(sources.read_text("utf-8").replace("`7dfa`", f"`{digest}`"), "utf-8")


def test_the_recipes_give_entries_that_the_tests_know(walked: Path) -> None:
    assert run(walked, "-c", KNOWS).stdout == "Mish ('Apple', 'Banana')\n"
    done = run(walked, "-m", "pytest", "-q", *CONCERNED)
    assert done.returncode == 0, done.stdout
    done = run(walked, "-m", "pytest", "-q", "-k", NAMED, *THROUGH)
    assert done.returncode == 0, done.stdout


def test_what_an_entry_lacks_is_named(walked: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(walked, copy)
    path = copy / "nncore" / "activations.py"
    text = path.read_text("utf-8")
    path.write_text(text.replace(' torch="nn.Mish()",', ""), "utf-8")
    done = run(copy, "-m", "pytest", "-q", "tests/page/settings/test_coverage.py")
    assert "ACTIVATIONS['mish'] lacks torch" in done.stdout


def test_every_path_and_link_exists(guide: str, root: Path) -> None:
    named = re.findall(r"`((?:nncore|site|tools|tests|docs)/[\w./-]*)`", guide)
    made = {anchor for where, anchor, _, _ in STEP.findall(guide) if where == "New file"}
    links = re.findall(r"\]\(([^)#\s:]+)\)", guide)
    assert [path for path in {*named, *links} - made if not (root / path).exists()] == []


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
