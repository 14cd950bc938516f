"""A cell's text as Python: its lines that are none (magics), what it imports, and its last line,
whose value is shown.
"""

import ast
import inspect

FLAGS = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
SIGNS = "%!"
NOT_FOUND = (SyntaxError, ValueError, RecursionError, MemoryError)


def python(text):
    """The cell with each line that is a magic as a call of `_magic`, lines kept as they are.

    `%%name` at the beginning takes the whole cell, `%name` and `!command` a line; `name?` and
    `?name` ask for help.
    """
    if text.lstrip().startswith("%%"):
        head, _, body = text.lstrip().partition("\n")
        name, _, options = head[2:].strip().partition(" ")
        return f"_magic({'%%' + name!r}, {options!r}, {body!r})"
    try:
        ast.parse(text)
    except NOT_FOUND:
        return "\n".join(map(line_of, text.split("\n")))
    return text


def line_of(line):
    bare = line.lstrip()
    indent = line[: len(line) - len(bare)]
    if bare[:1] in SIGNS and bare[1:2].strip():
        name, _, rest = bare[1:].partition(" ") if bare[0] == "%" else ("!", "", bare[1:])
        return f"{indent}_magic({name!r}, {rest.strip()!r})"
    asked = bare.strip("? \t")
    asks = bare.startswith("?") or bare.rstrip().endswith("?")
    if asks and asked.replace(".", "").isidentifier():
        return f"{indent}help({asked})"
    return line


def imported(text):
    """The modules that a cell imports, as far as its text says so; behind %%time as well."""
    if text.lstrip().startswith("%%"):
        text = text.lstrip().partition("\n")[2]
    try:
        tree = ast.parse(python(text))
    except NOT_FOUND:
        return []
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.append(node.module)
    return found


def compiled(text, file):
    """Return (pieces of code, the code of its last expression or None).

    Args:
        file: What tracebacks call it.
    """
    code = python(text)
    tree = compile(code, file, "exec", FLAGS | ast.PyCF_ONLY_AST)
    last = None
    quiet = code.rstrip().endswith(";")
    if tree.body and isinstance(tree.body[-1], ast.Expr) and not quiet:
        last = compile(ast.Expression(tree.body.pop().value), file, "eval", FLAGS)
    body = [compile(tree, file, "exec", FLAGS)] if tree.body else []
    return body, last


def waits(code):
    """Whether code has an `await` outside of functions."""
    return bool(code.co_flags & inspect.CO_COROUTINE)
