"""Which modules a Python file imports, read from its source without importing anything."""

import ast
from collections.abc import Iterator
from pathlib import Path


def imports(path: Path, for_types: bool = True) -> set[str]:
    """Return the dotted names that a file imports, anywhere in it; `from a import b` counts as a.b.

    Args:
        for_types: Whether to count also those under `if TYPE_CHECKING:`, which no running program
            makes.
    """
    names = set()
    for node in _nodes(ast.parse(path.read_text(encoding="utf-8")), for_types):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: write the whole module name, not a relative one"
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def _nodes(tree: ast.AST, for_types: bool) -> Iterator[ast.AST]:
    yield tree
    inner = list(ast.iter_child_nodes(tree))
    if isinstance(tree, ast.If) and ast.unparse(tree.test) == "TYPE_CHECKING" and not for_types:
        inner = tree.orelse
    for node in inner:
        yield from _nodes(node, for_types)


def top_level(names: set[str]) -> set[str]:
    """The first parts of dotted names."""
    return {name.partition(".")[0] for name in names}
