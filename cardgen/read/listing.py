"""Which decks a folder holds, by the names that people type: light, since a shell asks at every press of Tab."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

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

DECK_FILE: Final = "deck.yaml"
OTHER_SUFFIX: Final = ".yml"
LANGUAGES_FOLDER: Final = "languages"
"""In a deck's folder, that of its other languages."""

_YAML: Final = ".yaml"

_TAG: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
"""A BCP 47 language tag, as the schemas have it."""

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


class Translation(NamedTuple):
    """A deck in another language, as one finds it on the disk.

    Attributes:
        deck: The name of the deck that it translates.
        language: Its language, which is the name of its file.
        file: Its file.
    """

    deck: str
    language: str
    file: Path

    @property
    def name(self) -> str:
        """The name by which commands know it."""
        return in_language(self.deck, self.language)


def in_language(name: str, language: str) -> str:
    """Return the name or id of a deck in another language."""
    return f"{name}-{language.lower()}"


def translations_of(name: str, folder: Path, found: list[Diagnostic] | None = None) -> tuple[Translation, ...]:
    """Return the other languages of a deck, in the order of the names of their files.

    Args:
        name: The deck's name.
        folder: Its folder.
        found: Gets findings about files that are named by no language.
    """
    languages = folder / LANGUAGES_FOLDER
    try:
        there = names_in(languages) if is_folder(languages) else []
    except UnreadableFileError as error:
        if found is not None:
            found.append(error.diagnostic())
        return ()
    told = [] if found is None else found
    return tuple(
        Translation(name, Path(entry).stem, languages / entry)
        for entry in sorted(there)
        if not entry.startswith(".") and _is_of_language(languages / entry, told)
    )


def with_translations(decks: Mapping[str, Path]) -> dict[str, Path]:
    """Return the folders of decks by the names of these and of their translations, each deck before its own."""
    found: dict[str, Path] = {}
    for name, folder in decks.items():
        found[name] = folder
        for translation in translations_of(name, folder):
            found.setdefault(translation.name, folder)
    return {**found, **decks}


def _is_of_language(file: Path, found: list[Diagnostic]) -> bool:
    """Return whether a file is that of a language; what looks like one and is none is told."""
    if file.suffix == OTHER_SUFFIX:
        hint = f"Rename it to {shown(file.stem)}{_YAML}."
        found.append(diagnose("CG380", f"`{shown(file.name)}` does not end in {_YAML}", Place(label(file)), hint))
    if file.suffix != _YAML:
        return False
    if _TAG.fullmatch(file.stem) is None:
        found.append(diagnose("CG380", f"`{shown(file.stem)}` is no language tag", Place(label(file))))
        return False
    return True


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
        decks: The decks that there are, as `deck_folders` returns them, and their translations.
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
