"""A notebook's Python, run here: what cells tell is a list of messages."""

import asyncio
import builtins
import json
import linecache
import os
import socket
import sys
import time

import pytest

from explorer.cells import cells, files

PACKAGES = {
    "pandas": {"imports": ["pandas"], "bytes": 4_200_000},
    "seaborn": {"imports": ["seaborn"], "bytes": 300_000},
}
STATE = ("stdout", "stderr", "displayhook")
MODULES = ("__main__", "IPython", "IPython.display", "keras", "tensorflow", "tqdm")


class Told(list):
    """What cells have told; `run` runs one more."""

    def start(self):
        self.loaded = []
        self.cells = cells.Cells(self.take, self.load, json.dumps(PACKAGES))
        self.number = 0

    def take(self, text):
        self.append(json.loads(text))

    async def load(self, names):
        self.loaded += json.loads(names)

    def run(self, source):
        """Run a cell; return what it tells, without what stands around it."""
        self.clear()
        self.number += 1
        asyncio.run(self.cells.run(self.number, source))
        assert self[0] == {"number": self.number, "kind": "begun"}
        assert self[-1]["kind"] == "ended"
        return self[1:-1]

    def printed(self, source):
        """What a cell prints, in one."""
        return "".join(each["text"] for each in self.run(source) if each["kind"] == "stream")

    def value(self, source):
        """What a cell's last line gives, as text."""
        [told] = [each for each in self.run(source) if each["kind"] == "result"]
        return told["data"]["text/plain"]

    def fault(self, source):
        [told] = [each for each in self.run(source) if each["kind"] == "error"]
        return told


@pytest.fixture
def python(tmp_path, monkeypatch):
    """A fresh one; afterwards this process is as it was."""
    monkeypatch.setattr(cells, "HOME", str(tmp_path / "home" / "notebook"))
    monkeypatch.setattr(time, "sleep", time.sleep)
    monkeypatch.setattr(builtins, "input", builtins.input)
    monkeypatch.setattr(socket, "create_connection", socket.create_connection)
    for name in STATE:
        monkeypatch.setattr(sys, name, getattr(sys, name))
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    monkeypatch.setattr(os, "environ", dict(os.environ))
    before, folder = dict(sys.modules), os.getcwd()
    told = Told()
    told.start()
    yield told
    os.chdir(folder)
    linecache.clearcache()
    for name in [name for name in sys.modules if name.partition(".")[0] in MODULES]:
        del sys.modules[name]
    sys.modules |= {name: before[name] for name in before if name.partition(".")[0] in MODULES}


@pytest.fixture
def home(python):
    return files, cells.HOME
