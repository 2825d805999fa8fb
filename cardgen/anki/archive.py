"""The zip of a package: the same bytes each time, and no file of it whole in memory.

Its structures are written here, as PKWARE describes them (https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT,
4.3), since packages with the same pictures begin with the same bytes: `zipfile` cannot begin a zip with those and a
part of its directory that is there already, and to make them entry by entry is half of what a further edition takes.
"""

from __future__ import annotations

import os
import shutil
import struct
import zlib
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple

from cardgen.read.files import MIB

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

STORED: Final = 0
DEFLATED: Final = 8

_LEVEL: Final = 5
"""How hard to deflate: 6, the library's own choice, takes half as long again to make a collection 2 % smaller."""

_VERSION: Final = 20
_ZIP64_VERSION: Final = 45
"""Ten times the version of the format that it takes to unpack an entry, and one with numbers of eight bytes."""

_UNIX: Final = 3 << 8
_READABLE: Final = 0o644 << 16
_DATE: Final = 1 << 5 | 1
"""1 January 1980, the first day that zips know: a package bears no date."""

_MOST_16: Final = 0xFFFF
_MOST_32: Final = 0xFFFFFFFF
"""In place of numbers that do not fit, which then stand where zip64 has them."""

# Signature, version, flags, method, time, date, CRC-32, size packed and unpacked, lengths of the name and what follows.
_HEADER: Final = struct.Struct("<4s5H3I2H")
# Signature, version of the writer and for the reader; as above; length of a comment, disk, attributes inside and
# outside, where the header is.
_RECORD: Final = struct.Struct("<4s6H3I5H2I")
_RECORD_64: Final = struct.Struct("<2HQ")
# Signature, this disk and the directory's, entries here and in all, size of the directory, where it is, a comment.
_END: Final = struct.Struct("<4s4H2IH")
_END_64: Final = struct.Struct("<4sQ2H2I4Q")
_END_64_PLACE: Final = struct.Struct("<4sIQI")


class Packing(NamedTuple):
    """How a file is in a zip: the method, its size and CRC-32 before that, and its size since.

    Each size is below 4 GiB: pictures are by far, and so is the collection of any deck that a machine has memory for.
    """

    method: int
    size: int
    checksum: int
    packed: int


class Archive:
    """A zip that is being written: entries one after another, then `end`.

    Args:
        stream: An empty file that can seek.

    Attributes:
        size: How many bytes it has so far.
        count: How many entries.
        directory: What the directory says of them.

    Raises:
        OSError: From every method, if the file cannot be written.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self.size = 0
        self.count = 0
        self.directory = bytearray()
        self._stream = stream

    def begin(self, other: Archive) -> None:
        """Begin with all that another has so far; its file must be open for reading as well."""
        _copy(other._stream, self._stream, other.size)
        self.size, self.count = other.size, other.count
        self.directory[:] = other.directory

    def add(self, name: str, content: Iterable[bytes]) -> None:
        """Add a file, and deflate it."""
        self._stream.write(_header(name, Packing(DEFLATED, 0, 0, 0)))
        deflating = Deflating(content)
        self._stream.writelines(deflating)
        # The header stands before what tells its numbers.
        self._stream.seek(self.size)
        self._stream.write(_header(name, deflating.packing))
        self._stream.seek(0, os.SEEK_END)
        self._note(name, deflating.packing)

    def add_packed(self, name: str, packing: Packing, content: Iterable[bytes]) -> None:
        """Add a file that is packed already."""
        self._stream.write(_header(name, packing))
        self._stream.writelines(content)
        self._note(name, packing)

    def end(self) -> None:
        """Write the directory."""
        start, length, count = self.size, len(self.directory), self.count
        self._stream.write(self.directory)
        if count >= _MOST_16 or start + length >= _MOST_32:
            versions = _UNIX | _ZIP64_VERSION, _ZIP64_VERSION
            left = _END_64.size - 12  # without the signature and this number
            self._stream.write(_END_64.pack(b"PK\6\6", left, *versions, 0, 0, count, count, length, start))
            self._stream.write(_END_64_PLACE.pack(b"PK\6\7", 0, start + length, 1))
        count, length, start = min(count, _MOST_16), min(length, _MOST_32), min(start, _MOST_32)
        self._stream.write(_END.pack(b"PK\5\6", 0, 0, count, count, length, start, 0))

    def _note(self, name: str, packing: Packing) -> None:
        start, far = self.size, self.size >= _MOST_32
        more = _RECORD_64.pack(1, 8, start) if far else b""
        version = _ZIP64_VERSION if far else _VERSION
        about = _about(name, packing, len(more))
        attributes = 0, 0, 0, _READABLE, min(start, _MOST_32)
        self.directory += _RECORD.pack(b"PK\1\2", _UNIX | version, version, *about, *attributes)
        self.directory += name.encode("ascii") + more
        self.count += 1
        self.size += _HEADER.size + len(name) + packing.packed


class Deflating:
    """Deflates a file; when all its pieces are taken, `packing` is known."""

    def __init__(self, content: Iterable[bytes]) -> None:
        self._content = content
        self.packing = Packing(DEFLATED, 0, 0, 0)

    def __iter__(self) -> Iterator[bytes]:
        packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        size = checksum = packed = 0
        for piece in self._content:
            size += len(piece)
            checksum = zlib.crc32(piece, checksum)
            part = packer.compress(piece)
            packed += len(part)
            yield part
        rest = packer.flush()
        yield rest
        self.packing = Packing(DEFLATED, size, checksum, packed + len(rest))


def _copy(source: BinaryIO, target: BinaryIO, size: int) -> None:
    """Copy a file of a size into an empty one."""
    source.seek(0)  # and write what is still buffered
    done = 0
    try:
        # Linux does it by itself, and nothing of it passes through this process. Other systems send to sockets alone.
        while done < size:
            done += os.sendfile(target.fileno(), source.fileno(), done, size - done)
    except (AttributeError, OSError):
        target.seek(0)
        shutil.copyfileobj(source, target, MIB)
    else:
        target.seek(size)


def _header(name: str, packing: Packing) -> bytes:
    return _HEADER.pack(b"PK\3\4", _VERSION, *_about(name, packing, 0)) + name.encode("ascii")


def _about(name: str, packing: Packing, more: int) -> tuple[int, ...]:
    """Return what headers and the directory say of an entry alike, from its flags on."""
    method, size, checksum, packed = packing
    return 0, method, 0, _DATE, checksum, packed, size, len(name), more
