"""The Wine table: its size, its names, its first row, its checksum."""

import hashlib
import re
from importlib import resources

import numpy as np

from nncore import TABLES, Table, load_wine, standardize


def test_wine():
    wine = load_wine()
    assert isinstance(wine, Table)
    assert wine.name == "wine"
    assert wine.X.shape == (178, 13)
    assert wine.X.dtype == np.float64
    assert wine.X.flags.c_contiguous
    assert wine.y.shape == (178,)
    np.testing.assert_array_equal(np.bincount(wine.y), [59, 71, 48])
    assert (np.diff(wine.y) >= 0).all(), "sorted by class"
    assert wine.n_classes == len(wine.class_names) == 3
    assert wine.target_name == "Cultivar"
    assert "10.24432/C5PC7J" in wine.source
    assert wine.feature_names == (
        *("Alcohol", "Malic acid", "Ash", "Alcalinity of ash", "Magnesium", "Total phenols"),
        *("Flavanoids", "Nonflavanoid phenols", "Proanthocyanins", "Color intensity", "Hue"),
        *("OD280/OD315 of diluted wines", "Proline"),
    )


def test_the_first_row_scaled_is_as_in_the_exercise():
    expected = [1.5186, -0.5622, 0.2321, -1.1696, 1.9139, 0.8090, 1.0348, -0.6596]
    expected += [1.2249, 0.2517, 0.3622, 1.8479, 1.0130]
    np.testing.assert_allclose(standardize(load_wine().X)[0], expected, atol=5e-5)


def test_every_call_gives_arrays_of_its_own():
    first = load_wine()
    first.X[:] = 0
    assert load_wine().X[0, 0] == 14.23


def test_checksums_and_licences_are_written_down():
    folder = resources.files("nncore").joinpath("data")
    text = folder.joinpath("SOURCES.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"\| `([\w.]+)` \|.*`([0-9a-f]+)`", text))
    files = {file.name for file in folder.iterdir() if file.name.endswith(".csv")}
    assert files == {f"{name}.csv" for name in TABLES}
    digests = {
        name: hashlib.sha256(folder.joinpath(name).read_bytes()).hexdigest() for name in files
    }
    for name, digest in digests.items():
        assert listed.get(name) == digest, f"the SHA-256 of {name} is {digest}"
    assert set(listed) == files
    assert "CC BY 4.0" in text
