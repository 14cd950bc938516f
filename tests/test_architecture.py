"""Who may import whom, and other rules of the house that a reviewer should not have to check.

The tables below are the architecture: each module stands there in its place. A new module is
entered on purpose, where it belongs. Imports are read from the source
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
DATA_FILES = {"site/explorer/strings.py"}  # the page's texts: as long as they need to be

# The numeric core, level by level: a module imports from lower levels only. The modules of a
# package stand on one level and may also import each other.
NNCORE_LEVELS = (
    {"arrays"},
    {"checks"},
    {"activations", "datasets", "initializers", "losses", "metrics", "optimizers"},
    {"preprocessing", "regularizers", "schedules", "seedrandom", "tables"},
    {"batches", "layers", "workspace"},
    {"model"},
    {"kernel"},
    {"gradcheck", "saving", "training"},
)

# The page's Python in groups. A package counts as one name; the standard library is free.
GROUPS = {
    "texts": {"boot_strings", "strings"},
    "settings": {"keys", "knobs", "link", "presets", "settings", "undo"},
    "experiment": {
        "choices",
        "evaluation",
        "experiment",
        "history",
        "inputs",
        "kept",
        "maps",
        "plane",
        "problem",
        "seeds",
        "snapshot",
        "split",
        "walk",
    },
    "comparison": {"comparison"},
    "export": {"program", "program_data", "program_keras", "takeaway"},
    "player": {"budget", "player"},
    "pictures": {"palette", "same", "scales", "views"},
    "controls": {"article", "controls", "markup"},
    "panels": {"panels"},
    "start": {"importing"},
    "app": {
        "announcer",
        "app",
        "background",
        "compare",
        "events",
        "export",
        "frame",
        "lab",
        "lab_events",
        "lab_keys",
        "last_session",
        "loop",
        "messages",
        "presses",
        "session",
        "stage",
    },
    "build": {
        "first_frame",
        "first_image",
        "first_lab",
        "first_links",
        "first_network",
        "first_picture",
        "first_points",
        "first_tables",
        "prerender",
    },
    "browser": {"browser", "canvas"},
}
# What each group may import beside its own modules.
MAY_IMPORT = {
    "texts": set(),
    "settings": {"nncore", "texts"},
    "experiment": {"numpy", "nncore", "settings"},
    "comparison": {"numpy", "sklearn", "experiment", "settings"},
    "export": {"numpy", "nncore", "experiment", "settings", "texts"},
    "player": set(),
    "pictures": {"numpy"},
    "controls": {"settings", "texts"},
    "start": set(),
    "panels": {"numpy", "controls", "pictures", "settings", "texts"},
    "app": {"numpy", *GROUPS} - {"browser", "build"},
    "build": {"numpy", "nncore", *GROUPS} - {"app", "browser"},
    "browser": {"numpy", "js", "pyodide", "pyscript"},
}
GROUP_OF = {module: group for group, members in GROUPS.items() for module in members}
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
        same_package = family == own != name
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
def test_page_s_modules_import_what_their_group_may(name: str) -> None:
    own = name.partition(".")[0]
    assert own in GROUP_OF, f"enter {own} in the group of GROUPS where it belongs"
    names = imports(PAGE[name])
    used = {GROUP_OF[other.partition(".")[0]] for other in within(names, "explorer", PAGE)}
    used |= foreign(names, "explorer")
    group = GROUP_OF[own]
    assert used <= MAY_IMPORT[group] | {group}, f"explorer.{name} imports what it may not"


def test_only_the_browser_modules_touch_the_browser() -> None:
    files = {**PAGE, "main": ROOT / "site" / "main.py", **NNCORE}
    touching = {name for name, path in files.items() if foreign(imports(path)) & BROWSER_ONLY}
    assert touching == GROUPS["browser"]


def test_main_imports_and_is_not_imported() -> None:
    names = imports(ROOT / "site" / "main.py")
    assert foreign(names, "explorer") <= {"nncore"}  # the engine that runs compiled networks
    assert within(names, "explorer", PAGE) >= {"browser"}
    assert not [name for name, path in PAGE.items() if "main" in foreign(imports(path))]


@pytest.mark.parametrize(("package", "known"), [("nncore", NNCORE), ("explorer", PAGE)])
def test_no_import_cycles(package: str, known: dict[str, Path]) -> None:
    graph = {name: within(imports(path), package, known) for name, path in known.items() if name}
    TopologicalSorter(graph).prepare()


@pytest.mark.parametrize("name", TOOLS)
def test_tools_need_the_standard_library_only(name: str) -> None:
    """All but the build steps that run inside Pyodide, where the page's own Python can be had,
    and the benchmark's programs, which run there or in `.venv`."""
    inside = {other.removeprefix("inside.") for other in TOOLS if other.startswith("inside.")}
    allowed = inside | {"explorer"} if name.startswith("inside.") else set()
    if name.startswith("bench.programs."):
        allowed = {"js", "nncore", "numpy", "playwright", "pyodide", "sklearn"}
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
        name: n for name, n in lengths.items() if n > LONGEST_FILE and name not in DATA_FILES
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
