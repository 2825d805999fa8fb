"""The package's file: a zip with the collection in one of three forms.

    form      meta        the collection      how it is kept
    legacy 1  none        collection.anki2    SQLite, schema 11
    legacy 2  version 2   collection.anki21   SQLite, schema 11
    latest    version 3   collection.anki21b  zstd of SQLite, schema 18

The newer two carry a ``collection.anki2`` as well, with one note that asks for a newer Anki; so ``meta`` decides, as in
Anki itself (rslib/src/import_export/package/meta.rs).
"""

from __future__ import annotations

import sys
import tempfile
import zipfile
import zlib
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from cardgen.anki.reading import protobuf
from cardgen.anki.reading.collection import read_collection
from cardgen.anki.reading.found import UnreadablePackageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.anki.reading.found import FoundCollection

MOST_BYTES: Final = 512 * 1024 * 1024
"""Largest database that is unpacked: about a million notes of cardgen's."""

_MOST_DIRECTORY: Final = 8 * 1024 * 1024
"""Largest read that `zipfile` may make: the zip's directory comes in one, with at least 46 bytes a file."""

_CHUNK: Final = 256 * 1024
_WINDOW_LOG: Final = 23
"""Largest window of zstd, 8 MiB: what every decoder should have, and more than Anki uses (RFC 8878, 3.1.1.1.2)."""

_META: Final = "meta"
_META_BYTES: Final = 1024
_BY_VERSION: Final = {1: "collection.anki2", 2: "collection.anki21", 3: "collection.anki21b"}
_COMPRESSED: Final = "collection.anki21b"
_ENCRYPTED: Final = 1
"""The bit of a zip entry's flags."""


def read_package(path: Path) -> FoundCollection:
    """Read a package, ``.apkg`` or ``.colpkg``.

    Args:
        path: Where it is.

    Raises:
        UnreadablePackageError: If it is no package, is damaged, or exceeds the limits.
    """
    with opened_package(path) as package:
        name = _collection(package)
        with tempfile.TemporaryDirectory(prefix="cardgen-") as folder:
            database = Path(folder) / "collection"
            with database.open("wb") as file:
                file.writelines(unpacked(package, name, MOST_BYTES, is_packed=name == _COMPRESSED))
            return read_collection(database)


@contextmanager
def opened_package(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open a package's zip.

    Raises:
        UnreadablePackageError: If it is none, or is damaged; also while it is read.
    """
    try:
        with path.open("rb") as file, zipfile.ZipFile(_Guarded(file)) as package:
            yield package
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise UnreadablePackageError(f"no Anki package ({error})") from None
    except OSError as error:
        raise UnreadablePackageError(f"cannot be read ({error.strerror or error})") from None


def is_latest(package: zipfile.ZipFile) -> bool:
    """Return whether a package is of the form in which media are packed once more, and listed in protobuf.

    Raises:
        UnreadablePackageError: If it is of a form that is not known.
    """
    return _collection(package) == _COMPRESSED


def unpacked(package: zipfile.ZipFile, name: str, limit: int, *, is_packed: bool) -> Iterator[bytes]:
    """Yield the content of an entry in chunks.

    Args:
        package: The zip.
        name: The entry's name, which is in it.
        limit: The most bytes that it may have.
        is_packed: Whether it is packed by zstd inside the zip.

    Raises:
        UnreadablePackageError: If it is damaged or larger.
    """
    chunks = _inflated(package, name, limit)
    return _decompressed(chunks, limit) if is_packed else chunks


class _Guarded:
    """A file that refuses to be read whole: `zipfile` takes as much as a zip's last bytes tell it to."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.seek = file.seek
        self.tell = file.tell
        self.seekable = file.seekable

    def read(self, size: int = -1) -> bytes:
        """Read at most as much as a directory may take."""
        content = self._file.read(size if 0 <= size <= _MOST_DIRECTORY else _MOST_DIRECTORY + 1)
        if len(content) > _MOST_DIRECTORY:
            raise UnreadablePackageError(f"its directory is larger than {_mib(_MOST_DIRECTORY)}")
        return content


def _collection(package: zipfile.ZipFile) -> str:
    """Return the name of the collection's entry.

    Raises:
        UnreadablePackageError: If there is none, or the package is of a form that is not known.
    """
    names = frozenset(package.namelist())
    if _META in names:
        meta = protobuf.decoded(b"".join(_inflated(package, _META, _META_BYTES)))
        version = protobuf.number(meta, 1)
        if version not in _BY_VERSION:
            raise UnreadablePackageError(f"a package of form {version}, which is newer than this cardgen knows")
        wanted = _BY_VERSION[version]
    else:
        wanted = _BY_VERSION[2] if _BY_VERSION[2] in names else _BY_VERSION[1]
    if wanted not in names:
        raise UnreadablePackageError("no Anki package (there is no collection in it)")
    return wanted


def _inflated(package: zipfile.ZipFile, name: str, limit: int) -> Iterator[bytes]:
    """Yield the content of an entry in chunks.

    Raises:
        UnreadablePackageError: If it is larger than the limit, whatever the zip says of its size, encrypted, or packed
            by a method that Anki does not use.
    """
    entry = package.getinfo(name)
    if entry.flag_bits & _ENCRYPTED:
        raise UnreadablePackageError("no Anki package (it is encrypted)")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise UnreadablePackageError("no Anki package (it is compressed in a way that Anki does not use)")
    if entry.file_size > limit:
        raise _too_large(limit)
    left = limit
    with package.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                raise _too_large(limit)
            yield chunk


def _decompressed(chunks: Iterator[bytes], limit: int) -> Iterator[bytes]:
    """Yield what a frame of zstd holds, in chunks.

    Raises:
        UnreadablePackageError: If it is damaged, or larger than the limit.
    """
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd

    frame = zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: _WINDOW_LOG})
    left = limit
    try:
        for chunk in chunks:
            given = chunk
            while not frame.eof:
                found = frame.decompress(given, _CHUNK)
                left -= len(found)
                if left < 0:
                    raise _too_large(limit)
                yield found
                given = b""
                if frame.needs_input:
                    break
    except zstd.ZstdError as error:
        raise UnreadablePackageError(f"no Anki package ({error})") from None
    if not frame.eof:
        raise UnreadablePackageError("no Anki package (its collection is cut short)")


def _too_large(limit: int) -> UnreadablePackageError:
    return UnreadablePackageError(f"its collection unpacks to more than {_mib(limit)}")


def _mib(count: int) -> str:
    return f"{count // 1024 // 1024} MiB" if count >= 1024 * 1024 else f"{count:,} bytes"
