"""Fetching: every way in which a source can answer, and what ends up in the cache."""

import hashlib
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from fake_cdn import FakeCdn, Play, refusing_url

from tools.cache import Cache
from tools.download import Patience
from tools.fetch import Fetcher, FetchError
from tools.lock import LockedFile, Place, Source
from tools.report import Report

GOOD = bytes(range(256)) * 300
PATIENCE = Patience(connect=10.0, silence=20.0)
SHORT = Patience(connect=10.0, silence=1.0)  # for those that are silent for ever


def locked(*places: Place, name: str = "runtime.wasm", content: bytes = GOOD) -> LockedFile:
    digest = hashlib.sha256(content).hexdigest()
    return LockedFile(name, "runtime", len(content), digest, "MIT", places)


def web(url: str, path: str = "runtime.wasm") -> Place:
    return Place(Source(url, "http", url), path)


@pytest.fixture
def report() -> Report:
    return Report(io.StringIO())


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


def fetch(cache: Cache, report: Report, *files: LockedFile, **options: object) -> dict[str, Path]:
    options.setdefault("patience", PATIENCE)
    return Fetcher(cache, files, report, **options).ensure(files)


def files_below(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_right_bytes_are_fetched_once(cache: Cache, report: Report) -> None:
    with FakeCdn({"runtime.wasm": Play(GOOD)}) as cdn:
        file = locked(web(cdn.url))
        [path] = fetch(cache, report, file).values()
        assert path.read_bytes() == GOOD
        assert path.name == "runtime.wasm"
        assert fetch(cache, report, file) == {"runtime.wasm": path}
        assert cdn.requests == ["runtime.wasm"]
    assert "fetched runtime.wasm (77 kB)" in report.stream.getvalue()


WRONG = bytes([GOOD[0] ^ 1]) + GOOD[1:]
BAD_ANSWERS = {
    "wrong bytes": (Play(WRONG), r"wrong content: SHA-256 is \w{64}, the lock file says \w{64}"),
    "truncated": (Play(GOOD[:1000]), r"truncated: 1,000 of 76,800 bytes"),
    "empty": (Play(b""), r"truncated: 0 of 76,800 bytes"),
    "broken off": (Play(GOOD[:1000], promised=len(GOOD)), r"broken off after|1,?000 of 76,?800"),
    "too long": (Play(GOOD + b"!"), r"wrong size: 76,801 instead of 76,800 bytes"),
    "not found": (Play(GOOD, status=404), r"the server answers 404 Not Found"),
    "server error": (Play(GOOD, status=503), r"the server answers 503"),
    "hanging": (Play(GOOD[:1000], promised=len(GOOD), hanging=True), r"silent for 1 s"),
    "mute": (Play(mute=True), r"silent for 1 s"),
}


@pytest.mark.parametrize("case", BAD_ANSWERS)
def test_bad_answer_is_named_and_the_next_source_tried(
    case: str, cache: Cache, report: Report
) -> None:
    play, reason = BAD_ANSWERS[case]
    with FakeCdn({"runtime.wasm": play}) as bad, FakeCdn({"runtime.wasm": Play(GOOD)}) as good:
        patience = SHORT if "silent" in reason else PATIENCE
        file = locked(web(bad.url), web(good.url))
        [path] = fetch(cache, report, file, patience=patience).values()
        assert path.read_bytes() == GOOD
    first, second = report.stream.getvalue().splitlines()
    assert first.startswith(f"build: runtime.wasm: not from {bad.url}: ")
    assert re.search(reason, first)
    assert second == "build: fetched runtime.wasm (77 kB)"


@pytest.mark.parametrize("case", BAD_ANSWERS)
def test_bad_answer_leaves_nothing_behind(case: str, cache: Cache, report: Report) -> None:
    play, reason = BAD_ANSWERS[case]
    patience = SHORT if "silent" in reason else PATIENCE
    with FakeCdn({"runtime.wasm": play}) as bad, pytest.raises(FetchError, match=reason) as caught:
        fetch(cache, report, locked(web(bad.url)), patience=patience)
    message = str(caught.value)
    assert message.startswith("runtime.wasm (77 kB) could not be fetched from any source:\n")
    assert f"  {bad.url}: " in message
    assert "--mirror URL" in message
    assert files_below(cache.folder) == []


def test_refused_connection(cache: Cache, report: Report) -> None:
    with FakeCdn({"runtime.wasm": Play(GOOD)}) as good:
        url = refusing_url()
        [path] = fetch(cache, report, locked(web(url), web(good.url))).values()
    assert path.read_bytes() == GOOD
    assert f"not from {url}: " in report.stream.getvalue()
    assert "refused" in report.stream.getvalue()


def test_unknown_host(cache: Cache, report: Report) -> None:
    with pytest.raises(FetchError, match=r"http://nowhere\.invalid/: "):
        fetch(cache, report, locked(web("http://nowhere.invalid/")))


def test_silent_source_is_not_asked_again(cache: Cache, report: Report) -> None:
    names = [f"file{i}.bin" for i in range(4)]
    with FakeCdn({name: Play(mute=True) for name in names}) as silent:
        with FakeCdn({name: Play(name.encode()) for name in names}) as good:
            files = [
                locked(web(silent.url, n), web(good.url, n), name=n, content=n.encode())
                for n in names
            ]
            fetch(cache, report, *files, patience=SHORT)
            assert good.requests == names
        assert silent.requests == names[:1]
    assert report.stream.getvalue().count("not from") == 1


def test_missing_file_does_not_condemn_its_source(cache: Cache, report: Report) -> None:
    with FakeCdn({"b": Play(b"b")}) as cdn, FakeCdn({"a": Play(b"a")}) as other:
        files = [
            locked(web(cdn.url, n), web(other.url, n), name=n, content=n.encode()) for n in "ab"
        ]
        fetch(cache, report, *files)
        assert cdn.requests == ["a", "b"]
        assert other.requests == ["a"]


def test_mirror_takes_the_place_of_the_cdn(cache: Cache, report: Report) -> None:
    with FakeCdn({}) as cdn, FakeCdn({"school/core.js": Play(GOOD)}) as mirror:
        file = locked(web(cdn.url, "deep/core.js"), name="pyscript/core.js")
        fetch(cache, report, file, mirror=mirror.url + "school")
        assert mirror.requests == ["school/core.js"]
        assert cdn.requests == []


def test_damaged_cache_is_replaced(cache: Cache, report: Report) -> None:
    with FakeCdn({"runtime.wasm": Play(GOOD)}) as cdn:
        file = locked(web(cdn.url))
        [path] = fetch(cache, report, file).values()
        path.write_bytes(GOOD[:-1] + b"?")
        fetch(cache, report, file)
        assert path.read_bytes() == GOOD
        assert len(cdn.requests) == 2


def test_offline_uses_the_cache_alone(cache: Cache, report: Report) -> None:
    with FakeCdn({"runtime.wasm": Play(GOOD)}) as cdn:
        file = locked(web(cdn.url))
        message = r"runtime\.wasm is not in the cache \(.*\), and --offline forbids fetching it"
        with pytest.raises(FetchError, match=message):
            fetch(cache, report, file, offline=True)
        assert cdn.requests == []
        fetch(cache, report, file)
        fetch(cache, report, file, offline=True)
        assert len(cdn.requests) == 1


def test_interrupted_write_leaves_nothing(
    cache: Cache, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_paths: object) -> None:
        raise KeyboardInterrupt

    with FakeCdn({"runtime.wasm": Play(GOOD)}) as cdn:
        monkeypatch.setattr("tools.cache.os.replace", interrupt)
        with pytest.raises(KeyboardInterrupt):
            fetch(cache, report, locked(web(cdn.url)))
    assert files_below(cache.folder) == []


def test_cache_accepts_only_what_the_lock_file_promises(cache: Cache) -> None:
    with pytest.raises(ValueError, match="match the lock file; got truncated: 5 of 76,800 bytes"):
        cache.put(locked(), b"short")
    assert files_below(cache.folder) == []


PACKAGED = {"one.txt": b"first", "two.txt": b"second"}


def npm_source(folder: Path) -> Source:
    """An npm package in a local folder: the real client packs it without a network."""
    folder.mkdir()
    (folder / "package.json").write_text('{"name": "local", "version": "1.0.0"}')
    for name, content in PACKAGED.items():
        (folder / name).write_bytes(content)
    return Source("local", "npm", str(folder))


def pypi_source(folder: Path) -> Source:
    """A wheel in a local folder: the real client copies it without a network."""
    folder.mkdir()
    path = folder / "local-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        for name, content in PACKAGED.items():
            wheel.writestr(f"package/{name}", content)
        wheel.writestr(
            "local-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: local\nVersion: 1.0\n"
        )
        wheel.writestr("local-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        wheel.writestr("local-1.0.dist-info/RECORD", "")
    return Source("local", "pypi", str(path))


@pytest.mark.parametrize("make", [npm_source, pypi_source])
def test_one_package_gives_many_files(
    make: Callable[[Path], Source], cache: Cache, report: Report, tmp_path: Path
) -> None:
    source = make(tmp_path / "package")
    files = [
        locked(Place(source, f"package/{name}"), name=name, content=content)
        for name, content in PACKAGED.items()
    ]
    fetcher = Fetcher(cache, tuple(files), report)
    assert fetcher.ensure(files[:1])["one.txt"].read_bytes() == b"first"
    fetcher.offline = True  # the second came with the first
    assert fetcher.ensure(files)["two.txt"].read_bytes() == b"second"
    assert {path.name for path in files_below(cache.folder)} == set(PACKAGED)


@pytest.mark.parametrize("make", [npm_source, pypi_source])
def test_package_with_other_bytes(
    make: Callable[[Path], Source], cache: Cache, report: Report, tmp_path: Path
) -> None:
    source = make(tmp_path / "package")
    changed = locked(Place(source, "package/one.txt"), name="one.txt", content=b"First")
    with pytest.raises(FetchError, match="wrong content: SHA-256 is"):
        fetch(cache, report, changed)
    absent = locked(Place(source, "package/three.txt"), name="three.txt")
    with pytest.raises(FetchError, match=r"there is no package/three\.txt inside"):
        fetch(cache, report, absent)


@pytest.mark.parametrize("kind", ["npm", "pypi"])
def test_package_that_does_not_exist(
    kind: str, cache: Cache, report: Report, tmp_path: Path
) -> None:
    address = str(tmp_path / "no-such-package-1.0-py3-none-any.whl")
    file = locked(Place(Source("local", kind, address), "package/one.txt"))
    with pytest.raises(FetchError, match=r"runtime\.wasm .* could not be fetched from any source"):
        fetch(cache, report, file)
    assert files_below(cache.folder) == []
