"""Compile the standard library and NumPy, and pack the runtime's files; run inside Pyodide.

/in holds the files as fetched, /out receives each of them packed with gzip, `packed.json` with
their sizes and hashes before packing, and NumPy's licences. What a page imports when it starts
becomes bytecode, which loads at once; the rest stays source, which is a third smaller to fetch, in
archives of its own, which are fetched after the start (see site/boot/later.mjs).
Left out is what no page can use: NumPy's tests, f2py, headers, type stubs and build files, and of
the standard library what needs sockets or a terminal, and rare encodings.
"""

import importlib
import json
import re
import sys
from pathlib import Path

import archives

AS_THEY_ARE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")
NUMPY_LEFT_OUT = re.compile(
    r"/tests/|/_examples/|^numpy/(f2py|_pyinstaller)/|/conftest\.py$|/lapack_lite\.|(?<!\.py|\.so)$"
)
LIBRARY_LEFT_OUT = re.compile(
    r"^_pyrepl/(?!__init__|pager)|^(ctypes/macholib|wsgiref|xmlrpc)/"  # help() needs the pager
    r"|^asyncio/(windows_|proactor_)"
    r"|^(ftplib|imaplib|mailbox|poplib|smtplib|socketserver|http/server)\.py$"
    r"|^(_pyio|_pydatetime|_pydecimal|pickletools)\.py$"  # in Python what is there compiled
    r"|^encodings/(big5|cp(?!125|437|65001)|euc_|gb|hp_|hz|iso2022|johab|koi8|kz|mac_|pal|ptcp|shift_|tis)"
)

# What is imported on top of what Pyodide itself has imported by now: by PyScript, by the
# installation of packages, by the modules of ours, and by NumPy's generators.
STARTUP = (
    "numpy", "asyncio", "contextlib", "copy", "csv", "dataclasses", "decimal",
    "encodings.utf_16_le", "enum", "hashlib", "hmac", "html", "importlib.metadata",
    "importlib.resources", "inspect", "itertools", "json", "math", "mimetypes", "numbers",
    "pathlib", "random", "re", "secrets", "shutil", "string", "tarfile", "textwrap", "traceback",
    "typing", "urllib.parse", "warnings", "weakref", "zipfile",
)  # fmt: skip
SOON = ("numpy.random",)  # not for the first picture of every view, but compiled as well


def wanted_of_numpy(name: str) -> bool:
    """Say whether the page needs this file of NumPy's wheel."""
    if ".dist-info/" in name:
        return not name.endswith("/RECORD")
    return not NUMPY_LEFT_OUT.search(name)


def imported(modules: tuple[str, ...], folder: str) -> set[str]:
    """Import the modules; return the names, relative to `folder`, of all files loaded by now."""
    for module in modules:
        importlib.import_module(module)
    paths = (getattr(module, "__file__", None) or "" for module in list(sys.modules.values()))
    return {path.removeprefix(folder) for path in paths if path.startswith(folder)}


def divided(files: dict[str, bytes], first: set[str]) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Return what the start needs, which is `first` and what is no module, and the rest."""
    start = {
        name: content
        for name, content in files.items()
        if name in first or not name.endswith(archives.MODULES)
    }
    return start, {name: content for name, content in files.items() if name not in start}


def main() -> None:
    """Write every packed file and the table of sizes."""
    results = {name: Path("/in", name).read_bytes() for name in AS_THEY_ARE}
    later = {}

    library = archives.read_zip(Path("/in/python_stdlib.zip").read_bytes())
    library = {n: content for n, content in library.items() if not LIBRARY_LEFT_OUT.search(n)}
    chosen = imported(STARTUP, archives.LIBRARY_FOLDER)
    start, rest = divided(library, chosen)
    results["python_stdlib.zip"] = archives.write_zip(
        archives.compiled(start, archives.LIBRARY_FOLDER, chosen)
    )
    later["python_stdlib_later.zip"] = rest

    [numpy_wheel] = Path("/in").glob("numpy-*.whl")
    files = archives.read_zip(numpy_wheel.read_bytes())
    files = {name: content for name, content in files.items() if wanted_of_numpy(name)}
    [info] = {name.split("/")[0] for name in files if ".dist-info/" in name}
    first = imported(STARTUP, archives.PACKAGE_FOLDER)
    soon = {name for name in imported(SOON, archives.PACKAGE_FOLDER) if name.endswith(".py")}
    start, rest = divided(files, first)
    results[numpy_wheel.name] = archives.wheel(
        archives.compiled(start, archives.PACKAGE_FOLDER, soon), info
    )
    later["numpy_later.zip"] = archives.compiled(rest, archives.PACKAGE_FOLDER, soon)

    licences = (files[name] for name in sorted(files) if "/licenses/" in name)
    out = Path("/out")
    (out / "startup.json").write_text(json.dumps(STARTUP))
    (out / "NumPy.txt").write_bytes(b"\n\n".join(licences))
    table = {name: archives.pack(name, content, out) for name, content in results.items()}
    for name, content in later.items():
        table[name] = archives.pack(name, archives.write_zip(content), out)
        table[name]["modules"] = archives.modules_in(content)
    (out / "packed.json").write_text(json.dumps(table, indent=1, sort_keys=True))


main()
