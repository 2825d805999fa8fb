"""What every exporter is given, and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Final, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cardgen.check import MediaFile
    from cardgen.export.anki.fields import AnkiNote
    from cardgen.model import Deck
    from cardgen.notes import Note

FORMATS: Final = {"apkg": "apkg", "csv": "csv", "anki-csv": "anki_csv"}
"""Names of the formats, as ``--format`` takes them, and the modules of this package that write them."""

DEFAULT_FORMATS: Final = ("apkg", "csv")


@dataclass(frozen=True, eq=False)
class Issue:
    """One edition's notes, with what goes along with them.

    Attributes:
        deck: The deck.
        notes: Its notes, in study order.
        anki_notes: The same as Anki will hold them.
        times: When each note's content last changed, by guid, in seconds since 1970.
        media: The deck's pictures, by the paths that cards give.
    """

    deck: Deck
    notes: tuple[Note, ...]
    anki_notes: tuple[AnkiNote, ...]
    times: Mapping[str, int]
    media: Mapping[str, MediaFile]


@dataclass(frozen=True, eq=False)
class Release:
    """What one artefact holds.

    Attributes:
        name: Stem of the artefact's name.
        issues: One for each deck in it.
    """

    name: str
    issues: tuple[Issue, ...]

    @property
    def note_count(self) -> int:
        """How many notes the artefact holds."""
        return sum(len(issue.notes) for issue in self.issues)

    @property
    def card_count(self) -> int:
        """How many Anki cards its notes make."""
        return sum(len(note.ordinals) for issue in self.issues for note in issue.notes)


class Exporter(Protocol):
    """What each module of a format offers."""

    @property
    def SUFFIX(self) -> str:  # noqa: N802 - it is a constant of the module
        """What the names of its artefacts end with, with the dot."""

    def export(self, release: Release) -> bytes:
        """Give the artefact's bytes; the same release gives the same bytes."""


@cache
def exporter_for(name: str) -> Exporter:
    """Give the exporter of a format; only those that are asked for are imported."""
    return cast("Exporter", import_module(f"cardgen.export.{FORMATS[name]}"))
