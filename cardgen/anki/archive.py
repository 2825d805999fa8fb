"""The zip of a package: the same bytes each time, and no file of it whole in memory."""

from __future__ import annotations

import zipfile
from contextlib import nullcontext, suppress
from typing import TYPE_CHECKING, Any, BinaryIO, Final, Self

from cardgen.anki.spool import LEVEL, packed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType

    from cardgen.anki.spool import Packed
    from cardgen.check import MediaFile

_TIME: Final = (1980, 1, 1, 0, 0, 0)


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
        with self._zip.open(_entry(name, zipfile.ZIP_DEFLATED if deflate else zipfile.ZIP_STORED), "w") as stream:
            for piece in pieces:
                stream.write(piece)

    def add_media(self, name: str, media: MediaFile) -> None:
        """Add a picture.

        Raises:
            UnreadableFileError: If it changed since it was looked at.
        """
        ready = packed(media)
        if ready is None:
            self.add(name, media.pieces(), deflate=False)
        else:
            self._zip.add_packed(_entry(name, ready.method), ready)


class _Zip(zipfile.ZipFile):
    """A zip that also takes what is packed already."""

    def add_packed(self, entry: zipfile.ZipInfo, packed: Packed) -> None:
        """Add an entry, in the steps of the library's own `mkdir`: it has no way of its own for packed bytes."""
        this: Any = self
        entry.CRC = packed.checksum
        entry.file_size = packed.size
        entry.compress_size = packed.packed
        entry.header_offset = this.start_dir
        this._writecheck(entry)  # noqa: SLF001 - as above
        this._didModify = True  # noqa: SLF001 - as above
        this.filelist.append(entry)
        this.NameToInfo[entry.filename] = entry
        header = entry.FileHeader(zip64=False)
        # It is there already, and to seek would flush what the stream has buffered.
        this.fp.write(header)
        this.fp.writelines(packed.pieces())
        this.start_dir += len(header) + packed.packed


def _entry(name: str, method: int) -> zipfile.ZipInfo:
    """Return an entry without the time, owner or system that would make two builds differ."""
    entry = zipfile.ZipInfo(name, _TIME)
    entry.compress_type = method
    entry._compresslevel = LEVEL  # type: ignore[attr-defined] # noqa: SLF001 - public as `compress_level` from 3.13 on
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    return entry
