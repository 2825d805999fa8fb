"""The command `list`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

import click

from cardgen.cli.options import deck_names, decks_folder, decks_option, output_option
from cardgen.cli.terminal import say, say_document, show_findings

if TYPE_CHECKING:
    from pathlib import Path

    from cardgen.model import Collection, Deck, Variant

JSON_VERSION: Final = 1
"""Version of the JSON form; it grows when a field changes its meaning or goes away."""


@click.command("list")
@deck_names()
@output_option("text", "json", what="the list")
@decks_option
def list_decks(names: tuple[str, ...], output: str, decks: Path | None) -> None:
    """Show which decks there are, with their sections and variants.

    \b
    Examples:
      cardgen list
      cardgen list rivers
      cardgen list --decks my-decks
      cardgen list --output json
    """  # noqa: D301 - \b is click's mark for lines to keep
    from cardgen.load import load_decks

    loaded = load_decks(decks_folder(decks), names)
    show_findings(loaded.diagnostics)
    if loaded.collection is None:
        sys.exit(1)
    if output == "json":
        say_document(as_json(loaded.collection))
    else:
        say(as_text(loaded.collection))


def as_text(collection: Collection) -> str:
    """Write a block for each deck: name, title, cards, sections, variants."""
    from cardgen.diagnostics.shown import line

    return "\n\n".join("\n".join(map(line, _deck(deck))) for deck in collection.decks)


def _deck(deck: Deck) -> tuple[str, ...]:
    sections = ", ".join(section.id for section in deck.sections)
    variants = ", ".join(f"{variant.name} ({_count(deck, variant)})" for variant in deck.variants) or "none"
    cards = sum(1 for _ in deck.cards())
    version = (f"  version:  {deck.version}",) if deck.version else ()
    return (
        f"{deck.name}  {deck.title}",
        *version,
        f"  cards:    {cards}",
        f"  sections: {sections}",
        f"  variants: {variants}",
    )


def as_json(collection: Collection) -> str:
    """Write ``{"version": 1, "title": ..., "decks": [...]}`` with the same facts."""
    from cardgen.diagnostics.shown import json_document

    decks = [
        {
            "name": deck.name,
            "id": deck.id,
            "title": deck.title,
            "version": deck.version or None,
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
    return json_document({"version": JSON_VERSION, "title": collection.title, "decks": decks})


def _count(deck: Deck, variant: Variant) -> int:
    return sum(map(variant.selection.selects, deck.cards()))
