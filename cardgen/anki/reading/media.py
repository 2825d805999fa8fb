"""The media of a package, read one at a time and only where a card asks for them."""

from __future__ import annotations

import json
import unicodedata
import zipfile
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from cardgen.anki.reading import protobuf
from cardgen.anki.reading.found import UnreadablePackageError
from cardgen.anki.reading.package import is_latest, opened_package, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_LIST: Final = "media"
_MOST_LIST: Final = 16 * 1024 * 1024
"""Largest list of media: some hundred thousand names."""
_ENTRIES, _NAME = 1, 1
"""Fields of the messages ``MediaEntries`` and ``MediaEntry`` (proto/anki/import_export.proto)."""


class PackageMedia:
    """The media of a package that is open.

    Args:
        package: The package's zip.

    Raises:
        UnreadablePackageError: If its list of media is damaged.
    """

    def __init__(self, package: zipfile.ZipFile) -> None:
        self._package = package
        self._entries = _listed(package)

    def has(self, name: str) -> bool:
        """Return whether there is a file of this name."""
        return unicodedata.normalize("NFC", name) in self._entries

    def read(self, name: str, limit: int) -> bytes:
        """Return the content of a file.

        Args:
            name: As fields give it.
            limit: The most bytes that it may have.

        Raises:
            UnreadablePackageError: If it is missing, damaged or larger.
        """
        entry, is_packed = self._entries[unicodedata.normalize("NFC", name)]
        try:
            return b"".join(unpacked(self._package, entry, limit, is_packed=is_packed))
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
            raise UnreadablePackageError(f"its file {name!a} is damaged ({error})") from None


@contextmanager
def opened_media(path: Path) -> Iterator[PackageMedia]:
    """Open a package for its media.

    Raises:
        UnreadablePackageError: If it is none, or is damaged.
    """
    with opened_package(path) as package:
        yield PackageMedia(package)


def _listed(package: zipfile.ZipFile) -> Mapping[str, tuple[str, bool]]:
    """Return by the names of files their entries in the zip, and whether these are packed once more."""
    if _LIST not in package.namelist():
        return {}
    is_packed = is_latest(package)
    content = b"".join(unpacked(package, _LIST, _MOST_LIST, is_packed=is_packed))
    if is_packed:
        names = dict(enumerate(_names(content)))
        return {unicodedata.normalize("NFC", name): (str(number), True) for number, name in names.items()}
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        raise UnreadablePackageError("its list of media is damaged") from None
    if not isinstance(found, dict):
        raise UnreadablePackageError("its list of media is damaged")
    return {
        unicodedata.normalize("NFC", name): (entry, False) for entry, name in found.items() if isinstance(name, str)
    }


def _names(content: bytes) -> list[str]:
    return [protobuf.text(protobuf.decoded(entry), _NAME) for entry in protobuf.repeated(content, _ENTRIES)]
