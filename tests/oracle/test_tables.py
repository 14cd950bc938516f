"""Tables that the real pandas writes: kinds, values, missing and one-hot are as pandas has them.

    python3 build.py test tests/oracle --oracle-pandas PYTHON [--oracle-tables 200]

PYTHON is one that has pandas, in an environment of its own. Without the option nothing runs.
"""

import json
import subprocess
from pathlib import Path

import numpy as np
import pytest

from nncore.reading.encoding import encode
from nncore.reading.reader import read

HERE = Path(__file__).parent


def test_tables_are_read_as_pandas_has_them(request, tmp_path):
    python = request.config.getoption("--oracle-pandas")
    if not python:
        pytest.skip("needs --oracle-pandas PYTHON, a Python with pandas")
    count = str(request.config.getoption("--oracle-tables"))
    command = [python, str(HERE / "tables_pandas.py"), str(tmp_path), "0", count]
    subprocess.run(command, check=True, timeout=600)
    right = json.loads((tmp_path / "right.json").read_text())["right"]
    wrong = {}
    for name, columns in right.items():
        try:
            compare((tmp_path / name).read_bytes(), columns)
        except AssertionError as error:
            wrong[name] = str(error)[:400]
    assert wrong == {}


def compare(content, columns):
    """Compare a table as we read it with pandas' columns."""
    found = read(content)
    assert [column.name for column in found.columns] == list(columns)
    for column in found.columns:
        expected = columns[column.name]
        assert (column.kind == "number") == expected["number"], (column.name, column.kind)
        gaps = [value is None for value in expected["values"]]
        assert column.missing.tolist() == gaps, column.name
        if expected["number"]:
            here = np.array([v for v in expected["values"] if v is not None])
            np.testing.assert_array_equal(column.values[~column.missing], here)
        else:
            names = [None if np.isnan(v) else column.categories[int(v)] for v in column.values]
            assert names == expected["values"], column.name
    for column in found.columns:
        found = found.changed(column.name, role="out" if column.name != "kind" else "target")
        kind = "category" if column.kind == "text" else column.kind
        found = found.changed(column.name, kind=kind)
    for column in found.columns[:-1]:
        one = found.changed(column.name, role="input")
        if column.categories and len(column.categories) > 1:
            encoded = encode(one, least_rows=2)
            hot = columns[column.name]["hot"]
            here = ~column.missing
            for name, place in zip(encoded.feature_names, range(encoded.X.shape[1]), strict=True):
                expected = np.array(hot[name.removeprefix(f"{column.name}: ")])[here]
                np.testing.assert_array_equal(encoded.X[:, place], expected)
