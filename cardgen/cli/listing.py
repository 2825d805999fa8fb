"""The list of decks, for people and for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from cardgen.model import Collection, Deck, Variant

JSON_VERSION: Final = 1
"""Version of the JSON form; it grows when a field changes its meaning or goes away."""


def as_text(collection: Collection) -> str:
    """Write a block for each deck: name, title, cards, sections, variants."""
    return "\n\n".join(map(_deck, collection.decks))


def _deck(deck: Deck) -> str:
    sections = ", ".join(section.id for section in deck.sections)
    variants = ", ".join(f"{variant.name} ({_count(deck, variant)})" for variant in deck.variants) or "none"
    cards = sum(1 for _ in deck.cards())
    return f"{deck.name}  {deck.title}\n  cards:    {cards}\n  sections: {sections}\n  variants: {variants}"


def as_json(collection: Collection) -> str:
    """Write ``{"version": 1, "title": ..., "decks": [...]}`` with the same facts."""
    decks = [
        {
            "name": deck.name,
            "id": deck.id,
            "title": deck.title,
            "cards": sum(1 for _ in deck.cards()),
            "sections": [
                {"name": section.id, "title": section.title, "cards": len(section.cards)} for section in deck.sections
            ],
            "variants": [
                {"name": variant.name, "title": variant.title, "cards": _count(deck, variant)}
                for variant in deck.variants
            ],
        }
        for deck in collection.decks
    ]
    return json.dumps(
        {"version": JSON_VERSION, "title": collection.title, "decks": decks}, ensure_ascii=False, indent=2
    )


def _count(deck: Deck, variant: Variant) -> int:
    return sum(map(variant.selection.selects, deck.cards()))
