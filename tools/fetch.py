"""Bring every file that the lock file names into the local cache.

For each file the places are tried in order: the cache, then a web folder (the CDN, or the mirror
given instead), then pinned packages from npm and PyPI. Whatever a source hands out is compared
with the lock file. A source that refuses a file or hands out the wrong bytes is named, and the
next one is tried. A source that gives no answer is not asked again in this run.
"""

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tools.cache import Cache, default_cache_folder, mismatch
from tools.download import FileRefused, Patience, SourceDown, download
from tools.leftovers import remove_leftovers
from tools.lock import LockedFile, Place, Source, read_lock
from tools.node import NoNode, find_node, npm_command
from tools.packages import members, npm_pack, pip_download
from tools.report import Report, megabytes


class FetchError(Exception):
    """A file could not be had from any source; the text says why, and what to do."""


def make_fetcher(report: Report, mirror: str | None = None, offline: bool = False) -> "Fetcher":
    """Return a fetcher of everything in the lock file, into the machine's own cache."""
    return Fetcher(Cache(default_cache_folder()), read_lock(), report, mirror, offline)


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

        Raises:
            FetchError: If a file is to be had nowhere.
        """
        return {file.name: self.cache.find(file) or self._fetch(file) for file in wanted}

    def _fetch(self, file: LockedFile) -> Path:
        if self.offline:
            raise FetchError(
                f"{file.name} is not in the cache ({self.cache.folder}), and --offline forbids "
                "fetching it. Run once without --offline."
            )
        reasons = []
        for place in self._places(file):
            address = place.source.address
            reason = self._dead.get(address)
            if reason is None:
                reason = self._try(file, place)
                if reason is None:
                    return self.cache.path(file)
                self.report.line(f"{file.name}: not from {address}: {reason}")
            reasons.append(f"  {address}: {reason}")
        raise FetchError(
            f"{file.name} ({megabytes(file.size)}) could not be fetched from any source:\n"
            + "\n".join(reasons)
            + "\nCheck the network connection (or the proxy settings), or name a web folder that "
            "holds the file with --mirror URL, then run the command again."
        )

    def _places(self, file: LockedFile) -> list[Place]:
        """Return where to look; a mirror holds every file under its bare name."""
        if self.mirror is None:
            return list(file.places)
        mirror = Source("mirror", "http", self.mirror.rstrip("/") + "/")
        others = [place for place in file.places if place.source.kind != "http"]
        return [Place(mirror, Path(file.name).name), *others]

    def _try(self, file: LockedFile, place: Place) -> str | None:
        """Fetch `file` from one place into the cache; return None, or why it failed."""
        try:
            if place.source.kind == "http":
                return self._from_web(file, place)
            return self._from_package(file, place.source)
        except (SourceDown, NoNode, OSError, RuntimeError) as error:
            self._dead[place.source.address] = str(error)
            return str(error)

    def _from_web(self, file: LockedFile, place: Place) -> str | None:
        def progress(done: int) -> None:
            self.report.progress(file.name, done, file.size)

        try:
            data = download(place.source.address + place.path, file.size, self.patience, progress)
        except FileRefused as error:
            return str(error)
        return self._keep(file, data)

    def _from_package(self, file: LockedFile, source: Source) -> str | None:
        """Take `file` from its package, and all else that we know to be in there."""
        outcome = None
        self.cache.folder.mkdir(parents=True, exist_ok=True)
        remove_leftovers(self.cache.folder, ".package-*")
        with tempfile.TemporaryDirectory(dir=self.cache.folder, prefix=".package-") as folder:
            archive = self._archive(source, Path(folder))
            with members(archive) as read:
                for other in self.files:
                    path = next((p.path for p in other.places if p.source == source), None)
                    if path is None or (other != file and self.cache.find(other)):
                        continue
                    try:
                        reason = self._keep(other, read(path))
                    except KeyError:
                        reason = f"there is no {path} inside"
                    if other == file:
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
