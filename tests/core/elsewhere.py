"""A crew for tests that works as a browser's workers do: in a memory that is not the page's."""

import ctypes

import numpy as np


class Elsewhere:
    """A crew with another memory, as large as the engine's and full of noise."""

    def __init__(self, engine, places=3):
        wasmtime, self.engine, self.places = engine.wasmtime, engine, places
        self.store = wasmtime.Store(engine.engine)
        limits = wasmtime.MemoryType(wasmtime.Limits(400, None))
        self.memory = wasmtime.Memory(self.store, limits)
        self.bytes = np.frombuffer(
            (ctypes.c_ubyte * self.memory.data_len(self.store)).from_address(
                ctypes.addressof(self.memory.data_ptr(self.store).contents)
            ),
            dtype=np.uint8,
        )
        self.bytes[:] = 0xFF  # as float64 these are no numbers
        self.waiting, self.is_broken, self.is_over = [], False, False

    @property
    def has_room(self):
        return len(self.waiting) < self.places

    def send(self, errand, answered):
        # Copied when it is sent: what was lent may change afterwards.
        parts = [(at, each.tobytes()) for at, each in errand.reads]
        self.waiting.append((errand, parts, answered))

    def end(self):
        self.is_over = True
        self.waiting.clear()

    def do_one(self):
        errand, parts, answered = self.waiting.pop()  # the last comes first
        for at, part in parts:
            self.bytes[at : at + len(part)] = np.frombuffer(part, np.uint8)
        module = self.engine.wasmtime.Module(self.engine.engine, errand.wasm)
        instance = self.engine.wasmtime.Instance(self.store, module, [self.memory])
        done = instance.exports(self.store)["run"](self.store, *errand.arguments)
        for at, array in errand.writes:
            found = self.bytes[at : at + array.nbytes].view(array.dtype).reshape(array.shape)
            array[...] = found
        answered(done)
