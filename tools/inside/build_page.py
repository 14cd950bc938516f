"""Pack the page's own Python as a wheel and render its HTML; run inside Pyodide with NumPy.

/repo is the repository, /in holds `icons.json`, and /out receives the packed wheel, the packed
parts that are fetched later (see `parts`), the packed `main.py`, the page and its style sheet, and
`packed.json`. Wheel and parts hold every module as bytecode, so that it loads at once; the sources,
for tracebacks and `help()`, lie in an archive of their own, which no start needs. The page leaves
all of them packed, and imports from them as they lie.
"""

import json
import tomllib
from pathlib import Path

import archives  # beside this file
import parts

from explorer.prerender.page import render, stylesheet

NAME = "nncore_playground"
SOURCES = "sources_later.zip"
FOLDERS = ("nncore", "site/explorer", "site/lessons")
SUFFIXES = (".py", ".csv", ".json", ".md", ".typed", ".html", ".js")


def sources() -> dict[str, bytes]:
    """Return name inside the wheel -> content of every file of our packages that the page needs."""
    found = {}
    for folder in FOLDERS:
        top = Path("/repo", folder)
        for path in sorted(top.rglob("*")):
            name = path.relative_to(top.parent).as_posix()
            needed = not name.startswith(parts.FOR_THE_BUILD)
            if needed and path.suffix in SUFFIXES:
                found[name] = path.read_bytes()
    return found


def as_bytecode(files: dict[str, bytes], archive: str) -> dict[str, bytes]:
    """Return `files` with a .pyc in the place of every source, as Python finds it in `archive`.

    Nobody asks the page's own modules for their docstrings; those of nncore are for its readers.
    """
    sources = {name for name in files if name.endswith(".py")}
    return archives.compiled(files, f"/lib/{archive}/", sources, bare="explorer/")


def divided(files: dict[str, bytes]) -> dict[str | None, dict[str, bytes]]:
    """Return part -> its files; under None what every visit fetches.

    Raises:
        ValueError: If a part is empty.
    """
    found: dict[str | None, dict[str, bytes]] = {part: {} for part in (None, *parts.PARTS)}
    for name, content in files.items():
        found[parts.part_of(name)][name] = content
    for part, inside in found.items():
        if not inside:
            raise ValueError(f"part {part} must hold a module; got none, see tools/inside/parts.py")
    return found


def build_part(part: str, files: dict[str, bytes]) -> tuple[str, bytes]:
    """Return the file name and the content of a part's archive."""
    name = parts.archive_of(part)
    return name, archives.write_zip(as_bytecode(files, name))


def build_wheel(version: str, files: dict[str, bytes]) -> tuple[str, bytes]:
    """Return the wheel's file name and content."""
    info = f"{NAME}-{version}.dist-info"
    metadata = f"Metadata-Version: 2.4\nName: {NAME}\nVersion: {version}\n"
    tags = "Wheel-Version: 1.0\nGenerator: nncore\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    file_name = f"{NAME}-{version}-py3-none-any.whl"
    files = as_bytecode(files, file_name)
    files |= {f"{info}/METADATA": metadata.encode(), f"{info}/WHEEL": tags.encode()}
    return file_name, archives.wheel(files, info)


def main() -> None:
    """Write the wheel, the parts, the page and the style sheet."""
    project = tomllib.loads(Path("/repo/pyproject.toml").read_text("utf-8"))["project"]
    found = sources()
    files = divided(found)
    name, wheel = build_wheel(project["version"], files[None])
    out = Path("/out")
    texts = {name: content for name, content in found.items() if name.endswith(".py")}
    main_script = Path("/repo/site/main.py").read_bytes()
    table = {
        name: archives.pack(name, wheel, out),
        "main.py": archives.pack("main.py", main_script, out),
    }
    table[SOURCES] = archives.pack(SOURCES, archives.write_zip(texts), out)
    table[SOURCES]["modules"] = []  # nothing is imported from there
    for part in parts.PARTS:
        name, archive = build_part(part, files[part])
        modules = archives.modules_in(files[part])
        table[name] = {**archives.pack(name, archive, out), "part": part, "modules": modules}
    (out / "packed.json").write_text(json.dumps(table, indent=1, sort_keys=True))

    icons = json.loads(Path("/in/icons.json").read_text("utf-8"))
    template = Path("/repo/site/index.html").read_text("utf-8")
    (out / "index.html").write_text(render(template, icons), "utf-8")
    css = Path("/repo/site/style.css").read_text("utf-8")
    (out / "style.css").write_text(stylesheet(css), "utf-8")


main()
