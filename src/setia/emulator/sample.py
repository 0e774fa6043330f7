"""A small built-in picture, made with the standard library: something to send when there is no file at hand."""

from __future__ import annotations

import struct
import zlib
from functools import cache

SIZE = 240


@cache
def picture() -> bytes:
    """A PNG of a plate of round cakes on paper, 240 by 240 pixels."""
    rows = b"".join(b"\0" + b"".join(_pixel(x, y) for x in range(SIZE)) for y in range(SIZE))
    head = struct.pack(">IIBBBBB", SIZE, SIZE, 8, 2, 0, 0, 0)
    chunks = (_chunk(b"IHDR", head), _chunk(b"IDAT", zlib.compress(rows, 9)), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _pixel(x: int, y: int) -> bytes:
    for centre_x, centre_y in ((92, 100), (150, 96), (120, 146)):
        distance = ((x - centre_x) ** 2 + (y - centre_y) ** 2) ** 0.5
        if distance < 9:
            return bytes((133, 84, 40))
        if distance < 32:
            return bytes((214, 158, 84)) if distance < 28 else bytes((186, 126, 60))
    plate = ((x - 120) ** 2 + (y - 120) ** 2) ** 0.5
    if plate < 96:
        return bytes((250, 250, 246)) if plate < 84 else bytes((222, 232, 222))
    return bytes((64, 122, 90)) if (x // 24 + y // 24) % 2 else bytes((78, 138, 104))
