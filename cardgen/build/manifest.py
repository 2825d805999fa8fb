"""The manifest: which artefacts a folder holds, with their sizes and checksums, for programs that hand them on."""

from __future__ import annotations

import hashlib
import json
import os
import re
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from cardgen.diagnostics.shown import json_document
from cardgen.read import InputFolder, UnreadableFileError
from cardgen.read.files import MAX_MANIFEST, is_file

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from cardgen.export import Begun

MANIFEST: Final = "manifest.json"
MANIFEST_VERSION: Final = 1
"""Version of the manifest's form; it grows when a field changes its meaning or goes away."""


class Artefact(Struct, frozen=True):
    """A file that was built; the manifest has a line for each.

    Attributes:
        path: Where it is.
        collection: Title of the collection that its decks are of.
        decks: Names of the decks in it.
        variant: Name of the variant, or None.
        format: Name of the format.
        notes, cards: How many it holds.
        bytes: Its size.
        sha256: Its checksum, in hexadecimal.
        version: What its author calls the state of its decks; None if they have no version, or not the same.
        tier: Up to which tier kinds of one's own make cards in it; None for all.
    """

    path: Path
    collection: str
    decks: tuple[str, ...]
    variant: str | None
    format: str
    notes: int
    cards: int
    bytes: int
    sha256: str
    version: str | None = None
    tier: str | None = None


class Entry(Struct, frozen=True):
    """A line of a manifest.

    Attributes:
        file: Name of the artefact; a manifest may be anybody's, and one with a path is none of ours.
        data: All that it says of it.
    """

    file: str
    data: Mapping[str, Any]

    @property
    def is_private(self) -> bool:
        """Whether it is of private decks."""
        return self.data.get("private") is True

    @property
    def decks(self) -> tuple[str, ...]:
        """Names of the decks in it, as far as it says so."""
        deck = self.data.get("deck")
        return tuple(name for name in (deck if isinstance(deck, list) else [deck]) if isinstance(name, str))

    def is_as_built(self, folder: Path) -> bool:
        """Return whether the artefact is still a plain file with the content that was built."""
        path = folder / self.file
        if path.is_symlink() or not is_file(path):
            return False
        return checksum(path) == self.data.get("sha256")


def checksum(file: Path, begun: Begun | None = None) -> str:
    """Return the checksum of a file as a manifest has it.

    Args:
        file: The file.
        begun: How it begins, if that is known.
    """
    with file.open("rb") as stream:
        if begun is None:
            return hashlib.file_digest(stream, "sha256").hexdigest()
        stream.seek(begun.size)
        return hashlib.file_digest(stream, begun.sha256).hexdigest()


def manifest(entries: Sequence[Entry], artefacts: Sequence[Artefact], *, private: bool = False) -> bytes:
    """List artefacts, those of earlier builds included.

    Args:
        entries: Those of earlier builds that stay.
        artefacts: Those of this build.
        private: Whether these are of private decks.
    """
    listed: dict[str, Mapping[str, Any]] = {entry.file: entry.data for entry in entries}
    for artefact in artefacts:
        listed[artefact.path.name] = {
            "file": artefact.path.name,
            "collection": artefact.collection,
            "deck": artefact.decks[0] if len(artefact.decks) == 1 else list(artefact.decks),
            "variant": artefact.variant,
            "tier": artefact.tier,
            "format": artefact.format,
            "notes": artefact.notes,
            "cards": artefact.cards,
            "bytes": artefact.bytes,
            "sha256": artefact.sha256,
            "version": artefact.version,
        } | ({"private": True} if private else {})
    data = {"version": MANIFEST_VERSION, "artefacts": [listed[name] for name in sorted(listed)]}
    return f"{json_document(data)}\n".encode()


def read_manifest(out: Path) -> tuple[Entry, ...] | None:
    """Return what the manifest of a folder lists and is still there.

    Returns:
        The entries, none where there is no manifest; None if the file of that name is no manifest of ours.
    """
    try:
        data = json.loads(InputFolder(out).read_text(out / MANIFEST, MAX_MANIFEST))
    except (UnreadableFileError, RecursionError, ValueError):
        return None if os.path.lexists(out / MANIFEST) else ()
    match data:
        case {"version": 1, "artefacts": [*entries]}:
            named = ((entry["file"], entry) for entry in entries if isinstance(entry, dict) and "file" in entry)
            return tuple(Entry(file, entry) for file, entry in named if _is_name(file) and is_file(out / file))
    return None


def is_listed(path: Path, entries: Sequence[Entry]) -> bool:
    """Return whether a manifest names a file; some systems take names in other capitals for the same."""
    name = path.name.casefold()
    alike = [entry.file for entry in entries if entry.file.casefold() == name]
    return path.name in alike or any(path.exists() and path.samefile(path.parent / name) for name in alike)


def _is_name(file: object) -> bool:
    """Return whether something is the name of a file in its folder, and no path out of it on any system."""
    return isinstance(file, str) and not re.search(r"[/\\:\x00]", file) and file not in {"", ".", ".."}
