"""Put the finished page together in `dist/`.

The parts are: the runtime and our own Python, compiled and packed; the JavaScript that starts
them; style, fonts and chart library; and the page, rendered by our own Python and completed with
what its start needs. All addresses are relative, so the folder can lie anywhere on any static
host. Two builds from one commit give the same bytes.
"""

import gzip
import hashlib
import io
import json
import tempfile
import zipfile
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from tools.assets import FOLDER, Assets
from tools.compiled import SNAPSHOT, Compiler, Packed, packed_files
from tools.extras import GROUP as EXTRAS
from tools.extras import add_extras, extra_licences
from tools.fetch import Fetcher
from tools.folder import checksums, write_folder
from tools.head import bridge, complete, for_frame
from tools.icons import read_icons
from tools.inside.parts import SOURCES_LEFT_OUT, part_of
from tools.lock import select
from tools.node import find_node
from tools.notebook import EDITOR, LIST, PACKAGES, WORKER, add_notebook, notebook_inside
from tools.one_file import one_file
from tools.ready import Ready
from tools.report import Report, megabytes

PYTHON_PACKAGES = {"numpy": [], "nncore-playground": ["numpy"]}  # name -> what it depends on
CODE = "pyodide.asm.wasm"  # also unpacked: browsers keep machine code only for such a file
LIBRARY = "python_stdlib.zip"
MODULES = ("pyodide.mjs", "pyodide.asm.mjs")  # unpacked for the same reason, as all modules are
# Boot code in the page itself: one script, joined from these in this order.
INSIDE = (
    "ground.js", "stages.js", "failure.js", "guard.js", "early.js", "press.js", "wanted.js",
    "refused.js", "first.js",
)  # fmt: skip
BRIDGE = "whole.js"  # the script of the page between a refused frame and the one file
PYSCRIPT = "pyscript/"
LICENCES = "LICENSES/"
GROUPS = ("runtime", "page", "licences", EXTRAS, EDITOR, PACKAGES)
SOURCES = "sources_later.zip"  # our sources, which tracebacks show
LATE = (
    "crew.mjs",
    "notebook.mjs",
    "worker.mjs",
)  # boot modules that no start imports
LICENCE_NOTE = """\
The files of others that this page is made from, and the licence of each. The texts lie beside this
one. Pyodide's files hold CPython and the libraries that Pyodide links to it; their sources and
notices are at https://github.com/pyodide/pyodide. Ours is in nncore-playground.txt.
"""
MEDIA_TYPES = {
    ".json": "application/json",
    ".mjs": "text/javascript",
    ".py": "text/x-python",
    ".wasm": "application/wasm",
    ".whl": "application/zip",
    ".zip": "application/zip",
}


