"""Firefox and WebKit for a few tests and for timing, driven by the means that they bring with them.

Firefox speaks Marionette on a socket of its own; WebKit has a WebDriver server. Both take the
same few commands of the WebDriver standard (W3C), which is all that is needed here: open an
address, and run a function in the page. No further package is needed for either.
"""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

START_SECONDS = 60
ANSWER_SECONDS = 120
WAIT_SECONDS = 60
APART: dict[str, Any] = {
    "stdout": subprocess.DEVNULL,
    "stderr": subprocess.DEVNULL,
    "start_new_session": True,
}
PREFERENCES = {
    "marionette.port": 0,  # any that is free; Firefox writes down which
    "app.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "",
    "toolkit.telemetry.enabled": False,
}


class Missing(Exception):
    """This engine is not on this machine; the text says what would bring it."""


class Engine:
    """A browser with one window. `command(method, path, marionette, values)` is its own."""

    process: subprocess.Popen
    folder: tempfile.TemporaryDirectory

    def open(self, address: str) -> None:
        """Open an address and wait until the page has loaded."""
        self.command("POST", "url", "WebDriver:Navigate", {"url": address})

    def run(self, body: str, *arguments: object) -> Any:
        """Run a function body in the page; give what it passes to its last argument, `done`."""
        values = {"script": body, "args": list(arguments)}
        return self.command("POST", "execute/async", "WebDriver:ExecuteAsyncScript", values)

    def wait(self, condition: str) -> object:
        """Wait until the JavaScript expression is true, in this page or in the one to which the
        browser is on its way; give its value.

        Each look is a script of its own: one that waits in a page would be frozen with it where
        the browser keeps the page for the way back.

        Raises:
            TimeoutError: If it does not become true.
        """
        body = f"arguments[0](document.documentElement && ({condition}) || null)"
        start, said = time.monotonic(), ""
        while time.monotonic() - start < WAIT_SECONDS:
            try:
                if found := self.run(body):
                    return found
            except RuntimeError as error:  # such as a page that went away while it was looked at
                said = f"; {error}"
            time.sleep(0.03)  # between two looks: nothing tells a driver of a page's state
        raise TimeoutError(f"{condition} did not become true{said}")

    def act(self, kind: str, *actions: dict) -> None:
        """Do the standard's actions with a "pointer", which is a mouse, or with a "key"."""
        device = {"type": kind, "id": kind, "actions": actions}
        values = {"actions": [device]}
        self.command("POST", "actions", "WebDriver:PerformActions", values)

    def command(self, method: str, path: str, marionette: str, values: dict | None) -> Any:
        raise NotImplementedError

    def close(self) -> None:
        """End the browser that was started here."""
        try:
            os.killpg(self.process.pid, signal.SIGTERM)
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        except ProcessLookupError:
            self.process.wait()
        self.folder.cleanup()


