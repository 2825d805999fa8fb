"""What every exporter is given, and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Final, Protocol, cast

from cardgen.model import NO_WISHES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cardgen.check import MediaFile
    from cardgen.export.anki.fields import AnkiNote
    from cardgen.model import Deck, Printing
    from cardgen.notes import Note

FORMATS: Final = {"apkg": "apkg", "csv": "csv", "anki-csv": "anki_csv", "pdf": "pdf"}
"""Names of the formats, as ``--format`` takes them, and the modules of this package that write them."""

DEFAULT_FORMATS: Final = ("apkg", "csv", "pdf")


@dataclass(frozen=True, eq=False)
class Issue:
    """One edition's notes, with what goes along with them.

    Attributes:
        deck: The deck.
        notes: Its notes, in study order.
        anki_notes: The same as Anki will hold them.
        times: When each note's content last changed, by guid, in seconds since 1970.
        media: The deck's pictures, by the paths that cards give.
        edition: What the notes are chosen by, for people: the variant's title and further demands; or empty.
    """

    deck: Deck
    notes: tuple[Note, ...]
    anki_notes: tuple[AnkiNote, ...]
    times: Mapping[str, int]
    media: Mapping[str, MediaFile]
    edition: str = ""


@dataclass(frozen=True, eq=False)
class Release:
    """What one artefact holds.

    Attributes:
        name: Stem of the artefact's name.
        issues: One for each deck in it.
        printing: How it is to be printed.
    """

    name: str
    issues: tuple[Issue, ...]
    printing: Printing = NO_WISHES

    @property
    def note_count(self) -> int:
        """How many notes the artefact holds."""
        return sum(len(issue.notes) for issue in self.issues)

    @property
    def card_count(self) -> int:
        """How many Anki cards its notes make."""
        return sum(len(note.ordinals) for issue in self.issues for note in issue.notes)


@dataclass(frozen=True, eq=False)
class File:
    """One file that an exporter made.

    Attributes:
        suffix: What its name ends with after the release's name, with the dot.
        content: Its bytes.
        notes, cards: How many it holds.
    """

    suffix: str
    content: bytes
    notes: int
    cards: int


@dataclass(frozen=True, slots=True)
class Remark:
    """What an exporter found; it knows no files, so whoever asked it says where the card stands.

    Attributes:
        code: A code of the catalogue; an error stops the build.
        message: What is wrong, with the value received.
        deck, card: Ids of the deck and the card; empty where the whole release is meant.
        hint: The way out, where there is a better one than the code's own.
    """

    code: str
    message: str
    deck: str = ""
    card: str = ""
    hint: str = ""


@dataclass(frozen=True, eq=False)
class Exported:
    """What comes of a release.

    Attributes:
        files: The artefacts; none if any remark is an error.
        remarks: What was found on the way.
        advice: What people should know who use the files.
    """

    files: tuple[File, ...]
    remarks: tuple[Remark, ...] = ()
    advice: tuple[str, ...] = ()


def whole(release: Release, suffix: str, content: bytes) -> Exported:
    """Give a release that is one file and raises no questions."""
    return Exported((File(suffix, content, release.note_count, release.card_count),))


class Exporter(Protocol):
    """What each module of a format offers."""

    @property
    def SUFFIX(self) -> str:  # noqa: N802 - it is a constant of the module
        """What the names of its artefacts end with, with the dot; of several, the usual one."""

    def export(self, release: Release) -> Exported:
        """Give the artefacts of a release; the same release gives the same bytes."""


def lacking(name: str) -> str:
    """Say what a format needs that this machine lacks; empty if nothing, as for most."""
    ask = getattr(exporter_for(name), "lacking", None)
    return ask() if ask is not None else ""


@cache
def exporter_for(name: str) -> Exporter:
    """Give the exporter of a format; only those that are asked for are imported."""
    return cast("Exporter", import_module(f"cardgen.export.{FORMATS[name]}"))
