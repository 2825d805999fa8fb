"""Pictures as zips hold them, kept for the packages of a build that come after the one that first had them.

Without it, each of 48 editions opens, reads and checks 555 pictures again, which is most of what an edition takes.
"""

from __future__ import annotations

import tempfile
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final, NamedTuple
from weakref import WeakKeyDictionary, finalize

from cardgen.read.files import MIB

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.check import MediaFile
    from cardgen.read import InputFolder

LEVEL: Final = 5
"""How hard to deflate: 6, the library's own choice, takes half as long again to make a collection 2 % smaller."""

_TEXTS: Final = frozenset({".svg"})
"""Types of pictures that deflate makes smaller; it takes 2 % off PNG and JPEG at most, and most of a build's time."""


class Packed(NamedTuple):
    """A file as zips hold it: how it was packed, its size and CRC-32 before that, its size since, and where it is."""

    method: int
    size: int
    checksum: int
    packed: int
    spool: Spool
    start: int

    def pieces(self) -> Iterator[bytes]:
        """Yield its packed bytes."""
        return self.spool.read(self.start, self.packed)


class Spool:
    """A temporary file, which has no name and goes with its process, for what is packed of one deck.

    It holds what has passed the check of `MediaFile.pieces`, and is found again by that object alone, so nothing in it
    can be out of date.

    Raises:
        OSError: From every method, if there is no room for it.
    """

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed below
        finalize(self, self._file.close)
        self._end = 0
        self._packed: WeakKeyDictionary[MediaFile, Packed | None] = WeakKeyDictionary()

    def packed(self, media: MediaFile) -> Packed | None:
        """Return a picture as it was packed; None if that was not worth while, since nobody has asked for it before.

        Raises:
            UnreadableFileError: If it changed since it was looked at.
        """
        known = self._packed.get(media)
        if known is not None:
            return known
        is_text = PurePosixPath(media.name).suffix in _TEXTS
        # What is stored as it is can as well be copied from where it is, by the only package of most builds.
        made = self._pack(media, is_text) if is_text or media in self._packed else None
        self._packed[media] = made
        return made

    def _pack(self, media: MediaFile, deflates: bool) -> Packed:
        packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS) if deflates else None
        start, size = self._end, 0
        self._file.seek(start)
        for piece in media.pieces():
            size += len(piece)
            self._file.write(packer.compress(piece) if packer else piece)
        if packer:
            self._file.write(packer.flush())
        self._end = self._file.tell()
        method = zipfile.ZIP_DEFLATED if deflates else zipfile.ZIP_STORED
        return Packed(method, size, media.checksum, self._end - start, self, start)

    def read(self, start: int, size: int) -> Iterator[bytes]:
        """Yield some of its bytes, in pieces."""
        self._file.seek(start)
        while size:
            piece = self._file.read(min(size, MIB))
            yield piece
            size -= len(piece)


_SPOOLS: Final[WeakKeyDictionary[InputFolder, Spool]] = WeakKeyDictionary()


def packed(media: MediaFile) -> Packed | None:
    """Return a picture as zips hold it, if it is worth while; as `Spool.packed`."""
    spool = _SPOOLS.get(media.files)
    if spool is None:
        spool = _SPOOLS[media.files] = Spool()
    return spool.packed(media)
