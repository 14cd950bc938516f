"""Reads the small PNG pictures of the first picture back into numbers."""

import base64
import struct
import zlib

import numpy as np


def pixels_of(address):
    """(height, width, channels) bytes of a PNG in a data: address, by its specification."""
    data = base64.b64decode(address.partition("base64,")[2])
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    chunks, place = {}, 8
    while place < len(data):
        (length,) = struct.unpack(">I", data[place : place + 4])
        kind, body = data[place + 4 : place + 8], data[place + 8 : place + 8 + length]
        (check,) = struct.unpack(">I", data[place + 8 + length : place + 12 + length])
        assert check == zlib.crc32(kind + body)
        chunks[kind], place = body, place + 12 + length
    width, height, bits, kind, *_ = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    assert bits == 8
    depth = {0: 1, 2: 3}[kind]
    raw = np.frombuffer(zlib.decompress(chunks[b"IDAT"]), np.uint8).reshape(height, -1)
    return unfiltered(raw, depth).reshape(height, width, depth)


def unfiltered(raw, depth):
    """Rows of bytes without their filters, a byte at a time."""
    rows = np.zeros((len(raw) + 1, raw.shape[1] - 1 + depth), int)  # nothing above and to the left
    for y, (way, *line) in enumerate(raw.tolist(), 1):
        for x, byte in enumerate(line, depth):
            left, above, corner = rows[y, x - depth], rows[y - 1, x], rows[y - 1, x - depth]
            guess = left + above - corner
            nearest = min((left, above, corner), key=lambda near, g=guess: abs(g - near))
            rows[y, x] = (byte + {0: 0, 1: left, 2: above, 4: nearest}[way]) % 256
    return rows[1:, depth:].astype(np.uint8)
