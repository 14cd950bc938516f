"""Progress bars under the name of tqdm, which does not come with this page: a line of text.

What courses write runs: `for x in tqdm(values)`, `trange(n)`, `with tqdm(total=n) as bar` with
`update`, `set_description` and `set_postfix`, from `tqdm`, `tqdm.auto` or `tqdm.notebook`.
"""

import sys
import time
from types import ModuleType

PAUSE = 0.1  # seconds between two drawings
WIDTH = 20  # characters of a bar
NAMES = ("tqdm", "tqdm.auto", "tqdm.notebook")


class tqdm:
    """Goes through `iterable` and shows how far it is.

    Args:
        iterable: What to go through, or None, where `update` says how far it is.
        desc: A word in front of the bar.
        total: How many there are; len(iterable) where that is known.
        disable: Show nothing.
        unit: What is counted.
        initial: How many are done already.
        leave, looks: Whatever else tqdm takes for its looks; it is left aside.
    """

    def __init__(
        self, iterable=None, desc=None, total=None, leave=True, *,
        disable=False, unit="it", initial=0, **looks,
    ):  # fmt: skip
        self.iterable, self.desc, self.disable, self.unit = iterable, desc or "", disable, unit
        self.total = len(iterable) if total is None and hasattr(iterable, "__len__") else total
        self.n, self.more, self.closed = initial, "", False
        self.started = time.monotonic()
        self.refresh()

    def __iter__(self):
        for value in self.iterable:
            yield value
            self.update()
        self.close()

    def __len__(self):
        return self.total

    def __enter__(self):
        return self

    def __exit__(self, *_fault):
        self.close()

    def update(self, n=1):
        """So many more are done."""
        self.n += n
        self.refresh_if_due()

    def set_description(self, desc=None, refresh=True):
        self.desc = desc or ""
        self.refresh()

    def set_postfix(self, ordered_dict=None, refresh=True, **values):
        """Show numbers behind the bar."""
        found = {**(ordered_dict or {}), **values}
        parts = [f"{k}={v:.3g}" if isinstance(v, float) else f"{k}={v}" for k, v in found.items()]
        self.set_postfix_str(", ".join(parts))

    def set_postfix_str(self, s="", refresh=True):
        self.more = f", {s}" if s else ""
        self.refresh_if_due()

    def close(self):
        """Draw the last time, and end the line."""
        if not self.closed and not self.disable:
            self.refresh()
            sys.stderr.write("\n")
        self.closed = True

    def refresh_if_due(self):
        if time.monotonic() - self.drawn > PAUSE:
            self.refresh()

    def refresh(self):
        """Draw the bar as it is now."""
        self.drawn = now = time.monotonic()
        if self.disable or self.closed:
            return
        took = now - self.started
        speed = f"{self.n / took:.2f}{self.unit}/s" if took > 0 else f"?{self.unit}/s"
        head, count, left = (f"{self.desc}: " if self.desc else ""), str(self.n), ""
        if self.total:
            share = min(self.n / self.total, 1.0)
            full = round(WIDTH * share)
            head += f"{100 * share:3.0f}%|{'█' * full}{' ' * (WIDTH - full)}| "
            count = f"{self.n}/{self.total}"
            left = f"<{clock(took / share * (1 - share))}" if self.n else "<?"
        sys.stderr.write(f"\r{head}{count} [{clock(took)}{left}, {speed}{self.more}]")

    @staticmethod
    def write(text, file=None, end="\n", nolock=False):
        """Print a line beside the bar."""
        (file or sys.stdout).write(f"{text}{end}")


def trange(*bounds, **options):
    """A tqdm of range(*bounds)."""
    return tqdm(range(*bounds), **options)


def clock(seconds):
    """Seconds as 02:05, or as 1:02:05."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"


def install():
    """Let `tqdm` and the modules that courses import it from be this."""
    modules = {name: ModuleType(name, __doc__) for name in NAMES}
    for module in modules.values():
        vars(module).update(tqdm=tqdm, trange=trange, tqdm_notebook=tqdm, __path__=[])
    package, package.auto, package.notebook = modules.values()
    sys.modules.update(modules)
