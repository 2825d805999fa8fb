"""What is asked for where names of decks and paths of their files may stand side by side, as for `cardgen check`."""

# os.path compares paths as they are written; pathlib has no abspath that leaves links alone.
# ruff: noqa: PTH100

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from cardgen.diagnostics import Diagnostic, Place, diagnose, did_you_mean
from cardgen.errors import UsageError
from cardgen.read.at_hand import decks_at_hand, nearest_decks
from cardgen.read.files import UnreadableFileError, exists, is_folder, label, names_in
from cardgen.read.listing import DECK_FILE, deck_folders, unknown_decks, with_translations
from cardgen.read.names import nfc

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_IS_PATH: Final = re.compile(rf"[{re.escape(os.sep + (os.altsep or ''))}]|\.ya?ml$|^\.\.?$", re.IGNORECASE)
"""Finds what tells a path from the name of a deck."""


class Asked(Struct, frozen=True):
    """What is asked for.

    Attributes:
        root: The folder of decks.
        names: Names of decks, where nothing but such names and folders is asked for; none for all decks.
        paths: Otherwise the files and folders that are meant, as `label` shows them; none for all.
        diagnostics: What is wrong with the request: no such file, no such deck.
    """

    root: Path
    names: tuple[str, ...]
    paths: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    def covers(self, file: str) -> bool:
        """Return whether a file, as `label` shows it, is among what is asked for by its path."""
        return not self.paths or any(lies_in(file, path) for path in self.paths)


def asked(words: Sequence[str], decks: Path | None) -> Asked:
    """Return what is asked for.

    Args:
        words: Names of decks, and paths: what has a separator or ends like a YAML file. The path of a deck's folder is
            another way to name the deck and its translations, that of the folder of decks another way to say nothing.
        decks: The folder of decks; None for that of the first path, or the nearest.

    Raises:
        UsageError: If there are no decks, or a path lies in another folder of decks than the first.
    """
    paths = [word for word in words if _IS_PATH.search(word)]
    if not paths:
        return Asked(decks_at_hand(decks, bundled=False), tuple(words))
    root = decks or _home(paths[0])
    inside = [_inside(root, path) for path in paths]
    if any(not parts for parts in inside):
        return Asked(root, ())
    try:
        known = deck_folders(root)
    except UnreadableFileError:  # reading the decks says so
        known = {}
    names = [word for word in words if word not in paths]
    folders = [nfc(parts[0]) for parts in inside if len(parts) == 1 and nfc(parts[0]) in known]
    if len(folders) == len(paths):
        inside_them = with_translations({name: known[name] for name in folders})
        return Asked(root, tuple(dict.fromkeys((*names, *inside_them))))
    known = with_translations(known)
    files = [root.joinpath(*parts) for parts in inside]
    whole = [known[nfc(name)] for name in names if nfc(name) in known]
    diagnostics = (*unknown_decks(names, root, known), *(found for file in files for found in _missing(file)))
    return Asked(root, (), tuple(map(label, (*files, *whole))), diagnostics)


def lies_in(file: str, path: str) -> bool:
    """Return whether a file is what a path means, or lies in that folder; both as `label` shows them."""
    return file == path or file.startswith(f"{path}/")


def _home(path: str) -> Path:
    """Return the folder of decks that a file belongs to: the nearest, if it is in there, else by the deck around it."""
    near = nearest_decks()
    absolute = Path(os.path.abspath(path))
    if near is not None and (_parts(near, absolute) is not None or _parts(absolute, near) is not None):
        return near
    start = absolute if is_folder(absolute) else absolute.parent
    deck = next((folder for folder in (start, *start.parents) if exists(folder / DECK_FILE)), None)
    home = start if deck is None else deck.parent
    return home if Path(path).anchor else Path(os.path.relpath(home))


def _inside(root: Path, path: str) -> tuple[str, ...]:
    """Return the names on the way from the folder of decks to a file or folder, as the disk has them.

    Returns:
        The names; none for the folder of decks and for what it lies in.

    Raises:
        UsageError: If it is somewhere else.
    """
    parts = () if _parts(Path(path), root) is not None else _parts(root, Path(path))
    if parts is None:
        raise UsageError(f"`{label(Path(path))}` is not in the folder of decks {label(root)}")
    found = root
    for part in parts:
        found /= _on_disk(found, part)
    return found.relative_to(root).parts


def _parts(root: Path, path: Path) -> tuple[str, ...] | None:
    """Return the names on the way from a folder to a path; None if it does not lie in there."""
    for real in (os.path.abspath, os.path.realpath):  # links on the way are no matter
        try:
            return Path(real(path)).relative_to(real(root)).parts
        except ValueError:
            continue
    return None


def _on_disk(folder: Path, name: str) -> str:
    """Return how a folder lists a name: some systems take it in other capitals, or in another form of Unicode."""
    try:
        listed = names_in(folder)
    except UnreadableFileError:
        return name
    if name in listed:
        return name
    alike = [other for other in listed if nfc(other).casefold() == nfc(name).casefold()]
    return next((other for other in alike if exists(folder / name) or nfc(other) == nfc(name)), name)


def _missing(file: Path) -> Iterator[Diagnostic]:
    if not exists(file):
        try:
            there = [name for name in names_in(file.parent) if name.endswith(file.suffix)]
        except UnreadableFileError:
            there = []
        yield diagnose("CG508", "there is no such file", Place(label(file)), did_you_mean(file.name, there))
