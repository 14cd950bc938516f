"""Bring every file that the lock file names into the local cache.

For each file the places are tried in order: the cache, then a web folder (the CDN, or the mirror
given instead), then pinned packages from npm and PyPI. Whatever a source hands out is compared
with the lock file. A source that refuses a file or hands out the wrong bytes is named, and the
next one is tried. A host that gives no answer is not asked again in this run.
"""

import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tools.cache import Cache, mismatch
from tools.download import FileRefused, Patience, SourceDown, download
from tools.lock import LockedFile, Place, Source
from tools.node import NoNode, find_node, npm_command
from tools.packages import members, npm_pack, pip_download
from tools.report import Report, megabytes


class FetchError(Exception):
    """A file could not be had from any source; the text says why, and what to do."""


@dataclass
class Fetcher:
    """Fetches locked files into `cache`; `mirror` is a URL to ask instead of the CDN."""

    cache: Cache
    files: tuple[LockedFile, ...]
    report: Report
    mirror: str | None = None
    offline: bool = False
    patience: Patience = field(default_factory=Patience)
    _dead: dict[str, str] = field(default_factory=dict, init=False)

    def ensure(self, wanted: Iterable[LockedFile]) -> dict[str, Path]:
        """Return name -> path of each wanted file, fetching what is missing.

        Raises
        ------
        FetchError
            If a file is to be had nowhere.
        """
        found: dict[str, Path] = {}
        for file in wanted:
            found[file.name] = self.cache.find(file) or self._fetch(file)
        return found

    def _fetch(self, file: LockedFile) -> Path:
        if self.offline:
            raise FetchError(
                f"{file.name} is not in the cache ({self.cache.folder}), and --offline forbids "
                "fetching it. Run once without --offline."
            )
        reasons = []
        for source, attempt in self._attempts(file):
            reason = self._dead.get(source) or attempt()
            if reason is None:
                return self.cache.path(file)
            self.report.line(f"{file.name} refused from {source}: {reason}")
            reasons.append(f"  {source}: {reason}")
        raise FetchError(
            f"{file.name} ({megabytes(file.size)}) could not be fetched from any source:\n"
            + "\n".join(reasons)
            + "\nCheck the network connection (or the proxy settings), or name a web folder that "
            "holds the file with --mirror URL, then run the command again."
        )

    def _attempts(self, file: LockedFile) -> Iterable[tuple[str, Callable[[], str | None]]]:
        """Yield (name of the source, function that returns None or why it failed)."""
        if self.mirror:
            base = self.mirror.rstrip("/") + "/"
            yield base, lambda: self._from_web(file, base, base + Path(file.name).name)
        for place in file.places:
            source = place.source
            if source.kind != "http":
                yield source.address, lambda place=place: self._from_package(file, place)
            elif not self.mirror:
                url = source.address + place.path
                yield source.address, lambda url=url, source=source: self._from_web(
                    file, source.address, url
                )

    def _from_web(self, file: LockedFile, source: str, url: str) -> str | None:
        def progress(done: int) -> None:
            self.report.progress(file.name, done, file.size)

        try:
            data = download(url, file.size, self.patience, progress)
        except SourceDown as error:
            self._dead[source] = str(error)
            return str(error)
        except FileRefused as error:
            return str(error)
        return self._keep(file, data)

    def _from_package(self, file: LockedFile, place: Place) -> str | None:
        """Take `file` from its package, and all else that we know to be in there."""
        self.cache.folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self.cache.folder, prefix=".package-") as folder:
            try:
                read = members(self._archive(place.source, Path(folder)))
            except (NoNode, OSError, RuntimeError) as error:
                self._dead[place.source.address] = str(error)
                return str(error)
            outcome: str | None = None
            for other in self.files:
                paths = [p.path for p in other.places if p.source == place.source]
                if not paths or (other is not file and self.cache.find(other)):
                    continue
                try:
                    reason = self._keep(other, read(paths[0]))
                except KeyError:
                    reason = f"there is no {paths[0]} inside"
                if other is file:
                    outcome = reason
        return outcome

    def _archive(self, source: Source, folder: Path) -> Path:
        if source.kind == "pypi":
            return pip_download(source.address, folder, self.report)
        npm = npm_command(find_node(self.cache.folder, self.report))
        if npm is None:
            raise RuntimeError("npm is not installed (it comes with Node)")
        return npm_pack(source.address, folder, self.report, npm)

    def _keep(self, file: LockedFile, data: bytes) -> str | None:
        problem = mismatch(file, data)
        if problem is None:
            self.cache.put(file, data)
            self.report.line(f"fetched {file.name} ({megabytes(file.size)})")
        return problem
