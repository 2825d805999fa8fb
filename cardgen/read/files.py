"""The one door for input: opens every file that cardgen is given to read, and lists every folder.

What is read is a plain file, in the folder it belongs to, no larger than its kind of file may be, and in UTF-8 where
it is text. Nothing else is opened for long: a named pipe would block, a device might never end, and a link could lead
to somebody else's secrets, the first line of which a finding would then show.
"""

# os.path answers for a name that is too long; pathlib raises.
# ruff: noqa: PTH112, PTH113, PTH114, PTH118, PTH208

from __future__ import annotations

import errno
import os
import re
import stat
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from cardgen.diagnostics import Diagnostic, Place, diagnose
from cardgen.errors import CardgenError
from cardgen.read.flaws import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KIB: Final = 1024
MIB: Final = 1024 * KIB
_PAGE: Final = 4096

MAX_YAML: Final = 32 * MIB
"""Largest YAML file in bytes: about 150,000 plain cards."""

MAX_LEDGER: Final = 64 * MIB
"""Largest ledger in bytes: a deck of several such files, at about 100 bytes a note."""

MAX_GUIDS: Final = 16 * MIB
"""Largest file of given guids in bytes: about 300,000 notes."""

MAX_MANIFEST: Final = 16 * MIB
"""Largest manifest in bytes: about 50,000 artefacts."""

MAX_NOTES: Final = 4 * MIB
"""Largest file of release notes in bytes: a line each about 30,000 cards."""

MAX_PICTURE: Final = 20 * MIB
"""Largest picture in bytes; AnkiWeb's own limit for one file is 100 MB, a phone's patience is less."""

# Not there on Windows, which has neither named pipes in folders nor links that anybody may make.
_FLAGS: Final = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
_NO_LINK: Final = getattr(os, "O_NOFOLLOW", 0)

_NOT_FILES: Final = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)

# What would start a new line, be obeyed by a terminal or turn the text around it; and bytes that are not UTF-8, which
# Python keeps as lone surrogates (PEP 383).
_UNFIT: Final = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069\\ud800-\\udfff]")
_BYTES: Final = range(0xDC80, 0xDD00)


class Reason(Enum):
    """Why a file or a folder cannot be read."""

    MISSING = auto()
    NOT_A_FILE = auto()
    UNREADABLE = auto()
    OUTSIDE = auto()
    TOO_LARGE = auto()
    NOT_UTF8 = auto()
    CHANGED = auto()


_CODES: Final = {Reason.OUTSIDE: "CG115", Reason.TOO_LARGE: "CG102", Reason.NOT_UTF8: "CG103"}


class UnreadableFileError(CardgenError):
    """A file or a folder cannot be read; its text says why.

    Attributes:
        reason: Why.
        detail: The same in a few words that can follow another file's name: ``File name too long``.
        place: The file, or the first byte in it that is not UTF-8.
    """

    def __init__(self, reason: Reason, message: str, detail: str, place: Place) -> None:
        super().__init__(message)
        self.reason = reason
        self.detail = detail
        self.place = place

    def diagnostic(self, hint: str = "") -> Diagnostic:
        """Return the finding that says so."""
        return diagnose(_CODES.get(self.reason, "CG101"), str(self), self.place, hint)


class InputFolder:
    """A folder to read from: no file that is read through it may be a link that leads out of it.

    Args:
        path: The folder.

    Attributes:
        opened: The files that were read through it, as `label` shows them.
    """

    def __init__(self, path: Path) -> None:
        self.opened: set[str] = set()
        self._real = os.path.realpath(path)
        self._inside: dict[str, bool] = {}

    def holds(self, path: Path) -> bool:
        """Return whether a path, with its links followed, stays in the folder."""
        return self._leads_inside(path) if os.path.islink(path) else self._holds_folder_of(path)

    def read_bytes(self, file: Path, limit: int) -> bytes:
        """Return what is in a file.

        Args:
            file: The file.
            limit: How many bytes it may have: one of the limits of this module.

        Raises:
            UnreadableFileError: If it is missing, no plain file, a link that leads out of the folder or larger, or if
                the system refuses it: for want of permission, or because a part of the path is too long.
        """
        # Most files come in one piece, which joining does not copy.
        return b"".join(self.read_pieces(file, limit, limit + 1))

    def read_pieces(self, file: Path, limit: int, size: int = MIB) -> Iterator[bytes]:
        """Yield what is in a file, in pieces of some size in bytes; what is larger than the limit is not read whole.

        Raises:
            UnreadableFileError: As `read_bytes`.
        """
        name = label(file)
        try:
            descriptor = self._open(file)
        except (OSError, ValueError) as error:
            raise _refused("file", error, Place(name)) from None
        if descriptor is None:
            detail = "the file is a link that leads out of the decks' folder"
            raise UnreadableFileError(Reason.OUTSIDE, detail, detail, Place(name))
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                detail = f"it is {next(name for is_one, name in _NOT_FILES if is_one(status.st_mode))}"
                raise UnreadableFileError(Reason.NOT_A_FILE, f"cannot read the file: {detail}", detail, Place(name))
            self.opened.add(name)
            # Files of the system say that they are empty, so what comes is counted, too. To ask for no more than there
            # is, by the system's own call, takes a third of the time of a small file: a stream makes room first.
            size = min(size, max(status.st_size + 1, _PAGE))
            left = limit if status.st_size <= limit else -1
            while left >= 0:
                try:
                    piece = os.read(descriptor, min(size, left + 1))
                except OSError as error:
                    raise _refused("file", error, Place(name)) from None
                if not piece:
                    return
                left -= len(piece)
                if left >= 0:
                    yield piece
        finally:
            os.close(descriptor)
        detail = f"larger than {limit // MIB} MiB" if limit >= MIB else f"larger than {limit // KIB} KiB"
        raise UnreadableFileError(Reason.TOO_LARGE, f"the file is {detail}", detail, Place(name))

    def read_text(self, file: Path, limit: int) -> str:
        """Return the text in a file, without a byte order mark; line ends are as they stand there.

        Args:
            file: The file.
            limit: As for `read_bytes`.

        Raises:
            UnreadableFileError: As `read_bytes`, and if the file is not UTF-8.
        """
        return decoded(self.read_bytes(file, limit), label(file))

    def _holds_folder_of(self, path: Path) -> bool:
        """Return whether what a path names, if it is no link, is in the folder."""
        # Following links costs more than reading a small file, and few folders are links.
        parent, name = os.path.split(path)
        if name == "..":
            return self._leads_inside(path)
        inside = self._inside.get(parent)
        if inside is None:
            inside = self._inside[parent] = self._leads_inside(parent)
        return inside

    def _leads_inside(self, path: Path | str) -> bool:
        real = os.path.realpath(path)
        return real == self._real or real.startswith(os.path.join(self._real, ""))

    def _open(self, file: Path) -> int | None:
        """Open a file without waiting for it, a link followed once; None if it is not in the folder."""
        if not self._holds_folder_of(file):
            return None
        # Where the system itself refuses links, nobody need ask about each file first.
        if _NO_LINK or not os.path.islink(file):
            try:
                return os.open(file, _FLAGS | _NO_LINK)
            except OSError:
                if not os.path.islink(file):
                    raise
        return os.open(os.path.realpath(file), _FLAGS | _NO_LINK) if self._leads_inside(file) else None


