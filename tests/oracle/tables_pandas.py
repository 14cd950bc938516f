"""Tables that pandas writes in many dialects, and what pandas itself reads in them.

Run by an interpreter that has pandas: `tables_pandas.py FOLDER SEED COUNT` writes the files, and
`right.json` with their columns: kind, values with null for missing, and the one-hot columns.
"""

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd

DIALECTS = (
    {"sep": ","}, {"sep": ";"}, {"sep": "\t"}, {"sep": ";", "decimal": ","}, {"sep": "|"},
)  # fmt: skip
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16")
WORDS = ("red", "blue", "käse", "two words", "a, b; c", 'say "x"', "Z")


def made(rng: np.random.Generator) -> pd.DataFrame:
    """A table of numbers and categories with gaps, and a category without any at its end."""
    n = int(rng.integers(12, 60))
    columns: dict[str, object] = {}
    for place in range(int(rng.integers(1, 6))):
        kind = rng.integers(0, 3)
        values: np.ndarray
        if kind == 0:
            values = rng.normal(0, 10.0 ** rng.integers(-3, 4), n).round(4)
        elif kind == 1:
            values = rng.integers(-50, 5000, n) + 0.5
        else:
            values = rng.choice(WORDS[: rng.integers(2, len(WORDS) + 1)], n).astype(object)
        gaps = rng.random(n) < rng.choice([0, 0.2])
        columns[f"c{place}"] = np.where(gaps, np.nan if kind < 2 else None, values)
    columns["kind"] = [f"k{i % 3}" for i in range(n)]
    return pd.DataFrame(columns)


def written(frame: pd.DataFrame, path: Path, rng: np.random.Generator) -> None:
    """Write the table in some dialect, encoding and way of quoting."""
    options = dict(DIALECTS[rng.integers(len(DIALECTS))])
    options["encoding"] = ENCODINGS[rng.integers(len(ENCODINGS))]
    options["na_rep"] = str(rng.choice(["", "NA", "NaN"]))
    options["lineterminator"] = str(rng.choice(["\n", "\r\n"]))
    frame.to_csv(path, index=False, **options)
    back = pd.read_csv(
        path, sep=options["sep"], decimal=options.get("decimal", "."), encoding=options["encoding"]
    )
    pd.testing.assert_frame_equal(back, frame, check_dtype=False)


def column(values: pd.Series) -> dict[str, object]:
    """A column as pandas has it."""
    is_number = pd.api.types.is_numeric_dtype(values)
    found = [None if pd.isna(v) else (float(v) if is_number else v) for v in values]
    hot = {} if is_number else {k: v.tolist() for k, v in pd.get_dummies(values).items()}
    return {"number": bool(is_number), "values": found, "hot": hot}


folder, seed, count = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
right = {}
for number in range(count):
    rng = np.random.default_rng([seed, number])
    frame = made(rng)
    name = f"{number}.csv"
    written(frame, folder / name, rng)
    right[name] = {name: column(values) for name, values in frame.items()}
(folder / "right.json").write_text(json.dumps({"version": pd.__version__, "right": right}))
