"""Where the media of a source lie, and where those that cards ask for go."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final, Protocol

from cardgen.bring.names import Names, id_of
from cardgen.check.media import MEDIA_FOLDER, TYPES
from cardgen.errors import CardgenError
from cardgen.read import InputFolder, UnreadableFileError
from cardgen.read.files import MAX_PICTURE, is_file

if TYPE_CHECKING:
    from pathlib import Path


_LONGEST_STEM: Final = 40
"""Letters of a file's stem that its name in packages keeps; see `cardgen.check.media`."""


_DIGEST: Final = re.compile(r"-([0-9a-f]{8,16})$")
"""What could be the beginning of a hash, behind a stem."""


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


class TakenMedia:
    """The media that cards ask for, each with a place in the deck.

    Args:
        media: Those of the source; None if it brings none.

    Attributes:
        taken: Their places in the deck's folder, by their names in the source.
    """

    def __init__(self, media: Media | None) -> None:
        self._media = media
        self._names = Names()
        self.taken: dict[str, str] = {}

    def place(self, name: str) -> str | None:
        """Return the place of a file in the deck; None if there is none, or none that a card can show."""
        if name in self.taken:
            return self.taken[name]
        suffix = PurePosixPath(name).suffix.lower()
        if self._media is None or suffix not in TYPES or not self._media.has(name):
            return None
        try:
            content = self._media.read(name, MAX_PICTURE)
        except CardgenError:
            return None
        stem = id_of(without_digest(PurePosixPath(name).stem, content), _LONGEST_STEM) or "file"
        self.taken[name] = f"{MEDIA_FOLDER}/{self._names.free(stem, suffix)}"
        return self.taken[name]

    def content(self, name: str) -> bytes:
        """Return the content of a file that has been taken."""
        if self._media is None:
            raise LookupError(name)
        return self._media.read(name, MAX_PICTURE)


def without_digest(stem: str, content: bytes) -> str:
    """Return a file's stem without the beginning of its content's hash, which packages of cardgen put behind it."""
    match = _DIGEST.search(stem)
    if match is None or not hashlib.sha256(content).hexdigest().startswith(match[1]):
        return stem
    return stem[: match.start()]