def decoded(content: bytes, name: str) -> str:
    """Return the text of a file's bytes, without a byte order mark.

    Args:
        content: The bytes.
        name: The file for people, as `label` gives it.

    Raises:
        UnreadableFileError: If they are not UTF-8; its place is the first byte that is not.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        detail = f"byte 0x{error.object[error.start]:02X} is not UTF-8"
        place = _place_of(error, name)
        raise UnreadableFileError(Reason.NOT_UTF8, detail, detail, place) from None


def names_in(folder: Path) -> list[str]:
    """Return the names of what is in a folder, sorted.

    Raises:
        UnreadableFileError: If the folder cannot be read.
    """
    try:
        return sorted(os.listdir(folder))
    except (OSError, ValueError) as error:
        raise _refused("folder", error, Place(label(folder))) from None


def is_there(path: Path) -> bool:
    """Return whether there is anything of this name, a link that leads nowhere included.

    Raises:
        UnreadableFileError: If the folder that it would be in cannot be looked into.
    """
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError) as error:
        raise _refused("folder", error, Place(label(path.parent))) from None
    return True


def exists(path: Path) -> bool:
    """Return whether there is anything of this name; there is nothing of a name that no system takes."""
    return os.path.lexists(path)


def is_file(path: Path) -> bool:
    """Return whether there is a plain file, or a link to one; there is none of a name that no system takes."""
    return os.path.isfile(path)


def is_folder(path: Path) -> bool:
    """Return whether there is a folder, or a link to one; there is none of a name that no system takes."""
    return os.path.isdir(path)


def label(path: Path) -> str:
    """Return a path for people: with forward slashes, and as `shown`."""
    return shown(path.as_posix())


def shown(name: str) -> str:
    r"""Return a name for people: what is not text, or would not stay in its line, is escaped as ``\xff``."""
    return _UNFIT.sub(_escaped, name)


def is_fit(name: str) -> bool:
    """Return whether a name is text that can stand in a line: it is shown as it is."""
    return _UNFIT.search(name) is None


def is_text(name: str) -> bool:
    """Return whether a name is UTF-8 in the file system."""
    return not any("\ud800" <= char <= "\udfff" for char in name)


def _escaped(match: re.Match[str]) -> str:
    number = ord(match[0])
    number = number & 0xFF if number in _BYTES else number
    return f"\\x{number:02x}" if number <= 0xFF else f"\\u{number:04x}"  # noqa: PLR2004 - the last of one byte


def _refused(what: str, error: OSError | ValueError, place: Place) -> UnreadableFileError:
    """Return the error for what the system has refused; a ValueError is a name that no system takes."""
    detail = (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
    reason = Reason.UNREADABLE
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        reason = Reason.MISSING
    elif isinstance(error, OSError) and error.errno == errno.ENXIO:  # how sockets refuse to be opened
        reason, detail = Reason.NOT_A_FILE, "it is a socket"
    return UnreadableFileError(reason, f"cannot read the {what}: {detail}", detail, place)


def _place_of(error: UnicodeDecodeError, name: str) -> Place:
    """Return the place of the first byte that is not UTF-8, found in the text before it."""
    before = error.object[: error.start].decode("utf-8-sig")
    line, column, source = Lines(before).locate(len(before))
    return Place(name, line, column, 1, source)
