"""The files of a deck that is brought over: its header, a file of cards for each section, media, and a report."""

from __future__ import annotations

import re
from collections import Counter
from itertools import takewhile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from cardgen.bring.cards import Made, Refusal, cards_of
from cardgen.bring.media import UnreadableSourceError
from cardgen.bring.source import opened_source
from cardgen.bring.yaml import card_file, deck_file
from cardgen.build.staging import Staging, unwritable
from cardgen.check.media import TYPES
from cardgen.errors import CardgenError, UsageError
from cardgen.read.files import MAX_PICTURE, exists, is_folder, names_in
from cardgen.read.names import check_deck_name, slug, trouble_on_windows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cardgen.anki.reading import FoundNote
    from cardgen.bring.media import Media
    from cardgen.bring.source import Source
    from cardgen.diagnostics import Diagnostic

MEDIA: Final = "media"
REPORT: Final = "import-report.md"

_LEVELS: Final = "::"
_LONGEST_ID: Final = 60
"""Letters of an id: the schema takes 80, and a number may follow."""
_LONGEST_TITLE: Final = 200
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
    deck = _Deck(source, folder.name, path.stem)
    deck.fill()
    texts = deck.files()
    brought = Brought(
        folder=folder,
        sections=tuple(deck.sections),
        notes=len(source.collection.notes),
        cards=sum(map(len, deck.sections.values())),
        media=len(deck.media.taken),
        refused=tuple(deck.refused),
        lost=tuple(sorted((+deck.lost).items())),
        files=(*texts, *sorted(deck.media.taken.values())),
    )
    if not brought.cards:
        raise UnreadableSourceError("none of its notes can be brought over")
    texts[REPORT] = _report(path.name, brought)
    if dry_run:
        return brought
    try:
        with Staging() as staging:
            for name, text in texts.items():
                staging.add(folder / name, text.encode())
            for name, place in deck.media.taken.items():
                staging.add(folder / place, deck.media.content(name))
            staging.commit()
    except OSError as error:
        return Brought(folder, diagnostics=(unwritable(error, folder),))
    return brought


def _check_folder(folder: Path) -> None:
    check_deck_name(folder.name)
    if exists(folder) and (not is_folder(folder) or names_in(folder)):
        raise UsageError(f"{folder.as_posix()} is not empty, and nothing is overwritten: name another folder")


class _Deck:
    """Gathers the cards of a deck by its sections."""

    def __init__(self, source: Source, name: str, file: str) -> None:
        self._source = source
        self._name = name
        self.media = _Media(source.media)
        self.sections: dict[str, list[dict[str, Any]]] = {}
        self.refused: list[tuple[str, str]] = []
        self.lost: Counter[str] = Counter()
        self._ids = _Names()
        self._root = _common([note.deck.split(_LEVELS) for note in source.collection.notes])
        self._title = _LEVELS.join(self._root) or file

    def fill(self) -> None:
        """Make cards of all notes."""
        for note in self._source.collection.notes:
            kind = self._source.collection.note_types[note.note_type]
            for made in cards_of(note, kind, self.media.place, self.lost):
                if isinstance(made, Refusal):
                    self.refused.append((_named(note), made.why))
                else:
                    self._add(self._section(note), made)

    def _add(self, section: str, made: Made) -> None:
        card_id = self._ids.free(_id_of(made.name) or "card")
        self.sections.setdefault(section, []).append({"id": card_id, **made.fields})

    def _section(self, note: FoundNote) -> str:
        levels = note.deck.split(_LEVELS)[len(self._root) :]
        return _clean(" – ".join(levels)) or _clean(self._root[-1] if self._root else self._title) or "Cards"  # noqa: RUF001 - a dash of print

    def files(self) -> dict[str, str]:
        """Return the deck's YAML files by their names."""
        names = _Names("deck")
        taken: dict[str, str] = {}
        for title in self.sections:
            stem = _id_of(title) or "cards"
            if trouble_on_windows(stem):
                names.free(stem)
            taken[names.free(stem)] = title
        title = _LEVELS.join(filter(None, map(_clean, self._title.split(_LEVELS)))) or self._name
        files = {"deck.yaml": deck_file(self._name, title[:_LONGEST_TITLE], [*taken])}
        for name, section in taken.items():
            files[f"{name}.yaml"] = card_file(section, self.sections[section])
        return files


class _Names:
    """Gives names out, each once: the second `map` is `map-2`.

    Args:
        taken: Those that are not to be given.
    """

    def __init__(self, *taken: str) -> None:
        self._given = Counter(taken)

    def free(self, stem: str, suffix: str = "") -> str:
        """Return a name that was not given before."""
        wanted = stem + suffix
        found = wanted
        while found in self._given:
            self._given[wanted] += 1
            found = f"{stem}-{self._given[wanted]}{suffix}"
        self._given[found] = 1
        return found


class _Media:
    """The media that cards ask for, each with a place in the deck.

    Attributes:
        taken: Their places in the deck's folder, by their names in the source.
    """

    def __init__(self, media: Media | None) -> None:
        self._media = media
        self._names = _Names()
        self.taken: dict[str, str] = {}

    def place(self, name: str) -> str | None:
        """Return the place of a file in the deck; None if there is none, or none that a card can show."""
        if name in self.taken:
            return self.taken[name]
        suffix = PurePosixPath(name).suffix.lower()
        if self._media is None or suffix not in TYPES or not self._media.has(name):
            return None
        try:
            self._media.read(name, MAX_PICTURE)
        except CardgenError:
            return None
        stem = _id_of(PurePosixPath(name).stem) or "file"
        self.taken[name] = f"{MEDIA}/{self._names.free(stem, suffix)}"
        return self.taken[name]

    def content(self, name: str) -> bytes:
        """Return the content of a file that has been taken."""
        if self._media is None:
            raise LookupError(name)
        return self._media.read(name, MAX_PICTURE)


def _id_of(words: str) -> str:
    """Return words as an id, cut behind one; empty if there is no letter for it in them."""
    found = slug(words)
    if len(found) <= _LONGEST_ID:
        return found
    return found[: _LONGEST_ID + 1].rpartition("-")[0][:_LONGEST_ID].strip("-") or found[:_LONGEST_ID]


def _common(paths: Sequence[list[str]]) -> list[str]:
    """Return the levels that all names of decks begin with."""
    if not paths:
        return []
    same = takewhile(lambda pair: pair[0] == pair[1], zip(min(paths), max(paths), strict=False))
    return [level for level, _ in same]


def _clean(title: str) -> str:
    """Return a title without what no title has: line ends, quotes and colons."""
    return " ".join(re.sub(r"[\":\s]+", " ", title).split())[:_LONGEST_TITLE].strip()


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
