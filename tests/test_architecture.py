"""Who may import whom, and other rules of the house that a reviewer should not have to check.

The tables below are the architecture: the core's modules level by level, the page's room by room.
Imports are read from the source
(function bodies included), so nothing has to be importable here.
"""

import ast
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from imports import imports, top_level

ROOT = Path(__file__).resolve().parent.parent
LONGEST_FILE = 300
TEXTS = "site/explorer/text/"  # the page's texts are as long as they need to be

# The numeric core, level by level: a module imports from lower levels only. The modules of a
# package stand on one level and may also import each other.
NNCORE_LEVELS = (
    {"arrays", "pauses"},
    {"checks"},
    {"activation", "datasets", "formulas", "initializers", "losses", "metrics", "optimizer"},
    {"activations", "adaptive", "descent", "preprocessing", "regularizers", "schedules"},
    {"layers", "optimizers", "seedrandom"},
    {"batches", "reading", "workspace"},
    {"model", "tables"},
    {"measuring"},
    {"diagnostics", "landscape", "learner"},
    {"kernel"},
    {"gradcheck", "processes", "saving", "training"},
    {"recording", "sweep"},
    {"crew", "paths"},
    {"keras"},
)

# The page's Python in rooms: a folder of `site/explorer` each. What a room may import beside its
# own modules; the standard library is free. A new module in a room needs no entry here.
MAY_IMPORT = {
    "text": set(),
    "drawing": {"numpy"},
    "frames": set(),
    "settings": {"nncore", "text"},
    "learning": {"numpy", "nncore", "sklearn", "settings"},
    "forms": {"settings", "text"},
    "export": {"numpy", "nncore", "learning", "settings", "text"},
    "session": {"numpy", "nncore", "forms", "learning", "settings", "text"},
    "notebook": {"text"},
    "cells": {"matplotlib", "nncore", "numpy", "text"},
    "panels": {"numpy", "drawing", "forms", "frames", "notebook", "settings", "text"},
    "app": {
        "numpy",
        "drawing",
        "export",
        "forms",
        "frames",
        "learning",
        "notebook",
        "panels",
        "session",
        "settings",
        "text",
    },
    "prerender": {
        "numpy",
        "nncore",
        "drawing",
        "export",
        "forms",
        "frames",
        "learning",
        "panels",
        "settings",
        "text",
    },
    "browser": {"numpy", "js", "pyodide", "pyscript"},
}
BROWSER_ONLY = {"js", "pyodide", "pyodide_js", "pyscript"}


def modules(folder: Path) -> dict[str, Path]:
    """Dotted name below `folder` -> path, for all Python files; a package has its own name."""
    found = {}
    for path in sorted(folder.rglob("*.py")):
        parts = path.relative_to(folder).with_suffix("").parts
        found[".".join(part for part in parts if part != "__init__")] = path
    return found


def within(names: set[str], package: str, known: dict[str, Path]) -> set[str]:
    """Those names that are modules of `package`, without the package's own name."""
    found = set()
    for name in names:
        if name.partition(".")[0] == package:
            inner = name.partition(".")[2]
            found.add(inner if inner in known else inner.rpartition(".")[0])
    return found


def foreign(names: set[str], *own: str) -> set[str]:
    """The top-level names that are neither of the standard library nor of `own`."""
    return top_level(names) - set(sys.stdlib_module_names) - set(own)


NNCORE = modules(ROOT / "nncore")
PAGE = modules(ROOT / "site" / "explorer")
TOOLS = {**modules(ROOT / "tools"), "build": ROOT / "build.py"}


@pytest.mark.parametrize("name", [name for name in NNCORE if name])
def test_nncore_imports_lower_levels_only(name: str) -> None:
    level = {module: i for i, group in enumerate(NNCORE_LEVELS) for module in group}
    own = name.partition(".")[0]
    assert own in level, f"enter nncore.{own} in NNCORE_LEVELS, at the level where it belongs"
    for other in within(imports(NNCORE[name]), "nncore", NNCORE):
        assert other, f"nncore.{name} must import from a module, not from the whole package"
        family = other.partition(".")[0]
        same_package = family == own and other != name
        assert same_package or level[family] < level[own], f"nncore.{name} imports nncore.{other}"


@pytest.mark.parametrize("name", NNCORE)
def test_nncore_needs_numpy_only(name: str) -> None:
    assert foreign(imports(NNCORE[name]), "nncore") <= {"numpy"}