def build(root: Path, fetcher: Fetcher, report: Report, ready: Ready | None = None) -> Path:
    """Write `dist/` below `root` and return its path; `ready` makes the page if it is given."""
    fetched = fetcher.ensure(select(fetcher.files, *GROUPS))
    stock = {file.name: fetched[file.name] for file in select(fetcher.files, "runtime")}
    cache = fetcher.cache.folder
    node = partial(find_node, cache, report, fetcher.offline)
    compiler = Compiler(node, stock, cache, report, ready)
    runtime = compiler.compile_runtime()
    page = compiler.build_page(root, read_icons(fetched["icon-nodes.json"]))
    snapshot = packed_files(compiler.make_snapshot(root, runtime, page))[SNAPSHOT]
    packed = packed_files(runtime) | packed_files(page)

    stock_lock = json.loads(stock["pyodide-lock.json"].read_text("utf-8"))
    assets = Assets()
    manifest: dict[str, Any] = {
        **{table: _add_packed(assets, files) for table, files in _by_time(packed).items()},
        "lock": pruned_lock(stock_lock, packed),
    }
    code = manifest["files"][CODE]
    code["plain"] = assets.add(CODE, gzip.decompress(assets.contents[code["path"]]))
    modules = _add_scripts(assets, root / "site" / "boot", fetched)
    for name in MODULES:
        manifest["files"][name]["module"] = assets.paths[name]
    manifest["pyscript"] = assets.paths["core.js"]
    late = {assets.paths[name] for name in LATE}
    modules = [path for path in modules if path not in late]
    manifest["interpreter"] = assets.paths["interpreter.mjs"]
    css = (page / "style.css").read_text("utf-8")
    _add_looks(assets, css, fetched)
    assets.add("main.py", (root / "site" / "main.py").read_bytes())

    html = (page / "index.html").read_text("utf-8")
    inside = (root / "site" / "boot" / name for name in INSIDE)
    guard = "".join(path.read_text("utf-8") for path in inside)
    listed = [file for file in fetcher.files if file.group in GROUPS and file.group != "licences"]
    licences = _licences(root, runtime, fetched, [(file.name, file.licence) for file in listed])
    extras, wheels, editor = (
        {file.name: fetched[file.name] for file in select(fetcher.files, group)}
        for group in (EXTRAS, PACKAGES, EDITOR)
    )
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        held = notebook_inside(root / "site", editor, folder)
        whole_files = {**packed, SOURCES: _sources_of_one_file(packed[SOURCES], folder), **held}
        tables = {table: _listed(files) for table, files in _by_time(whole_files).items()}
        whole = one_file(
            html, guard, css, {**manifest, **tables, "notebook": LIST}, whole_files,
            _parts(root, fetched), _joined(licences),
        )  # fmt: skip
    resolved = assets.resolve(html)
    content = snapshot.path.read_bytes()
    manifest["snapshot"] = {  # nor has it a snapshot, which would make it half as large again
        "path": assets.add(f"{SNAPSHOT}.gz", content, ending=".bin"),
        "bytes": len(content),
        "size": snapshot.size,
        "sha256": snapshot.sha256,
        "instead": [LIBRARY, manifest["lock"]["packages"]["numpy"]["file_name"]],
    }
    manifest["extras"] = add_extras(assets, extras)  # the page in one file goes without them
    places = {entry["name"]: entry["path"] for entry in add_extras(assets, wheels)}
    places |= {entry["name"]: entry["path"] for entry in manifest["extras"]}
    manifest["notebook"] = add_notebook(assets, root / "site", editor, places, stock_lock)
    brought = extra_licences({**extras, **wheels})
    licences |= {f"{LICENCES}{name}.txt": text for name, text in brought.items()}
    files = {
        "index.html": complete(resolved, guard, manifest, modules).encode(),
        "embed.html": for_frame(resolved, guard, manifest).encode(),
        "whole.html": bridge((root / "site" / "boot" / BRIDGE).read_text("utf-8")).encode(),
        "embed.js": (root / "site" / "embed.js").read_bytes(),
        "playground.html": whole,
        ".nojekyll": b"",
        **assets.contents,
        **licences,
    }
    dist = write_folder(root / "dist", {**files, "SHA256SUMS": checksums(files)})
    total = sum(entry["bytes"] for entry in manifest["files"].values())
    report.line(f"wrote {dist} ({len(files)} files; {megabytes(total)} to start Python)")
    return dist


def pruned_lock(stock: dict, packed: dict[str, Packed]) -> dict:
    """Return Pyodide's lock file with our packages alone, and with the hashes of our files."""
    packages = {}
    for name, depends in PYTHON_PACKAGES.items():
        [file_name] = [each for each in packed if each.startswith(f"{name.replace('-', '_')}-")]
        packages[name] = {
            "name": name,
            "version": file_name.split("-")[1],
            "file_name": file_name,
            "install_dir": "site",
            "sha256": packed[file_name].sha256,
            "package_type": "package",
            "imports": ["nncore", "explorer"] if depends else [name],
            "depends": depends,
            "unvendored_tests": False,
        }
    return {"info": stock["info"], "packages": packages}


def _sources_of_one_file(site: Packed, folder: Path) -> Packed:
    """Return the archive of our sources without those that only the site has, written to
    `folder`."""
    content = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(gzip.decompress(site.path.read_bytes()))) as whole,
        zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as smaller,
    ):
        for entry in whole.infolist():
            if part_of(entry.filename) not in SOURCES_LEFT_OUT:
                smaller.writestr(entry, whole.read(entry))
    path = folder / f"{SOURCES}.gz"
    path.write_bytes(gzip.compress(content.getvalue(), mtime=0))
    size, digest = len(content.getvalue()), hashlib.sha256(content.getvalue()).hexdigest()
    return replace(site, path=path, size=size, sha256=digest)


