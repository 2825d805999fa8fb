"""The command `list`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

import click

from cardgen.cli.options import deck_names, decks_folder, decks_option, language_option, output_option
from cardgen.cli.terminal import say, say_document, show_findings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cardgen.model import Collection, Deck, Translation, Variant

JSON_VERSION: Final = 1
"""Version of the JSON form; it grows when a field changes its meaning or goes away."""


@click.command("list")
@deck_names()
@language_option
@output_option("text", "json", what="the list")
@decks_option
def list_decks(names: tuple[str, ...], languages: tuple[str, ...], output: str, decks: Path | None) -> None:
    """Show which decks there are, with their sections, variants and tiers.

    \b
    Examples:
      cardgen list
      cardgen list rivers
      cardgen list --decks my-decks
      cardgen list --output json
    """  # noqa: D301 - \b is click's mark for lines to keep
    from cardgen.load import load_decks

    loaded = load_decks(decks_folder(decks), names, languages=languages)
    show_findings(loaded.diagnostics)
    if loaded.collection is None:
        sys.exit(1)
    if output == "json":
        say_document(as_json(loaded.collection))
    else:
        say(as_text(loaded.collection))


def as_text(collection: Collection) -> str:
    """Write a block for each deck: name, title, cards, sections, variants, tiers."""
    from cardgen.diagnostics.shown import line

    return "\n\n".join("\n".join(map(line, _deck(deck, collection))) for deck in collection.decks)


def _deck(deck: Deck, collection: Collection) -> tuple[str, ...]:
    sections = ", ".join(section.id for section in deck.sections)
    variants = ", ".join(f"{variant.name} ({_count(deck, variant)})" for variant in deck.variants) or "none"
    cards = sum(1 for _ in deck.cards())
    counts = _cards_by_tier(deck, collection).items()
    tiers = ", ".join(f"{tier} ({count:,} in Anki)" for tier, count in counts)
    version = (f"  version:  {deck.version}",) if deck.version else ()
    return (
        f"{deck.name}  {deck.title}",
        *version,
        *_languages(deck, collection),
        f"  cards:    {cards}",
        f"  sections: {sections}",
        f"  variants: {variants}",
        *((f"  tiers:    {tiers}",) if tiers else ()),
    )


def _languages(deck: Deck, collection: Collection) -> Iterator[str]:
    """Write which languages a deck that is translated is in, and of which deck another one is the translation."""
    if deck.translation is not None:
        skipped = f", {deck.translation.skipped} left out" if deck.translation.skipped else ""
        done = f"{len(deck.translation.made_of)} of {deck.translation.whole} cards of {deck.translation.of}"
        yield f"  language: {deck.language}, {done}{skipped}"
        return
    others = [other for other in collection.decks if other.translation is not None and other.translation.of == deck.id]
    if others:
        counted = ", ".join(f"{other.language} ({sum(1 for _ in other.cards())})" for other in others)
        yield f"  language: {deck.language}; also in {counted}"


def as_json(collection: Collection) -> str:
    """Write ``{"version": 1, "title": ..., "decks": [...]}`` with the same facts."""
    from cardgen.diagnostics.shown import json_document

    decks = [
        {
            "name": deck.name,
            "id": deck.id,
            "title": deck.title,
            "version": deck.version or None,
            "language": deck.language,
            "translation": _translation(deck.translation),
            "cards": sum(1 for _ in deck.cards()),
            "sections": [
                {"name": section.id, "title": section.title, "cards": len(section.cards)} for section in deck.sections
            ],
            "variants": [
                {"name": variant.name, "title": variant.title, "cards": _count(deck, variant)}
                for variant in deck.variants
            ],
            "tiers": [{"name": tier, "anki_cards": count} for tier, count in _cards_by_tier(deck, collection).items()],
        }
        for deck in collection.decks
    ]
    return json_document({"version": JSON_VERSION, "title": collection.title, "decks": decks})


def _translation(translation: Translation | None) -> dict[str, object] | None:
    if translation is None:
        return None
    return {
        "of": translation.of,
        "cards": translation.whole,
        "missing": list(translation.missing),
        "skipped": translation.skipped,
    }


def _cards_by_tier(deck: Deck, collection: Collection) -> dict[str, int]:
    """Return how many cards Anki makes of a deck at each of its tiers."""
    from cardgen.notes import at_tier, compose

    tiers = collection.tiers_of(deck)
    notes = compose(deck, collection.sources) if tiers else ()
    return {tier: sum(len(note.ordinals) for note in at_tier(notes, tier)) for tier in tiers}


def _count(deck: Deck, variant: Variant) -> int:
    return sum(map(variant.selection.selects, deck.cards()))
