"""Which decks a folder holds, by the names that people type: light, since a shell asks at every press of Tab."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cardgen.diagnostics import Diagnostic, Place, diagnose, did_you_mean
from cardgen.read.document import read_document
from cardgen.read.files import (
    InputFolder,
    UnreadableFileError,
    is_fit,
    is_folder,
    is_text,
    is_there,
    label,
    names_in,
    shown,
)
from cardgen.read.names import nfc

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

DECK_FILE: Final = "deck.yaml"
OTHER_SUFFIX: Final = ".yml"

_SEPARATORS: Final = re.compile(r"[/\\]")
"""What separates folders on any system: people bring paths from one to another."""


def deck_folders(root: Path, found: list[Diagnostic] | None = None) -> dict[str, Path]:
    """Return the decks of a folder by their names in NFC, which need not be those on the disk.

    Args:
        root: The folder of decks.
        found: Gets findings about folders that look like decks and cannot be used.

    Raises:
        UnreadableFileError: If the folder cannot be read.
    """
    told = [] if found is None else found
    return {nfc(entry): root / entry for entry in names_in(root) if _is_deck(root / entry, told)}


def variants_of(folder: Path) -> dict[str, str]:
    """Return the titles of the variants that a deck's deck.yaml declares, by their names; of what is wrong, nothing."""
    file = folder / DECK_FILE
    value = read_document(file, label(file), InputFolder(folder)).value
    variants = value.get("variants") if isinstance(value, dict) else None
    if not isinstance(variants, dict):
        return {}
    titles = {name: entry.get("title") if isinstance(entry, dict) else None for name, entry in variants.items()}
    return {name: title if isinstance(title, str) else "" for name, title in titles.items()}


def unknown_decks(wanted: Sequence[str], root: Path, decks: Mapping[str, Path]) -> Iterator[Diagnostic]:
    """Yield a finding for each name that no deck has.

    Args:
        wanted: The names.
        root: The folder of decks.
        decks: The decks that there are, as `deck_folders` returns them.
    """
    for name in wanted:
        if nfc(name) not in decks:
            message = f"no deck `{shown(name)}` in {label(root)}"
            yield diagnose("CG501", message, hint=_meant(name, root, decks))


def _meant(name: str, root: Path, decks: Mapping[str, Path]) -> str:
    """Return what somebody may have meant by the name of no deck."""
    parts = [nfc(part) for part in _SEPARATORS.split(name)]
    inside = next((part for part in reversed(parts) if part in decks), None)
    if inside is not None:
        return f"A deck goes by its name alone: `{inside}`."
    if is_folder(root.parent / name) and (root.parent / name).samefile(root):
        return "That is the folder of all decks: without a name, all of them are meant."
    owner = next((deck for deck, folder in decks.items() if name in variants_of(folder)), None)
    if owner is not None:
        return f"It is a variant of `{owner}`: write `{owner} --variant {name}`."
    return did_you_mean(name, sorted(decks))


def _is_deck(path: Path, found: list[Diagnostic]) -> bool:
    """Return whether something in the folder of decks is a deck; one that cannot be used is none, and is told."""
    try:
        if not is_there(path / DECK_FILE):
            if is_there(path.joinpath(DECK_FILE).with_suffix(OTHER_SUFFIX)):
                found.append(diagnose("CG123", f"the deck's file is called deck{OTHER_SUFFIX}", Place(label(path))))
            return False
    except UnreadableFileError as error:
        if not path.name.startswith("."):
            found.append(error.diagnostic())
        return False
    if not is_fit(path.name):
        flaw = "has a control character" if is_text(path.name) else "is not UTF-8"
        message = f"the name of the deck's folder `{shown(path.name)}` {flaw}"
        found.append(diagnose("CG130", message, Place(label(path))))
        return False
    return True
