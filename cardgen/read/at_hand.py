"""Which decks are meant where nobody names them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from cardgen.errors import UsageError
from cardgen.read.files import is_folder
from cardgen.read.shipped import shipped

_DECKS: Final = "decks"


def decks_at_hand(named: Path | None, *, bundled: bool = True) -> Path:
    """Return the folder of decks: the one named, else the nearest, else the decks that come with cardgen.

    Args:
        named: What the user named; None for nothing.
        bundled: Whether the decks that come with cardgen may be meant. Where decks are judged, they never are: to say
            that they are fine would be taken for a word about the user's own.

    Raises:
        UsageError: If none is named, none is near, and the bundled ones are not meant.
    """
    found = named or nearest_decks()
    if found is not None:
        return found
    if bundled:
        return shipped(_DECKS)
    raise UsageError(
        f"there is no folder {_DECKS} in {Path.cwd().as_posix()} or in any folder above it; "
        "name the folder of your decks with --decks"
    )


def nearest_decks() -> Path | None:
    """Return the folder ``decks`` in the working directory or in the nearest folder above it that has one.

    Returns:
        The folder, relative to the working directory; None if there is none.
    """
    here = Path.cwd()
    for level, folder in enumerate((here, *here.parents)):
        if is_folder(folder / _DECKS):
            return Path(*[os.pardir] * level, _DECKS)
    return None
