"""Tell on stderr what the build is doing, with sizes.

On a terminal the line of the running download is rewritten in place. Elsewhere (a log file, a
CI page) only whole lines are written, one per finished step.
"""

import sys
import time
from typing import TextIO


def megabytes(size: int) -> str:
    """Return `size` bytes as text, such as ``3.1 MB`` or ``12 kB`` (decimal units)."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB" if size else "0 kB"
    return f"{size / 1e6:.1f} MB"


class Report:
    """Progress of one build, written to `stream`."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self.stream = sys.stderr if stream is None else stream
        self._live = self.stream.isatty()
        self._drawn = 0.0
        self._open = False

    def line(self, text: str) -> None:
        """Write one whole line."""
        if self._open:
            self.stream.write("\r\033[K")
            self._open = False
        self.stream.write(f"build: {text}\n")
        self.stream.flush()

    def progress(self, name: str, done: int, total: int | None = None) -> None:
        """Redraw the line of a running download; does nothing away from a terminal."""
        now = time.monotonic()
        if not self._live or now - self._drawn < 0.1:
            return
        self._drawn, self._open = now, True
        of = f" of {megabytes(total)}" if total else ""
        self.stream.write(f"\r\033[Kbuild: fetching {name}: {megabytes(done)}{of}")
        self.stream.flush()
