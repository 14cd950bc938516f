"""`build.py check`: what it says of an API page that is old, and how that page is cleaned."""

from pathlib import Path

import pytest

from tools import api, check

WRITTEN = """## `nncore`


### `nncore.load_it`
- **X** (<code>[ArrayLike](#nncore.arrays.ArrayLike)</code>): see [**this**](#nncore.load_it).
- **f** (<code>[dict](#dict)[[str](#str), [int](#int) | None]</code>): see [**that**](#nncore.x).
"""


def test_types_become_code_and_links_lead_somewhere() -> None:
    text = api.cleaned(WRITTEN)
    assert text.startswith("<!-- ")
    assert text.endswith(
        "## `nncore`\n\n### `nncore.load_it`\n"
        "- **X** (`ArrayLike`): see [**this**](#nncoreload_it).\n"
        "- **f** (`dict[str, int | None]`): see **that**.\n"
    )


def test_every_link_of_the_page_has_its_heading(root: Path) -> None:
    text = (root / "docs" / "api.md").read_text("utf-8")
    anchors = [api.anchor(name) for name in api.HEADING.findall(text)]
    links = {link[2] for link in api.LINK.finditer(text)}
    assert len(links) > 50
    assert links <= set(anchors)
    assert len(anchors) == len(set(anchors))


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(check, "ROOT", tmp_path)
    monkeypatch.setattr(check, "PAGE", tmp_path / "api.md")
    monkeypatch.setattr(check, "CHECKS", {})
    return tmp_path / "api.md"


def test_an_old_page_is_a_fault(
    page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(check, "api_page", lambda python: "new")
    assert check.faults(Path("python")) == ["api"]
    page.write_text("old")
    assert check.faults(Path("python")) == ["api"]
    assert "api.md must say what nncore's docstrings say" in capsys.readouterr().out
    page.write_text("new")
    assert check.faults(Path("python")) == []


def test_a_docstring_that_cannot_be_read_is_a_fault(
    page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(python: Path) -> str:
        raise RuntimeError("griffe2md says: no name")

    monkeypatch.setattr(check, "api_page", fail)
    assert check.faults(Path("python")) == ["api"]
    assert "griffe2md says: no name" in capsys.readouterr().out
