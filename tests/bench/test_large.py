"""`build.py bench large`: its table counts the frames that are too long, by both clocks."""

from tools.bench.large import table


def test_the_table_says_how_long_frames_are_and_how_many_too_long() -> None:
    phase = {
        "phase": "reading",
        "ms": 4870.0,
        "processor": [12.0, 50.4, 8.0],
        "clock": [16.0, 51.0, 72.4],
    }
    assert table([phase]).splitlines()[2] == "| reading | 4.9 | 3 | 50 ms | 1 | 72 ms | 2 |"
