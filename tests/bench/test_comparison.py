"""Two builds side by side: the table shows ratios of medians, and which engines were not there."""

import time
import urllib.request
from pathlib import Path

import pytest

from tools.bench.comparison import ROWS, _SlowLine, compare, comparison_table, lesson, serving


def entry(row: str, build: str, value: float) -> dict:
    marks = {"start": 1.0, "numpy": 2.0, "draw": 3.0, "ready": value}
    return {"row": row, "build": build, "value": value, "marks": marks}


def test_the_table_shows_ratios_of_medians_beside_what_they_may_be() -> None:
    found = [entry("returning", "new", t) for t in (400, 500, 9000)]
    found += [entry("returning", "old", t) for t in (1, 1000, 9000)]
    found += [{"row": "bytes", "build": b, "value": v} for b, v in (("new", 7e6), ("old", 1e7))]
    found += [{"row": "firefox", "skipped": "Firefox was not found"}]
    lines = comparison_table(found).splitlines()
    assert lines[2] == "| ready, returning, Chromium | 500 ms | 1000 ms | 0.50 | 0.60 | 3 + 3 |"
    assert lines[3].startswith("| ready, returning, Firefox | Firefox was not found |")
    assert "| 7.00 MB | 10.00 MB | 0.70 | 0.80 | 1 + 1 |" in lines[4]
    assert lines[-1] == "| ready, returning, Chromium | 1 / 1 | 2 / 2 | 3 / 3 | 500 / 1000 |"


def test_what_it_is_compared_with_must_be_a_built_page(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"--against must name a built page .* got .*nothing"):
        compare(Path("python"), Path("chromium"), tmp_path, tmp_path / "nothing", ROWS, 1)


def test_the_lesson_has_three_playgrounds_of_its_build() -> None:
    text = lesson("old")
    assert text.count("<nn-playground ") == 3
    assert 'src="old/embed.js"' in text
    assert "=== 3 &&" in text


def test_a_slow_line_carries_what_it_is_given_one_after_the_other(tmp_path: Path) -> None:
    slow = type("Quicker", (_SlowLine,), {"RATE": 2e6, "ROUND_TRIP": 0.0})
    (tmp_path / "file").write_bytes(content := bytes(range(256)) * 400)
    with serving(tmp_path, slow) as address:
        start = time.monotonic()
        for _ in range(2):
            with urllib.request.urlopen(f"{address}/file") as answer:
                assert answer.read() == content
        assert time.monotonic() - start >= 2 * len(content) / 2e6 - 0.02
