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
from collections.abc import Iterable
from pathlib import Path

SOURCES = ("build.py", "runtime.lock.json", "pyproject.toml", "tools", "site", "nncore")
BUILD_SECONDS = 900


def ensure_dist(root: Path) -> Path:
    """Return a folder that holds the built page, made from the present sources.

    Raises:
        ValueError: If NNCORE_DIST is set and holds no index.html.
        RuntimeError: If the build fails; its output has gone to the terminal.
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
    tops = [root / source for source in SOURCES]
    paths = [path for top in tops for path in ([top] if top.is_file() else top.rglob("*"))]
    unread = ("testing", "__pycache__")
    return _digest(path for path in paths if not any(word in str(path) for word in unread))


def _digest_of_result(dist: Path) -> str:
    return _digest(dist.rglob("*"))


def _digest(paths: Iterable[Path]) -> str:
    """A hash over names and contents of the files among these paths, whatever their order."""
    digest = hashlib.sha256()
    for path in sorted(path for path in paths if path.is_file()):
        digest.update(f"{path}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
