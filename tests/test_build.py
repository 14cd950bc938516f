"""The build as a whole: what `dist/` holds, and that it comes out the same each time.

`dist` is the folder that the browser tests use. What it is compared with is built from a copy of
the sources in another place, with a cache of compiled files of its own.
"""

import gzip
import hashlib
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import MAGIC_NUMBER
from pathlib import Path

import pytest

from tools.cache import default_cache_folder
from tools.folder import contents
from tools.lock import read_lock

SOURCES = ("LICENSE", "build.py", "runtime.lock.json", "pyproject.toml", "tools", "site", "nncore")
WIRE_BUDGET = 8_000_000
CODE = "pyodide.asm.wasm"
UNCHECKED_HASH = b"\1\0\0\0"


@pytest.fixture(scope="module")
def built(dist: Path) -> Path:
    return dist


@pytest.fixture(scope="module")
def manifest(built: Path) -> dict:
    [listed] = re.findall(
        r'id="boot-files">(.*?)</script>', (built / "index.html").read_text("utf-8")
    )
    return json.loads(listed)


@pytest.fixture(scope="module")
def unpacked(built: Path, manifest: dict) -> dict[str, bytes]:
    return {
        name: gzip.decompress((built / entry["path"]).read_bytes())
        if "path" in entry
        else (built / entry["module"]).read_bytes()
        for name, entry in manifest["files"].items()
    }


def archive_named(unpacked: dict[str, bytes], start: str) -> zipfile.ZipFile:
    [name] = [name for name in unpacked if name.startswith(start)]
    return zipfile.ZipFile(io.BytesIO(unpacked[name]))


def test_sizes_are_as_the_page_is_told(
    built: Path, manifest: dict, unpacked: dict[str, bytes]
) -> None:
    for entry in [*manifest["later"].values(), *manifest["parts"].values()]:
        content = (built / entry["path"]).read_bytes()
        assert len(content) == entry["bytes"]
        assert len(gzip.decompress(content)) == entry["size"]
    for name, entry in manifest["files"].items():
        if "path" in entry:
            assert (built / entry["path"]).stat().st_size == entry["bytes"]
        assert len(unpacked[name]) == entry["size"]
        if "plain" in entry:
            assert (built / entry["plain"]).read_bytes() == unpacked[name]
    assert [name for name, entry in manifest["files"].items() if "plain" in entry] == [CODE]
    modules = {name for name, entry in manifest["files"].items() if "path" not in entry}
    assert modules == {"pyodide.mjs", "pyodide.asm.mjs"}


def test_first_visit_stays_below_its_budget(built: Path, manifest: dict) -> None:
    """As a host would send it: what is packed as it is, the rest with gzip."""
    html = (built / "index.html").read_text("utf-8")
    fetched = {address for address in addresses_in(html) if not address.startswith(("data:", "#"))}
    fonts = {path.relative_to(built).as_posix() for path in built.glob("assets/*.woff2")}
    code = manifest["files"][CODE]  # the page asks for one of its two forms
    by_host = len(gzip.compress((built / code["plain"]).read_bytes()))
    total = len(gzip.compress(html.encode())) + max(code["bytes"], by_host)
    others = {e["path"] for name, e in manifest["files"].items() if "path" in e and name != CODE}
    for address in fetched | fonts | others:
        content = (built / address).read_bytes()
        packed = address.endswith((".bin", ".woff2"))
        total += len(content if packed else gzip.compress(content))
    assert 7_000_000 < total < WIRE_BUDGET


def addresses_in(html: str) -> list[str]:
    return re.findall(r'\s(?:src|href)="([^"#]+)"', html)


def test_pruned_lock(manifest: dict, unpacked: dict[str, bytes]) -> None:
    packages = manifest["lock"]["packages"]
    assert set(packages) == {"numpy", "nncore-playground"}
    assert packages["nncore-playground"]["depends"] == ["numpy"]
    for package in packages.values():
        content = unpacked[package["file_name"]]
        assert package["sha256"] == hashlib.sha256(content).hexdigest()
    assert manifest["lock"]["info"]["abi_version"] == "2026_0"


