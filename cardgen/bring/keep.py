"""Decks that are kept: learners who have them get what cardgen builds as updates of the notes that they have.

So note types come over with their ids, fields, templates and style sheets, as kinds of one's own; notes with their
guids and the times at which they last changed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from msgspec import Struct

from cardgen.anki.reading.markup import read_html
from cardgen.bring.cards import tags_of
from cardgen.bring.field_types import FieldReader, uses
from cardgen.bring.kinds import Around, kept_kind, kind_ids
from cardgen.bring.kinds_there import kinds_there
from cardgen.bring.media import TakenMedia, UnreadableSourceError
from cardgen.bring.notes import description_of, in_study_order, named
from cardgen.bring.sections import Sections
from cardgen.bring.templates import sides
from cardgen.check import fits
from cardgen.check.vocabulary import MOST_HTML
from cardgen.errors import UsageError
from cardgen.ledger import GUIDS_FILE, is_guid
from cardgen.load.facets import load_facets
from cardgen.read import InputFolder, label, read_document
from cardgen.read.files import exists, is_file
from cardgen.read.folder import COLLECTION_FILE
from cardgen.read.kinds import KINDS_FOLDER
from cardgen.read.listing import DECK_FILE
from cardgen.richtext import to_plain
from cardgen.richtext.raw_html import gap_numbers_in_html

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from cardgen.anki.reading import FoundNote, FoundNoteType
    from cardgen.bring.field_types import Typed, Use
    from cardgen.bring.kinds import Kept
    from cardgen.bring.source import Source

_GAP: Final = re.compile(r"\{\{c[0-9,]+::(.*?)(?:::.*?)?\}\}", re.DOTALL)
_GUIDS_HEAD: Final = "# The guids that learners have these notes with. Keep each line as long as there is the card.\n"


class Keep(NamedTuple):
    """How a deck is kept.

    Attributes:
        exact: Whether fields stay HTML unless Markdown gives the very same.
        room: Whether note types get spare fields and templates, which learners take over by merging note types once.
    """

    exact: bool = False
    room: bool = False


class KeptDeck(Struct, frozen=True):
    """What becomes of a file.

    Attributes:
        sections: The titles of the deck's sections.
        files: The texts of files by where they go.
        media: The media that cards show, and where they go in the deck's folder.
        kinds: The kinds, each with its fields as they were found.
        cards: The guid and the time of each card's note, by the card's id.
        refused: The beginnings of notes that were not brought over, each with the reason.
        moved: Decks in which cards are, and those in which people get them who do not have them yet.
        has_times: Whether the source knows when notes and note types last changed.
    """

    sections: tuple[str, ...]
    files: Mapping[Path, bytes]
    media: TakenMedia
    kinds: tuple[tuple[Kept, tuple[Typed, ...]], ...]
    cards: Mapping[str, tuple[str, int]]
    refused: tuple[tuple[str, str], ...]
    has_times: bool
    moved: tuple[tuple[str, str], ...]


def kept_deck(source: Source, folder: Path, file: Path, keep: Keep) -> KeptDeck:
    """Make a deck of a file whose notes and note types learners have.

    Args:
        source: What the file holds.
        folder: The deck's folder.
        file: The file.
        keep: How.

    Raises:
        UnreadableSourceError: If the file has no note types that learners could have.
        UsageError: If a kind is there already whose fields are others, or `kinds` is a deck.
    """
    if folder.name == KINDS_FOLDER or exists(folder.parent / KINDS_FOLDER / DECK_FILE):
        raise UsageError(f"{KINDS_FOLDER} is where kinds of your own go, and no deck can be called so")
    if not source.has_guids:
        raise UnreadableSourceError("has no note types and no guids that could be kept; leave --keep out")
    deck = _Keeping(source, folder, file, keep)
    deck.fill()
    return deck.made()


class _Keeping:
    """Gathers a deck."""

    def __init__(self, source: Source, folder: Path, file: Path, keep: Keep) -> None:
        self._source = source
        self._folder = folder
        self._room = keep.room
        self._there = kinds_there(folder.parent)
        self._media = TakenMedia(source.media)
        self._reader = FieldReader(self._media.place, exact=keep.exact)
        self._uses: dict[int, tuple[Use, ...]] = {}
        self._guids: set[str] = set()
        self._refused: list[tuple[str, str]] = []
        self._cards: dict[str, tuple[str, int]] = {}
        self._kinds: dict[int, tuple[Kept, tuple[Typed, ...]]] = {}
        self._files: dict[Path, bytes] = {}
        notes = source.collection.notes
        self._sections = Sections(folder.name, file.stem, {note.deck for note in notes})

    def fill(self) -> None:
        """Make kinds of all note types, and cards of all notes."""
        types = self._source.collection.note_types
        notes = [note for note in in_study_order(self._source.collection.notes) if self._may_come(note)]
        by_type: dict[int, list[FoundNote]] = defaultdict(list)
        for note in notes:
            by_type[note.note_type].append(note)
        used = [types[type_id] for type_id in sorted(by_type)]
        places: dict[str, tuple[int, int]] = {}
        for found, kind_id in zip(used, kind_ids(used, self._folder.name, self._there), strict=True):
            self._add_kind(found, kind_id, by_type[found.id])
            places |= {note.guid: (found.id, place) for place, note in enumerate(by_type[found.id])}
        for note in notes:
            type_id, place = places[note.guid]
            if type_id in self._kinds:
                self._add_card(note, *self._kinds[type_id], place)

    def _may_come(self, note: FoundNote) -> bool:
        """Return whether a note can be kept; else say why not."""
        kind = self._source.collection.note_types[note.note_type]
        why = ""
        html = dict(zip(kind.fields, note.fields, strict=True))
        if not is_guid(note.guid):
            why = f"its guid, {note.guid!a}, is none that a line can hold"
        elif note.guid in self._guids:
            why = "its guid is that of an earlier note"
        elif kind.is_cloze and not self._has_gap(kind, note):
            why = "its text has no gap"
        elif not kind.is_cloze and not any(sides(kind, html, tagged=bool(note.tags))):
            why = "no template of it makes a card"
        elif any(len(field) > MOST_HTML for field in note.fields):
            why = f"a field has more than {MOST_HTML:,} letters"
        if why:
            self._refused.append((named(note), why))
        self._guids.add(note.guid)
        return not why

    def _has_gap(self, kind: FoundNoteType, note: FoundNote) -> bool:
        """Return whether a note has a gap in a field that a template shows with its gaps."""
        fields = zip(self._uses_of(kind), note.fields, strict=True)
        return any(use.has_gaps and gap_numbers_in_html(html) for use, html in fields)

    def _uses_of(self, kind: FoundNoteType) -> Sequence[Use]:
        if kind.id not in self._uses:
            self._uses[kind.id] = tuple(uses(kind))
        return self._uses[kind.id]

    def _add_kind(self, found: FoundNoteType, kind_id: str, notes: Sequence[FoundNote]) -> None:
        """Make a kind of a note type that notes are of, unless that has what no kind can have."""
        there = self._there.get(kind_id)
        known = there.types if there is not None else {}
        typed = tuple(
            self._reader.typed([note.fields[index] for note in notes], use, known.get(name))
            for index, (name, use) in enumerate(zip(found.fields, self._uses_of(found), strict=True))
        )
        titles = [kind.title for name, kind in self._there.items() if name != kind_id]
        around = Around(self._folder.name, self._facets, titles, self._room)
        kept = kept_kind(found, typed, notes, kind_id, self._source, around)
        why = ""
        if not fits(kept.data, "kind"):
            why = "has what no kind can have: names, or too many fields or templates"
        elif kept.too_large:
            why = f"has a template or style sheet that is too large, {kept.too_large}"
        if why:
            self._refused += [(named(note), f"its note type, {found.name}, {why}") for note in notes]
            return
        self._kinds[found.id] = kept, typed
        file = self._folder.parent / KINDS_FOLDER / f"{kind_id}.yaml"
        if there is None:
            self._files |= {file: kept.text.encode()}
            self._files |= {file.with_suffix("") / name: content for name, content in kept.files.items()}
        elif not there.has_fields_of(kept.data):
            raise UsageError(
                f"{file.as_posix()} is the note type {found.name!r}, and its fields cannot hold those of this deck: "
                "import into another folder of decks"
            )

    def _add_card(self, note: FoundNote, kept: Kept, typed: Sequence[Typed], place: int) -> None:
        fields: dict[str, Any] = {"kind": kept.id}
        fields |= {
            name: field.values[place] for name, field in zip(kept.fields, typed, strict=False) if field.values[place]
        }
        words = next((words for field in note.fields if (words := to_plain(read_html(field).tree))), "")
        words = _GAP.sub(r"\1", words)
        card_id = self._sections.add(note.deck, words, fields | tags_of(note.tags))
        self._cards[card_id] = note.guid, note.changed

    @cached_property
    def _facets(self) -> Sequence[str]:
        """The names of the collection's facets."""
        file = self._folder.parent / COLLECTION_FILE
        if not is_file(file):
            return ()
        return tuple(load_facets(read_document(file, label(file), InputFolder(file.parent)))[0] or ())

    def made(self) -> KeptDeck:
        """Return what was gathered."""
        titles = tuple(self._sections.cards)
        more: dict[str, Any] = {"subdecks": True} if len(titles) > 1 else {}
        described = description_of(self._source.collection, self._sections.deck)
        texts = self._sections.files(described | more | {"section_tags": False})
        texts[GUIDS_FILE] = _GUIDS_HEAD + "".join(f"{place} {guid}\n" for place, (guid, _) in self._cards.items())
        files = {self._folder / name: text.encode() for name, text in texts.items()}
        return KeptDeck(
            sections=titles,
            files=files | self._files,
            media=self._media,
            kinds=tuple(self._kinds.values()),
            cards=self._cards,
            refused=tuple(self._refused),
            has_times=self._source.has_type_ids,
            moved=tuple(self._sections.moved()),
        )
