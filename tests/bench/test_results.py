"""The benchmark's table and chart, the paper they go into, and how it listens to a browser."""

import http.client
import json
import subprocess
import sys
import textwrap
import xml.etree.ElementTree as ET
from functools import partial
from pathlib import Path

import pytest

from tools.bench import command, gather
from tools.bench.chart import chart
from tools.bench.command import MARKS
from tools.bench.table import KERNEL, NUMPY, SKLEARN, browser, cell, number, table
from tools.lock import read_lock, select


def times(median: float) -> dict:
    return {"median": median, "low": median / 2, "high": median * 2, "runs": 5}


FOUND = {
    "date": "2026-01-02", "machine": "Abacus, 2 cores", "agent": "X Chrome/156.0 Safari/5",
    "rounds": 9,
    "epochs": {
        "2-4-2-1, batch 1": {KERNEL: times(0.05), "brain.js": times(0.25)},
        "2-4-2-1, batch 10": {KERNEL: times(0.012), NUMPY: times(0.6), "ConvNetJS": times(0.3)},
    },
    "native": {"2-4-2-1, batch 10": times(2.5)},
    "page": {
        "usual": {"ready": 1700, "framesPerSecond": 60, "epochsPerSecond": 60, "longestFrame": 21},
        "full": {"ready": 1600, "framesPerSecond": 59, "epochsPerSecond": 1234, "longestFrame": 22},
        "extremes": {
            "100,000 points": {
                "medianFrame": 16.7, "longestFrame": 33.4, "longestWork": 21.3, "cells": 50,
                "epochsPerSecond": 67.25, "longOnChange": [51.2, 63.7], "longRunning": [],
            },
            "other": {
                "medianFrame": 16.7, "longestFrame": 33.4, "longestWork": 21.3, "cells": 0,
                "epochsPerSecond": 67.25, "longOnChange": [51.2], "longRunning": None,
            },
        },
    },
}  # fmt: skip


def rows(markdown: str) -> list[list[str]]:
    lines = [line for line in markdown.splitlines() if line.startswith("|")]
    return [[part.strip() for part in line.strip("|").split("|")] for line in lines]


def test_the_table_says_who_needs_how_long_and_the_ratios() -> None:
    text = table(FOUND)
    head, _, first, second, *_ = rows(text)
    assert head[:3] == ["network, batch", KERNEL, "brain.js"]
    assert dict(zip(head, first, strict=True)) == {
        "network, batch": "2-4-2-1, batch 1", KERNEL: "0.050 (0.025-0.100)",
        "brain.js": "0.250 (0.125-0.500)", NUMPY: "-", "ConvNetJS": "-", SKLEARN: "-",
        "fastest library / kernel": "5.0", "NumPy / kernel": "",
    }  # fmt: skip
    assert second[-2:] == ["25.0", "50.0"]
    assert second[head.index(SKLEARN)] == "2.50 (1.25-5.00)"
    assert "Measured on 2026-01-02: Abacus, 2 cores; Chrome 156." in text
    assert "ready after 1.7 s." in text
    assert "at full speed, at 59 frames and 1234 epochs a second (longest frame 22 ms)." in text
    assert "| 100,000 points | 64 (2) | - | 17 | 33 | 21 | 50 | 67.2 |" in text
    assert "| other | 51 | not told | 17 | 33 | 21 | - | 67.2 |" in text


@pytest.mark.parametrize(
    ("value", "shown"), [(0.0123, "0.012"), (1.234, "1.23"), (12.34, "12.3"), (1234.5, "1234")]
)
def test_numbers_have_three_digits(value: float, shown: str) -> None:
    assert number(value) == shown


def test_a_contender_that_cannot_is_a_dash() -> None:
    assert cell(None) == "-"


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (X11) AppleWebKit/537.36 HeadlessChrome/156.0.1 Safari/537.36", "Chrome 156"),
        ("Mozilla/5.0 (X11; rv:153.0) Gecko/20100101 Firefox/153.0", "Firefox 153"),
        ("Mozilla/5.0 AppleWebKit/605.1.15 Version/26.1 Safari/605.1.15", "Safari 26"),
    ],
)
def test_the_browser_is_named(agent: str, name: str) -> None:
    assert browser(agent) == name


def test_the_chart_is_a_picture_with_a_bar_for_each() -> None:
    root = ET.fromstring(chart(FOUND))
    space = "{http://www.w3.org/2000/svg}"
    lengths = [float(bar.get("width")) for bar in root.iter(f"{space}rect")]
    assert len(lengths) == 4
    assert lengths == sorted(lengths), "the quickest stands first"
    assert [bar.get("class") for bar in root.iter(f"{space}rect")] == ["ours", "bar", "bar", "bar"]
    assert "scikit-learn, native" in [each.text for each in root.iter(f"{space}text")]