def test_nncore_loads_numpy_only() -> None:
    """What a fresh interpreter has loaded after `import nncore`, beyond what NumPy loads."""
    program = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); import numpy; before = set(sys.modules)\n"
        "import nncore\n"
        "print(*sorted({name.partition('.')[0] for name in set(sys.modules) - before}))"
    )
    command = [sys.executable, "-I", "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert foreign(set(done.stdout.split())) <= {"nncore", "numpy"}
    assert "nncore" in done.stdout.split()


@pytest.mark.parametrize("name", [name for name in PAGE if name])
def test_page_s_modules_import_what_their_room_may(name: str) -> None:
    room = name.partition(".")[0]
    assert room in MAY_IMPORT, f"explorer.{name} must stand in one of the rooms: {[*MAY_IMPORT]}"
    names = imports(PAGE[name])
    used = {other.partition(".")[0] for other in within(names, "explorer", PAGE)}
    used |= foreign(names, "explorer")
    assert used <= MAY_IMPORT[room] | {room}, f"explorer.{name} imports what it may not"


def used_on_import(node: ast.AST, names: set[str]) -> list[int]:
    """The lines where one of these names is read as soon as the module is imported: outside of
    functions, or where a function's defaults and decorators stand."""
    if isinstance(node, ast.Name):
        return [node.lineno] if node.id in names else []
    parts = ast.iter_child_nodes(node)
    if isinstance(node, ast.Lambda | ast.FunctionDef | ast.AsyncFunctionDef):
        parts = [*node.args.defaults, *filter(None, node.args.kw_defaults)]
        parts += getattr(node, "decorator_list", [])
    return [line for part in parts for line in used_on_import(part, names)]


def kept_texts(source: str) -> list[int]:
    """The lines of a module of the page where a text is looked up when it is imported."""
    tree = ast.parse(source)
    froms = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    texts = {
        alias.asname or alias.name
        for node in froms
        if node.module == "explorer.text" or node.module.startswith("explorer.text.")
        if node.module != "explorer.text.language"
        for alias in node.names
    }
    return used_on_import(tree, texts)


@pytest.mark.parametrize("name", [name for name in PAGE if name.partition(".")[0] != "text"])
def test_no_module_keeps_a_text(name: str) -> None:
    """Texts are looked up where they are shown, because the language can change meanwhile."""
    assert kept_texts(PAGE[name].read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "line",
    [
        'SAID = TEXT["run"]',
        "SAID = TEXT",
        'SAID = f"{TEXT[1]}"',
        'def f(said=TEXT["run"]): pass',
        'def f(*, said=TEXT["run"]): pass',
        'SAID = lambda said=TEXT["run"]: said',
        '@say(TEXT["run"])\ndef f(): pass',
        'class C:\n    said = TEXT["run"]',
        "SAID = [text for text in TEXT.values()]",
        "if True:\n    SAID = list(TEXT)",
    ],
)
def test_a_text_that_is_kept_is_found(line: str) -> None:
    start = "from explorer.text.notices import TEXT\n"
    assert kept_texts(start + line)
    assert not kept_texts(start + "def f():\n    return TEXT['run'], lambda: TEXT['run']")


def test_only_the_browser_modules_touch_the_browser() -> None:
    files = {**PAGE, "main": ROOT / "site" / "main.py", **NNCORE}
    touching = {name for name, path in files.items() if foreign(imports(path)) & BROWSER_ONLY}
    assert {name.partition(".")[0] for name in touching} == {"browser"}


def test_main_imports_and_is_not_imported() -> None:
    names = imports(ROOT / "site" / "main.py")
    assert foreign(names, "explorer") <= {"nncore"}  # the engine that runs compiled networks
    assert within(names, "explorer", PAGE) >= {"browser.browser"}
    assert not [name for name, path in PAGE.items() if "main" in foreign(imports(path))]


@pytest.mark.parametrize(("package", "known"), [("nncore", NNCORE), ("explorer", PAGE)])
def test_no_import_cycles(package: str, known: dict[str, Path]) -> None:
    graph = {
        name: within(imports(path, for_types=False), package, known)
        for name, path in known.items()
        if name
    }
    TopologicalSorter(graph).prepare()


@pytest.mark.parametrize("name", TOOLS)
def test_tools_need_the_standard_library_only(name: str) -> None:
    """All but the build steps that run inside Pyodide, where the page's own Python can be had,
    and the benchmark's programs, which run there or in `.venv`."""
    inside = {other.removeprefix("inside.") for other in TOOLS if other.startswith("inside.")}
    allowed = inside | {"explorer"} if name.startswith("inside.") else set()
    if name.startswith("bench.programs."):
        allowed = {"js", "nncore", "numpy", "playwright", "pyodide", "sklearn"}
    if name == "measure_lesson":  # it runs in `.venv`, as a program of its own
        allowed = {"explorer", "nncore"}
    assert foreign(imports(TOOLS[name]), "tools") <= allowed


def test_site_is_no_package() -> None:
    assert not (ROOT / "site" / "__init__.py").exists(), "`site` is a standard library module"


def sources() -> list[Path]:
    tops = [ROOT / folder for folder in ("nncore", "site", "tools", "tests")]
    suffixes = {".py", ".js", ".mjs"}
    files = [path for top in tops for path in top.rglob("*") if path.suffix in suffixes]
    return [ROOT / "build.py", *sorted(files)]


def test_files_stay_small() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in sources()
    }
    assert {
        name: n for name, n in lengths.items() if n > LONGEST_FILE and not name.startswith(TEXTS)
    } == {}


def test_every_module_says_what_it_is() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in sources()
        if path.suffix == ".py"
        and (text := path.read_text(encoding="utf-8")).strip()
        and not ast.get_docstring(ast.parse(text))
    ]
    assert silent == []
