"""A card: what its author wrote, typed and unchangeable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, Protocol

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

Direction = Literal["ltr", "rtl", "auto"]


class Content(Protocol):
    """What a card holds beside what all cards share: the fields of its kind (see ``cardgen.kinds``)."""

    __slots__ = ()


class Citation(Struct, frozen=True, gc=False):
    """A source that a card cites, and where in it."""

    source: str
    locator: str = ""


class Speech(Struct, frozen=True, gc=False):
    """Which sides are read aloud, each in the language of a voice as BCP 47 has it (``de-DE``); empty for silence."""

    front: str = ""
    back: str = ""


SILENT: Final = Speech()


class Card(Struct, frozen=True, gc=False):
    """One item that an author wrote.

    Attributes:
        id: Unique in its deck.
        kind: Name of its kind.
        content: The fields of its kind.
        tags: Anki tags, those of the file's defaults first.
        facets: By the collection's facets, the values that the card states; without those that it says nothing of.
        citations: The sources, in the author's order.
        see: Where to check the fact, if its sources are secondary.
        as_of: When the fact was true, as ``2026``, ``2026-06``, ``2026-06-30`` or ``2026 Match``; or empty.
        checked: When somebody last read the sources, in the same forms; or empty.
        stale_after: Last day on which the fact can be trusted unchecked.
        secondary: Whether the figure was not read in the official source itself.
        note: Markdown, shown small under the answer; or empty.
        hint: Markdown, which helps with the question; or empty.
        language: BCP 47 tag, its own or its deck's.
        direction: Writing direction.
        speech: What of it is read aloud.
        formerly: The addresses that it had before, as ``deck/card``, the oldest first.
        parts_formerly: For its steps or moves by their ids, the addresses that they had before, as ``deck/card/part``.
        lint_ignore: Names of lint rules that are not to speak of the card, each with the reason.
    """

    id: str
    kind: str
    content: Content
    tags: tuple[str, ...]
    facets: Mapping[str, tuple[str, ...]]
    citations: tuple[Citation, ...]
    see: tuple[Citation, ...]
    as_of: str
    checked: str
    stale_after: date | None
    secondary: bool
    note: str
    language: str
    direction: Direction
    lint_ignore: tuple[tuple[str, str], ...] = ()
    formerly: tuple[str, ...] = ()
    parts_formerly: tuple[tuple[str, tuple[str, ...]], ...] = ()
    hint: str = ""
    speech: Speech = SILENT

    def overdue(self, day: date) -> bool:
        """Return whether the fact should have been checked again before this day."""
        return self.stale_after is not None and self.stale_after < day


def has_tag(tags: Collection[str], wanted: Collection[str]) -> bool:
    """Return whether some tags have one that is wanted, or a sub-tag of one."""
    return any(tag == one or tag.startswith(f"{one}::") for tag in tags for one in wanted)


_RTL: Final = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ku-arab", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"}
)
"""Languages written from right to left: https://www.w3.org/International/questions/qa-scripts"""


def direction_of(language: str) -> Direction:
    """Return the writing direction that a BCP 47 language tag implies."""
    language = language.lower()
    return "rtl" if language in _RTL or language.split("-")[0] in _RTL else "ltr"
