"""Run printed programs one after another and tell what each of them printed.

Run by an interpreter that has the real library, whose name (keras or torch) is the argument: the
programs come as a JSON list on standard input, what they print goes out as a JSON list, or null
where the library is missing. Keras's settings are those of a new process for each, and plots are
not shown.
"""

import contextlib
import importlib.util
import io
import json
import os
import sys

os.environ |= {"KERAS_BACKEND": "jax", "JAX_ENABLE_X64": "1", "MPLBACKEND": "agg"}
LIBRARY = sys.argv[1]


def printed(program: str) -> str:
    """Return what a program prints."""
    if LIBRARY == "keras":
        import keras

        keras.config.set_floatx("float32")
        keras.config.set_epsilon(1e-7)
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(program, "<program>", "exec"), {"__name__": "__main__"})
    return out.getvalue()


there = importlib.util.find_spec(LIBRARY) is not None
programs = json.load(sys.stdin)
json.dump([printed(text) for text in programs] if there else None, sys.stdout)
