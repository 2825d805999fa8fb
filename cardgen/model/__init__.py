"""The model: collection, decks, cards, sources. It is immutable and knows no files, no Anki and no terminal."""

from cardgen.model.card import SILENT, Card, Citation, Content, Direction, Speech, direction_of, has_tag
from cardgen.model.collection import (
    EVERYTHING,
    Collection,
    Deck,
    MadeOf,
    Preset,
    Section,
    Selection,
    Translation,
    Variant,
)
from cardgen.model.own_kind import Asset, FieldType, OwnField, OwnKind, OwnTemplate, Slot
from cardgen.model.printing import NO_WISHES, Printing
from cardgen.model.source import Source

__all__ = [
    "EVERYTHING",
    "NO_WISHES",
    "SILENT",
    "Asset",
    "Card",
    "Citation",
    "Collection",
    "Content",
    "Deck",
    "Direction",
    "FieldType",
    "MadeOf",
    "OwnField",
    "OwnKind",
    "OwnTemplate",
    "Preset",
    "Printing",
    "Section",
    "Selection",
    "Slot",
    "Source",
    "Speech",
    "Translation",
    "Variant",
    "direction_of",
    "has_tag",
]
