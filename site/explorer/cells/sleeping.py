"""time.sleep that can be stopped: here nothing else would look whether it should."""

import time

STEP = 0.05  # seconds


def install():
    """Let time.sleep(seconds) sleep in small steps, between which Python looks for a stop."""
    original = time.sleep

    def sleep(seconds, /):
        if seconds < 0:
            raise ValueError("sleep length must be non-negative")
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            original(min(left, STEP))

    sleep.__doc__ = original.__doc__
    time.sleep = sleep
