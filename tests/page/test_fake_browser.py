"""The fake browser is true to the real one: the same names, the same parameters."""

import ast
import inspect
from pathlib import Path

import pytest
from fake_browser import FakeBrowser

SITE = Path(__file__).resolve().parents[2] / "site"
MODULES = [SITE / "explorer" / "browser" / f"{name}.py" for name in ("browser", "canvas")]
BODY = [node for module in MODULES for node in ast.parse(module.read_text("utf-8")).body]
REAL = {node.name: node for node in BODY if isinstance(node, ast.FunctionDef | ast.ClassDef)}
CONSTANTS = {
    target.id
    for node in BODY
    if isinstance(node, ast.Assign)
    for target in node.targets
    if isinstance(target, ast.Name)
}
IMPORTED = {
    alias.asname or alias.name
    for node in BODY
    if isinstance(node, ast.Import | ast.ImportFrom)
    for alias in node.names
}
FUNCTIONS = [name for name, node in REAL.items() if isinstance(node, ast.FunctionDef)]


def used_by(path):
    """The names that a module takes from the browser it is given."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
            owner = node.value
            name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
            if name == "browser":
                yield node.attr


@pytest.mark.parametrize(
    "path", sorted(SITE.rglob("*.py")), ids=lambda path: str(path.relative_to(SITE))
)
def test_the_page_uses_only_what_the_real_browser_has(path):
    assert set(used_by(path)) <= set(REAL) | CONSTANTS | IMPORTED


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if hasattr(FakeBrowser, name)])
def test_a_fake_function_takes_the_same_arguments(name):
    real = REAL[name].args
    fake = inspect.getfullargspec(getattr(FakeBrowser, name))
    assert fake.args[1:] == [argument.arg for argument in real.args]
    assert (fake.varkw is None) == (real.kwarg is None)
    assert len(fake.defaults or ()) == len(real.defaults)


def test_the_fake_classes_have_the_real_methods():
    for name in ("Timer", "Raster"):
        methods = {node.name for node in REAL[name].body if isinstance(node, ast.FunctionDef)}
        browser = FakeBrowser()
        fake = browser.Timer(list) if name == "Timer" else browser.Raster([], 1, 1)
        assert all(hasattr(fake, method) for method in methods)