def _by_time(packed: dict[str, Packed]) -> dict[str, dict[str, Packed]]:
    """Return the packed files by when they are fetched: for the start, afterwards, when wanted."""
    tables: dict[str, dict[str, Packed]] = {"files": {}, "later": {}, "parts": {}}
    for name, file in packed.items():
        table = "parts" if file.part else "files" if file.modules is None else "later"
        tables[table][name] = file
    return tables


def _add_packed(assets: Assets, packed: dict[str, Packed]) -> dict[str, dict]:
    """Add the packed files; return what the page is told about each."""
    entries = _listed(packed)
    for name, entry in entries.items():
        if name not in MODULES:  # only the page in one file has them packed
            content = packed[name].path.read_bytes()
            entry["path"] = assets.add(f"{name}.gz", content, ending=".bin")
    return entries


def _listed(packed: dict[str, Packed]) -> dict[str, dict]:
    """Return what the page is told about packed files wherever they lie, the small ones first."""
    entries: dict[str, dict] = {}
    for name, file in sorted(packed.items(), key=lambda item: (item[1].size, item[0])):
        kind = MEDIA_TYPES[Path(name).suffix]
        entries[name] = {"bytes": file.path.stat().st_size, "size": file.size, "type": kind}
        if file.modules is not None:
            entries[name]["modules"] = file.modules
    return entries


def _add_scripts(assets: Assets, boot: Path, fetched: dict[str, Path]) -> list[str]:
    """Add the boot modules, Pyodide's and PyScript's; return their paths."""
    ours = {path.name: path.read_bytes() for path in boot.glob("*.mjs")}
    pyscript = {
        name.removeprefix(PYSCRIPT): path.read_bytes()
        for name, path in fetched.items()
        if name.startswith(PYSCRIPT)
    }
    pyodide = {name: fetched[name].read_bytes() for name in MODULES}
    folders = {"boot": ours, "pyodide": pyodide, "pyscript": pyscript}
    return [path for name, files in folders.items() for path in assets.add_modules(name, files)]


def _parts(root: Path, fetched: dict[str, Path]) -> dict[str, bytes]:
    """Return what the page in one file has inside it: modules, fonts, the chart library."""
    boot = (path for path in (root / "site" / "boot").glob("*.mjs") if path.name != WORKER)
    ours = {f"boot/{path.name}": path for path in boot}
    theirs = {
        name: path
        for name, path in fetched.items()
        if name.startswith(PYSCRIPT) or name.endswith((".woff2", ".min.css", ".min.js"))
    }
    return {name: path.read_bytes() for name, path in {**ours, **theirs}.items()}


def _licences(
    root: Path, runtime: Path, fetched: dict[str, Path], listed: list[tuple[str, str]]
) -> dict[str, bytes]:
    """Return the licences of everything in `dist/`, by path; `listed` are files and licences."""
    paths = {name: path for name, path in fetched.items() if name.startswith(LICENCES)}
    paths[f"{LICENCES}NumPy.txt"] = runtime / "NumPy.txt"
    paths[f"{LICENCES}nncore-playground.txt"] = root / "LICENSE"
    lines = "".join(f"{licence:28} {name}\n" for name, licence in sorted(listed))
    overview = {f"{LICENCES}README.txt": f"{LICENCE_NOTE}\n{lines}".encode()}
    return overview | {name: path.read_bytes() for name, path in sorted(paths.items())}


def _joined(licences: dict[str, bytes]) -> str:
    """Return all licences as one text, each under the name of what it belongs to."""
    return "\n\n".join(
        f"==== {Path(name).stem} ====\n\n{text.decode()}" for name, text in licences.items()
    )


def _add_looks(assets: Assets, css: str, fetched: dict[str, Path]) -> None:
    """Add fonts, the chart library and the style sheet, which names the fonts."""
    for name, path in fetched.items():
        if name.endswith((".woff2", ".min.css", ".min.js")):
            assets.add(name, path.read_bytes())
    assets.add("style.css", assets.resolve(css, base=f"{FOLDER}/").encode())
