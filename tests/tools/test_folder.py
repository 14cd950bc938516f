"""A folder is replaced as a whole or not at all, whatever happens on the way."""

import hashlib
import os
import time
from pathlib import Path

import pytest

from tools.folder import checksums, write_folder
from tools.folder import contents as tree


def test_folder_is_replaced_as_a_whole(tmp_path: Path) -> None:
    folder = tmp_path / "dist"
    write_folder(folder, {"old.txt": b"old", "deep/er.txt": b"1"})
    write_folder(folder, {"new.txt": b"new"})
    assert tree(folder) == {"new.txt": b"new"}
    assert list(tmp_path.iterdir()) == [folder]


@pytest.mark.parametrize("failing_call", [1, 2])
def test_interrupted_build_keeps_the_old_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing_call: int
) -> None:
    folder = tmp_path / "dist"
    write_folder(folder, {"old.txt": b"old"})
    calls, replace = [], os.replace

    def interrupted(*paths: Path) -> None:
        calls.append(paths)
        if len(calls) == failing_call:
            raise KeyboardInterrupt
        replace(*paths)

    monkeypatch.setattr("tools.folder.os.replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_folder(folder, {"new.txt": b"new"})
    assert tree(tmp_path) == {"dist/old.txt": b"old"}


def test_a_build_that_changes_nothing_disturbs_no_reader(tmp_path: Path) -> None:
    files = {"a.txt": b"a", "deep/er.txt": b"1"}
    folder = write_folder(tmp_path / "dist", files)
    before = folder.stat().st_ino
    assert write_folder(folder, files).stat().st_ino == before
    assert write_folder(folder, files | {"a.txt": b"b"}).stat().st_ino != before


def test_failing_write_keeps_the_old_folder(tmp_path: Path) -> None:
    folder = tmp_path / "dist"
    write_folder(folder, {"old.txt": b"old"})
    with pytest.raises(OSError, match="new"):
        write_folder(folder, {"a": b"file", "a/b": b"cannot lie in a file"})
    assert tree(tmp_path) == {"dist/old.txt": b"old"}


def test_checksums_are_in_the_usual_form() -> None:
    assert checksums({"b": b"2", "a": b"1"}).decode().splitlines() == [
        f"{hashlib.sha256(b'1').hexdigest()}  a",
        f"{hashlib.sha256(b'2').hexdigest()}  b",
    ]


def test_leftovers_of_a_killed_build_are_removed(tmp_path: Path) -> None:
    """Those of a build that may still run are not."""
    old, young = tmp_path / "dist.tmp-old", tmp_path / "dist.tmp-young"
    for leftover in (old, young):
        (leftover / "new").mkdir(parents=True)
    an_hour_ago = time.time() - 3601
    os.utime(old, (an_hour_ago, an_hour_ago))
    write_folder(tmp_path / "dist", {"a.txt": b"a"})
    assert {path.name for path in tmp_path.iterdir()} == {"dist", "dist.tmp-young"}
