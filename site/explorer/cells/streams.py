"""What cells print, on its way to the page: gathered, so that a million lines are few messages,
and cut off where nobody would read on.
"""

import io
import json

BURST = 40  # messages that may go at once ...
WINDOW = 0.06  # ... within so many seconds; what is printed beyond that is gathered
MOST = 300_000  # characters of a cell's output


class Teller:
    """Sends messages, each as JSON.

    Args:
        now: Gives seconds.
    """

    def __init__(self, post, now):
        self.post, self.now = post, now
        self.number, self.parts, self.since, self.sent = 0, [], 0.0, 0
        self.written = self.dropped = 0

    def begin(self, number):
        """From now on everything belongs to cell `number`."""
        self.number, self.parts = number, []
        self.written = self.dropped = 0
        self.tell(kind="begun")

    def end(self, good, seconds, files, models):
        self.flush()
        if self.dropped:
            self.tell(kind="dropped", count=self.dropped)
        self.tell(kind="ended", good=good, seconds=seconds, files=files, models=models)

    def tell(self, **message):
        self.post(json.dumps({"number": self.number, **message}))

    def write(self, name, text):
        """Text for the stream `name`."""
        if self.written > MOST:
            self.dropped += len(text)
            return
        self.written += len(text)
        if self.written > MOST:
            keep = len(text) - (self.written - MOST)
            self.dropped += len(text) - keep
            text = text[:keep]
        if self.parts and self.parts[-1][0] == name:
            self.parts[-1][1].append(text)
        else:
            self.parts.append((name, [text]))
        now = self.now()
        if now - self.since > WINDOW:
            self.since, self.sent = now, 0
        if self.sent < BURST:
            self.sent += 1
            self.flush()

    def flush(self):
        """Send what was gathered."""
        parts, self.parts = self.parts, []
        for name, texts in parts:
            self.tell(kind="stream", name=name, text="".join(texts))


class Stream(io.TextIOBase):
    """What cells know as sys.stdout or sys.stderr."""

    encoding = "utf-8"

    def __init__(self, teller, name):
        super().__init__()
        self.teller, self.label = teller, name

    def writable(self):
        return True

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self.teller.write(self.label, text)
        return len(text)

    def flush(self):
        """Nothing waits for it: what is gathered goes soon enough."""

    def close(self):
        """It stays open: the next cell prints as well."""
