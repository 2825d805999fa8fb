"""A source: a work that cards cite, with the little of CSL that a card shows."""

from __future__ import annotations

from msgspec import Struct


class Source(Struct, frozen=True):
    """An entry of sources.yaml.

    Attributes:
        id: What cards cite.
        title: Title of the work.
        publisher: Who published it: publisher, authors, or the site it stands on; or empty.
        issued: Date of publication as far as known, as ``2026``, ``2026-03`` or ``2026-03-20``, or text; or empty.
        url: Web address, or that of its DOI; or empty.
        grade: How far it can be trusted, in the collection's own words, such as ``A``; or empty.
    """

    id: str
    title: str
    publisher: str
    issued: str
    url: str
    grade: str = ""
