"""Which addresses a card may lead to: the one rule for links in texts and for sources.

A link in Anki runs in a page that can read the collection, so nothing but the web and mail is an address: no
``javascript:``, no ``data:``, no ``file:``.
"""

from __future__ import annotations

import re
from typing import Final

_ADDRESS: Final = re.compile(r"(?:https?://[^\s/?#]|mailto:[^\s])\S*", re.IGNORECASE)

# The form of a DOI is that of its handbook, 2.2: https://www.doi.org/doi-handbook. Zotero and publishers write it
# alone, with `doi:` or as the address of its resolver.
_DOI: Final = r"(?i)(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+)"


def is_address(text: str) -> bool:
    """Return whether a text is an address that a card may lead to: http or https with a host, or mailto; no spaces."""
    return _ADDRESS.fullmatch(text) is not None and text.isprintable()


def doi_address(text: str) -> str:
    """Return the address that a DOI resolves to, or nothing if the text is no DOI.

    Args:
        text: ``10.1000/182``, also with ``doi:`` or ``https://doi.org/`` before it.
    """
    found = re.fullmatch(_DOI, text)
    return f"https://doi.org/{found[1]}" if found is not None and text.isprintable() else ""
