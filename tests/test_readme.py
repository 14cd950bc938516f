"""What the README promises: its Python runs as printed, its commands and its links exist."""

import re
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def readme(root: Path) -> str:
    return (root / "README.md").read_text(encoding="utf-8")


def blocks(text: str, language: str) -> list[str]:
    """The fenced code blocks of one language."""
    return re.findall(rf"^```{language}\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)


def run(root: Path, folder: Path, code: str) -> subprocess.CompletedProcess:
    program = f"import sys; sys.path.insert(0, {str(root)!r})\n{code}"
    command = [sys.executable, "-I", "-W", "error", "-c", program]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, timeout=120
    )


def test_every_python_block_runs(readme: str, root: Path, tmp_path: Path) -> None:
    assert blocks(readme, "python")
    for code in blocks(readme, "python"):
        done = run(root, tmp_path, code)
        assert done.returncode == 0, f"{code}\n{done.stderr}"


def test_wine_example_gives_two_features_of_178_wines(
    readme: str, root: Path, tmp_path: Path
) -> None:
    (example,) = [code for code in blocks(readme, "python") if "load_wine" in code]
    assert len(example.splitlines()) <= 12
    done = run(root, tmp_path, f"{example}\nprint(type(features).__name__, features.shape)")
    assert done.stdout.splitlines()[-1] == "ndarray (178, 2)"


def test_commands_are_there(readme: str) -> None:
    assert "python3 build.py serve" in readme
    assert "python3 build.py test" in readme


def test_links_lead_somewhere(readme: str, root: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)", readme)
    local = [target for target in targets if not re.match(r"\w+:", target)]
    assert [target for target in local if not (root / target).exists()] == []


def test_map_names_what_exists(readme: str, root: Path) -> None:
    """Paths in `code` quotes that look like ours: nncore/..., site/..., tools/..., tests/..."""
    named = re.findall(r"`((?:nncore|site|tools|tests)/[\w./-]*)`", readme)
    assert named
    assert [path for path in named if not (root / path).exists()] == []
