"""Find a Chromium for the browser tests, or get one.

The order is: the one named by NNCORE_BROWSER, the one found last time, Playwright's own, one
that is installed on the machine. If there is none, Playwright is asked to download its own, and
where that fails, root on Debian installs the `chromium` package. A browser counts as found only
if it answers to `--version`: some packages are empty shells, some lack libraries.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
DOWNLOAD_SECONDS = 240
PLAYWRIGHT_PATH = (
    "from playwright.sync_api import sync_playwright\n"
    "with sync_playwright() as p: print(p.chromium.executable_path)"
)
MISSING = (
    "No Chromium or Chrome was found on this machine, and none could be installed. Install one "
    "(on Debian: apt-get install chromium), or name it in the environment variable NNCORE_BROWSER."
)


def ensure_browser(python: Path) -> Path:
    """Return the path of a Chromium that starts; `python` is the interpreter of `.venv`.

    Raises:
        RuntimeError: If there is none and none could be installed.
    """
    named = os.environ.get("NNCORE_BROWSER")
    if named:
        if not _starts(Path(named)):
            raise RuntimeError(f"NNCORE_BROWSER must be a browser that starts; got {named!r}")
        return Path(named)
    memo = python.parent.parent / "nncore-browser.txt"
    if memo.exists():
        remembered = Path(memo.read_text(encoding="utf-8").strip())
        if remembered.exists():
            return remembered
    browser = _find(python) or _install(python)
    if browser is None:
        raise RuntimeError(MISSING)
    print(f"test: the browser is {browser}", flush=True)
    memo.write_text(f"{browser}\n", encoding="utf-8")
    return browser


def _find(python: Path) -> Path | None:
    return next((path for path in _candidates(python) if _starts(path)), None)


def _candidates(python: Path) -> Iterator[Path]:
    asked = subprocess.run(
        [str(python), "-c", PLAYWRIGHT_PATH], capture_output=True, text=True, check=False
    )
    if asked.returncode == 0:
        yield Path(asked.stdout.strip())
    yield from (Path(found) for name in NAMES if (found := shutil.which(name)))
    yield from (Path(place) for place in PLACES)


def _starts(browser: Path) -> bool:
    try:
        done = subprocess.run(
            [str(browser), "--version"], capture_output=True, timeout=30, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _install(python: Path) -> Path | None:
    for install in (_from_playwright, _from_debian):
        if install(python) and (browser := _find(python)):
            return browser
    return None


def _from_playwright(python: Path) -> bool:
    print("test: no browser found; asking Playwright for its Chromium ...", flush=True)
    return _quietly([str(python), "-m", "playwright", "install", "--no-shell", "chromium"])


def _from_debian(_python: Path) -> bool:
    if sys.platform != "linux" or os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    print("test: installing the Debian package chromium ...", flush=True)
    return _quietly(["apt-get", "-qq", "update"], seconds=600) and _quietly(
        ["apt-get", "-qq", "-y", "install", "chromium"], seconds=1200
    )


def _quietly(command: list[str], seconds: int = DOWNLOAD_SECONDS) -> bool:
    """Run a command and return whether it succeeded; say its last words only if it did not."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=seconds, env=environment, check=False
        )
    except subprocess.TimeoutExpired:
        print(f"test: gave up on {command[0]} after {seconds} s", flush=True)
        return False
    if done.returncode:
        words = (done.stderr or done.stdout).strip()
        print(f"test: {command[0]} failed: {words[-300:]}", flush=True)
    return done.returncode == 0
