"""The notebook's own files: its editor, its style, and the packages that its code may import.

No start needs them. What there is stands in a list of its own, a file beside the page, which is
fetched when the notebook is opened; it names the modules of the worker, too. The editor's modules
name one another as npm does; here they lie in one folder, so that each import becomes a relative
one and no bundler is needed. The page in one file holds editor and style as a file of their own,
and none of the packages.
"""

import gzip
import hashlib
import json
import re
from collections.abc import Mapping
from graphlib import TopologicalSorter
from pathlib import Path

from tools.assets import Assets
from tools.compiled import Packed
from tools.one_file import without_comments

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
BESIDE = re.compile(r"""^(?:import|export)\s(?:[^;'"]*?\bfrom\s*)?["']\./([\w-]+\.mjs)["']""", re.M)
IMPORT = re.compile(r'^import (?:(\{[^}]*\})|\* as (\w+)) from "\./([\w-]+\.mjs)";', re.M)
EXPORT = re.compile(r"^export ((?:const|(?:async )?function|class) (\w+))", re.M)
WAY = re.compile(r"^(?:import|export)\b.*", re.M)


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
    files = {name: text.encode() for name, text in editor(site, modules).items()}
    paths = assets.add_modules(EDITOR, files)
    style = assets.add(STYLE, (site / "notebook" / STYLE).read_bytes())
    listed = {
        "editor": assets.paths[MAIN],
        "modules": paths,
        "style": style,
        "worker": [assets.paths[name] for name in in_order(boot_modules(site), WORKER)],
        "packages": packages({name: assets.contents[path] for name, path in wheels.items()}, lock),
        "wheels": {
            name: {"name": name, "path": path, "bytes": len(assets.contents[path])}
            for name, path in sorted(wheels.items())
        },
    }
    content = json.dumps(listed, sort_keys=True).encode()
    return assets.add(LIST, content)


def notebook_inside(site: Path, modules: Mapping[str, Path], folder: Path) -> dict[str, Packed]:
    """Return the list for the page in one file, which holds editor, style and worker themselves.

    Args:
        site, modules: As for `add_notebook`, with the errors of that.
        folder: Where the list is written.
    """
    texts = {name: without_comments(text) for name, text in editor(site, modules).items()}
    listed = {
        "editor": [(name, texts[name]) for name in in_order(texts, MAIN)],
        "style": (site / "notebook" / STYLE).read_text("utf-8"),
        "worker": joined(boot_modules(site), WORKER),
        "packages": {},
        "wheels": {},
    }
    content = json.dumps(listed, ensure_ascii=False).encode()
    path = folder / f"{LIST}.gz"
    path.write_bytes(gzip.compress(content, mtime=0))
    return {LIST: Packed(path, len(content), hashlib.sha256(content).hexdigest(), EDITOR, ())}


def editor(site: Path, modules: Mapping[str, Path]) -> dict[str, str]:
    """Return name -> text of the editor's modules, ours among them, as files of one folder."""
    texts = {
        name.removeprefix(f"{EDITOR}/"): path.read_text("utf-8") for name, path in modules.items()
    }
    texts[MAIN] = (site / "notebook" / MAIN).read_text("utf-8")
    return {name: relative(name, text, texts.keys()) for name, text in texts.items()}


def boot_modules(site: Path) -> dict[str, str]:
    """Return name -> text of the boot modules."""
    return {path.name: path.read_text("utf-8") for path in site.glob("boot/*.mjs")}


def joined(texts: Mapping[str, str], name: str) -> str:
    """Return a module of ours and all that it imports as one module, each in a function of its own.

    In WebKit (2.50) a worker of a page that was opened from disk imports nothing but data:
    addresses, and such a module cannot import those beside it.

    Raises:
        ValueError: If a module imports or exports in a way that is not known here.
    """
    parts = ["const made = {};"]
    for module in in_order(texts, name):
        text = without_comments(texts[module])
        names = [match[2] for match in EXPORT.finditer(text)]
        body = EXPORT.sub(r"\1", IMPORT.sub(taken, text))
        if odd := WAY.search(body):
            raise ValueError(f"{module} must import and export in a known way; got {odd[0]!r}")
        given = ", ".join(names)
        parts.append(
            f'made["{module}"] = await (async () => {{\n{body}return {{ {given} }};\n}})();'
        )
    parts.append(f'export const {{ {given} }} = made["{name}"];\n')
    return "\n".join(parts)


def taken(match: re.Match[str]) -> str:
    """Return what stands for an import of names, or of a whole module, in a joined one."""
    names = match[1].replace(" as ", ": ") if match[1] else match[2]
    return f'const {names} = made["{match[3]}"];'


def in_order(texts: Mapping[str, str], name: str) -> list[str]:
    """Return the names of a module and of all that it imports, each behind what it imports itself.

    Firefox (153) imports a module in a worker only if all that this one imports is there already.

    Args:
        texts: Name -> text of all modules of a folder.

    Raises:
        ValueError: If imports go in a circle.
    """
    imports: dict[str, list[str]] = {}
    waiting = [name]
    while waiting:
        module = waiting.pop()
        if module not in imports:
            imports[module] = BESIDE.findall(texts[module])
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
