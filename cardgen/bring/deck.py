"""The files of a deck that is brought over: its header, a file of cards for each section, media, and a report."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from cardgen.bring.cards import Refusal, cards_of
from cardgen.bring.keep import kept_deck
from cardgen.bring.kept_report import kept_report
from cardgen.bring.media import TakenMedia, UnreadableSourceError
from cardgen.bring.notes import description_of, in_study_order, named
from cardgen.bring.sections import Sections
from cardgen.bring.source import opened_source
from cardgen.bring.times import record_times
from cardgen.build.staging import Staging, unwritable
from cardgen.diagnostics import counted
from cardgen.errors import UsageError
from cardgen.read.files import exists, is_folder, names_in
from cardgen.read.names import check_deck_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from cardgen.bring.keep import Keep, KeptDeck
    from cardgen.bring.source import Source
    from cardgen.diagnostics import Diagnostic

REPORT: Final = "import-report.md"


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
        kinds: The names of the kinds that note types became; none if cards are of cardgen's kinds.
        untimed: Whether the times of notes could not be recorded, since something is wrong with the deck as it is.
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
    kinds: tuple[str, ...] = ()
    untimed: bool = False
    diagnostics: tuple[Diagnostic, ...] = ()


def bring(path: Path, folder: Path, *, keep: Keep | None = None, dry_run: bool = False) -> Brought:
    """Make a deck of a file of another program.

    Args:
        path: The file.
        folder: The deck's folder, which is to be new or empty; the deck is called after it.
        keep: How note types, guids and times stay as learners have them; None if they do not.
        dry_run: Whether to write nothing.

    Raises:
        UsageError: If the folder has files, or no deck can be called so, or a kind is there already that is another.
        UnreadableSourceError: If the file cannot be read.
    """
    _check_folder(folder)
    with opened_source(path) as source:
        if keep is not None:
            kept = kept_deck(source, folder, path, keep)
            made = _Made(_brought(kept, folder, len(source.collection.notes)), kept.files, kept.media, kept)
        else:
            made = _converted(source, path, folder)
        if not made.brought.cards:
            raise UnreadableSourceError(_none_of(made.brought))
        if dry_run:
            return made.brought
        report = _report(path.name, made.brought) if made.kept is None else kept_report(path.name, made.kept)
        if found := _written(made, folder, report):
            return Brought(folder, diagnostics=found)
    if made.kept is None:
        return made.brought
    try:
        return replace(made.brought, untimed=made.kept.has_times and not record_times(folder, made.kept))
    except OSError as error:
        return Brought(folder, diagnostics=(unwritable(error, folder),))


class _Made(NamedTuple):
    """What was made of a file, before anything is written.

    Attributes:
        brought: What came of it.
        files: The files by their places.
        media: The media that cards ask for.
        kept: What was kept; None if the cards have identities of their own.
    """

    brought: Brought
    files: Mapping[Path, bytes]
    media: TakenMedia
    kept: KeptDeck | None = None


def _converted(source: Source, path: Path, folder: Path) -> _Made:
    """Make a deck of kinds of cardgen's."""
    found = source.collection
    media = TakenMedia(source.media)
    sections = Sections(folder.name, path.stem, {note.deck for note in found.notes})
    refused: list[tuple[str, str]] = []
    lost: Counter[str] = Counter()
    for note in in_study_order(found.notes):
        for made in cards_of(note, found.note_types[note.note_type], media.place, lost):
            if isinstance(made, Refusal):
                refused.append((named(note), made.why))
            else:
                sections.add(note.deck, made.name, made.fields)
    texts = sections.files(description_of(found, sections.deck))
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
    return _Made(brought, {folder / name: text.encode() for name, text in texts.items()}, media)


def _brought(kept: KeptDeck, folder: Path, notes: int) -> Brought:
    """Say what was kept."""
    return Brought(
        folder=folder,
        sections=kept.sections,
        notes=notes,
        cards=len(kept.cards),
        media=len(kept.media.taken),
        refused=kept.refused,
        files=(
            *(place.relative_to(folder.parent).as_posix() for place in kept.files),
            *sorted(kept.media.taken.values()),
        ),
        kinds=tuple(kind.id for kind, _ in kept.kinds),
    )


def _written(made: _Made, folder: Path, report: str) -> tuple[Diagnostic, ...]:
    """Write all files, or say why none was written."""
    try:
        with Staging() as staging:
            for place, content in made.files.items():
                staging.add(place, content)
            for name, path in made.media.taken.items():
                staging.add(folder / path, made.media.content(name))
            staging.add(folder / REPORT, report.encode())
            staging.commit()
    except OSError as error:
        return (unwritable(error, folder),)
    return ()


def _none_of(brought: Brought) -> str:
    """Say why nothing of a file could be brought over, by the commonest reason."""
    if not brought.refused:
        return "has no notes"
    why, _ = Counter(why for _, why in brought.refused).most_common(1)[0]
    return f"has {counted(brought.notes, 'note')}, and none can be brought over: {why}"


def _check_folder(folder: Path) -> None:
    check_deck_name(folder.name)
    if exists(folder) and (not is_folder(folder) or names_in(folder)):
        raise UsageError(f"{folder.as_posix()} is not empty, and nothing is overwritten: name another folder")


def _report(file: str, brought: Brought) -> str:
    """Write what was brought over, and what was not."""
    from cardgen.diagnostics.shown import code_span, markdown_escaped

    def lines() -> Iterator[str]:
        yield f"# What came of {markdown_escaped(file)}\n"
        became = f"{counted(brought.notes, 'note')} became {counted(brought.cards, 'card')}"
        yield f"{became}, with {counted(brought.media, 'file')} of media.\n"
        yield "The cards have identities of their own: to Anki they are new, also for those who had the deck before.\n"
        if brought.lost:
            yield "## Left out of texts\n"
            yield from (f"- {markdown_escaped(what)}: {count:,}" for what, count in brought.lost)
            yield ""
        if brought.refused:
            yield "## Not brought over\n"
            yield from (f"- {code_span(name)}: {markdown_escaped(why)}" for name, why in brought.refused)

    return "\n".join(lines()).rstrip("\n") + "\n"
