"""Functions that rewrite archives of Python sources; run inside Pyodide.

Sources become bytecode here because the bytecode's format then fits the Python of the page by
construction. A .pyc carries the hash of its source and is never checked against it. Names are
sorted and dates are fixed, so that the same input gives the same bytes.
"""

import base64
import hashlib
import importlib._bootstrap_external as bootstrap
import importlib.util
import io
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path

DATE = (1980, 1, 1, 0, 0, 0)
LIBRARY_FOLDER = "/lib/python314.zip/"
MODULES = (".py", ".pyc", ".so")  # how the files of modules end
PACKAGE_FOLDER = "/lib/python3.14/site-packages/"


def bytecode(source: bytes, path: str, bare: bool = False) -> bytes:
    """Return the .pyc of `source`; tracebacks will name the file `path`.

    Args:
        bare: Whether to leave out docstrings and assertions.
    """
    code = compile(source, path, "exec", dont_inherit=True, optimize=2 if bare else 0)
    pack = bootstrap._code_to_hash_pyc  # type: ignore[attr-defined]
    return pack(code, importlib.util.source_hash(source), False)


def read_zip(data: bytes) -> dict[str, bytes]:
    """Return name -> content of every file (not folder) in a zip archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name[-1] != "/"}


def write_zip(files: dict[str, bytes]) -> bytes:
    """Return a zip archive of `files`, not compressed: it is packed as a whole later."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, DATE)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name])
    return buffer.getvalue()


def gzip(data: bytes) -> bytes:
    """Return `data` packed with gzip, without name or date."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS, 9)
    return packer.compress(data) + packer.flush()


def compiled(
    files: dict[str, bytes], folder: str, chosen: set[str], bare: str = ""
) -> dict[str, bytes]:
    """Return `files` with every .py in `chosen` replaced by its .pyc of the same name.

    Args:
        bare: How the names begin of those that do without docstrings and assertions; "" for none.
    """
    result = {}
    for name, content in files.items():
        if name in chosen:
            is_bare = bool(bare) and name.startswith(bare)
            result[name + "c"] = bytecode(content, folder + name, is_bare)
        else:
            result[name] = content
    return result


def modules_in(names: Iterable[str]) -> list[str]:
    """Return the dotted names of the modules among the files of an archive."""
    found = set()
    for name in names:
        if name.endswith(MODULES):
            folder, _, file = name.rpartition("/")
            parts = [*folder.split("/"), file.partition(".")[0]]
            found.add(".".join(part for part in parts if part not in ("", "__init__")))
    return sorted(found)


def wheel(files: dict[str, bytes], info: str) -> bytes:
    """Return a wheel of `files`; `info` is its .dist-info folder, whose RECORD is written anew."""
    record = f"{info}/RECORD"
    lines = []
    for name in sorted(files.keys() - {record}):
        digest = base64.urlsafe_b64encode(hashlib.sha256(files[name]).digest()).rstrip(b"=")
        lines.append(f"{name},sha256={digest.decode()},{len(files[name])}\n")
    lines.append(f"{record},,\n")
    return write_zip({**files, record: "".join(lines).encode()})


def pack(name: str, content: bytes, out: Path) -> dict[str, int | str | list[str]]:
    """Write `content` packed to the folder `out` as NAME.gz; return its size and SHA-256."""
    (out / f"{name}.gz").write_bytes(gzip(content))
    return {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
