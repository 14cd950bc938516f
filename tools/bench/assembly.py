"""Put the benchmark's page together: its own files, the libraries, Pyodide, nncore, the site."""

import shutil
import zipfile
from pathlib import Path

PREFIX = "bench/"  # of the libraries' names in the lock file


def assemble(
    site: Path, root: Path, files: dict[str, Path], dist: Path | None, before: Path | None = None
) -> None:
    """Fill the empty folder `site`.

    Args:
        files: Name -> path of the lock file's groups `runtime` and `bench`.
        dist: The built page, which then lies in `site/site`, or None.
        before: Another one, for `site/before`.
    """
    here = Path(__file__).parent
    shutil.copytree(here / "page", site, dirs_exist_ok=True)
    for name, path in files.items():
        folder = "libraries" if name.startswith(PREFIX) else "runtime"
        target = site / folder / name.removeprefix(PREFIX)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    with zipfile.ZipFile(site / "nncore.zip", "w") as archive:
        for path in sorted((root / "nncore").rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                archive.write(path, path.relative_to(root))
        archive.write(here / "programs" / "in_page.py", "in_page.py")
    if dist is not None:
        shutil.copytree(dist, site / "site")
    if before is not None:
        shutil.copytree(before, site / "before")
