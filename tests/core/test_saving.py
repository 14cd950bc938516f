"""Saving and loading, and files that somebody tampered with."""

import io
import json
import zipfile

import numpy as np
import pytest
from complaints import exactly
from hypothesis import given
from hypothesis import settings as given_settings
from hypothesis import strategies as st

from nncore import ACTIVATIONS, Dense, Sequential, from_json, load_npz, save_npz, saving, to_json

MODEL = Sequential([Dense(4, "tanh", "he_normal"), Dense(3, "softmax")], 2)
PARAMS = MODEL.init(np.random.default_rng(0))


def test_json_and_back():
    params = PARAMS.copy()
    params[:5] = [0.1, 1 / 3, -0.0, 5e-324, 1.7976931348623157e308]
    model, loaded = from_json(to_json(MODEL, params))
    assert model == MODEL
    np.testing.assert_array_equal(loaded, params)
    assert np.signbit(loaded[2])


def test_npz_and_back(tmp_path):
    for target in (tmp_path / "model.npz", str(tmp_path / "other.npz"), io.BytesIO()):
        save_npz(target, MODEL, PARAMS)
        if isinstance(target, io.BytesIO):
            target.seek(0)
        model, loaded = load_npz(target)
        assert model == MODEL
        np.testing.assert_array_equal(loaded, PARAMS)


def test_json_is_readable():
    content = json.loads(to_json(MODEL, PARAMS))
    assert content["format"] == "nncore-model"
    assert content["version"] == 1
    assert content["n_inputs"] == 2
    assert content["layers"][0] == {
        "units": 4,
        "activation": "tanh",
        "kernel_initializer": "he_normal",
    }
    assert len(content["params"]) == MODEL.n_params


def changed(**changes):
    return json.dumps(json.loads(to_json(MODEL, PARAMS)) | changes)


LAYER = {"units": 4, "activation": "tanh", "kernel_initializer": "zeros"}
KEYS = "layers must be objects with the keys ['activation', 'kernel_initializer', 'units']; got "


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[1, 2]", "text must be a JSON object; got 'list'"),
        (changed(format="pickle"), "format must be 'nncore-model'; got 'pickle'"),
        (changed(version=2), "version must be 1; got 2"),
        (changed(layers=[]), "layers must be a list of 1 to 64 layers; got 'list'"),
        (changed(layers=[LAYER] * 65), "layers must be a list of 1 to 64 layers; got 'list'"),
        (changed(layers="Dense"), "layers must be a list of 1 to 64 layers; got 'str'"),
        (changed(layers=[3]), KEYS + "3"),
        (changed(layers=[{"units": 4}]), KEYS + "{'units': 4}"),
        (changed(layers=[LAYER | {"units": 10**9}]),
         "units must be a whole number of at least 1 and at most 4096; got 1000000000"),
        (changed(layers=[LAYER | {"units": True}]),
         "units must be a whole number of at least 1 and at most 4096; got True"),
        (changed(layers=[LAYER | {"activation": "__class__"}]),
         "activation must be one of " + ", ".join(map(repr, ACTIVATIONS)) + "; got '__class__'"),
        (changed(n_inputs=-1),
         "n_inputs must be a whole number of at least 0 and at most 4096; got -1"),
        (changed(n_inputs=None),
         "n_inputs must be a whole number of at least 0 and at most 4096; got None"),
        (changed(layers=[LAYER | {"units": 4096}] * 2),
         "model must be of at most 1000000 parameters; got 16793600"),
        (changed(params=[1.0, 2.0]), "params must be of shape (27,); got (2,)"),
        (changed(params="0" * 27), "params must be a list of numbers; got 'str'"),
        (changed(params=[True] * 27), "params must be a list of numbers; got 'list'"),
        (changed(params=[10**400] * 27), "params must be an array of real numbers; got 'list'"),
        (changed(params=[float("nan")] * 27),
         "params must be finite everywhere (it is not at position 0); got nan"),
    ],
)  # fmt: skip
def test_json_that_does_not_fit(text, complaint):
    with pytest.raises(ValueError, match=exactly(complaint)):
        from_json(text)


@pytest.mark.parametrize("text", ["", "{", "\ud800", "[" * 256, to_json(MODEL, PARAMS)[:-9]])
def test_json_that_is_none(text):
    with pytest.raises(ValueError, match=r"^text must be JSON; got "):
        from_json(text)


@pytest.mark.parametrize("text", ["[" * 200_000, '{"a":' * 200_000])
def test_json_that_would_exhaust_the_stack(text):
    complaint = exactly("text must be JSON with at most 256 brackets; got 200000")
    with pytest.raises(ValueError, match=complaint):
        from_json(text)
    file = npz(model=np.frombuffer(text.encode(), dtype=np.uint8), params=np.zeros(3))
    with pytest.raises(ValueError, match=complaint):
        load_npz(file)


