"""The command `build.py upgrade-runtime`: move to another Pyodide, or look whether the snapshot's
grounds still hold.

With a version it takes that Pyodide from npm, says what changes in the lock file, writes it, builds
(which makes the snapshot and restores it under Node), and says whether what docs/start.md tells of
Pyodide's internals still holds. If anything of this fails, the lock file is as it was. Wheels that
Pyodide's own list names under another hash are fetched from the CDN. Where that is out of reach,
`--trial` tries the new core with the list and the wheels of before, which works as long as the ABI
is the same, and keeps nothing. Without a version nothing changes either.
"""

import argparse
import hashlib
import json
import re
import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tools.bundle import build
from tools.cache import default_cache_folder, write_atomically
from tools.compiled import CompileError, Compiler
from tools.download import FileRefused, Patience, SourceDown, download
from tools.fetch import FetchError, make_fetcher
from tools.lock import LOCK_PATH, LockedFile, read_lock, select
from tools.node import NoNode, find_node, npm_command
from tools.packages import members, npm_pack
from tools.paths import ROOT
from tools.report import Report, megabytes

CDN = "pyodide-cdn"
LIST = "pyodide-lock.json"
INTERPRETER = ROOT / "site" / "boot" / "interpreter.mjs"
LARGEST_WHEEL = 60_000_000
FACTS = ("python", "abi_version", "platform")
BROWSERS = "python3 build.py test tests/browser/test_snapshot.py tests/browser/test_engines.py"


@dataclass(frozen=True)
class Change:
    """A locked file that is to be another one.

    Attributes:
        places: Those of its sources that still have it.
    """

    old: LockedFile
    name: str
    size: int
    sha256: str
    places: tuple[str, ...]


