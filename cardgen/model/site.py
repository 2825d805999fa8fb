"""What the pages of a collection say in its own words, and where they will stand."""

from __future__ import annotations

from typing import Final

from msgspec import Struct


class Audience(Struct, frozen=True):
    """A group of readers.

    Attributes:
        variant: Name of the variant that is theirs.
        about: Who they are, as Markdown.
        begin_with: Name of a smaller variant with which they should begin; or empty.
    """

    variant: str
    about: str
    begin_with: str = ""


class SiteTexts(Struct, frozen=True):
    """What the pages say. Texts are Markdown, and empty where their author says nothing.

    Attributes:
        about: What the decks are about.
        notice: What stands at the foot of every page.
        which: How readers find out which edition is theirs.
        audiences: The editions that are offered, by whom they are for; none where all are.
        chapters: Titles, which are plain text, and texts of what else the first page says.
        address: Where the first page will be found, without its name; or empty.
        report: The address at which readers report mistakes, with ``{card}`` and ``{question}``; or empty.
    """

    about: str = ""
    notice: str = ""
    which: str = ""
    audiences: tuple[Audience, ...] = ()
    chapters: tuple[tuple[str, str], ...] = ()
    address: str = ""
    report: str = ""


NO_SITE_TEXTS: Final = SiteTexts()
"""Of a collection that says nothing."""
