"""`apkg`: Anki packages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from cardgen.anki.collection import DECK_SEPARATOR
from cardgen.anki.fields import anki_notes
from cardgen.anki.html import to_html
from cardgen.anki.package import AnkiDeck, Package, stable_id, with_parents
from cardgen.export import whole
from cardgen.richtext import media_of, parse
from cardgen.words import fill

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cardgen.anki.fields import AnkiNote
    from cardgen.check import MediaFile
    from cardgen.export import Bundle, EditionNotes, Exported
    from cardgen.model import Deck, OwnKind

SUFFIX: Final = ".apkg"


def export(bundle: Bundle) -> Exported:
    """Return the package of a bundle: its decks with all parents, notes in study order, pictures and presets."""
    presets = [
        (_preset_id(edition.deck), edition.deck.title.replace(DECK_SEPARATOR, " - "), edition.deck.preset)
        for edition in bundle.editions
        if edition.deck.preset
    ]
    notes = []
    before = 0
    for edition in bundle.editions:
        # In a package of several decks, one comes after the other.
        added = [_later(note, before) for note in anki_notes(edition)]
        before = max((place for note in added for place in note.positions), default=before)
        notes += added
    decks, media = anki_decks(bundle.editions), shown_media(bundle.editions)
    return whole(bundle, SUFFIX, Package(decks, notes, times_of(bundle.editions), media, presets).write_to)


def times_of(editions: Sequence[EditionNotes]) -> Mapping[str, int]:
    """Return when each note's content last changed, by guid."""
    if len(editions) == 1:
        return editions[0].times  # a copy would be a tenth of what a large deck takes
    return {guid: time for edition in editions for guid, time in edition.times.items()}


def anki_decks(editions: Iterable[EditionNotes]) -> list[AnkiDeck]:
    """Return the decks in Anki that some editions have notes in, with their presets, parents first."""
    decks: dict[str, AnkiDeck] = {}
    for edition in editions:
        deck = edition.deck
        for name in with_parents(dict.fromkeys(note.deck for note in anki_notes(edition))):
            inside = name == deck.title or name.startswith(deck.title + DECK_SEPARATOR)
            description = _description(edition) if name == deck.title else ""
            if inside or name not in decks:
                decks[name] = AnkiDeck(name, description, _preset_id(deck) if inside else 1)
    return list(decks.values())


def shown_media(editions: Iterable[EditionNotes]) -> list[MediaFile]:
    """Return the files that the notes of some editions show or play, by the order of their names."""
    media = {file.name: file for edition in editions for file in _shown(edition)}
    return [media[name] for name in sorted(media)]


def _preset_id(deck: Deck) -> int:
    return stable_id("preset", deck.id) if deck.preset else 1


def _later(note: AnkiNote, before: int) -> AnkiNote:
    """Put the cards of a note behind those of other decks."""
    return replace(note, positions=tuple(before + place for place in note.positions)) if before else note


def _description(edition: EditionNotes) -> str:
    """Return what Anki shows above the deck: its description and its version."""
    deck = edition.deck
    description = to_html(parse(deck.description), lambda path: edition.media[path].name)
    version = to_html(parse(fill(deck.words.release, version=deck.version))) if deck.version else ""
    return "<br><br>".join(filter(None, (description, version)))


def _shown(edition: EditionNotes) -> Iterator[MediaFile]:
    """Yield the pictures that the notes of an edition show: a variant carries no others."""
    for shown in media_of(parse(edition.deck.description)) if edition.media else ():
        yield edition.media[shown.path]
    for path in {path for note in anki_notes(edition) for path in note.pictures}:
        yield edition.media[path]
    for path in {asset.path for kind in _own_kinds(edition) for asset in kind.assets}:
        yield edition.media[path]


def _own_kinds(edition: EditionNotes) -> Iterable[OwnKind]:
    """Return the kinds of one's own that the notes of an edition are of."""
    kinds = {note.part.own.kind.id: note.part.own.kind for note in edition.notes if note.part.own is not None}
    return kinds.values()