def configure(parser: argparse.ArgumentParser) -> None:
    """Give the command its options."""
    parser.description = __doc__
    parser.add_argument("version", nargs="?", help="such as 314.0.4; without: only look")
    parser.add_argument(
        "--trial", action="store_true", help="with the wheels that are locked now; keep nothing"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Upgrade, or look; return 0 if everything held."""
    report = Report()
    before = {path: path.read_bytes() for path in (LOCK_PATH, INTERPRETER)}
    held = False
    try:
        if options.version:
            upgrade(options.version, options.trial, report)
        held = look(report)
    except (CompileError, FetchError, NoNode, OSError, RuntimeError, ValueError) as error:
        report.line(f"failed: {error}")
    finally:  # also if it is interrupted, or in a way of which nobody has thought
        changed = [path for path, content in before.items() if path.read_bytes() != content]
        if changed and (options.trial or not held):
            for path in changed:
                write_atomically(path, before[path])
            report.line("the lock file is as it was before")
    if held and options.version:
        report.line(f"the snapshot restores in Node; now ask the browsers: {BROWSERS}")
    return 0 if held else 1


def upgrade(version: str, trial: bool, report: Report) -> None:
    """Write the lock file for this Pyodide, and say what changes.

    Args:
        trial: Whether to try it with the list and the wheels of before.

    Raises:
        FetchError: If a wheel is to be had nowhere.
        RuntimeError: If npm has no such version.
    """
    files = read_lock()
    core = [file for file in files if any(p.source.name == "pyodide-npm" for p in file.places)]
    contents = fetch_core(version, core, report)
    listed = json.loads(contents[LIST])
    old = json.loads(
        make_fetcher(report).ensure(f for f in core if f.name == LIST)[LIST].read_text()
    )
    for fact in FACTS:
        report.line(f"{fact}: {old['info'][fact]} -> {listed['info'][fact]}")
    kept = {LIST} if trial else set()
    changes = [changed_core(f, contents[f.name]) for f in core if f.name not in kept]
    wheels = [
        f for f in files if f.name.endswith(".whl") and CDN in {p.source.name for p in f.places}
    ]
    if trial and old["info"]["abi_version"] != listed["info"]["abi_version"]:
        raise ValueError("--trial must not be given where the ABI changes: no wheel would fit")
    if not trial:
        place = _cdn(files).replace(f"v{version_of(core)}", f"v{version}")
        changes += [changed_wheel(f, listed["packages"], place, report) for f in wheels]
    changes = [change for change in changes if change.sha256 != change.old.sha256]
    for change in changes:
        report.line(
            f"{change.old.name}: {megabytes(change.old.size)} -> {change.name}: "
            f"{megabytes(change.size)}, {change.sha256[:12]}"
        )
    text = LOCK_PATH.read_text(encoding="utf-8")
    write_atomically(LOCK_PATH, rewritten(text, changes, version_of(core), version).encode())
    told = INTERPRETER.read_text(encoding="utf-8").replace(version_of(core), version)
    write_atomically(INTERPRETER, told.encode())


def fetch_core(version: str, core: list[LockedFile], report: Report) -> dict[str, bytes]:
    """Return name -> content of Pyodide's own files in this version."""
    node = find_node(default_cache_folder(), report)
    npm = npm_command(node)
    if npm is None:
        raise RuntimeError("npm is not installed (it comes with Node)")
    with tempfile.TemporaryDirectory(prefix="nncore-upgrade-") as folder:
        archive = npm_pack(f"pyodide@{version}", Path(folder), report, npm)
        with members(archive) as read:
            return {file.name: read(f"package/{file.name}") for file in core}


def version_of(core: list[LockedFile]) -> str:
    """Return the version of Pyodide that is locked now."""
    [address] = {p.source.address for f in core for p in f.places if p.source.name == "pyodide-npm"}
    return address.rpartition("@")[2]


def changed_core(file: LockedFile, content: bytes) -> Change:
    """Return what becomes of one of Pyodide's own files."""
    digest = hashlib.sha256(content).hexdigest()
    return Change(file, file.name, len(content), digest, (CDN, "pyodide-npm"))


def changed_wheel(file: LockedFile, listed: dict, cdn: str, report: Report) -> Change:
    """Return what becomes of a wheel, by Pyodide's list of packages; one that changes is fetched.

    Raises:
        FetchError: If the list does not name it, or it cannot be had.
    """
    project = re.sub(r"[-_.]+", "-", file.name.partition("-")[0])
    if project not in listed:
        raise FetchError(f"{file.name}: this Pyodide's list has no {project}")
    name, digest = listed[project]["file_name"], listed[project]["sha256"]
    if digest == file.sha256:
        return Change(file, file.name, file.size, digest, ())
    report.line(f"{name}: not the locked one ({digest[:12]}), so it is fetched")
    try:
        content = download(cdn + name, LARGEST_WHEEL, Patience(), lambda _: None)
    except (FileRefused, SourceDown) as error:
        raise FetchError(
            f"{name} is nowhere but at {cdn}: {error}. --trial tries it with {file.name}"
        ) from error
    if hashlib.sha256(content).hexdigest() != digest:
        raise FetchError(f"{name}: what {cdn} hands out is not what Pyodide's list names")
    return Change(file, name, len(content), digest, (CDN,))


def rewritten(text: str, changes: list[Change], old: str, new: str) -> str:
    """Return the lock file's text with these changes, and in all else as it was.

    Args:
        old: The version of Pyodide until now.
        new: The version that it will have.
    """
    for source in (f"/v{old}/", f"pyodide@{old}"):
        text = text.replace(source, source.replace(old, new))
    for change in changes:
        entry = re.search(rf'{{"name": "{re.escape(change.old.name)}".*?}}', text, re.DOTALL)
        if entry is None:
            raise ValueError(f"{LOCK_PATH.name} must have {change.old.name} as one entry; got none")
        there = entry[0].replace(change.old.sha256, change.sha256)
        there = there.replace(f'"size": {change.old.size}', f'"size": {change.size}')
        listed = json.loads(there)["from"]
        still = [place for place in listed if place.partition(":")[0] in change.places]
        there = there.replace(json.dumps(listed), json.dumps(still))
        text = text.replace(entry[0], there.replace(change.old.name, change.name))
    return text


def look(report: Report) -> bool:
    """Build, and say what holds of Pyodide's internals; return whether all does."""
    fetcher = make_fetcher(report)
    build(ROOT, fetcher, report)
    stock = fetcher.ensure(select(fetcher.files, "runtime"))
    node = partial(find_node, fetcher.cache.folder, report)
    compiler = Compiler(node, stock, fetcher.cache.folder, report)
    statements = compiler.look_inside(ROOT, compiler.compile_runtime())
    for text, instead in statements:
        report.line(f"no longer: {text} (found: {instead})" if instead else f"holds: {text}")
    return not any(instead for _, instead in statements)


def _cdn(files: tuple[LockedFile, ...]) -> str:
    [address] = {p.source.address for f in files for p in f.places if p.source.name == CDN}
    return address