def test_numpy_is_compiled_and_pruned(unpacked: dict[str, bytes]) -> None:
    names = archive_named(unpacked, "numpy-").namelist()
    assert "numpy/__init__.pyc" in names
    assert not [name for name in names if name.endswith((".pyi", ".h", ".pxd", ".a"))]
    assert not [name for name in names if "/tests/" in name or name.startswith("numpy/f2py/")]
    assert any(name.endswith("METADATA") for name in names)
    assert any("licenses/LICENSE" in name for name in names)


def test_what_is_later_is_not_in_the_start(manifest: dict, unpacked: dict[str, bytes]) -> None:
    with archive_named(unpacked, "python_stdlib") as library:
        start = set(library.namelist())
    modules = manifest["later"]["python_stdlib_later.zip"]["modules"]
    assert {"sqlite3.dbapi2", "email.mime.text", "pydoc"} <= set(modules)
    assert {"asyncio/tasks.pyc", "enum.pyc", "secrets.pyc"} <= start
    for module in modules:
        place = module.replace(".", "/")
        assert start.isdisjoint({f"{place}.pyc", f"{place}.py", f"{place}/__init__.pyc"})
    modules = manifest["later"]["numpy_later.zip"]["modules"]
    assert {"numpy.random", "numpy.random.mtrand", "numpy.fft"} <= set(modules)


def test_the_snapshot_is_whole_and_says_nothing_of_its_builder(
    built: Path, manifest: dict, root: Path
) -> None:
    entry = manifest["snapshot"]
    content = gzip.decompress((built / entry["path"]).read_bytes())
    assert (len(content), hashlib.sha256(content).hexdigest()) == (entry["size"], entry["sha256"])
    home = default_cache_folder().parent
    for private in (root, home, Path.home() / ".cache", "LANG=en", "USERNAME="):
        assert str(private).encode() not in content


@pytest.mark.parametrize("start", ["numpy-", "python_stdlib", "nncore_playground-"])
def test_archives_are_reproducible_by_form(unpacked: dict[str, bytes], start: str) -> None:
    with archive_named(unpacked, start) as archive:
        assert archive.namelist() == sorted(archive.namelist())
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        compiled = [name for name in archive.namelist() if name.endswith(".pyc")]
        assert len(compiled) > 20
        heads = {archive.read(name)[:8] for name in compiled}
    assert len(heads) == 1
    assert heads.pop()[4:] == UNCHECKED_HASH


def test_bytecode_is_of_the_pinned_python(unpacked: dict[str, bytes]) -> None:
    magic = archive_named(unpacked, "python_stdlib").read("enum.pyc")[:4]
    assert magic[2:] == MAGIC_NUMBER[2:] == b"\r\n"
    number = int.from_bytes(magic[:2], "little")
    assert 3600 <= number < 3650  # Python 3.14; see Include/internal/pycore_magic_number.h


def test_our_package_comes_as_bytecode_and_data(unpacked: dict[str, bytes]) -> None:
    with archive_named(unpacked, "nncore_playground-") as archive:
        names = set(archive.namelist())
    assert {"nncore/model.pyc", "nncore/data/wine.csv", "explorer/app/app.pyc"} <= names
    assert not [name for name in names if name.endswith(".py")]
    assert not [name for name in names if name.startswith("explorer/prerender/")]


def test_every_address_is_relative_and_leads_somewhere(built: Path) -> None:
    html = (built / "index.html").read_text("utf-8")
    assert "{{" not in html
    addresses = addresses_in(html)
    assert len(addresses) > 10
    for address in addresses:
        if not address.startswith(("data:", "#")):
            assert not address.startswith(("/", "http"))
            assert (built / address).is_file(), address
    [style] = built.glob("assets/style.*.css")
    css = style.read_text("utf-8")
    assert "{{" not in css
    for address in re.findall(r"url\(['\"]?([^'\")]+)", css):
        assert address.startswith(("data:", "#")) or (style.parent / address).is_file(), address