def test_results_go_between_the_marks(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(command, "ROOT", tmp_path)
    (tmp_path / command.CHART).parent.mkdir(parents=True)
    paper = tmp_path / command.PAPER
    paper.write_text(f"before\n{MARKS[0]}\nold\n{MARKS[1]}\nafter\n", encoding="utf-8")
    command.publish("new\n", FOUND)
    text = paper.read_text(encoding="utf-8")
    assert text.startswith("before\n")
    assert text.endswith(f"new\n{MARKS[1]}\nafter\n")
    assert "old" not in text
    assert (tmp_path / command.CHART).read_text(encoding="utf-8").startswith("<svg")
    paper.write_text("no marks", encoding="utf-8")
    with pytest.raises(ValueError, match="must hold the marks"):
        command.publish("new\n", FOUND)


def fake_browser(folder: Path, messages: list[tuple[str, str]]) -> Path:
    """A program that does what the page does: fetch the address it is given, then post."""
    path = folder / "browser"
    path.write_text(
        f"#!{sys.executable}\n"
        + textwrap.dedent(f"""\
            import sys, urllib.request
            address = sys.argv[-1]
            assert urllib.request.urlopen(address).read() == b"page"
            for path, text in {messages!r}:
                place = address.rpartition("/")[0] + "/" + path
                urllib.request.urlopen(urllib.request.Request(place, text.encode(), method="POST"))
            """),
        encoding="utf-8",
    )
    path.chmod(0o755)
    return path


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "index.html").write_text("page", encoding="utf-8")
    return folder


def test_progress_and_results_arrive(tmp_path: Path, site: Path) -> None:
    messages = [("progress", "one"), ("progress", "two"), ("results", json.dumps({"grid": 1}))]
    said: list[str] = []
    browser = fake_browser(tmp_path, messages)
    assert gather.gather(site, "?rounds=1", partial(gather.chromium, browser), said.append) == {
        "grid": 1
    }
    assert said == ["one", "two"]


def test_a_failure_of_the_page_is_told(tmp_path: Path, site: Path) -> None:
    browser = fake_browser(tmp_path, [("failed", "no backend wasm")])
    with pytest.raises(RuntimeError, match="the page failed: no backend wasm"):
        gather.gather(site, "", partial(gather.chromium, browser), print)


def test_a_page_that_says_nothing_is_given_up(tmp_path: Path, site: Path, monkeypatch) -> None:
    monkeypatch.setattr(gather, "SILENCE_SECONDS", 0.5)
    with pytest.raises(RuntimeError, match="the page said nothing"):
        gather.gather(site, "", partial(gather.chromium, fake_browser(tmp_path, [])), print)


def test_any_browser_may_come(site: Path) -> None:
    """With --own-browser the address is printed; here the test is the browser."""

    def come(line: str) -> None:
        host = line.removeprefix("open http://").partition("/")[0]
        connection = http.client.HTTPConnection(host)
        connection.request("POST", "/results", json.dumps({"done": True}))
        assert connection.getresponse().status == 204
        connection.close()

    assert gather.gather(site, "", None, come) == {"done": True}


def test_the_libraries_are_pinned_and_never_shipped(root: Path) -> None:
    files = read_lock()
    bench = {file.name for file in select(files, "bench")}
    assert all(name.startswith("bench/") for name in bench)
    bundling = (root / "tools" / "bundle.py").read_text(encoding="utf-8")
    assert '"bench"' not in bundling


def test_the_command_is_known(root: Path) -> None:
    command = [sys.executable, root / "build.py", "bench", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert "--own-browser" in done.stdout


def test_many_runs_are_told_with_their_ratios():
    found = FOUND | {
        "sweeps": {"runs": 256, "epochs": 300, "nncore": 1.5, "alone": 1.25, "library": 45.0,
                   "bytes": 5 * 2**19},
        "vary": {"runs": 256, "seconds": 2.5, "framesPerSecond": 58.4, "longestFrame": 34.2},
    }  # fmt: skip
    text = table(found)
    assert "256 runs of 300 epochs of 2-4-2-1 take 1.50 s with a curve for each, 1.20 times" in text
    assert "ConvNetJS 45.0 s, 30 times as long. All runs take 2.5 MB" in text
    assert "in the page 256 runs take 2.5 s, at 58 frames a second (longest frame 34 ms)" in text


def test_full_speed_stands_beside_the_build_before_or_alone():
    def turns(*epochs):
        return [{"epochsPerSecond": rate, "framesPerSecond": 58.4} for rate in epochs]

    full = {
        "2-4-2-1": {"now": turns(90, 30, 40), "before": turns(10, 8, 30)},
        "other": {"now": turns(7), "before": []},
    }
    text = table(FOUND | {"full": full})
    assert "| 2-4-2-1 | 40 | 58 | 10 | 58 | 4.0 |" in text
    assert "| other | 7 | 58 | - | - | - |" in text


def test_curves_per_layer_stand_beside_the_losses():
    def turns(*epochs):
        return [{"epochsPerSecond": rate} for rate in epochs]

    found = {"2-4-2-1": {"loss": turns(100, 90, 300), "gradient": turns(95, 45, 300)}}
    assert "| 2-4-2-1 | 100 | 95 | 0.95 |" in table(FOUND | {"curves": found})
