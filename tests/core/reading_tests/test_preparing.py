"""Splitting, filling in and scaling: as scikit-learn does it, and with no word from test rows."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from nncore.pauses import result_of
from nncore.reading.encoding import encode
from nncore.reading.preparing import filled, prepare, scaled, scaling, split
from nncore.reading.reader import Reading, read


def table(n: int = 60, seed: int = 0, gaps: bool = True) -> Reading:
    """A table with numbers, a category of three values, one of two, and gaps."""
    rng = np.random.default_rng(seed)
    lines = ["size,weight,colour,wet,patient,kind"]
    for i in range(n):
        cells = [
            f"{rng.normal(5, 2):.4f}", f"{rng.normal(100, 30):.2f}",
            ("red", "green", "blue")[rng.integers(3)], ("no", "yes")[rng.integers(2)],
            f"p{i // 5}", ("a", "b", "c")[i % 3],
        ]  # fmt: skip
        if gaps:
            for k in range(4):
                cells[k] = "" if rng.random() < 0.15 else cells[k]
        lines.append(",".join(cells))
    return read("\n".join(lines)).changed("patient", role="out")


def test_one_hot_as_scikit_learn() -> None:
    found = table(gaps=False)
    encoded = encode(found)
    colour, wet = found.columns[2], found.columns[3]
    texts = np.array([[c.categories[int(v)] for v in c.values] for c in (colour, wet)]).T
    theirs = OneHotEncoder(drop="if_binary", sparse_output=False).fit(texts)
    np.testing.assert_array_equal(encoded.X[:, 2:], theirs.transform(texts))
    assert encoded.feature_names[2:] == (
        "colour: blue", "colour: green", "colour: red", "wet: yes",
    )  # fmt: skip


def test_filling_in_and_scaling_as_scikit_learn() -> None:
    found = table()
    encoded = encode(found, missing="fill")
    train, test = split(encoded, 0.25, np.random.default_rng(3))
    X = filled(encoded, train)
    mean = SimpleImputer(strategy="mean").fit(encoded.X[train, :2])
    np.testing.assert_allclose(X[:, :2], mean.transform(encoded.X[:, :2]), rtol=1e-14)
    names = np.array([
        np.nan if np.isnan(v) else found.columns[2].categories[int(v)]
        for v in found.columns[2].values[encoded.rows]
    ], dtype=object)[:, None]  # fmt: skip
    often = SimpleImputer(strategy="most_frequent").fit(names[train]).transform(names)
    hot = OneHotEncoder(sparse_output=False).fit(often).transform(often)
    np.testing.assert_array_equal(X[:, 2:5], hot)
    scaler = StandardScaler().fit(X[train])
    ours = scaled(X, *result_of(scaling(X, train)))
    np.testing.assert_allclose(ours[test], scaler.transform(X[test]), rtol=1e-12, atol=1e-12)


def test_prepare_puts_it_together() -> None:
    ready = prepare(table(), 0.25, np.random.default_rng(3), missing="fill")
    np.testing.assert_allclose(ready.X_train.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(ready.X_train.std(axis=0), 1, rtol=1e-12)
    assert len(ready.X_train) + len(ready.X_test) == 60
    assert ready.encoded.class_names == ("a", "b", "c")
    np.testing.assert_array_equal(np.bincount(ready.y_test), [5, 5, 5])
    plain = prepare(table(), 0.25, np.random.default_rng(3), missing="fill", standardize=False)
    np.testing.assert_allclose(scaled(plain.X_test, ready.mean, ready.std), ready.X_test)


def test_a_category_without_values_in_rows_with_a_target_has_a_name() -> None:
    rows = "".join(f"{i}.5,,{'xy'[i % 2]}\n" for i in range(12))
    encoded = encode(read(f"a,colour,kind\n{rows}3.5,red,\n4.5,blue,\n"), missing="fill")
    assert encoded.feature_names == ("a", "colour")
    assert encoded.X.shape == (12, 2)
    train = np.arange(12)
    np.testing.assert_array_equal(filled(encoded, train)[:, 1], 0)


def test_rows_with_gaps_are_left_out() -> None:
    found = table()
    encoded = encode(found)
    gaps = np.zeros(60, dtype=bool)
    for column in found.inputs:
        gaps |= column.missing
    assert 0 < gaps.sum() < 50
    np.testing.assert_array_equal(encoded.rows, np.flatnonzero(~gaps))


@settings(max_examples=15, deadline=None, derandomize=True)
@given(st.integers(0, 1000), st.sampled_from(["random", "order", "patient"]), st.data())
def test_no_value_of_a_test_row_has_a_say(seed: int, by: str, data: st.DataObject) -> None:
    """Whatever stands in the test rows' inputs, the training data are the same to the last bit."""
    found = table(seed=seed % 7)
    encoded = encode(found, missing="fill", by=by)
    train, test = split(encoded, 0.3, np.random.default_rng(seed))
    before = result_of(scaling(filled(encoded, train), train))
    other = encoded.X.copy()
    columns = data.draw(st.lists(st.integers(0, 5), min_size=1, max_size=6))
    other[np.ix_(test, columns)] = data.draw(st.sampled_from([1e9, -3.0, np.nan]))
    changed = type(encoded)(**{**vars(encoded), "X": other})
    after = result_of(scaling(filled(changed, train), train))
    np.testing.assert_array_equal(before, after)
    np.testing.assert_array_equal(filled(encoded, train)[train], filled(changed, train)[train])


