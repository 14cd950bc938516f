"""The notebook's own files: its editor, its style, and the packages that its code may import.

No start needs them. What there is stands in a list of its own, a file beside the page, which is
fetched when the notebook is opened; it names the modules of the worker, too. The editor's modules
name one another as npm does; here they lie in one folder, so that each import becomes a relative
one and no bundler is needed.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from graphlib import TopologicalSorter
from pathlib import Path

from tools.assets import Assets

EDITOR = "editor"  # the group of the editor's modules, and how their names begin
PACKAGES = "notebook"
MAIN = "editor.mjs"  # ours: what the page uses of the others
STYLE = "notebook.css"
LIST = "notebook.json"
WORKER = "worker.mjs"  # the boot module that the worker is started by
PURE = {  # packages of Python alone, which Pyodide does not come with, and what they depend on
    "et_xmlfile": (),
    "openpyxl": ("et-xmlfile",),
    "seaborn": ("matplotlib", "numpy", "pandas"),
}
BARE = re.compile(
    r"""^((?:import|export)\s[^;'"]*?\bfrom\s*|import\s*)(["'])(@?[a-z][\w-]*(?:/[\w-]+)?)\2""",
    re.M,
)
BESIDE = re.compile(r'''^(?:import|export)\s(?:[^;"]*?\bfrom\s*)?"\./([\w-]+\.mjs)"''', re.M)


def add_notebook(
    assets: Assets, site: Path, modules: Mapping[str, Path], wheels: Mapping[str, str], lock: dict
) -> str:
    """Add everything; return the path of the list.

    Args:
        site: Where our own files lie; the boot modules have been added.
        modules: Name -> path of the editor's modules.
        wheels: File name -> path in the site.
        lock: Pyodide's own list of packages.

    Raises:
        ValueError: If a module imports one that is not there, or as `in_order`.
    """
    folder = site / "notebook"
    texts = {
        name.removeprefix(f"{EDITOR}/"): path.read_text("utf-8") for name, path in modules.items()
    }
    texts[MAIN] = (folder / MAIN).read_text("utf-8")
    files = {name: relative(name, text, texts.keys()).encode() for name, text in texts.items()}
    paths = assets.add_modules(EDITOR, files)
    style = assets.add(STYLE, (folder / STYLE).read_bytes())
    listed = {
        "editor": assets.paths[MAIN],
        "modules": paths,
        "style": style,
        "worker": [assets.paths[name] for name in in_order(site / "boot", WORKER)],
        "packages": packages({name: assets.contents[path] for name, path in wheels.items()}, lock),
        "wheels": {
            name: {"name": name, "path": path, "bytes": len(assets.contents[path])}
            for name, path in sorted(wheels.items())
        },
    }
    content = json.dumps(listed, sort_keys=True).encode()
    return assets.add(LIST, content)


def in_order(folder: Path, name: str) -> list[str]:
    """Return the names of a module and of all that it imports, each behind what it imports itself.

    Firefox (153) imports a module in a worker only if all that this one imports is there already.

    Raises:
        ValueError: If imports go in a circle.
    """
    imports: dict[str, list[str]] = {}
    waiting = [name]
    while waiting:
        module = waiting.pop()
        if module not in imports:
            imports[module] = BESIDE.findall((folder / module).read_text("utf-8"))
            waiting += imports[module]
    return list(TopologicalSorter(imports).static_order())


def relative(name: str, text: str, known: object) -> str:
    """Return a module's text with every import of a package as the import of a file beside it."""

    def place(match: re.Match[str]) -> str:
        file = match[3].removeprefix("@").replace("/", "-") + ".mjs"
        if file not in known:  # type: ignore[operator]
            raise ValueError(f"{name} must import what lies beside it; got {match[3]!r}")
        return f"{match[1]}{match[2]}./{file}{match[2]}"

    return BARE.sub(place, text)


def packages(wheels: Mapping[str, bytes], lock: dict) -> dict[str, dict]:
    """Return the entries of these wheels (name -> content) as Pyodide's list has them, without
    packages that are not there.

    Raises:
        ValueError: If neither Pyodide's list nor `PURE` knows a wheel.
    """
    known = {entry["file_name"]: (name, entry) for name, entry in lock["packages"].items()}
    found = {}
    for file, content in sorted(wheels.items()):
        name, entry = known[file] if file in known else pure(file)
        found[name] = {**entry, "sha256": hashlib.sha256(content).hexdigest()}
    for entry in found.values():
        entry["depends"] = [each for each in entry["depends"] if each in found or each == "numpy"]
    return found


def pure(file: str) -> tuple[str, dict]:
    """Return the name and the entry of a wheel that Pyodide does not come with."""
    module, version, _ = file.split("-", 2)
    if module not in PURE:
        raise ValueError(f"each wheel must be in Pyodide's list or pure Python; got {file}")
    name = module.replace("_", "-")
    return name, {
        "name": name,
        "version": version,
        "file_name": file,
        "install_dir": "site",
        "package_type": "package",
        "imports": [module],
        "depends": list(PURE[module]),
        "unvendored_tests": False,
    }
