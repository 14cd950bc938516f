"""What this browser keeps for the page, where it keeps anything: a frame or a private window may
not. Nothing depends on it.
"""

import js
from pyodide.ffi import JsException, jsnull


def stored(key):
    """A text that this browser keeps for the page, or None where it keeps nothing."""
    try:
        text = js.localStorage.getItem(key)
    except JsException:
        return None
    return None if text is jsnull else text


def store(key, text):
    """Keep a text in this browser; do nothing where that is not allowed."""
    try:
        js.localStorage.setItem(key, text)
    except JsException:
        return
