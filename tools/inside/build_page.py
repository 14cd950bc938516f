"""Pack the page's own Python as a wheel and render its HTML; run inside Pyodide with NumPy.

/repo is the repository, /in holds `icons.json`, and /out receives the packed wheel, the packed
`main.py`, the page and its style sheet, and `packed.json`. The wheel holds every module twice:
as source, so that tracebacks and "show the code" can quote it, and as bytecode, so that it loads
at once. The page leaves it packed, and imports from it as it lies.
"""

import json
import tomllib
from pathlib import Path

import archives  # beside this file

from explorer.prerender.page import render, stylesheet

NAME = "nncore_playground"
FOLDERS = ("nncore", "site/explorer")
FOR_THE_BUILD = ("prerender/", "text/article", "text/boot")  # the page's own HTML holds it
SUFFIXES = (".py", ".csv", ".json", ".md", ".typed")


def sources() -> dict[str, bytes]:
    """Return name inside the wheel -> content of every file of our packages that the page needs."""
    found = {}
    for folder in FOLDERS:
        top = Path("/repo", folder)
        for path in sorted(top.rglob("*")):
            name = path.relative_to(top.parent).as_posix()
            needed = not name.startswith(tuple(f"explorer/{start}" for start in FOR_THE_BUILD))
            if needed and path.suffix in SUFFIXES:
                found[name] = path.read_bytes()
    return found


def with_bytecode(files: dict[str, bytes], place: str) -> dict[str, bytes]:
    """Return `files` with a .pyc beside every source, where Python looks for it in an archive."""
    compiled = {
        f"{name}c": archives.bytecode(content, place + name)
        for name, content in files.items()
        if name.endswith(".py")
    }
    return files | compiled


def build_wheel(version: str) -> tuple[str, bytes]:
    """Return the wheel's file name and content."""
    info = f"{NAME}-{version}.dist-info"
    metadata = f"Metadata-Version: 2.4\nName: {NAME}\nVersion: {version}\n"
    tags = "Wheel-Version: 1.0\nGenerator: nncore\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    file_name = f"{NAME}-{version}-py3-none-any.whl"
    files = with_bytecode(sources(), f"/lib/{file_name}/")
    files |= {f"{info}/METADATA": metadata.encode(), f"{info}/WHEEL": tags.encode()}
    return file_name, archives.wheel(files, info)


def main() -> None:
    """Write the wheel, the page and the style sheet."""
    project = tomllib.loads(Path("/repo/pyproject.toml").read_text("utf-8"))["project"]
    name, wheel = build_wheel(project["version"])
    out = Path("/out")
    main_script = Path("/repo/site/main.py").read_bytes()
    table = {
        name: archives.pack(name, wheel, out),
        "main.py": archives.pack("main.py", main_script, out),
    }
    (out / "packed.json").write_text(json.dumps(table, indent=1, sort_keys=True))

    icons = json.loads(Path("/in/icons.json").read_text("utf-8"))
    template = Path("/repo/site/index.html").read_text("utf-8")
    (out / "index.html").write_text(render(template, icons), "utf-8")
    css = Path("/repo/site/style.css").read_text("utf-8")
    (out / "style.css").write_text(stylesheet(css), "utf-8")


main()
