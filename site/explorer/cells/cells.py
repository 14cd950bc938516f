"""Run the cells of a notebook, one after the other, and tell the page by JSON what happens.

This is the only Python in its worker, so a cell may do what it likes: what it breaks is here. Its
names live in a module of their own, which is `__main__` for whoever looks there.
"""

import asyncio
import json
import os
import sys
import time
from types import CodeType, ModuleType

from explorer.cells import (
    bars,
    completing,
    display,
    faults,
    files,
    imports,
    magics,
    models,
    source,
    stand_ins,
)
from explorer.cells.show import show
from explorer.cells.streams import Stream, Teller
from explorer.text.cells import CELLS

HOME = "/home/notebook"
MOST_NAMED = 12  # files in a sentence


class Cells:
    """A notebook's Python.

    Args:
        post: Takes the JSON of one message.
        load: An async function that installs packages, given their names as JSON.
        engine: Runs compiled networks (see nncore.kernel), or None.
    """

    def __init__(self, post, load, packages, engine=None):
        self.teller = Teller(post, time.perf_counter)
        self.finder = imports.Finder(json.loads(packages), engine)
        self.load = load
        self.main = ModuleType("__main__")
        sys.modules["__main__"] = self.main
        self.streams = Stream(self.teller, "stdout"), Stream(self.teller, "stderr")
        sys.meta_path.append(self.finder)
        sys.displayhook = self.show_value
        stand_ins.install()
        bars.install()
        display.install(self.teller, vars(self.main))
        vars(self.main)["show"] = show
        vars(self.main)["_magic"] = magics.Magics(vars(self.main), self.finder).do
        os.environ["MPLBACKEND"] = "module://explorer.cells.pictures"
        files.prepare(HOME)

    async def run(self, number, text):
        """Run a cell: the text `text` of cell `number`, as the reader counts."""
        self.teller.begin(number)
        sys.stdout, sys.stderr = self.streams  # whatever a cell has made of them
        started = time.perf_counter()
        fault = None
        try:
            await self.prepare(text)
            await self.execute(number, text)
            display.pictures_left()
        except BaseException as error:  # noqa: BLE001 - whatever a cell raises is its output
            fault = error
        try:
            self.teller.flush()
            if fault is not None:
                self.teller.tell(kind="error", **faults.told(fault, self.advice))
        finally:
            seconds = time.perf_counter() - started
            made = list(models.named(vars(self.main)))
            self.teller.end(fault is None, seconds, files.listed(HOME), made)

    async def prepare(self, text):
        """Have the packages that the cell imports, if they are not there yet."""
        missing = self.finder.missing(source.imported(text))
        if missing:
            await self.load(json.dumps(missing))
            self.finder.came(missing)

    async def execute(self, number, text):
        """Run all of a cell, and show what its last line gives."""
        names = vars(self.main)
        names["__builtins__"] = __builtins__
        body, last = source.compiled(text, faults.remember(number, text))
        for code in body:
            await self.done(code, names)
        if last is not None:
            value = await self.done(last, names)
            if value is not None:
                self.show_value(value)

    async def done(self, code: CodeType, names):
        """What a piece of code gives, awaited if it asks for that."""
        value = eval(code, names)  # the reader's own code, at the reader's press
        return await value if asyncio.iscoroutine(value) and source.waits(code) else value

    def advice(self, error):
        """What helps where a file or a module is not there, else None."""
        if isinstance(error, FileNotFoundError) and isinstance(error.filename, str):
            there = [name for name, _ in files.listed(HOME)]
            return CELLS["no_file"].format(names=", ".join(there[:MOST_NAMED]))
        if isinstance(error, ModuleNotFoundError) and str(error).startswith("No module named"):
            return CELLS["no_module"].format(names=", ".join(self.finder.packages_there()))
        return None

    def show_value(self, value):
        if value is not None:
            vars(self.main)["_"] = value
            display.show(value, result=True)

    def answer(self, kind, text, content=None):
        """Do what the page asks for beside running: "complete", "hint", "put",
        "remove" or "model".
        """
        if kind in ("complete", "hint"):
            asked = json.loads(text)
            found = completing.FOUND[kind](vars(self.main), asked["text"], asked["place"])
            self.teller.tell(kind="answer", question=asked["question"], found=found)
        elif kind == "put":
            files.put(HOME, text, content.to_bytes())
        elif kind == "remove":
            files.remove(HOME, text)
        elif kind == "model":
            self.teller.tell(kind="model", name=text, text=models.as_json(vars(self.main), text))
