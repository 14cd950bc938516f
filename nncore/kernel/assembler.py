"""A small typed assembler: write formulas, get WebAssembly instructions.

An Expression is code that leaves one value; Python's operators join expressions, so `x * x + 1.0`
assembles itself. A Function collects statements: `let` names a value, `store` writes to memory,
`repeat` loops. The kernel's numbers are called real: two float64 with SIMD (lanes = 2), else one.
The same formulas serve both: an operation finds its opcode by the type of its values.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partialmethod
from typing import TYPE_CHECKING, TypeAlias, TypeVarTuple

from nncore.kernel.binary import F64, I32, V128, encode, signed, unsigned

# Opcodes for addresses and counters, one float64, two float64. "minimum" and "maximum" are NaN
# where the value on the left is NaN; only with one float64 are they so where the right one is.
OPERATIONS: dict[str, tuple[int | None, int, int]] = {
    "add": (0x6A, 0xA0, 0xF0), "sub": (0x6B, 0xA1, 0xF1), "mul": (0x6C, 0xA2, 0xF2),
    "div": (0x6E, 0xA3, 0xF3),
    "minimum": (None, 0xA4, 0xF6), "maximum": (None, 0xA5, 0xF7),
    "abs": (None, 0x99, 0xEC), "neg": (None, 0x9A, 0xED), "sqrt": (None, 0x9F, 0xEF),
    "floor": (None, 0x9C, 0x75), "nearest": (None, 0x9E, 0x94),
    "and": (0x71, 0x83, 0x4E), "or": (0x72, 0x84, 0x50),
    "eq": (0x46, 0x61, 0x47), "lt": (0x49, 0x63, 0x49), "gt": (0x4B, 0x64, 0x4A),
}  # fmt: skip
COLUMN = {I32: 0, F64: 1, V128: 2}
LOAD = {I32: b"\x28", F64: b"\x2b", V128: b"\xfd\x00"}
STORE = {I32: b"\x36", F64: b"\x39", V128: b"\xfd\x0b"}
BITS_OF_F64, F64_OF_BITS = b"\xbd", b"\xbf"
TO_F64, TO_WHOLE = b"\xb8", b"\xfc\x03"  # f64.convert_i32_u, i32.trunc_sat_f64_u
Arguments = TypeVarTuple("Arguments")


def simd(opcode: int) -> bytes:
    """Return a SIMD instruction: a prefix and its number."""
    return b"\xfd" + unsigned(opcode)


class Expression:
    """Code that leaves one value of type `kind` (I32, F64 or V128) inside `function`."""

    def __init__(self, function: Function, kind: int, code: bytes) -> None:
        self.function, self.kind, self.code = function, kind, code

    def then(self, instruction: bytes, *others: Expression, kind: int | None = None) -> Expression:
        """Return this expression, followed by other operands and an instruction."""
        code = self.code + b"".join(other.code for other in others) + instruction
        return Expression(self.function, kind or self.kind, code)

    def _operate(self, name: str, *others: Operand) -> Expression:
        opcode = OPERATIONS[name][COLUMN[self.kind]]
        if opcode is None:
            raise TypeError(f"addresses have no operation {name!r}")
        instruction = simd(opcode) if self.kind == V128 else bytes([opcode])
        operands = [self.function.value(other, self.kind) for other in others]
        if self.kind == F64 and name in ("and", "or"):
            bits = [each.then(BITS_OF_F64) for each in (self, *operands)]
            return bits[0].then(instruction + F64_OF_BITS, *bits[1:])
        is_mask = name in ("eq", "lt", "gt") and self.kind == F64
        return self.then(instruction, *operands, kind=I32 if is_mask else self.kind)

    def _reversed(self, name: str, number: Operand) -> Expression:
        return self.function.value(number, self.kind)._operate(name, self)

    __add__, __radd__ = partialmethod(_operate, "add"), partialmethod(_reversed, "add")
    __sub__, __rsub__ = partialmethod(_operate, "sub"), partialmethod(_reversed, "sub")
    __mul__, __rmul__ = partialmethod(_operate, "mul"), partialmethod(_reversed, "mul")
    __truediv__, __rtruediv__ = partialmethod(_operate, "div"), partialmethod(_reversed, "div")
    __floordiv__ = __truediv__
    __and__, __or__ = partialmethod(_operate, "and"), partialmethod(_operate, "or")
    __lt__, __gt__ = partialmethod(_operate, "lt"), partialmethod(_operate, "gt")
    __neg__, __abs__ = partialmethod(_operate, "neg"), partialmethod(_operate, "abs")
    minimum = partialmethod(_operate, "minimum")
    maximum = partialmethod(_operate, "maximum")
    floor, nearest = partialmethod(_operate, "floor"), partialmethod(_operate, "nearest")
    equals, sqrt = partialmethod(_operate, "eq"), partialmethod(_operate, "sqrt")

    def where(self, yes: Operand, no: Operand) -> Expression:
        """Return `yes` where this comparison holds, else `no` (one of them a real expression)."""
        [kind, *_] = [each.kind for each in (yes, no) if isinstance(each, Expression)]
        first, second = self.function.value(yes, kind), self.function.value(no, kind)
        return first.then(simd(0x52) if kind == V128 else b"\x1b", second, self)

    def shift(self, bits: int) -> Expression:
        """Shift the 64 bits of each float64 to the left, or to the right if `bits` is negative."""
        if self.kind == V128:
            return self.then(simd(0xCB if bits > 0 else 0xCD), self.function.value(abs(bits), I32))
        shift = b"\x42" + signed(abs(bits)) + (b"\x86" if bits > 0 else b"\x88")
        return self.then(BITS_OF_F64 + shift + F64_OF_BITS)

    def signed_as(self, other: Expression) -> Expression:
        """Return this value, which must not be negative, with the sign of `other`."""
        return self.then(b"\xa6", other) if self.kind == F64 else self | (other & -0.0)

    def whole_lane(self, index: int) -> Expression:
        """Return the lowest 32 bits of one float64, as a counter or address."""
        if self.kind == F64:
            return self.then(BITS_OF_F64 + b"\xa7", kind=I32)
        return self.then(simd(0x1B) + bytes([2 * index]), kind=I32)

    def lane(self, index: int) -> Expression:
        """Return one float64 of a real."""
        return self if self.kind == F64 else self.then(simd(0x21) + bytes([index]), kind=F64)

    def spread(self) -> Expression:
        """Return a real with this float64 in every lane."""
        return self if self.function.real == F64 else self.then(simd(0x14), kind=V128)


Operand: TypeAlias = Expression | float


class Function:
    """One function of a module; its statements are collected in the order they are written.

    Args:
        parameters: Names and types; each becomes an attribute, an Expression.
        result, export: The type of what `returns` leaves, or None; whether callers outside see it.
    """

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Expression:
            """A parameter."""

    def __init__(
        self,
        module: Module,
        name: str,
        parameters: Mapping[str, int],
        result: int | None = None,
        export: bool = False,
    ) -> None:
        self.name, self.export = name, name if export else None
        self.real, self.lanes, self.tanh_table = module.real, module.lanes, module.tanh_table
        self.parameter_types = list(parameters.values())
        self.result_types = [] if result is None else [result]
        self.index = len(module.functions)
        self.local_types: list[int] = []
        self.constants: dict[tuple[bytes, int], Expression] = {}
        self.prologue, self.body = bytearray(), bytearray()
        for position, (parameter, kind) in enumerate(parameters.items()):
            setattr(self, parameter, Expression(self, kind, b"\x20" + unsigned(position)))

    @property
    def code(self) -> bytes:
        """All instructions: first the constants, then the statements."""
        return bytes(self.prologue + self.body)

    def value(self, number: Operand, kind: int) -> Expression:
        """Return `number` as an expression; reals are set once, at the function's start."""
        if isinstance(number, Expression):
            return number
        if kind == I32:
            return Expression(self, I32, b"\x41" + signed(int(number)))
        key = struct.pack("<d", number), kind
        if key not in self.constants:
            self.constants[key] = self._local(kind)
            splat = simd(0x14) if kind == V128 else b""
            self.prologue += b"\x44" + key[0] + splat + self._set(self.constants[key])
        return self.constants[key]

    def number(self, number: float) -> Expression:
        """Return a real constant."""
        return self.value(number, self.real)

    def _local(self, kind: int) -> Expression:
        self.local_types.append(kind)
        index = len(self.parameter_types) + len(self.local_types) - 1
        return Expression(self, kind, b"\x20" + unsigned(index))

    @staticmethod
    def _set(local: Expression) -> bytes:
        return b"\x21" + local.code[1:]

    def let(self, value: Operand, kind: int = I32) -> Expression:
        """Evaluate now, keep in a local variable, and return that."""
        given = self.value(value, kind)
        local = self._local(given.kind)
        self.set(local, given)
        return local

    def set(self, local: Expression, value: Operand) -> None:
        """Give a local variable or parameter another value."""
        self.body += self.value(value, local.kind).code + self._set(local)

    def move(self, strides: Mapping[Expression, Operand]) -> None:
        """Add to each pointer (or counter) the number that stands beside it in `strides`."""
        for pointer, stride in strides.items():
            self.set(pointer, pointer + stride)

    def load(self, address: Expression, offset: int = 0, kind: int | None = None) -> Expression:
        """Return the value at address + offset (bytes); a real unless `kind` says otherwise."""
        kind = kind or self.real
        return address.then(LOAD[kind] + b"\x00" + unsigned(offset), kind=kind)

    def load_spread(self, address: Expression, offset: int = 0) -> Expression:
        """Return a real with the float64 at address + offset in every lane."""
        instruction = simd(0x0A) if self.real == V128 else LOAD[F64]
        return address.then(instruction + b"\x00" + unsigned(offset), kind=self.real)

    def load_first(self, address: Expression) -> Expression:
        """Return a real with the float64 at `address` in its first lane and 0 in the other."""
        instruction = simd(0x5D) if self.real == V128 else LOAD[F64]
        return address.then(instruction + b"\x00\x00", kind=self.real)

    def beside(self, first: Expression, second: Expression) -> Expression:
        """Return a real with one float64 in each lane; without SIMD the first."""
        return first if self.real == F64 else first.spread().then(simd(0x22) + b"\x01", second)

    def gather(self, addresses: Sequence[Expression], offset: int = 0) -> Expression:
        """Return a real whose lanes are the float64 at the addresses + offset, one for each."""
        place = b"\x00" + unsigned(offset)
        if self.real == F64:
            return addresses[0].then(LOAD[F64] + place, kind=F64)
        first = addresses[0].then(simd(0x5D) + place, kind=V128)
        return addresses[1].then(simd(0x57) + place + b"\x01", first, kind=V128)

    def store(self, address: Expression, value: Expression, offset: int = 0) -> None:
        """Write a value to memory."""
        written = address.then(STORE[value.kind] + b"\x00" + unsigned(offset), value)
        self.body += written.code

    def call(self, other: Function, *arguments: Operand) -> None:
        """Call another function that has no result."""
        self.body += self._calling(other, arguments)

    def result(self, other: Function, *arguments: Operand) -> Expression:
        """Return what another function gives for these arguments."""
        return Expression(self, other.result_types[0], self._calling(other, arguments))

    def _calling(self, other: Function, arguments: tuple[Operand, ...]) -> bytes:
        pairs = zip(arguments, other.parameter_types, strict=True)
        code = b"".join(self.value(each, kind).code for each, kind in pairs)
        return code + b"\x10" + unsigned(other.index)

    @contextmanager
    def repeat(self, count: Operand) -> Iterator[None]:
        """Do the statements of the with block `count` times; count must be 1 or more."""
        left = self.let(count)
        with self.until_zero(left):
            yield
            self.set(left, left - 1)

    @contextmanager
    def until_zero(self, counter: Expression) -> Iterator[None]:
        """Do the statements of the with block, and again as long as `counter` is not 0 then."""
        self.body += b"\x03\x40"  # loop
        yield
        self.body += counter.code + b"\x0d\x00\x0b"  # br_if to the loop's start; end

    @contextmanager
    def when(self, condition: Expression) -> Iterator[None]:
        """Do the statements of the with block if an I32 is not 0."""
        self.body += condition.code + b"\x04\x40"
        yield
        self.body += b"\x0b"

    def returns(self, value: Expression) -> None:
        """Leave the result; the last statement."""
        self.body += value.code


class Module:
    """Functions on a memory that is imported as env.memory.

    Args:
        lanes: 2 with SIMD, 1 without.
        tanh_table: Address of mathlib.TANH_TABLE in that memory, for functions that use tanh.
    """

    def __init__(self, lanes: int, tanh_table: int = 0) -> None:
        self.tanh_table = tanh_table
        self.lanes, self.real = lanes, V128 if lanes == 2 else F64
        self.functions: list[Function] = []
        self._named: dict[object, Function] = {}

    def function(
        self, name: str, result: int | None = None, export: bool = False, **parameters: int
    ) -> Function:
        """Add a function; `parameters` gives the name and type of each."""
        self.functions.append(Function(self, name, parameters, result, export))
        return self.functions[-1]

    def once(
        self, write: Callable[[Module, *Arguments], Function], *arguments: *Arguments
    ) -> Function:
        """Return write(self, *arguments), written at the first call and shared afterwards."""
        key = write, arguments
        if key not in self._named:
            self._named[key] = write(self, *arguments)
        return self._named[key]

    def encode(self) -> bytes:
        """Return the module's bytes."""
        return encode(self.functions, ("env", "memory"))
