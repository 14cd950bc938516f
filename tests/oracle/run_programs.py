"""Run printed programs one after another and tell what each of them printed.

Run by an interpreter that has the real library: the programs come as a JSON list on standard
input, what they print goes out as a JSON list. Keras's settings are those of a new process for
each, and plots are not shown.
"""

import contextlib
import io
import json
import os
import sys

os.environ |= {"KERAS_BACKEND": "jax", "JAX_ENABLE_X64": "1", "MPLBACKEND": "agg"}

import keras


def printed(program: str) -> str:
    """Return what a program prints."""
    keras.config.set_floatx("float32")
    keras.config.set_epsilon(1e-7)
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(program, "<program>", "exec"), {"__name__": "__main__"})
    return out.getvalue()


texts = [printed(program) for program in json.load(sys.stdin)]
json.dump({"version": keras.__version__, "printed": texts}, sys.stdout)
