"""Parts of our Python that are fetched later: which modules lie where, and who may import them."""

import ast
import gzip
import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from inside import content_of

from tools.inside.parts import FOR_THE_BUILD, PARTS, SOURCES_LEFT_OUT, archive_of, part_of

ROOT = Path(__file__).resolve().parent.parent
TOPS = (ROOT / "nncore", ROOT / "site" / "explorer")
SOURCES = {
    name: path
    for top in TOPS
    for path in top.rglob("*.py")
    if not (name := path.relative_to(top.parent).as_posix()).startswith(FOR_THE_BUILD)
}


def module_of(name: str) -> str:
    """The dotted name of a file."""
    return name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def imported_at_once(path: Path) -> set[str]:
    """The names that a file imports when it is imported itself, not in its functions."""
    found, open_nodes = set(), [ast.parse(path.read_text("utf-8"))]
    while open_nodes:
        node = open_nodes.pop()
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            open_nodes += node.orelse  # the rest is for types alone
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            open_nodes += ast.iter_child_nodes(node)
    return found


def archive(dist: Path, name: str, table: str = "parts") -> zipfile.ZipFile:
    """An archive of the site's list, unpacked."""
    html = (dist / "index.html").read_text("utf-8")
    [listed] = re.findall(r'id="boot-files">(.*?)</script>', html)
    entry = json.loads(listed)[table][name]
    content = (dist / entry["path"]).read_bytes()
    assert len(content) == entry["bytes"]
    assert table == "files" or f'href="{entry["path"]}"' not in html
    return zipfile.ZipFile(io.BytesIO(gzip.decompress(content)))


def test_each_beginning_in_the_table_stands_for_something() -> None:
    lessons = [f"lessons/{path.name}" for path in (ROOT / "site" / "lessons").iterdir()]
    for part, starts in PARTS.items():
        for start in starts:
            assert any(name.startswith(start) for name in (*SOURCES, *lessons)), f"{part}: {start}"


def test_the_lessons_lie_in_their_part(dist: Path) -> None:
    with archive(dist, archive_of("lessons")) as found:
        for path in (ROOT / "site" / "lessons").iterdir():
            assert found.read(f"lessons/{path.name}") == path.read_bytes()


def test_what_belongs_to_two_parts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PARTS, "one", ("nncore/mod",))
    monkeypatch.setitem(PARTS, "two", ("nncore/model.py",))
    with pytest.raises(ValueError, match=r"must belong to one part at most; got one, two"):
        part_of("nncore/model.py")


@pytest.mark.parametrize("name", SOURCES)
def test_a_part_is_imported_in_functions_only(name: str) -> None:
    """By the time that they run it has come; the start and other parts do without it."""
    own = part_of(name)
    parts = {module_of(other): part_of(other) for other in SOURCES}
    used = {parts.get(other) for other in imported_at_once(SOURCES[name])}
    assert used <= {None, own}, f"{name} must import from a part in a function"


@pytest.mark.parametrize("part", PARTS)
def test_a_part_holds_its_modules_and_the_first_wheel_does_not(dist: Path, part: str) -> None:
    expected = {f"{name}c" for name in SOURCES if part_of(name) == part}
    with archive(dist, archive_of(part)) as found:
        assert {name for name in found.namelist() if name.endswith(".pyc")} == expected
        assert not [name for name in found.namelist() if name.endswith(".py")]
    first = next(path.name for path in (dist / "assets").glob("nncore_playground-*"))
    with archive(dist, first.partition(".gz.")[0], "files") as wheel:
        assert expected.isdisjoint(wheel.namelist())
    whole = (dist / "playground.html").read_text("utf-8")
    assert f'id="file:{archive_of(part)}"' in whole


def test_all_sources_lie_in_an_archive_of_their_own(dist: Path) -> None:
    """The page in one file goes without some."""
    with archive(dist, "sources_later.zip", "later") as found:
        assert set(found.namelist()) == set(SOURCES)
        for name, path in SOURCES.items():
            assert found.read(name) == path.read_bytes()
    whole = (dist / "playground.html").read_text("utf-8")
    [text] = re.findall(r'id="file:sources_later.zip">(.*?)</script>', whole)
    packed = content_of(text)
    with zipfile.ZipFile(io.BytesIO(gzip.decompress(packed))) as found:
        left_out = set(SOURCES) - set(found.namelist())
    assert left_out == {name for name in SOURCES if part_of(name) in SOURCES_LEFT_OUT}
