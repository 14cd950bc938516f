"""A Pyodide that is started before it is needed, for those who wait for the next build.

To start Python takes more than half of a build's time, and does not depend on what is built. So
one is kept waiting under Node; whoever needs it says which folders to work on, and the next one
begins to start. Each is used once, so no build sees what another has left behind.
"""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path


class Ready:
    """Runs always the same program, with other folders.

    Args:
        command: Gives the command line for a folder with the runtime's files, which are copied from
            `runtime` (name -> path) into `folder`.
    """

    def __init__(
        self, command: Callable[[Path], list[str]], runtime: dict[str, Path], folder: Path
    ) -> None:
        for name, path in runtime.items():
            shutil.copyfile(path, folder / name)
        self._command = [*command(folder), "--wait"]
        self._waiting = self._start()

    def run(self, mounts: list[str], timeout: float) -> tuple[int, str]:
        """Run the program on folders, each as NAME=FOLDER; return its exit status and complaints.

        Raises:
            subprocess.TimeoutExpired: If it takes longer than `timeout` seconds.
        """
        process, self._waiting = self._waiting, self._start()
        try:
            _, complaints = process.communicate(json.dumps(mounts) + "\n", timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
        return process.returncode, complaints

    def close(self) -> None:
        """End the one that waits."""
        self._waiting.kill()
        self._waiting.communicate()

    def _start(self) -> "subprocess.Popen[str]":
        pipe = subprocess.PIPE
        return subprocess.Popen(
            self._command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, encoding="utf-8"
        )
