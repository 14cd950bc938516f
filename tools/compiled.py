"""Run what has to run inside Pyodide, and keep the results.

There are two such steps: the runtime is compiled (it changes only with the lock file), and the
page's own Python is packed and its HTML rendered (it changes with every edit). Each result is a
folder in the cache, named by a hash over everything that it is made from. A second build with
the same inputs finds it there and starts no Node at all.
"""

import gzip
import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from tools.leftovers import remove_leftovers
from tools.ready import Ready
from tools.report import Report

INSIDE = Path(__file__).resolve().parent / "inside"
LIMIT_SECONDS = 600
PAGE_STEP = "build_page.py"
KEPT_RESULTS = 8
SNAPSHOT = "python.snapshot"
SNAPSHOT_STEP = "snapshot.mjs"
INTERNALS_STEP = "internals.mjs"
LOCK = "pyodide-lock.json"
PAGE_FILES = ("index.html", "style.css", "main.py")


class CompileError(Exception):
    """A step inside Pyodide failed; the text holds what it said."""


@dataclass(frozen=True)
class Packed:
    """A file packed with gzip at `path`; `size` and `sha256` are those before packing.

    Attributes:
        part: The part of our Python that it is, if it is one that is fetched when it is wanted.
        modules: What can be imported from it, if it is an archive that the start does without.
    """

    path: Path
    size: int
    sha256: str
    part: str | None = None
    modules: tuple[str, ...] | None = None


def packed_files(folder: Path) -> dict[str, Packed]:
    """Return name -> packed file for everything that a step has packed into `folder`."""
    table = json.loads((folder / "packed.json").read_text(encoding="utf-8"))
    return {name: Packed(folder / f"{name}.gz", **entry) for name, entry in table.items()}


