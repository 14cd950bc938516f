"""The files beside the page, under names that hold a hash of their content.

Such a file never changes, so browsers may keep it for ever. JavaScript modules that import one
another go into a folder with a hash instead, so that their imports stay as they are written;
their ending becomes .js, because some servers do not know .mjs.
"""

import hashlib
import re
from pathlib import PurePosixPath

FOLDER = "assets"
MARK = re.compile(r"\{\{asset:([^}]+)\}\}")
MODULE_IMPORT = re.compile(r"""(["']\./[\w-]+)\.mjs(["'])""")


def short_hash(content: bytes) -> str:
    """Return the first eight hex digits of the SHA-256 of `content`."""
    return hashlib.sha256(content).hexdigest()[:8]


class Assets:
    """Collects files: `paths` maps a name to its path, `contents` a path to its bytes."""

    def __init__(self) -> None:
        self.paths: dict[str, str] = {}
        self.contents: dict[str, bytes] = {}

    def add(self, name: str, content: bytes, ending: str | None = None) -> str:
        """Add the file `name` as assets/STEM.HASH.ENDING; return that path."""
        stem, suffix = PurePosixPath(name).stem, PurePosixPath(name).suffix
        if ending is not None:
            stem, suffix = name, ending
        return self._put(name, f"{FOLDER}/{stem}.{short_hash(content)}{suffix}", content)

    def add_modules(self, folder: str, modules: dict[str, bytes]) -> list[str]:
        """Add modules that import one another; return their paths."""
        files = {}
        for name, content in sorted(modules.items()):
            text = MODULE_IMPORT.sub(r"\1.js\2", content.decode("utf-8"))
            files[name] = text.encode()
        digest = short_hash(b"".join(name.encode() + files[name] for name in files))
        return [
            self._put(name, f"{FOLDER}/{folder}-{digest}/{_as_js(name)}", content)
            for name, content in files.items()
        ]

    def resolve(self, text: str, base: str = "") -> str:
        """Put the path of an asset, relative to the folder `base`, for every {{asset:NAME}}.

        Raises:
            ValueError: If there is no asset of that name.
        """

        def path(match: re.Match[str]) -> str:
            name = match[1]
            if name not in self.paths:
                known = ", ".join(sorted(self.paths))
                raise ValueError(f"{{{{asset:...}}}} must be one of {known}; got {name!r}")
            return self.paths[name].removeprefix(base)

        return MARK.sub(path, text)

    def _put(self, name: str, path: str, content: bytes) -> str:
        if name in self.paths:
            raise ValueError(f"each asset must have a name of its own; got {name!r} twice")
        self.paths[name] = path
        self.contents[path] = content
        return path


def _as_js(name: str) -> str:
    return re.sub(r"\.mjs$", ".js", name)
