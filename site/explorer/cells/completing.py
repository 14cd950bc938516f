"""What may come next in a cell, and what the name under the pointer is: asked of the live objects.

Only names and attributes are looked up, and no code of the cell is run; a property is not called.
"""

import ast
import builtins
import inspect
import keyword
import re

PATH = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*\.?$")
WORD = re.compile(r"\w*")
MOST = 300
MOST_BACK = 5000  # characters in which the beginning of a call is looked for
NAMED = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
LONGEST = 1200


def complete(names, text, place):
    """{"options": [{"label", "type", "boost"}]} for the text before `place`. What the open call
    takes comes first.
    """
    line = text[:place].split("\n")[-1]
    found = PATH.search(line)
    path, dot, start = (found[0] if found else "").rpartition(".")
    given = []
    if line.endswith(".") and not dot:  # of something that would have to be run first
        options = {}
    elif path:
        there, value = resolve(names, path)
        options = attributes(value) if there else {}
    else:
        options = dict.fromkeys(keyword.kwlist, "keyword")
        options |= {name: kind(value) for name, value in vars(builtins).items()}
        options |= dict.fromkeys(written(text), "variable")
        options |= {name: kind(value) for name, value in list(names.items())}
        given = arguments(names, text[: place - len(start)])
    if not start.startswith("_"):
        options = {name: each for name, each in options.items() if not name.startswith("_")}
    fitting = sorted(name for name in options if name.startswith(start))[:MOST]
    first = [name for name in given if name.startswith(start)]
    return {
        "options": [
            *({"label": name, "type": "property", "boost": 1} for name in first),
            *({"label": name, "type": options[name]} for name in fitting),
        ]
    }


def arguments(names, text):
    """The arguments, as `name=`, of the call that is open at the text's end."""
    there, value = resolve(names, called(text))
    try:
        parameters = inspect.signature(value).parameters.values() if there else ()
    except Exception:  # noqa: BLE001 - no signature, or whatever an object does when it is asked
        return []
    return [f"{each.name}=" for each in parameters if each.kind in NAMED]


def called(text):
    """The dotted name of the call that is open at the text's end, or ""."""
    closed = 0
    for place in range(len(text) - 1, max(-1, len(text) - MOST_BACK), -1):
        if text[place] in ")]}":
            closed += 1
        elif text[place] in "([{" and closed:
            closed -= 1
        elif text[place] in "([{":
            found = PATH.search(text[:place]) if text[place] == "(" else None
            return found[0] if found else ""
    return ""


def hint(names, text, place):
    """{"text": signature and first words} of the name at `place`, or {}."""
    line = text.rfind("\n", 0, place) + 1
    end = place + WORD.match(text, place).end() - place
    found = PATH.search(text[line:end])
    there, value = resolve(names, found[0].rstrip(".")) if found else (False, None)
    if not there:
        return {}
    about = signature(found[0], value)
    if callable(value) or inspect.ismodule(value):
        paragraphs = (inspect.getdoc(value) or "").strip().split("\n\n")
        about += "\n\n" + paragraphs[0] if paragraphs[0] else ""
    return {"text": about[:LONGEST]}


def signature(name, value):
    if callable(value):
        try:
            return f"{name.rpartition('.')[2]}{inspect.signature(value)}"
        except (TypeError, ValueError):
            return f"{name}(…)"
    if inspect.ismodule(value):
        return f"module {value.__name__}"
    shape = getattr(value, "shape", None)
    size = f" {tuple(shape)}" if isinstance(shape, tuple) else ""
    return f"{name}: {type(value).__name__}{size}"


def resolve(names, path):
    """(whether there is such a thing, the thing) by a dotted name."""
    first, *rest = path.split(".")
    if first in names:
        value = names[first]
    elif hasattr(builtins, first):
        value = getattr(builtins, first)
    else:
        return False, None
    for name in rest:
        try:
            if isinstance(inspect.getattr_static(type(value), name, None), property):
                return False, None
            value = getattr(value, name)
        except Exception:  # noqa: BLE001 - whatever an object does when it is asked
            return False, None
    return True, value


def attributes(value):
    """{name: kind} of what an object has."""
    try:
        found = dir(value)
    except Exception:  # noqa: BLE001 - as above
        return {}
    options = {}
    for name in found:
        try:
            options[name] = kind(inspect.getattr_static(value, name))
        except AttributeError:
            options[name] = "property"
    return options


def kind(value):
    """What the list of completions calls it."""
    if isinstance(value, type):
        return "class"
    if inspect.ismodule(value):
        return "namespace"
    if isinstance(value, property):
        return "property"
    return "function" if callable(value) or isinstance(value, staticmethod) else "variable"


def written(text):
    """Names that stand in the cell itself, if it is whole enough to be read."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


FOUND = {"complete": complete, "hint": hint}
