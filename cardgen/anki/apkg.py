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
    from collections.abc import Iterator, Mapping

    from cardgen.anki.fields import AnkiNote
    from cardgen.check import MediaFile
    from cardgen.export import Bundle, EditionNotes, Exported

SUFFIX: Final = ".apkg"


def export(bundle: Bundle) -> Exported:
    """Return the package of a bundle: its decks with all parents, notes in study order, pictures and presets."""
    decks: dict[str, AnkiDeck] = {}
    presets = []
    for edition in bundle.editions:
        deck = edition.deck
        preset_id = stable_id("preset", deck.id) if deck.preset else 1
        if deck.preset:
            presets.append((preset_id, deck.title.replace(DECK_SEPARATOR, " - "), deck.preset))
        for name in with_parents(dict.fromkeys(note.deck for note in anki_notes(edition))):
            inside = name == deck.title or name.startswith(deck.title + DECK_SEPARATOR)
            description = _description(edition) if name == deck.title else ""
            if inside or name not in decks:
                decks[name] = AnkiDeck(name, description, preset_id if inside else 1)
    notes = []
    before = 0
    for edition in bundle.editions:
        # In a package of several decks, one comes after the other.
        notes += [_later(note, before) for note in anki_notes(edition)]
        before = max((place for note in notes for place in note.positions), default=0)
    media = {file.name: file for edition in bundle.editions for file in _shown(edition)}
    package = Package(list(decks.values()), notes, _times(bundle), [media[name] for name in sorted(media)], presets)
    return whole(bundle, SUFFIX, package.write_to)


def _times(bundle: Bundle) -> Mapping[str, int]:
    """Return when each note's content last changed, by guid."""
    if len(bundle.editions) == 1:
        return bundle.editions[0].times  # a copy would be a tenth of what a large deck takes
    return {guid: time for edition in bundle.editions for guid, time in edition.times.items()}


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
