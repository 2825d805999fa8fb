"""The manifest: which artefacts a folder holds, with their sizes and checksums, for programs that hand them on."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from cardgen.diagnostics.shown import json_document
from cardgen.read import InputFolder, UnreadableFileError
from cardgen.read.files import MAX_MANIFEST, is_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

MANIFEST: Final = "manifest.json"
MANIFEST_VERSION: Final = 1
"""Version of the manifest's form; it grows when a field changes its meaning or goes away."""


class Artefact(Struct, frozen=True):
    """A file that was built; the manifest has a line for each.

    Attributes:
        path: Where it is.
        decks: Names of the decks in it.
        variant: Name of the variant, or None.
        format: Name of the format.
        notes, cards: How many it holds.
        bytes: Its size.
        sha256: Its checksum, in hexadecimal.
        version: What its author calls the state of its decks; None if they have no version, or not the same.
    """

    path: Path
    decks: tuple[str, ...]
    variant: str | None
    format: str
    notes: int
    cards: int
    bytes: int
    sha256: str
    version: str | None = None


def manifest(out: Path, artefacts: Sequence[Artefact]) -> bytes:
    """List these artefacts of a folder, and those of earlier builds that are still there."""
    earlier = _earlier(out) or ()
    entries: dict[str, dict[str, Any]] = {entry["file"]: entry for entry in earlier if is_file(out / entry["file"])}
    for artefact in artefacts:
        entries[artefact.path.name] = {
            "file": artefact.path.name,
            "deck": artefact.decks[0] if len(artefact.decks) == 1 else list(artefact.decks),
            "variant": artefact.variant,
            "format": artefact.format,
            "notes": artefact.notes,
            "cards": artefact.cards,
            "bytes": artefact.bytes,
            "sha256": artefact.sha256,
            "version": artefact.version,
        }
    data = {"version": MANIFEST_VERSION, "artefacts": [entries[name] for name in sorted(entries)]}
    return f"{json_document(data)}\n".encode()


def made_earlier(out: Path) -> frozenset[str] | None:
    """Return the names of a folder's artefacts; None if what is called manifest.json there is no manifest of ours."""
    earlier = _earlier(out)
    return None if earlier is None else frozenset(entry["file"] for entry in earlier)


def _earlier(out: Path) -> list[dict[str, Any]] | None:
    """Return the entries of an earlier manifest, none where there is no file, None if it is no manifest of ours."""
    try:
        data = json.loads(InputFolder(out).read_text(out / MANIFEST, MAX_MANIFEST))
    except (UnreadableFileError, RecursionError, ValueError):
        return None if os.path.lexists(out / MANIFEST) else []
    match data:
        case {"version": 1, "artefacts": [*entries]}:
            return [entry for entry in entries if isinstance(entry, dict) and isinstance(entry.get("file"), str)]
    return None
