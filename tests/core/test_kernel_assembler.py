"""The assembler: bytes as the standard prescribes, and instructions that do what they say."""

import numpy as np
import pytest
from engines import SIMD, apply, new_engine

from nncore.kernel.assembler import Module
from nncore.kernel.binary import F64, I32, signed, unsigned


@pytest.mark.parametrize(
    ("number", "unsigned_bytes", "signed_bytes"),
    [
        (0, b"\x00", b"\x00"),
        (63, b"\x3f", b"\x3f"),
        (64, b"\x40", b"\xc0\x00"),
        (127, b"\x7f", b"\xff\x00"),
        (128, b"\x80\x01", b"\x80\x01"),
        (624485, b"\xe5\x8e\x26", b"\xe5\x8e\x26"),
    ],
)
def test_whole_numbers_in_leb128(number, unsigned_bytes, signed_bytes):
    assert unsigned(number) == unsigned_bytes
    assert signed(number) == signed_bytes


@pytest.mark.parametrize(
    ("number", "expected"),
    [(-1, b"\x7f"), (-64, b"\x40"), (-65, b"\xbf\x7f"), (-123456, b"\xc0\xbb\x78")],
)
def test_negative_numbers_in_leb128(number, expected):
    """The last one is the example of the DWARF standard and of Wikipedia."""
    assert signed(number) == expected


def test_a_module_byte_by_byte():
    """(module (import "env" "memory" (memory 1))
    (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add))"""
    module = Module(lanes=1)
    f = module.function("add", I32, True, a=I32, b=I32)
    f.returns(f.a + f.b)
    assert module.encode() == (
        b"\0asm\x01\0\0\0"
        b"\x01\x07\x01\x60\x02\x7f\x7f\x01\x7f"  # one type: (i32, i32) -> i32
        b"\x02\x0f\x01\x03env\x06memory\x02\x00\x01"  # one import: a memory of 1 page or more
        b"\x03\x02\x01\x00"  # one function, of type 0
        b"\x07\x07\x01\x03add\x00\x00"  # one export: function 0
        b"\x0a\x09\x01\x07\x00\x20\x00\x20\x01\x6a\x0b"  # one body of 7 bytes, no locals
    )


A = np.array([1.5, -2.25, 0.0, -0.0, 3.0, 1e30, -7.5, 2.5])
B = np.array([2.0, 3.0, -1.0, 5.0, -3.0, 1e30, 0.25, 2.5])


@SIMD
@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (lambda f, a, b: a + b, A + B),
        (lambda f, a, b: a - b, A - B),
        (lambda f, a, b: a * b, A * B),
        (lambda f, a, b: a / b, A / B),
        (lambda f, a, b: 1.0 - a, 1.0 - A),
        (lambda f, a, b: 3.0 / b, 3.0 / B),
        (lambda f, a, b: -a, -A),
        (lambda f, a, b: abs(a).sqrt(), np.sqrt(np.abs(A))),
        (lambda f, a, b: a.minimum(b), np.minimum(A, B)),
        (lambda f, a, b: a.maximum(b), np.maximum(A, B)),
        (lambda f, a, b: a.floor(), np.floor(A)),
        (lambda f, a, b: a.nearest(), np.rint(A)),
        (lambda f, a, b: abs(b).signed_as(a), np.copysign(B, A)),
        (lambda f, a, b: (a < b).where(a, 9.0), np.where(A < B, A, 9.0)),
        (lambda f, a, b: ((a > 1.0) & (b > 0.0)).where(1.0, b), np.where((A > 1) & (B > 0), 1, B)),
        (lambda f, a, b: a.equals(b).where(b, 0.0), np.where(A == B, B, 0.0)),
    ],
)  # fmt: skip
def test_operations_on_reals(formula, expected, simd):
    np.testing.assert_array_equal(apply(formula, A, B, simd=simd), expected)


@SIMD
def test_what_is_not_a_number_stays_so_on_the_left(simd):
    x = np.array([np.nan, 1.0])
    for formula in (lambda f, x: x.minimum(0.5), lambda f, x: x.maximum(0.5), lambda f, x: -x):
        assert np.isnan(apply(formula, x, simd=simd)[0])


@SIMD
def test_bits_are_shifted_and_joined(simd):
    """2^k is made by writing k + 1023 into the exponent's place, 52 bits from the right."""
    k = np.arange(-1022.0, 1024.0)
    shifted = apply(lambda f, x: (x + (1.5 * 2.0**52 + 1023)).shift(52), k, simd=simd)
    np.testing.assert_array_equal(shifted, 2.0**k)
    exponent = apply(lambda f, x: (x.shift(-52) | 2.0**52) - (2.0**52 + 1023), shifted, simd=simd)
    np.testing.assert_array_equal(exponent, k)


def test_loops_conditions_and_calls():
    """sum(n) = n + ... + 1, by a loop; twice(n) calls it if n is above 2, else gives 0."""
    engine, module = new_engine(), Module(lanes=2)
    total = module.function("sum", I32, n=I32)
    result = total.let(0)
    left = total.let(total.n)
    with total.repeat(total.n):
        total.set(result, result + left)
        total.move({left: -1})
    total.returns(result)
    twice = module.function("twice", I32, True, n=I32)
    answer = twice.let(0)
    with twice.when(twice.n > 2):
        twice.set(answer, twice.result(total, twice.n) * 2)
    twice.returns(answer)
    run = engine.instantiate(module.encode()).twice
    assert [run(n) for n in (0, 2, 3, 100)] == [0, 0, 12, 10100]


def test_lanes_are_taken_apart_and_spread():
    engine = new_engine()
    numbers = engine.place(np.array([3.0, 4.0, 5.0, 0.0, 0.0, 7.0, 7.0]))
    module = Module(lanes=2)
    f = module.function("f", F64, True, at=I32)
    pair = f.let(f.load(f.at))
    f.store(f.at, f.load_spread(f.at, 16), 24)
    f.store(f.at + 40, f.load_first(f.at), 0)
    f.returns(pair.lane(0) * 10.0 + pair.lane(1))
    assert engine.instantiate(module.encode()).f(engine.address(numbers)) == 34.0
    np.testing.assert_array_equal(numbers, [3, 4, 5, 5, 5, 3, 0])


def test_shared_functions_are_written_once():
    module, written = Module(lanes=2), []

    def write(module, number):
        written.append(number)
        return module.function("f")

    assert module.once(write, 1) is module.once(write, 1)
    module.once(write, 2)
    assert written == [1, 2]