@dataclass(frozen=True)
class Compiler:
    """Starts Pyodide under Node, if need be, from the stock files in `runtime` (name -> path)."""

    find_node: Callable[[], Path]
    runtime: dict[str, Path]
    cache_folder: Path
    report: Report
    ready: Ready | None = None  # one that waits for the next page to build

    def compile_runtime(self) -> Path:
        """Return the folder with the runtime's files, compiled and packed."""
        parts = [self._runtime_digest(), *_inside("compile_runtime.py")]

        def job(out: Path, stock: Path) -> None:
            self.report.line("compiling the standard library and NumPy (about 10 s, only once)")
            self._run(stock, "compile_runtime.py", {"in": stock, "out": out})

        return self._cached("runtime", parts, job)

    def build_page(self, root: Path, icons: dict[str, str]) -> Path:
        """Return the folder with the page's wheel and parts, its HTML and its style sheet."""
        parts = [self._runtime_digest(), *_inside(PAGE_STEP, "parts.py")]
        parts.append(json.dumps(icons).encode())
        for path in page_sources(root):
            parts += [path.relative_to(root).as_posix().encode(), path.read_bytes()]

        def job(out: Path, stock: Path) -> None:
            self.report.line("rendering the page inside Pyodide")
            (stock / "icons.json").write_text(json.dumps(icons), encoding="utf-8")
            self._run(stock, PAGE_STEP, {"in": stock, "out": out, "repo": root})

        return self._cached("page", parts, job)

    def make_snapshot(self, root: Path, runtime: Path, page: Path) -> Path:
        """Return the folder with the snapshot of Python's memory; see docs/start.md.

        Args:
            runtime, page: The results of the other two steps.
        """
        scripts = [INSIDE / SNAPSHOT_STEP, root / "site" / "boot" / "restore.mjs"]
        main = root / "site" / "main.py"
        parts = [runtime.name.encode(), page.name.encode()]
        parts += [path.read_bytes() for path in (*scripts, main)]

        def job(out: Path, stock: Path) -> None:
            self.report.line("making the snapshot of Python's memory")
            self._unpack(packed_files(runtime) | packed_files(page), stock)
            startup = json.loads((runtime / "startup.json").read_text("utf-8"))
            target = stock / SNAPSHOT
            places = [str(stock), str(main), str(scripts[1]), str(target)]
            command = [str(self.find_node()), str(scripts[0]), *places, *startup]
            self._finish(SNAPSHOT_STEP, lambda: _run_command(command))
            content = target.read_bytes()
            (out / f"{SNAPSHOT}.gz").write_bytes(gzip.compress(content, mtime=0))
            entry = {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            (out / "packed.json").write_text(json.dumps({SNAPSHOT: entry}), encoding="utf-8")

        return self._cached("snapshot", parts, job)

    def look_inside(self, root: Path, runtime: Path) -> list[tuple[str, str]]:
        """Return what the snapshot relies on, each statement with what was found instead, if any.

        Args:
            runtime: The result of `compile_runtime`.
        """
        with tempfile.TemporaryDirectory(prefix="nncore-internals-") as folder:
            self._unpack(packed_files(runtime), Path(folder))
            (Path(folder) / LOCK).write_bytes(self.runtime[LOCK].read_bytes())
            restore = root / "site" / "boot" / "restore.mjs"
            command = [str(self.find_node()), str(INSIDE / INTERNALS_STEP), folder, str(restore)]
            done = subprocess.run(
                command, capture_output=True, text=True, timeout=LIMIT_SECONDS, check=False
            )
        if done.returncode:
            raise CompileError(f"{INTERNALS_STEP} failed:\n{done.stderr.strip()[-2000:]}")
        return [(text, instead) for text, instead in json.loads(done.stdout)]

    @staticmethod
    def _unpack(files: dict[str, Packed], folder: Path) -> None:
        """Write what a start needs of these files as Pyodide wants it."""
        for name, file in files.items():
            if file.modules is None:
                (folder / name).write_bytes(gzip.decompress(file.path.read_bytes()))

    def _cached(self, kind: str, parts: Iterable[bytes], job: Callable[[Path, Path], None]) -> Path:
        digest = hashlib.sha256()
        for part in parts:
            digest.update(hashlib.sha256(part).digest())
        place = self.cache_folder / "compiled" / f"{kind}-{digest.hexdigest()[:16]}"
        if (place / "packed.json").exists():
            os.utime(place)
            return place
        place.parent.mkdir(parents=True, exist_ok=True)
        _forget_old(place.parent, kind)
        remove_leftovers(place.parent, ".compiling-*")
        with tempfile.TemporaryDirectory(dir=place.parent, prefix=".compiling-") as temporary:
            out, stock = Path(temporary, "out"), Path(temporary, "stock")
            out.mkdir()
            stock.mkdir()
            for name, path in self.runtime.items():
                shutil.copyfile(path, stock / name)
            job(out, stock)
            try:
                os.replace(out, place)
            except OSError:  # another build was quicker; its result is the same
                if not (place / "packed.json").exists():
                    raise
        return place

    def _run(self, stock: Path, script: str, mounts: dict[str, Path]) -> None:
        folders = [f"{name}={folder}" for name, folder in mounts.items()]
        if self.ready is not None and script == PAGE_STEP:
            ready = self.ready
            self._finish(script, lambda: ready.run(folders, LIMIT_SECONDS))
        else:
            command = in_pyodide(self.find_node(), stock, script)
            command += [word for each in folders for word in ("--mount", each)]
            self._finish(script, lambda: _run_command(command))

    def _finish(self, script: str, step: Callable[[], tuple[int, str]]) -> None:
        """Do a step, which returns its exit status and its complaints."""
        try:
            status, complaints = step()
        except subprocess.TimeoutExpired:
            raise CompileError(f"{script} did not end within {LIMIT_SECONDS} s") from None
        if status:
            raise CompileError(f"{script} failed inside Pyodide:\n{complaints.strip()[-4000:]}")

    def _runtime_digest(self) -> bytes:
        return " ".join(sorted(f"{p.parent.name}/{p.name}" for p in self.runtime.values())).encode()


def _run_command(command: list[str]) -> tuple[int, str]:
    done = subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", timeout=LIMIT_SECONDS
    )
    return done.returncode, done.stderr


def in_pyodide(node: Path, stock: Path, script: str) -> list[str]:
    """Return the command that runs a script of `inside` in Pyodide, from the files in `stock`."""
    command = [str(node), str(INSIDE / "run.mjs"), str(stock), str(INSIDE / script)]
    command += ["--packages", "numpy", "--mount", f"inside={INSIDE}"]
    return command + [f"--path={path}" for path in ("/inside", "/repo", "/repo/site")]


def _forget_old(folder: Path, kind: str) -> None:
    """Remove the results of this kind that have not been used for longest."""
    results = sorted(folder.glob(f"{kind}-*"), key=lambda path: path.stat().st_mtime)
    for path in results[:-KEPT_RESULTS]:
        shutil.rmtree(path, ignore_errors=True)


def page_sources(root: Path) -> list[Path]:
    """Return every file of the repository that the page's Python or HTML is made from."""
    found = [root / "pyproject.toml", *(root / "site" / name for name in PAGE_FILES)]
    for folder in ("nncore", "site/explorer", "site/lessons"):
        paths = (path for path in (root / folder).rglob("*") if path.is_file())
        found += [path for path in paths if "__pycache__" not in path.parts]
    return sorted(found)


def _inside(*scripts: str) -> list[bytes]:
    return [(INSIDE / name).read_bytes() for name in ("run.mjs", "archives.py", *scripts)]
