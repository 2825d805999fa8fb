"""The files of a deck that is brought over: its header, a file of cards for each section, media, and a report."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from cardgen.bring.cards import Refusal, cards_of
from cardgen.bring.media import TakenMedia, UnreadableSourceError
from cardgen.bring.sections import Sections
from cardgen.bring.source import opened_source
from cardgen.build.staging import Staging, unwritable
from cardgen.errors import UsageError
from cardgen.read.files import exists, is_folder, names_in
from cardgen.read.names import check_deck_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from cardgen.anki.reading import FoundNote
    from cardgen.bring.source import Source
    from cardgen.diagnostics import Diagnostic

REPORT: Final = "import-report.md"

_SHOWN: Final = 80
"""Letters of a note by which the report names it."""


class Brought(Struct, frozen=True):
    """What came of it.

    Attributes:
        folder: The deck's folder.
        sections: The titles of its sections.
        notes: How many notes the file has.
        cards: How many cards were made of them.
        media: How many files cards show and play.
        refused: Why notes or cards of them were not brought over, each with the beginning of the note.
        lost: What was left out of texts, with how often.
        files: The names of all files, written or to be written.
        diagnostics: Why nothing was written.
    """

    folder: Path
    sections: tuple[str, ...] = ()
    notes: int = 0
    cards: int = 0
    media: int = 0
    refused: tuple[tuple[str, str], ...] = ()
    lost: tuple[tuple[str, int], ...] = ()
    files: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def bring(path: Path, folder: Path, *, dry_run: bool = False) -> Brought:
    """Make a deck of a file of another program.

    Args:
        path: The file.
        folder: The deck's folder, which is to be new or empty; the deck is called after it.
        dry_run: Whether to write nothing.

    Raises:
        UsageError: If the folder has files, or no deck can be called so.
        UnreadableSourceError: If the file cannot be read.
    """
    _check_folder(folder)
    with opened_source(path) as source:
        return _brought(source, path, folder, dry_run=dry_run)


def _brought(source: Source, path: Path, folder: Path, *, dry_run: bool) -> Brought:
    """Make a deck of what a file holds.

    Raises:
        UnreadableSourceError: If nothing of it can be brought over.
    """
    found = source.collection
    media = TakenMedia(source.media)
    sections = Sections(folder.name, path.stem, {note.deck for note in found.notes})
    refused: list[tuple[str, str]] = []
    lost: Counter[str] = Counter()
    for note in in_study_order(found.notes):
        for made in cards_of(note, found.note_types[note.note_type], media.place, lost):
            if isinstance(made, Refusal):
                refused.append((_named(note), made.why))
            else:
                sections.add(note.deck, made.name, made.fields)
    texts = sections.files()
    brought = Brought(
        folder=folder,
        sections=tuple(sections.cards),
        notes=len(found.notes),
        cards=sum(map(len, sections.cards.values())),
        media=len(media.taken),
        refused=tuple(refused),
        lost=tuple(sorted((+lost).items())),
        files=(*texts, *sorted(media.taken.values())),
    )
    if not brought.cards:
        raise UnreadableSourceError(_none_of(brought))
    texts[REPORT] = _report(path.name, brought)
    if dry_run:
        return brought
    try:
        with Staging() as staging:
            for name, text in texts.items():
                staging.add(folder / name, text.encode())
            for name, place in media.taken.items():
                staging.add(folder / place, media.content(name))
            staging.commit()
    except OSError as error:
        return Brought(folder, diagnostics=(unwritable(error, folder),))
    return brought


def in_study_order(notes: Sequence[FoundNote]) -> Sequence[FoundNote]:
    """Return notes as the queue of new cards has them; of a collection where some are learnt, as they were added."""
    if any(note.queued is None for note in notes):
        return notes
    return sorted(notes, key=lambda note: note.queued or 0)


def _none_of(brought: Brought) -> str:
    """Say why nothing of a file could be brought over, by the commonest reason."""
    if not brought.refused:
        return "has no notes"
    why, _ = Counter(why for _, why in brought.refused).most_common(1)[0]
    return f"has {brought.notes:,} notes, and none can be brought over: {why}"


def _check_folder(folder: Path) -> None:
    check_deck_name(folder.name)
    if exists(folder) and (not is_folder(folder) or names_in(folder)):
        raise UsageError(f"{folder.as_posix()} is not empty, and nothing is overwritten: name another folder")


def _named(note: FoundNote) -> str:
    """Name a note by the beginning of its first field with text in it."""
    for field in note.fields:
        words = " ".join(re.sub(r"<[^>]*>", " ", field).split())
        if words:
            return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1].rstrip()}…"
    return f"(an empty note, {note.guid})"


def _report(file: str, brought: Brought) -> str:
    """Write what was brought over, and what was not."""
    from cardgen.diagnostics.shown import code_span, markdown_escaped

    def lines() -> Iterator[str]:
        yield f"# What came of {markdown_escaped(file)}\n"
        yield f"{brought.notes:,} notes became {brought.cards:,} cards, with {brought.media:,} files of media.\n"
        yield "The cards have identities of their own: to Anki they are new, also for those who had the deck before.\n"
        if brought.lost:
            yield "## Left out of texts\n"
            yield from (f"- {markdown_escaped(what)}: {count:,}" for what, count in brought.lost)
            yield ""
        if brought.refused:
            yield "## Not brought over\n"
            yield from (f"- {code_span(name)}: {markdown_escaped(why)}" for name, why in brought.refused)

    return "\n".join(lines()).rstrip("\n") + "\n"
