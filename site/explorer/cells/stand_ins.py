"""What a worker does in another way than a terminal: time.sleep, which can be stopped here since it
looks now and then whether it should; input, which says that nobody can be asked; and connections,
which there are none of.
"""

import builtins
import socket
import time

from explorer.text.cells import CELLS

STEP = 0.05  # seconds
TURNS = 100  # of a loop; in a browser Python looks for a stop about every fifty


def install():
    """Let time.sleep(seconds) sleep in small steps, between which Python looks for a stop; let
    input() raise RuntimeError, and whatever opens a connection ConnectionError."""
    original = time.sleep

    def sleep(seconds, /):
        if seconds < 0:
            raise ValueError("sleep length must be non-negative")
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            original(min(left, STEP))
            for _ in range(TURNS):
                pass

    sleep.__doc__ = original.__doc__
    time.sleep = sleep
    builtins.input = ask
    socket.create_connection = connect


def ask(prompt="", /):
    """Say that cells cannot ask."""
    raise RuntimeError(CELLS["no_input"])


def connect(address, *_args, **_options):
    """Say that nothing is fetched, and what to do instead; urllib and pandas pass it on."""
    raise ConnectionError(CELLS["no_network"].format(host=address[0]))
