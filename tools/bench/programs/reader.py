"""A reader of Chromium, for the programs that time the page: each has a fresh profile on disk,
which is gone afterwards. What the browser keeps there, such as compiled code, a returning reader
finds.
"""

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator

from playwright.sync_api import BrowserContext, BrowserType


@contextlib.contextmanager
def reader(chromium: BrowserType) -> Iterator[BrowserContext]:
    """Open the browser that NNCORE_BROWSER names, or else Playwright's own; close it afterwards."""
    with tempfile.TemporaryDirectory(prefix="nncore-profile-") as profile:
        context = chromium.launch_persistent_context(
            profile,
            executable_path=os.environ.get("NNCORE_BROWSER"),
            args=["--no-sandbox", "--disable-background-networking"],
            viewport={"width": 1440, "height": 900},
        )
        try:
            yield context
        finally:
            context.close()


def say(line: str) -> None:
    """Tell who waits how far it is: what is printed is the result."""
    print(line, file=sys.stderr, flush=True)
