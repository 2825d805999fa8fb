"""Tells cardgen's own files from an author's: what is not its own is never replaced.

An artefact is ours if the manifest of its folder names it, also if it was edited since (in a spreadsheet, say). Release
notes and the page of a preview bear a mark in their first lines. A manifest is known by its form. A file that already
is what would be written is in nobody's way, so a lost manifest does no harm while the decks are the same.
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Final

from cardgen.diagnostics import Diagnostic, Place, diagnose
from cardgen.read import label

if TYPE_CHECKING:
    from pathlib import Path

_BEGINNING: Final = 1024
"""How many bytes of a file are searched for a mark."""


def bears(file: Path, mark: str) -> bool:
    """Return whether a file's first lines have a mark.

    Raises:
        OSError: If it cannot be read.
    """
    if not _is_plain(file):
        return False
    with file.open("rb") as stream:
        return mark.encode() in stream.read(_BEGINNING)


def is_in_the_way(file: Path, waiting: Path) -> bool:
    """Return whether something else has the name of a file that waits to be put in its place.

    Raises:
        OSError: If the system does not take the name.
    """
    if not os.path.lexists(file):
        return False
    # A folder is refused when its turn comes to be replaced, with a message of its own.
    return not file.is_dir() and not _holds(file, waiting)


def in_the_way(file: Path, hint: str = "") -> Diagnostic:
    """Return the finding that a file is somebody else's."""
    return diagnose("CG507", "this file is in the way, and cardgen has not made it", Place(label(file)), hint)


def _holds(file: Path, waiting: Path) -> bool:
    try:
        import filecmp  # most files are new, or those that the manifest names

        return _is_plain(file) and filecmp.cmp(file, waiting, shallow=False)
    except PermissionError:
        return False


def _is_plain(file: Path) -> bool:
    """Return whether something is a file and no link, so that reading it neither blocks nor leads elsewhere."""
    try:
        return stat.S_ISREG(file.lstat().st_mode)
    except FileNotFoundError:
        return False
