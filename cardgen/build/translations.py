"""Which translations no longer say what their cards say, so that they do not rot unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cardgen.diagnostics import quoted
from cardgen.ledger import of_card

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.build.compiled import CompiledDeck
    from cardgen.diagnostics import Diagnostic

_NAMED: Final = 5
"""How many cards a message names before it only counts the others."""


def findings(deck: CompiledDeck) -> Iterator[Diagnostic]:
    """Find cards whose texts have changed since they were translated, while the translation has not."""
    translation = deck.deck.translation
    if translation is None:
        return
    known = of_card(deck.moved.entries)
    for card, made in deck.made_of.items():
        if not made.is_out_of_date(known(card)):
            continue
        document, path = deck.home.cards[card]
        if made.said:
            message = f"`{translation.of}/{card}` has other texts than the ones that the block says it was made from"
            hint = f"Translate what has changed, and write `of: {made.texts}` or delete it."
            yield document.diagnose("CG621", message, (*path, "of"), hint)
        else:
            message = f"the texts of `{translation.of}/{card}` have changed since the block was made from them"
            hint = f"Translate what has changed; if nothing need change, add `of: {made.texts}`."
            yield document.diagnose("CG621", message, path, hint, of_key=True)


def missing(deck: CompiledDeck) -> Iterator[Diagnostic]:
    """Say which cards and titles of sections nobody has translated: it is for those who ask, and no build tells it."""
    translation = deck.deck.translation
    if translation is None:
        return
    for field, names, one, several in (
        ("cards", translation.missing, "card is", "cards are"),
        ("sections", translation.untitled, "title of a section is", "titles of sections are"),
    ):
        if names:
            message = (
                f"{len(names):,} {one if len(names) == 1 else several} not translated: {quoted(names, most=_NAMED)}"
            )
            yield deck.home.deck.diagnose("CG386", message, (field,), of_key=True)
