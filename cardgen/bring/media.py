"""Where the media of a source lie."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Protocol

from cardgen.errors import CardgenError
from cardgen.read import InputFolder, UnreadableFileError
from cardgen.read.files import is_file

if TYPE_CHECKING:
    from pathlib import Path


class UnreadableSourceError(CardgenError):
    """A file to bring over cannot be read; its text says why, without the file's name."""


class Media(Protocol):
    """Media by the names that fields give."""

    def has(self, name: str) -> bool:
        """Return whether there is a file of this name."""
        ...

    def read(self, name: str, limit: int) -> bytes:
        """Return the content of a file of at most so many bytes.

        Raises:
            CardgenError: If it cannot be read, or is larger.
        """
        ...


class FolderMedia:
    """Media in a folder, which its links do not lead out of.

    Args:
        folder: The folder, which need not be there.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files = InputFolder(folder)

    def has(self, name: str) -> bool:
        """Return whether there is a file of this name."""
        return self._path(name) is not None

    def read(self, name: str, limit: int) -> bytes:
        """Return the content of a file.

        Raises:
            UnreadableSourceError: If it cannot be read, or is larger.
        """
        path = self._path(name)
        try:
            return b"".join(self._files.read_pieces(path or self._folder / name, limit))
        except UnreadableFileError as error:
            raise UnreadableSourceError(error.detail) from None

    def _path(self, name: str) -> Path | None:
        """Return the file of a name, in the form of Unicode that it has on the disk; a name is no path."""
        if not name or name in (".", "..") or "/" in name or "\\" in name or "\0" in name:
            return None
        forms = (name, unicodedata.normalize("NFC", name), unicodedata.normalize("NFD", name))
        return next((self._folder / form for form in forms if is_file(self._folder / form)), None)
