"""The lines of cells that are no Python, as far as courses use them: %time, %timeit, !pip, ...

`source.python` makes a call of `Magics.do` out of each.
"""

import ast
import contextlib
import io
import os
import re
import sys
import time

from explorer.cells import display, source
from explorer.cells.imports import LARGE
from explorer.text.cells import CELLS

IGNORED = (
    "matplotlib", "config", "load_ext", "autoreload", "reload_ext", "precision", "pylab", "xmode",
    "tensorflow_version", "warnings",
)  # fmt: skip
RUNS = 7
UNITS = ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns"))
OPTION = re.compile(r"\s*-([a-zA-Z])\s*(\d*)\s+")
KERAS = ("keras", "tensorflow", "tf-keras")


class Magics:
    """The magics of a notebook's cells.

    Args:
        names: The cells' own.
        finder: Knows what can be imported.
    """

    def __init__(self, names, finder):
        self.names, self.finder, self.file = names, finder, "<magic>"
        self.known = {
            "time": self.time,
            "timeit": self.timeit,
            "pip": self.pip,
            "conda": self.pip,
            "who": self.who,
            "whos": self.who,
            "pwd": lambda *_: say(os.getcwd()),
            "cd": lambda folder: os.chdir(folder.strip("'\"")),
        }
        self.of_cells = {
            "time": self.time, "timeit": self.timeit, "capture": self.capture,
            "writefile": self.writefile, "html": lambda _, body: display.show(display.HTML(body)),
        }  # fmt: skip

    def do(self, name, rest="", body=None):
        """Do the magic `name` with what stands behind it.

        Args:
            body: The rest of the cell for %%name.
        """
        self.file = sys._getframe(1).f_code.co_filename  # the cell's
        if name == "!":
            return self.shell(rest)
        sign, known = ("%", self.known) if body is None else ("%%", self.of_cells)
        name = name.removeprefix("%%")
        if name in IGNORED and body is None:
            return None
        if name not in known:
            names = ", ".join(sign + each for each in known)
            return say(CELLS["no_magic"].format(name=sign + name, names=names))
        return known[name](rest) if body is None else known[name](rest, body)

    def shell(self, command):
        words = command.split()
        if words[:1] == ["pip"] or words[:3] == ["python", "-m", "pip"] or words[:1] == ["pip3"]:
            self.pip(" ".join(words[words.index("pip") + 1 :] if "pip" in words else words[1:]))
        else:
            say(CELLS["no_shell"].format(command=command))

    def pip(self, rest):
        """Say of each package that is to be installed whether it is there."""
        packages = self.finder.packages
        for word in rest.split():
            name = word.split("=")[0].split(">")[0].split("<")[0].split("[")[0].lower()
            if word.startswith("-") or name in ("install", "list", "freeze", "show", "pip"):
                continue
            if name in self.finder.there or name == "numpy":
                say(CELLS["pip_there"].format(name=name))
            elif name in KERAS:
                say(CELLS["pip_keras"].format(name=name))
            elif name in packages:
                size = f"{packages[name]['bytes'] / 1e6:.1f}"
                say(CELLS["pip_can"].format(name=name, size=size))
            elif name in LARGE.values():
                say(CELLS["pip_only_site"].format(name=name))
            else:
                say(CELLS["pip_not"].format(name=name, names=", ".join(["numpy", *packages])))

    def who(self, _rest):
        say("   ".join(sorted(name for name in self.names if not name.startswith("_"))))

    def writefile(self, rest, body):
        with open(rest.split()[-1], "w", encoding="utf-8") as file:
            file.write(body)

    def capture(self, name, body):
        """Run the rest of a cell without its printed text, which goes into `name.stdout`."""
        quiet = contextlib.redirect_stderr(io.StringIO())
        with quiet, contextlib.redirect_stdout(io.StringIO()) as text:
            self.run(body, 1)
        if name.strip().isidentifier():
            self.names[name.strip()] = Captured(text.getvalue())

    def time(self, code, body=None):
        """Run code once and say how long it took; give what its last line gives."""
        start = time.perf_counter()
        value = self.run(code) if body is None else self.run(body, 1)
        say(CELLS["time"].format(seconds=readable(time.perf_counter() - start)))
        return value

    def run(self, code, lines_before=0):
        """Run code as a part of the cell, so that tracebacks name its lines there."""
        tree = ast.increment_lineno(ast.parse(source.python(code)), lines_before)
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, self.file, "exec"), self.names)
        if last is None:
            return None
        return eval(compile(ast.Expression(last.value), self.file, "eval"), self.names)

    def timeit(self, code, body=""):
        """Run code often and say how long it takes, as Jupyter says it.

        -n and -r before it say how often; other options do nothing.
        """
        code, asked = f"{code}\n{body}", {"n": 0, "r": RUNS}
        while found := OPTION.match(code):
            if found[1] in asked and found[2]:
                asked[found[1]] = int(found[2])
            code = code[found.end() :]
        import statistics
        import timeit

        timer = timeit.Timer(code.strip("\n"), globals=self.names)
        loops, runs = asked["n"] or timer.autorange()[0], asked["r"]
        each = [seconds / loops for seconds in timer.repeat(runs, loops)]
        best, spread = statistics.mean(each), statistics.pstdev(each)
        words = {"best": readable(best), "spread": readable(spread), "runs": runs, "loops": loops}
        say(CELLS["timeit"].format(**words))


def readable(seconds):
    """Seconds with a unit that suits them."""
    size, unit = next((each for each in UNITS if seconds >= each[0]), UNITS[-1])
    return f"{seconds / size:.3g} {unit}"


class Captured:
    """What %%capture has kept: `.stdout`."""

    def __init__(self, text):
        self.stdout = text

    def __str__(self):
        return self.stdout


def say(text):
    """Print a line as a cell does."""
    sys.stdout.write(f"{text}\n")
