"""Timing the start: the bare page has the very same files, and the table says what was found."""

import gzip
import json
from pathlib import Path

from tools.bench.start import table, unpack


def entry(page: str, ready: float, cache: str = "full", slowed: int = 1) -> dict:
    return {"page": page, "cache": cache, "slowed": slowed, "ready": ready, "paint": 200.0}


def test_the_table_shows_medians_and_their_ratio() -> None:
    found = [entry("page", t) for t in (2900, 3000, 9000)] + [
        entry("bare", t) for t in (1, 2000, 2e6)
    ]
    found += [entry("page", 8000, slowed=4), entry("bare", 5000, slowed=4)]
    first, second = table(found).splitlines()[2:]
    assert first == "| full cache | 0.20 s | 3.00 s | 2.00 s | 1.50 |"
    assert second == "| full cache, processor slowed 4 times | 0.20 s | 8.00 s | 5.00 s | 1.60 |"


def test_bare_pyodide_gets_the_site_s_own_files(tmp_path: Path) -> None:
    lock = {"packages": {"numpy": {"file_name": "numpy.whl"}}}
    manifest = {"files": {"numpy.whl": {"path": "assets/n.bin"}}, "lock": lock}
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "n.bin").write_bytes(gzip.compress(b"wheel"))
    listed = f'<script id="boot-files">{json.dumps(manifest)}</script>'
    (tmp_path / "index.html").write_text(listed)
    unpack(tmp_path, tmp_path / "bare")
    assert (tmp_path / "bare" / "numpy.whl").read_bytes() == b"wheel"
    assert json.loads((tmp_path / "bare" / "pyodide-lock.json").read_text()) == lock
