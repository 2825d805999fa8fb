"""What packages begin with, their pictures, kept for the packages of a build that come after the first.

Each of 48 editions would otherwise open, read and check 555 pictures again, which is most of what an edition takes.
Most editions of a deck show the same pictures, so their packages begin with the same bytes: these are put together
once, with their part of the zip's directory and their hash, and copied as a whole. Editions that show different
pictures share what each picture was packed to.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple
from weakref import WeakKeyDictionary, finalize, ref

from cardgen.anki.archive import STORED, Archive, Deflating, Packing
from cardgen.export import Begun
from cardgen.read.files import MIB

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cardgen.check import MediaFile
    from cardgen.read import InputFolder

_TEXTS: Final = frozenset({".css", ".js", ".json", ".svg", ".ttf"})
"""Types of files that deflate makes smaller; it takes 2 % off PNG and JPEG at most, and most of a build's time."""

_MOST: Final = 8
"""Lists of pictures that are remembered: what packages of one begin with may be as large as all pictures of a deck."""


class _Packed(NamedTuple):
    """A packed file, and where it is."""

    packing: Packing
    file: BinaryIO
    start: int


class _Beginning(NamedTuple):
    """What packages of the same pictures begin with, as an archive that has no end."""

    archive: Archive
    begun: Begun


class Spool:
    """Temporary files, which have no names and go with their process, for what is packed of one deck.

    They hold what has passed the check of `MediaFile.pieces`, and is found again by those objects alone, so nothing in
    them can be out of date.

    Raises:
        OSError: From every method, if there is no room for them.
    """

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed below
        finalize(self, self._file.close)
        self._end = 0
        self._packed: WeakKeyDictionary[MediaFile, _Packed | None] = WeakKeyDictionary()
        self._lists: dict[tuple[ref[MediaFile], ...], _Beginning | None] = {}

    def begin(self, archive: Archive, media: Sequence[MediaFile]) -> Begun | None:
        """Begin a package with its pictures, as `add_media`."""
        key = tuple(map(ref, media))
        # Most builds make one package, whose pictures can as well be copied from where they are.
        beginning = (self._lists.pop(key) or self._beginning(media)) if key in self._lists else None
        self._lists[key] = beginning
        if len(self._lists) > _MOST:
            del self._lists[next(iter(self._lists))]
        if beginning is None:
            self._add(archive, media, spools=True)
            return None
        archive.begin(beginning.archive)
        return beginning.begun

    def _beginning(self, media: Sequence[MediaFile]) -> _Beginning:
        file = tempfile.TemporaryFile()  # noqa: SIM115 - closed below
        archive = Archive(file)
        finalize(archive, file.close)
        self._add(archive, media, spools=False)
        file.seek(0)
        return _Beginning(archive, Begun(archive.size, hashlib.file_digest(file, "sha256").copy))

    def _add(self, archive: Archive, media: Sequence[MediaFile], *, spools: bool) -> None:
        for number, one in enumerate(media):
            packed = self._packed_before(one, spools=spools)
            if packed is None:
                archive.add_packed(str(number), Packing(STORED, one.size, one.checksum, one.size), one.pieces())
            else:
                pieces = _pieces(packed.file, packed.start, packed.packing.packed)
                archive.add_packed(str(number), packed.packing, pieces)
        _add_list(archive, media)

    def _packed_before(self, media: MediaFile, *, spools: bool) -> _Packed | None:
        """Return a picture as it was packed; None if it is stored, and was not asked for before.

        Args:
            media: The picture.
            spools: Whether what is asked for again is kept, and need not be read from the deck a third time.
        """
        known = self._packed.get(media)
        if known is not None:
            return known
        is_text = PurePosixPath(media.name).suffix.lower() in _TEXTS
        made = self._pack(media, is_text) if is_text or (spools and media in self._packed) else None
        self._packed[media] = made
        return made

    def _pack(self, media: MediaFile, deflates: bool) -> _Packed:
        start = self._end
        self._file.seek(start)
        if deflates:
            deflating = Deflating(media.pieces())
            self._file.writelines(deflating)
            packing = deflating.packing
        else:
            self._file.writelines(media.pieces())
            packing = Packing(STORED, media.size, media.checksum, media.size)
        self._end = self._file.tell()
        return _Packed(packing, self._file, start)


_SPOOLS: Final[WeakKeyDictionary[InputFolder, Spool]] = WeakKeyDictionary()


def add_media(archive: Archive, media: Sequence[MediaFile]) -> Begun | None:
    """Begin a package with its pictures, under their numbers, and the list of their names.

    Returns:
        What is known of that beginning, if another package has it as well.

    Raises:
        UnreadableFileError: If a picture changed since it was looked at.
    """
    if not media:
        _add_list(archive, media)
        return None
    spool = _SPOOLS.get(media[0].files)
    if spool is None:
        spool = _SPOOLS[media[0].files] = Spool()
    return spool.begin(archive, media)


def _add_list(archive: Archive, media: Sequence[MediaFile]) -> None:
    names = {str(number): one.name for number, one in enumerate(media)}
    archive.add("media", [json.dumps(names).encode()])


def _pieces(file: BinaryIO, start: int, size: int) -> Iterator[bytes]:
    file.seek(start)
    while size:
        piece = file.read(min(size, MIB))
        yield piece
        size -= len(piece)
