"""Put the finished page together in `dist/`.

Everything is made in a folder beside it and moved there as a whole at the end: a build that is
interrupted leaves the old `dist/` as it was. All addresses are relative, so the folder can lie
anywhere on any static host. Two builds from one commit give the same bytes.
"""

import hashlib
import json
import os
import shutil
import tempfile
from pathlib import Path

from tools.assets import FOLDER, Assets
from tools.compiled import Compiler, Packed, packed_files
from tools.fetch import Fetcher
from tools.head import complete
from tools.icons import read_icons
from tools.lock import select
from tools.node import find_node
from tools.report import Report, megabytes

PYTHON_PACKAGES = {"numpy": [], "nncore-playground": ["numpy"]}  # name -> what it depends on
MEDIA_TYPES = {
    ".mjs": "text/javascript",
    ".py": "text/x-python",
    ".wasm": "application/wasm",
    ".whl": "application/zip",
    ".zip": "application/zip",
}


def build(root: Path, fetcher: Fetcher, report: Report) -> Path:
    """Write `dist/` below `root` and return its path."""
    fetched = fetcher.ensure(select(fetcher.files, "runtime", "page", "licences"))
    stock = {file.name: fetched[file.name] for file in select(fetcher.files, "runtime")}
    node = find_node(fetcher.cache.folder, report, fetcher.offline)
    compiler = Compiler(node, stock, fetcher.cache.folder, report)
    runtime = compiler.compile_runtime()
    page = compiler.build_page(root, read_icons(fetched["icon-nodes.json"]))

    packed = packed_files(runtime) | packed_files(page)
    stock_lock = json.loads(stock["pyodide-lock.json"].read_text(encoding="utf-8"))
    files = _site(root, page, packed, stock_lock, fetched)
    files |= {
        name: path.read_bytes() for name, path in fetched.items() if name.startswith("LICENSES/")
    }
    dist = write_folder(root / "dist", files)
    total = sum(len(packed[name].path.read_bytes()) for name in packed)
    report.line(f"wrote {dist} ({len(files)} files; {megabytes(total)} to start Python)")
    return dist


def _site(
    root: Path, page: Path, packed: dict[str, Packed], stock_lock: dict, fetched: dict[str, Path]
) -> dict[str, bytes]:
    """Return path -> content of the page and its assets."""
    assets = Assets()
    entries = {}
    for name, file in sorted(packed.items()):
        content = file.path.read_bytes()
        entries[name] = {
            "path": assets.add(f"{name}.gz", content, ".bin"),
            "bytes": len(content),
            "size": file.size,
            "type": MEDIA_TYPES[Path(name).suffix],
        }
    for name, path in fetched.items():
        if Path(name).suffix in (".css", ".woff2") or name == "uPlot.iife.min.js":
            assets.add(name, path.read_bytes())
    boot = root / "site" / "boot"
    modules = assets.add_modules("boot", {p.name: p.read_bytes() for p in boot.glob("*.mjs")})
    pyscript = {n: p.read_bytes() for n, p in fetched.items() if n.startswith("pyscript/")}
    modules += assets.add_modules(
        "pyscript", {name.removeprefix("pyscript/"): each for name, each in pyscript.items()}
    )
    style = assets.resolve((page / "style.css").read_text("utf-8"), base=f"{FOLDER}/")
    assets.add("style.css", style.encode())
    assets.add("main.py", (root / "site" / "main.py").read_bytes())

    manifest = {
        "files": entries,
        "lock": pruned_lock(stock_lock, packed),
        "pyscript": assets.paths["core.js"],
    }
    html = (page / "index.html").read_text("utf-8")
    guard = (boot / "guard.js").read_text("utf-8")
    html = complete(assets.resolve(html), guard, manifest, modules)
    return {"index.html": html.encode(), ".nojekyll": b"", **assets.contents}


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


def write_folder(folder: Path, files: dict[str, bytes]) -> Path:
    """Write `files` and their SHA256SUMS as `folder`, replacing it in one step."""
    sums = (f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    files = {**files, "SHA256SUMS": "".join(sums).encode()}
    temporary = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f"{folder.name}.tmp-"))
    try:
        new, old = temporary / "new", temporary / "old"
        for name, content in files.items():
            path = new / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        if folder.exists():
            os.replace(folder, old)
        os.replace(new, folder)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return folder
