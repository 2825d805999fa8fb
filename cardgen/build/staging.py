"""Writes a set of files so that each is either the old one or the new one, whole."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from cardgen.build.manifest import checksum
from cardgen.diagnostics import Place, diagnose
from cardgen.leftovers import own_prefix, sweep
from cardgen.read import label
from cardgen.read.files import MIB

if TYPE_CHECKING:
    from types import TracebackType

    from cardgen.diagnostics import Diagnostic
    from cardgen.export import Begun, Content


_PREFIX: Final = ".cardgen-part-"

_BUFFER: Final = MIB
"""A package is written in many small pieces; with the usual buffer, one of 500 pictures takes a fifth longer."""


class Staging:
    """New files wait beside their targets until `commit`; if it is never reached, nothing has changed.

    Use as a context manager, which removes what was not committed.

    Raises:
        OSError: From every method, if a folder or a file cannot be written. Files of earlier builds are untouched
            unless `commit` itself fails between two of them; even then each is whole.
    """

    def __init__(self) -> None:
        self._waiting: dict[Path, Path] = {}
        self._begun: dict[Path, Begun | None] = {}
        self._leaving: list[Path] = []
        self._swept: set[Path] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for temporary in self._waiting.values():
            temporary.unlink(missing_ok=True)

    def add(self, target: Path, content: Content) -> Path:
        """Write a file's content to the disk, beside its target; folders are made where they are missing.

        Returns:
            Where it waits.
        """
        target.parent.mkdir(parents=True, exist_ok=True)
        if target in self._waiting:
            raise FileExistsError(None, "two files of this build have the same name", str(target))
        if target.is_dir():
            raise IsADirectoryError(None, "a folder of this name is in the way", str(target))
        if target.parent not in self._swept:
            self._swept.add(target.parent)
            sweep(target.parent, _PREFIX)
        try:
            handle, temporary = tempfile.mkstemp(prefix=own_prefix(_PREFIX), dir=target.parent)
        except OSError as error:
            raise type(error)(error.errno, error.strerror, str(target)) from None
        self._waiting[target] = Path(temporary)
        try:
            with os.fdopen(handle, "wb", _BUFFER) as stream:
                if isinstance(content, bytes):
                    stream.write(content)
                else:
                    self._begun[target] = content(stream)
                stream.flush()
                os.fsync(stream.fileno())
        except OSError as error:
            if error.filename is not None:
                raise
            # A full disk is told of what is open, which has no name.
            raise type(error)(error.errno, error.strerror, str(target)) from None
        # mkstemp makes files that only their owner may read; artefacts are made to be handed on. Not every file system
        # has permissions.
        with contextlib.suppress(OSError):
            self._waiting[target].chmod(0o666 & ~_umask())
        return self._waiting[target]

    def measured(self, target: Path) -> tuple[int, str]:
        """Return the size of a file that waits, in bytes, and its checksum, as a manifest has them."""
        waiting = self._waiting[target]
        return waiting.stat().st_size, checksum(waiting, self._begun.get(target))

    def remove(self, target: Path) -> None:
        """Let `commit` remove a file."""
        self._leaving.append(target)

    def commit(self) -> None:
        """Remove what is to be removed, then put all files in their places, in the order in which they were added."""
        for target in (*self._leaving, *self._waiting):
            if os.path.lexists(target):
                # Windows refuses this, as it would refuse to replace it, where another program has the file open; so
                # that is known before the first file is replaced. Other systems do nothing.
                target.rename(target)
        for target in self._leaving:
            target.unlink(missing_ok=True)
        for target, temporary in list(self._waiting.items()):
            try:
                temporary.replace(target)
            except OSError as error:
                # The name that people know is the target's.
                raise type(error)(error.errno, error.strerror, str(target)) from None
            del self._waiting[target]


def unwritable(error: OSError, folder: Path) -> Diagnostic:
    """Return the finding that something cannot be written.

    Args:
        error: What the system said.
        folder: Where it was to be written, for errors that name no file.
    """
    file = Path(error.filename) if error.filename else folder
    is_open = isinstance(error, PermissionError) and file.is_file()
    hint = "If the file is open in another program, such as Excel, close it there." if is_open else ""
    return diagnose("CG504", f"cannot write: {error.strerror or error}", Place(label(file)), hint)


def _umask() -> int:
    current = os.umask(0o022)
    os.umask(current)
    return current
