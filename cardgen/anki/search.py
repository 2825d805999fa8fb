"""The search of Anki's browser: https://docs.ankiweb.net/searching.html."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cardgen.diagnostics.shown import line
from cardgen.richtext.markdown import fenced

if TYPE_CHECKING:
    from collections.abc import Iterable

_SPECIAL: Final = frozenset('\\"*_:')
"""What a search would take for its own inside quotes: wildcards, the end of the quotes, and what follows a field."""


def with_addresses(addresses: Iterable[str]) -> str:
    """Return a search for the notes of these addresses, ``deck/card`` or ``deck/card/part``."""
    return " or ".join(f'"ID:{_literal(address)}"' for address in addresses)


def removal_advice(addresses: Iterable[str]) -> str:
    """Return Markdown that says how learners find notes that are no longer in a deck: an import never removes any."""
    return (
        "Removed cards stay in your collection. To find them, paste this into the search of Anki's browser, "
        f"then suspend or delete them:\n\n{fenced(with_addresses(addresses))}"
    )


def _literal(text: str) -> str:
    """Escape what a search would interpret. A search is one line, so line breaks become spaces."""
    return "".join(f"\\{char}" if char in _SPECIAL else char for char in " ".join(line(text).split()))
