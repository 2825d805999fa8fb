"""Whether a deck without a ledger has had one: a build would then touch every note that learners have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from cardgen.build.compiled import CompiledDeck

_SECONDS: Final = 10
"""How long git may take to answer."""


def has_had_a_ledger(deck: CompiledDeck) -> str:
    """Return why a deck without a ledger must have had one; empty if nothing says so."""
    # A translation can be newer than what became of its cards.
    may_be_new = deck.deck.translation is not None
    if deck.deck.retired and not may_be_new:
        return "it has retired cards"
    if not may_be_new and any(card.formerly or card.parts_formerly for card in deck.deck.cards()):
        return "it has cards with earlier addresses"
    import subprocess

    command = ["git", "log", "-1", "--format=%h", "--", deck.home.ledger.name]
    try:
        asked = subprocess.run(  # noqa: S603 - no word of it comes from outside
            command, cwd=deck.home.ledger.parent, capture_output=True, check=False, timeout=_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return "git knows one" if asked.returncode == 0 and asked.stdout.strip() else ""
