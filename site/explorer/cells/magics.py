"""The lines of cells that are no Python, as far as courses use them: %time, %timeit, !pip, ...

`source.python` makes a call of `Magics.do` out of each.
"""

import ast
import sys
import time

from explorer.cells.imports import LARGE
from explorer.text.cells import CELLS

IGNORED = (
    "matplotlib", "config", "load_ext", "autoreload", "reload_ext", "precision", "pylab", "xmode",
    "tensorflow_version", "warnings",
)  # fmt: skip
RUNS = 7
UNITS = ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns"))
KERAS = ("keras", "tensorflow", "tf-keras")


class Magics:
    """The magics of a notebook's cells.

    Args:
        names: The cells' own.
        finder: Knows what can be imported.
    """

    def __init__(self, names, finder):
        self.names, self.finder = names, finder
        self.known = {
            "time": self.time, "timeit": self.timeit, "pip": self.pip, "conda": self.pip,
            "who": self.who, "whos": self.who, "pwd": lambda *_: say("/home/notebook"),
        }  # fmt: skip

    def do(self, name, rest="", body=None):
        """Do the magic `name` with what stands behind it.

        Args:
            body: The rest of the cell for %%name.
        """
        name = name.removeprefix("%%")
        if name == "!":
            return self.shell(rest)
        if name in IGNORED:
            return None
        if name in ("capture", "script", "bash", "html", "javascript", "writefile") and body:
            return self.writefile(rest, body) if name == "writefile" else say(unknown(name, self))
        if name not in self.known:
            say(unknown(name, self))
            return None
        return self.known[name](rest if body is None else f"{rest}\n{body}".strip("\n"))

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

    def time(self, code):
        """Run code once and say how long it took; give what an expression gives."""
        start = time.perf_counter()
        try:
            tree = ast.parse(code, mode="eval")
        except SyntaxError:
            tree = ast.parse(code)
        mode = "eval" if isinstance(tree, ast.Expression) else "exec"
        value = eval(compile(tree, "<time>", mode), self.names)
        say(CELLS["time"].format(seconds=readable(time.perf_counter() - start)))
        return value

    def timeit(self, code):
        """Run code often and say how long it takes, as Jupyter says it."""
        while code.startswith("-"):
            code = code.split(" ", 2)[2] if code[2:3] == " " else code.partition(" ")[2]
        import statistics
        import timeit

        timer = timeit.Timer(code, globals=self.names)
        loops, _ = timer.autorange()
        each = [seconds / loops for seconds in timer.repeat(RUNS, loops)]
        best, spread = statistics.mean(each), statistics.stdev(each)
        words = {"best": readable(best), "spread": readable(spread), "runs": RUNS, "loops": loops}
        say(CELLS["timeit"].format(**words))


def readable(seconds):
    """Seconds with a unit that suits them."""
    size, unit = next((each for each in UNITS if seconds >= each[0]), UNITS[-1])
    return f"{seconds / size:.3g} {unit}"


def unknown(name, magics):
    return CELLS["no_magic"].format(name=name, names=", ".join(f"%{each}" for each in magics.known))


def say(text):
    """Print a line as a cell does."""
    sys.stdout.write(f"{text}\n")
