"""Download one pinned package from npm or PyPI through the ordinary clients.

The clients know their registries and the machine's proxies and mirrors, so no address stands
here. They are asked for the archive alone: nothing is installed and no code of it is run.
"""

import os
import subprocess
import sys
import tarfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.report import Report

LIMIT_SECONDS = 900


def npm_pack(package: str, folder: Path, report: Report, npm: list[str]) -> Path:
    """Download the npm `package` (name@version) into `folder`; return the archive's path."""
    command = [*npm, "pack", package, "--pack-destination", str(folder), "--silent"]
    _run(command, package, folder, report)
    return _only(folder, "*.tgz", package)


def pip_download(package: str, folder: Path, report: Report, any_platform: bool = True) -> Path:
    """Download the PyPI `package` (name==version) into `folder`; return the wheel's path."""
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:"]
    command += ["--disable-pip-version-check", "--quiet", "--no-cache-dir", "--dest", str(folder)]
    if any_platform:  # then neither this Python's version nor this machine matters
        command += ["--python-version", "3.11", "--platform", "any"]
    _run([*command, package], package, folder, report)
    return _only(folder, "*.whl", package)


@contextmanager
def members(archive: Path) -> Iterator[Callable[[str], bytes]]:
    """Open a .tgz or .whl; yield a function that reads one member by its path.

    The function raises KeyError where there is no such member.
    """
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            yield wheel.read
        return
    with tarfile.open(archive) as tar:

        def read(path: str) -> bytes:
            file = tar.extractfile(path)
            if file is None:
                raise KeyError(f"{path} is not a file")
            return file.read()

        yield read


def _run(command: list[str], package: str, folder: Path, report: Report) -> None:
    """Run a client, report how much it has fetched, and raise RuntimeError if it fails."""
    environment = _environment(folder)
    with (folder / "client.log").open("w+b") as log:
        try:
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment
            )
        except OSError as error:
            raise RuntimeError(f"{command[0]} does not start: {error}") from error
        started = time.monotonic()
        while True:
            try:
                status = process.wait(timeout=0.2)
                break
            except subprocess.TimeoutExpired:
                if time.monotonic() - started > LIMIT_SECONDS:
                    process.kill()
                    process.wait()
                    raise RuntimeError(f"no result within {LIMIT_SECONDS} s") from None
                report.progress(package, _size(folder))
            except BaseException:
                process.kill()
                process.wait()
                raise
        log.seek(0)
        said = log.read().decode("utf-8", "replace").strip().splitlines()
    if status:
        raise RuntimeError(" ".join(said[-2:]) or f"{command[0]} ended with status {status}")


def _environment(folder: Path) -> dict[str, str]:
    """Return our environment, with temporary files where `_size` sees them."""
    return {**os.environ, "TMPDIR": str(folder), "npm_config_update_notifier": "false"}


def _size(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size
        except OSError:  # the client has just moved or removed it
            continue
    return total


def _only(folder: Path, pattern: str, package: str) -> Path:
    found = sorted(folder.glob(pattern))
    if len(found) != 1:
        raise RuntimeError(f"{package} gave {len(found)} archives instead of one")
    return found[0]
