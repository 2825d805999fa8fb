"""The model: collection, decks, cards, sources. It is immutable and knows no files, no Anki and no terminal."""

from cardgen.model.card import SILENT, Card, Citation, Content, Direction, Speech, direction_of, has_tag
from cardgen.model.collection import EVERYTHING, Collection, Deck, Preset, Section, Selection, Variant
from cardgen.model.printing import NO_WISHES, Printing
from cardgen.model.source import Source

__all__ = [
    "EVERYTHING",
    "NO_WISHES",
    "SILENT",
    "Card",
    "Citation",
    "Collection",
    "Content",
    "Deck",
    "Direction",
    "Preset",
    "Printing",
    "Section",
    "Selection",
    "Source",
    "Speech",
    "Variant",
    "direction_of",
    "has_tag",
]
