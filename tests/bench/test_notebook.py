"""`build.py bench notebook`: its table says how long each thing takes beside the other."""

from tools.bench.notebook import PAIRS, table


def test_the_table_shows_medians_beside_what_they_are_measured_by() -> None:
    found = [
        {"name": name, "ms": ms}
        for pair in PAIRS.items()
        for name, times in zip(pair, ((150, 900, 30), (100, 100, 1e6)), strict=True)
        for ms in times
    ]
    rows = table(found).splitlines()[2:]
    assert len(rows) == len(PAIRS)
    assert rows[0].endswith("| 150.0 | bare second Pyodide, first visit | 100.0 | 1.50 |")
