"""The zip of a package: the same bytes each time, and no file of it whole in memory."""

from __future__ import annotations

import zipfile
import zlib
from contextlib import nullcontext, suppress
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, BinaryIO, Final, NamedTuple, Self
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType

    from cardgen.check import MediaFile

_TIME: Final = (1980, 1, 1, 0, 0, 0)
_LEVEL: Final = 5
"""How hard to deflate: 6, the library's own choice, takes half as long again to make a collection 2 % smaller."""

_TEXTS: Final = frozenset({".svg"})
"""Types of pictures that deflate makes smaller; it takes 2 % off PNG and JPEG at most, and most of a build's time."""


class _Deflated(NamedTuple):
    """A file as the zip holds it, its size and CRC-32 before it was deflated, and the deflated bytes."""

    size: int
    checksum: int
    content: bytes


_DEFLATED: Final[WeakKeyDictionary[MediaFile, _Deflated]] = WeakKeyDictionary()
"""What was deflated, as long as the pictures of its deck live: all packages of a build that show one take the same."""


class Archive:
    """A zip that is being written; a context manager.

    Args:
        stream: An empty file that can seek.

    Raises:
        OSError: From every method, if the file cannot be written.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._zip = _Zip(stream, "w")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # After an error nobody wants the file, and what closing it says would hide the error.
        with suppress(OSError) if error is not None else nullcontext():
            self._zip.close()

    def add(self, name: str, pieces: Iterable[bytes], *, deflate: bool = True) -> None:
        """Add a file."""
        with self._zip.open(_entry(name, deflate=deflate), "w") as stream:
            for piece in pieces:
                stream.write(piece)

    def add_media(self, name: str, media: MediaFile) -> None:
        """Add a picture.

        Raises:
            UnreadableFileError: If it changed since it was looked at.
        """
        if PurePosixPath(media.name).suffix in _TEXTS:
            deflated = _DEFLATED.get(media)
            if deflated is None:
                deflated = _DEFLATED[media] = _deflated(media)
            self._zip.add_deflated(_entry(name, deflate=True), deflated)
        else:
            self.add(name, media.pieces(), deflate=False)


class _Zip(zipfile.ZipFile):
    """A zip that also takes what is deflated already."""

    def add_deflated(self, entry: zipfile.ZipInfo, deflated: _Deflated) -> None:
        """Add an entry, in the steps of the library's own `mkdir`: it has no way of its own for deflated bytes."""
        this: Any = self
        entry.CRC = deflated.checksum
        entry.file_size = deflated.size
        entry.compress_size = len(deflated.content)
        this.fp.seek(this.start_dir)
        entry.header_offset = this.fp.tell()
        this._writecheck(entry)  # noqa: SLF001 - as above
        this._didModify = True  # noqa: SLF001 - as above
        this.filelist.append(entry)
        this.NameToInfo[entry.filename] = entry
        this.fp.write(entry.FileHeader(zip64=False))
        this.fp.write(deflated.content)
        this.start_dir = this.fp.tell()


def _entry(name: str, *, deflate: bool) -> zipfile.ZipInfo:
    """Return an entry without the time, owner or system that would make two builds differ."""
    entry = zipfile.ZipInfo(name, _TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED if deflate else zipfile.ZIP_STORED
    entry._compresslevel = _LEVEL  # type: ignore[attr-defined] # noqa: SLF001 - public as `compress_level` from 3.13 on
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    return entry


def _deflated(media: MediaFile) -> _Deflated:
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    size = 0
    content = bytearray()
    for piece in media.pieces():
        size += len(piece)
        content += packer.compress(piece)
    return _Deflated(size, media.checksum, bytes(content + packer.flush()))