class Firefox(Engine):
    """Firefox without a window, through Marionette: `LENGTH:[0, number, name, values]`."""

    def __init__(self) -> None:
        program = next(filter(None, map(shutil.which, ("firefox-esr", "firefox"))), None)
        if program is None:
            raise Missing("Firefox was not found (on Debian: apt-get install firefox-esr)")
        self.folder = tempfile.TemporaryDirectory(
            prefix="nncore-firefox-", ignore_cleanup_errors=True
        )
        profile = Path(self.folder.name)
        lines = [f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in PREFERENCES.items()]
        (profile / "user.js").write_text("\n".join(lines))
        command = [program, "--headless", "--no-remote", "--marionette", "--profile", str(profile)]
        self.process = subprocess.Popen(command, env={**os.environ, "HOME": str(profile)}, **APART)
        self.number, self.socket = 0, socket.socket()
        try:
            port = _wait_for(lambda: int((profile / "MarionetteActivePort").read_text()), self)
            self.socket.settimeout(ANSWER_SECONDS)
            self.socket.connect(("127.0.0.1", port))
            self._read()  # it introduces itself
            self.command("", "", "WebDriver:NewSession", {})
            self.command("", "", "WebDriver:SetTimeouts", {"script": 90_000, "pageLoad": 90_000})
        except BaseException:
            self.close()
            raise

    def command(self, method: str, path: str, marionette: str, values: dict | None) -> Any:
        self.number += 1
        text = json.dumps([0, self.number, marionette, values]).encode()
        self.socket.sendall(b"%d:%s" % (len(text), text))
        _, _, error, result = json.loads(self._read())
        if error:
            raise RuntimeError(f"{marionette}: {error['message']}")
        return result.get("value")

    def close(self) -> None:
        self.socket.close()
        super().close()

    def _read(self) -> bytes:
        length = b""
        while not length.endswith(b":"):
            length += self._some(1)
        left, parts = int(length[:-1]), []
        while left:
            parts.append(self._some(left))
            left -= len(parts[-1])
        return b"".join(parts)

    def _some(self, most: int) -> bytes:
        part = self.socket.recv(most)
        if not part:
            raise ConnectionError("Firefox has closed the connection")
        return part


class WebKit(Engine):
    """WebKitGTK through WebKitWebDriver, on a screen of its own where there is none."""

    def __init__(self) -> None:
        program = shutil.which("WebKitWebDriver")
        if program is None:
            raise Missing("WebKit was not found (on Debian: apt-get install webkit2gtk-driver)")
        screen = [] if os.environ.get("DISPLAY") else [shutil.which("xvfb-run") or "", "-a"]
        if screen and not screen[0]:
            raise Missing("WebKit needs a screen (on Debian: apt-get install xvfb)")
        self.folder = tempfile.TemporaryDirectory(
            prefix="nncore-webkit-", ignore_cleanup_errors=True
        )
        port = _free_port()
        home = self.folder.name
        environment = {
            **os.environ, "HOME": home, "XDG_RUNTIME_DIR": home, "LIBGL_ALWAYS_SOFTWARE": "1",
            "WEBKIT_DISABLE_COMPOSITING_MODE": "1",
            "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",  # only pages of our own are opened
        }  # fmt: skip
        command = [*screen, program, f"--port={port}", "--host=127.0.0.1"]
        self.process = subprocess.Popen(command, env=environment, **APART)
        self.address, self.session = f"http://127.0.0.1:{port}/session", ""
        try:
            _wait_for(
                lambda: socket.create_connection(("127.0.0.1", port), timeout=1).close(), self
            )
            asked: dict[str, Any] = {"capabilities": {"alwaysMatch": {}}}
            self.session = self.command("POST", "", "", asked)["sessionId"]
            self.command("POST", "timeouts", "", {"script": 90_000, "pageLoad": 90_000})
        except BaseException:
            self.close()
            raise

    def command(self, method: str, path: str, marionette: str, values: dict | None) -> Any:
        place = "/".join(filter(None, (self.address, self.session, path)))
        data = json.dumps(values).encode() if values is not None else None
        request = urllib.request.Request(place, data, method=method)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=ANSWER_SECONDS) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{path}: {error.read().decode()[:500]}") from None

    def close(self) -> None:
        if self.session:
            with contextlib.suppress(OSError, RuntimeError):  # it ends with its server anyhow
                self.command("DELETE", "", "", None)
        super().close()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _wait_for(action: Callable[[], object], engine: Engine) -> object:
    """Try an action until it succeeds or the program has ended."""
    start = time.monotonic()
    while True:
        try:
            return action()
        except (OSError, ValueError):  # no port yet, or an empty file
            if engine.process.poll() is not None:
                raise RuntimeError(f"{type(engine).__name__} ended at once") from None
            if time.monotonic() - start > START_SECONDS:
                raise
            time.sleep(0.05)  # between two tries: there is nothing yet that could report
