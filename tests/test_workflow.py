"""The workflow that publishes the site does what a reader would do, and publishes what passed."""

from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def workflow(root: Path) -> str:
    return (root / ".github" / "workflows" / "pages.yml").read_text("utf-8")


def test_it_runs_the_readme_s_command(workflow: str, root: Path) -> None:
    command = "python3 build.py test"
    assert f"run: {command}\n" in workflow
    assert command in (root / "README.md").read_text("utf-8")
    assert command in (root / ".ci" / "run").read_text("utf-8")


def test_only_what_was_tested_on_main_is_published(workflow: str) -> None:
    test, publish = workflow.split("\n  publish:\n")
    assert "needs: test\n" in publish
    assert publish.lstrip().startswith("if: github.ref == 'refs/heads/main'")
    assert test.index("build.py test") < test.index("path: dist")
    assert "pages: write" not in test


def test_everything_is_published(workflow: str) -> None:
    """The action leaves out files whose name begins with a dot unless it is told otherwise."""
    step = workflow.split("upload-pages-artifact@", 1)[1].split("\n      - ", 1)[0]
    assert "path: dist\n" in step
    assert "include-hidden-files: true" in step