def test_names_hold_hashes(built: Path) -> None:
    for path in (built / "assets").iterdir():
        if path.is_file():
            assert hashlib.sha256(path.read_bytes()).hexdigest()[:8] in path.name
        else:
            assert re.fullmatch(r"[a-z]+-[0-9a-f]{8}", path.name)


def test_checksums_and_licences(built: Path) -> None:
    listed = {}
    for line in (built / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ")
        listed[name] = digest
    found = {
        path.relative_to(built).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in built.rglob("*")
        if path.is_file() and path.name != "SHA256SUMS"
    }
    assert listed == found
    licences = {path.stem for path in (built / "LICENSES").iterdir()}
    assert licences >= {"CPython", "Inter", "JetBrains-Mono", "Lucide", "MPL-2.0", "NumPy"}
    assert licences >= {"PyScript", "nncore-playground", "scikit_learn", "scipy", "uPlot"}
    overview = (built / "LICENSES" / "README.txt").read_text("utf-8")
    for file in read_lock():
        if file.group in ("runtime", "page", "sklearn"):
            assert f"{file.licence:28} {file.name}\n" in overview


@contextmanager
def takes_interrupts() -> Iterator[None]:
    """What is started meanwhile can be interrupted, though a shell has started the tests in the
    background: there programs ignore that, and those that they start."""
    usual = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, usual)


def test_serve_prints_an_address_that_works(root: Path, built: Path) -> None:
    command = [sys.executable, str(root / "build.py"), "serve", "--offline", "--port", "0"]
    with (
        takes_interrupts(),
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as server,
    ):
        try:
            line = server.stdout.readline().decode()
            [address] = re.findall(r"http://127\.0\.0\.1:\d+/", line)
            with urllib.request.urlopen(address, timeout=20) as answer:
                assert answer.read() == (built / "index.html").read_bytes()
        finally:
            server.send_signal(signal.SIGINT)
        assert server.wait(timeout=20) == 0


def test_fault_in_the_page_is_told_with_its_traceback(root: Path, tmp_path: Path) -> None:
    repository = copied(root, tmp_path / "repository")
    page = repository / "site" / "index.html"
    page.write_text(page.read_text("utf-8").replace("</body>", "{{icon:no-such-icon}}</body>"))
    done = run_build(repository, default_cache_folder())
    assert done.returncode == 1
    assert "build: failed: build_page.py failed inside Pyodide:" in done.stderr
    assert "no-such-icon" in done.stderr
    assert not (repository / "dist").exists()


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_two_builds_are_identical(root: Path, built: Path, tmp_path: Path) -> None:
    repository, cache = copied(root, tmp_path / "elsewhere/deeper"), tmp_path / "cache"
    shutil.copytree(default_cache_folder() / "files", cache / "files")
    done = run_build(repository, cache)
    assert done.returncode == 0, done.stderr
    assert {path.name for path in repository.iterdir()} == {*SOURCES, "dist"}
    here, there = contents(built), contents(repository / "dist")
    assert here.keys() == there.keys()
    assert [name for name in here if here[name] != there[name]] == []


def copied(root: Path, repository: Path) -> Path:
    """Copy what the build is made from."""
    repository.mkdir(parents=True)
    for name in SOURCES:
        if (root / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(root / name, repository / name, ignore=ignored)
        else:
            shutil.copy(root / name, repository / name)
    return repository


def run_build(repository: Path, cache: Path) -> subprocess.CompletedProcess[str]:
    """Build without a network, on the bare standard library: no site-packages, no settings."""
    command = [sys.executable, "-S", "-E", "-B", str(repository / "build.py"), "--offline"]
    environment = {"PATH": os.environ["PATH"], "NNCORE_CACHE": str(cache)}
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=500)