@pytest.mark.parametrize("share", [0.1, 0.25, 0.5])
def test_classes_keep_their_share(share: float) -> None:
    encoded = encode(table(gaps=False))
    train, test = split(encoded, share, np.random.default_rng(1))
    np.testing.assert_array_equal(np.bincount(encoded.y[test]), [round(20 * share)] * 3)
    np.testing.assert_array_equal(np.sort([*train, *test]), np.arange(60))


def test_repetitions_stay_on_one_side() -> None:
    rows = [f"{i}.5,{i * i},{'xy'[i % 2]}" for i in range(30)]
    encoded = encode(read("\n".join(["a,b,kind", *rows, *rows[:20], *rows[:10]])))
    for seed in range(20):
        train, test = split(encoded, 0.3, np.random.default_rng(seed))
        assert not {*encoded.X[train, 0]} & {*encoded.X[test, 0]}
        assert len(train) + len(test) == 60


def test_groups_stay_together() -> None:
    found = table(gaps=False)
    encoded = encode(found, by="patient")
    for seed in range(20):
        train, test = split(encoded, 0.25, np.random.default_rng(seed))
        patients = found.columns[4].values
        assert not {*patients[train]} & {*patients[test]}
        assert 10 <= len(test) <= 20


def test_by_order_the_last_rows_are_held_back() -> None:
    encoded = encode(table(gaps=False), by="order")
    train, test = split(encoded, 0.25, np.random.default_rng(0))
    np.testing.assert_array_equal(test, np.arange(45, 60))
    np.testing.assert_array_equal(train, np.arange(45))


def test_a_class_with_one_row_stays_in_training() -> None:
    rows = [f"{i}.5,{i * i},{'xy'[i % 2]}" for i in range(30)]
    encoded = encode(read("\n".join(["a,b,kind", *rows, "3.25,7,z"])))
    for seed in range(5):
        train, test = split(encoded, 0.4, np.random.default_rng(seed))
        assert 30 in train
        assert len(test) == 12


def test_some_rows_only_and_no_test_rows() -> None:
    encoded = encode(table(gaps=False))
    train, test = split(encoded, 0.0, np.random.default_rng(0))
    assert (len(train), len(test)) == (60, 0)
    used = np.arange(0, 60, 2)
    train, test = split(encoded, 0.5, np.random.default_rng(0), used)
    np.testing.assert_array_equal(np.sort([*train, *test]), used)
    with pytest.raises(ValueError, match=r"test_share must be a number from 0 to below 1; got 1"):
        split(encoded, 1, np.random.default_rng(0))


def test_a_number_to_predict() -> None:
    found = table(gaps=False).changed("weight", role="target").changed("kind", role="input")
    ready = prepare(found, 0.25, np.random.default_rng(0))
    assert ready.encoded.class_names == ()
    assert len(ready.y_test) == 15
    assert ready.y_train.dtype == np.float64
