"""What was renamed since the last release, in words: Anki matches decks by their names and moves no card by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.build.compiled import CompiledDeck


def renames(deck: CompiledDeck) -> Iterator[str]:
    """Yield a sentence for what learners will see of each name of a deck that changed since its last release."""
    before, now = deck.ledger.names, deck.names
    if before is None or before == now:
        return
    if before.title != now.title:
        yield (
            f"The deck “{before.title}” is now “{now.title}”: new cards come in the new deck, and those that learners "
            "have stay in the old one. To move them, select the old deck's cards in Anki's browser and choose "
            "Cards > Change Deck."
        )
    if before.folder != now.folder:
        yield f"The files are called {now.folder} instead of {before.folder}; the deck in Anki is the same."
    old, new = dict(before.sections), dict(now.sections)
    for section in sorted(old.keys() & new.keys()):
        if old[section] != new[section]:
            names = f"The section “{old[section]}” is now “{new[section]}”"
            yield f"{names}: its cards say so, and stay where learners have them."
    for section in sorted(old.keys() - new.keys()):
        yield (
            f"The section “{old[section]}” is gone: those of its cards that are in other sections now say so, and stay "
            "where learners have them."
        )