def test_json_that_is_too_long(monkeypatch):
    monkeypatch.setattr(saving, "MAX_BYTES", 100)
    text = r"^text must be JSON of at most 100 characters; got 'str'$"
    with pytest.raises(ValueError, match=text):
        from_json(to_json(MODEL, PARAMS))
    with pytest.raises(ValueError, match=r"^text must be JSON of at most 100 characters; got 'b"):
        from_json(b"{}")


def npz(**arrays):
    file = io.BytesIO()
    np.savez(file, **arrays)
    file.seek(0)
    return file


def description(**changes):
    content = {"format": "nncore-model", "version": 1, "n_inputs": 2, "layers": [LAYER]} | changes
    return np.frombuffer(json.dumps(content).encode(), dtype=np.uint8)


@pytest.mark.parametrize(
    ("file", "complaint"),
    [
        (npz(params=np.zeros(3)), r"^file must be an \.npz file with 'model' and 'params'; got "),
        (io.BytesIO(b"not a zip"), r"^file must be an \.npz file with 'model' and 'params'; got "),
        (npz(model=description(), params=np.zeros(3)),
         r"^params must be of shape \(12,\); got \(3,\)$"),
        (npz(model=description(), params=np.full(12, np.inf)),
         r"^params must be finite everywhere"),
        (npz(model=description(), params=np.array(["a"] * 12)),
         r"^params must be an array of real numbers; got 'ndarray'$"),
        (npz(model=np.zeros(3), params=np.zeros(12)),
         r"^model must be a vector of bytes; got \(dtype\('float64'\), \(3,\)\)$"),
        (npz(model=description(format="x"), params=np.zeros(12)),
         r"^format must be 'nncore-model'; got 'x'$"),
    ],
    ids=range(7),
)  # fmt: skip
def test_npz_that_does_not_fit(file, complaint):
    with pytest.raises(ValueError, match=complaint):
        load_npz(file)


def test_npz_never_unpickles():
    """An object array would run code on loading; it is refused before."""

    class Bomb:
        def __reduce__(self):
            return (exec, ("raise SystemExit('the pickle was executed')",))

    file = npz(model=description(), params=np.array([Bomb()] * 12, dtype=object))
    with pytest.raises(ValueError, match="allow_pickle=False"):
        load_npz(file)


@given(st.lists(st.tuples(st.integers(0, 1200), st.integers(0, 255)), min_size=1, max_size=3))
@given_settings(max_examples=300)
def test_a_damaged_npz_is_a_network_or_a_sentence(changes):
    file = io.BytesIO()
    save_npz(file, MODEL, PARAMS)
    content = bytearray(file.getvalue())
    for place, byte in changes:
        content[place % len(content)] = byte
    try:
        _, params = load_npz(io.BytesIO(content))
    except ValueError:
        return
    assert np.isfinite(params).all()


@pytest.mark.parametrize(
    "content", [b"hello", b"\x93NUMPY\x01\x00v\x00{'descr': '|u1', 'fortran_order': False, "
                b"'shape': (99999999999999999999,), }" + b" " * 50 + b"\n"],
)  # fmt: skip
def test_npz_whose_parts_are_no_arrays(content):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("model.npy", content)
        archive.writestr("params.npy", content)
    file.seek(0)
    with pytest.raises(ValueError, match=r"^file must be an \.npz file"):
        load_npz(file)


def test_npz_that_unpacks_to_too_much():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("params.npy", b"\0" * (saving.MAX_BYTES + 1))
    assert file.tell() < 100_000
    with pytest.raises(ValueError, match=r"^file must be at most 32000000 bytes when unpacked; "):
        load_npz(file)


def test_npz_whose_header_promises_too_much():
    header = io.BytesIO()
    np.lib.format.write_array_header_1_0(
        header, {"descr": "<f8", "fortran_order": False, "shape": (10**14,)}
    )
    file = npz(model=description())
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("params.npy", header.getvalue())
    file.seek(0)
    with pytest.raises(ValueError, match=r"."):
        load_npz(file)


def test_nothing_that_is_not_finite_is_saved():
    spoilt = PARAMS.copy()
    spoilt[7] = np.nan
    complaint = exactly("params must be finite everywhere (it is not at position 7); got nan")
    with pytest.raises(ValueError, match=complaint):
        to_json(MODEL, spoilt)
    with pytest.raises(ValueError, match=complaint):
        save_npz(io.BytesIO(), MODEL, spoilt)
