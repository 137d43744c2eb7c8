"""Length that a classic NetCDF file must have by its own header: the library reads what is cut off as zeros."""

from __future__ import annotations

import math
import struct
from pathlib import Path
from typing import BinaryIO, Final

SIZES: Final = {1: 1, 2: 1, 3: 2, 4: 4, 5: 4, 6: 8, 7: 1, 8: 2, 9: 4, 10: 8, 11: 8}  # bytes of each external type
MOST: Final = 10_000_000  # of anything that a header counts


class BrokenHeader(ValueError):  # noqa: N818
    """The header ends early or counts the impossible."""


def needed_length(path: Path) -> int:
    """Bytes that the file must have (classic, 64-bit offset or 64-bit data format); raises BrokenHeader.

    Source: the NetCDF classic format specification (Unidata), sections "File format" and "Note on padding".
    """
    with path.open("rb") as stream:
        version = stream.read(4)[3]
        return _Header(stream, version).needed_length()


class _Header:
    def __init__(self, stream: BinaryIO, version: int) -> None:
        self._stream = stream
        self._wide = version == 5
        self._wide_offset = version >= 2

    def needed_length(self) -> int:
        records = self._count(limit=None)
        streaming = records == (2**64 - 1 if self._wide else 2**32 - 1)
        lengths = [self._dimension() for _ in range(self._items())]
        self._skip_attributes()
        fixed, recorded = 0, []
        for _ in range(self._items()):
            shape, size, begin = self._variable(lengths)
            if shape and shape[0] == 0:
                recorded.append((begin, size * math.prod(shape[1:])))
            else:
                fixed = max(fixed, begin + size * math.prod(shape))
        if streaming or records == 0 or not recorded:
            return fixed
        padded = sum(-(-length // 4) * 4 for _, length in recorded)
        record = recorded[0][1] if len(recorded) == 1 else padded
        return max(fixed, *(begin + (records - 1) * record + length for begin, length in recorded))

    def _bytes(self, length: int) -> bytes:
        got = self._stream.read(length)
        if len(got) != length:
            raise BrokenHeader("the header ends early")
        return got

    def _int(self) -> int:
        return int(struct.unpack(">I", self._bytes(4))[0])

    def _count(self, limit: int | None = MOST) -> int:
        count = int(struct.unpack(">Q", self._bytes(8))[0]) if self._wide else self._int()
        if limit is not None and count > limit:
            raise BrokenHeader(f"the header counts {count} of something")
        return count

    def _items(self) -> int:
        self._int()  # the tag; an absent list has tag 0 and no items
        return self._count()

    def _padded(self, length: int) -> None:
        self._bytes(-(-length // 4) * 4)

    def _dimension(self) -> int:
        self._padded(self._count())
        return self._count(limit=None)

    def _skip_attributes(self) -> None:
        for _ in range(self._items()):
            self._padded(self._count())
            size = self._type()
            self._padded(self._count() * size)

    def _type(self) -> int:
        kind = self._int()
        if kind not in SIZES:
            raise BrokenHeader(f"the header has a type {kind}")
        return SIZES[kind]

    def _variable(self, lengths: list[int]) -> tuple[list[int], int, int]:
        self._padded(self._count())
        idents = [self._count() for _ in range(self._count())]
        if any(ident >= len(lengths) for ident in idents):
            raise BrokenHeader("a variable lies on a dimension that is not there")
        self._skip_attributes()
        size = self._type()
        self._count(limit=None)  # vsize, which may be wrong for large variables
        begin = int(struct.unpack(">Q", self._bytes(8))[0]) if self._wide_offset else self._int()
        return [lengths[ident] for ident in idents], size, begin
