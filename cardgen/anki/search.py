"""The search of Anki's browser: https://docs.ankiweb.net/searching.html."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cardgen.diagnostics.shown import line
from cardgen.richtext.markdown import fenced

if TYPE_CHECKING:
    from collections.abc import Iterable

_SPECIAL: Final = frozenset('\\"*_:')
"""What a search would take for its own inside quotes: wildcards, the end of the quotes, and what follows a field."""

_LONG: Final = 200
"""How many characters of a field a search names."""


def with_addresses(addresses: Iterable[str]) -> str:
    """Return a search for the notes of these addresses, ``deck/card`` or ``deck/card/part``."""
    return " or ".join(f'"ID:{_literal(address)}"' for address in addresses)


def with_text(note_type: str, field: str, html: str) -> str:
    """Return a search for the notes of a type that have this HTML in a field; of a long one, this beginning."""
    text = _literal(html[:_LONG], whole=True) + ("*" if len(html) > _LONG else "")
    return f'("note:{_literal(note_type)}" "{_literal(field)}:{text}")'


def weak_cards(decks: Iterable[str]) -> str:
    """Return a search for all cards of some decks that were learnt and are not due: those a filtered deck can bring up.

    Anki fails to order what it finds by retrievability unless FSRS is on.
    """
    named = [f'deck:"{_literal(deck, keep=":")}"' for deck in decks]
    either = named[0] if len(named) == 1 else f"({' or '.join(named)})"
    return f"{either} is:review -is:due"


def removal_advice(search: str) -> str:
    """Return Markdown that says how learners find notes that are no longer in a deck: an import never removes any.

    Args:
        search: What finds these notes, as the functions above return it.
    """
    return (
        "Removed cards stay in your collection. To find them, paste this into the search of Anki's browser, "
        f"then suspend or delete them:\n\n{fenced(search)}"
    )


def _literal(text: str, keep: str = "", *, whole: bool = False) -> str:
    """Escape what a search would interpret, but for `keep`.

    A search is one line, so line breaks become spaces; in a `whole` text, in which each character counts, they become
    the sign for any character.
    """
    special = _SPECIAL.difference(keep)
    if whole:
        return "".join(f"\\{char}" if char in special else char if char.isprintable() else "_" for char in text)
    return "".join(f"\\{char}" if char in special else char for char in " ".join(line(text).split()))
