"""Build `dist/` for the tests, but only when something it is made of has changed.

A fingerprint of the sources and one of the finished folder are kept in `.cache/`. If both are as
they were after the last build, that build is used again. The environment variable NNCORE_DIST
names a ready folder to test instead, for example a downloaded release.
"""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

SOURCES = ("build.py", "runtime.lock.json", "pyproject.toml", "tools", "site", "nncore")
BUILD_SECONDS = 900


def ensure_dist(root: Path) -> Path:
    """Return a folder that holds the built page, made from the present sources.

    Raises
    ------
    ValueError
        If NNCORE_DIST is set and holds no index.html.
    RuntimeError
        If the build fails; its output has gone to the terminal.
    """
    ready = os.environ.get("NNCORE_DIST")
    if ready:
        if not (Path(ready) / "index.html").is_file():
            raise ValueError(f"NNCORE_DIST must be a folder with an index.html; got {ready!r}")
        return Path(ready).resolve()
    dist, memo = root / "dist", root / ".cache" / "tested-dist.json"
    sources = _digest_of_sources(root)
    if memo.exists() and json.loads(memo.read_text()) == [sources, _digest_of_result(dist)]:
        return dist
    print("test: building dist/ ...", flush=True)
    command = [sys.executable, str(root / "build.py")]
    if subprocess.run(command, cwd=root, timeout=BUILD_SECONDS, check=False).returncode:
        raise RuntimeError("python3 build.py failed; its message stands above")
    memo.parent.mkdir(exist_ok=True)
    memo.write_text(json.dumps([sources, _digest_of_result(dist)]))
    return dist


def _digest_of_sources(root: Path) -> str:
    """A hash over names and contents of everything the build reads."""
    digest = hashlib.sha256()
    for source in SOURCES:
        top = root / source
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            if path.is_file() and path.suffix != ".pyc" and not path.name.startswith("testing"):
                digest.update(f"{path.relative_to(root).as_posix()}\0".encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _digest_of_result(dist: Path) -> str:
    """A hash over names, sizes and times of the built files: seconds cheaper than contents."""
    files = sorted(path for path in dist.rglob("*") if path.is_file())
    rows = [f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files]
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()
