"""One side of a comparison: the notes and note types that a learner gets from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from cardgen.diff.words import visible
from cardgen.errors import CardgenError

if TYPE_CHECKING:
    from collections.abc import Mapping

ADDRESS_FIELD: Final = "ID"
"""The field in which notes of cardgen's own note types have their address."""

_LONG: Final = 100


class NoteView(Struct, frozen=True):
    """A note as Anki will see it.

    Attributes:
        guid: Its identity.
        address: ``deck/card`` or ``deck/card/part``, by which its author knows it; empty where a package has none.
        note_type: Name of its note type.
        fields: HTML by the names of the fields.
        tags: Sorted.
        deck: Full name of its deck.
        asks: What it asks, in words on one line; empty if its first field says it.
    """

    guid: str
    address: str
    note_type: str
    fields: Mapping[str, str]
    tags: tuple[str, ...]
    deck: str
    asks: str = ""

    @property
    def name(self) -> str:
        """What to call it: its address, else what it asks, else its guid."""
        return self.address or self.question or self.guid

    @property
    def question(self) -> str:
        """The beginning of what it asks, on one line; empty if that has no words."""
        text = self.asks or visible(next(iter(self.fields.values()), ""))
        return text if len(text) <= _LONG else text[: _LONG - 1] + "…"


class NoteTypeView(Struct, frozen=True):
    """A note type: its id, the names of its fields in order, and its templates and CSS."""

    id: int
    name: str
    fields: tuple[str, ...]
    templates: tuple[tuple[str, str, str], ...]
    css: str


class Version(Struct, frozen=True):
    """Notes by guid and note types by name; `label` is how the user named it."""

    label: str
    notes: Mapping[str, NoteView]
    note_types: Mapping[str, NoteTypeView]


class UnreadableVersionError(CardgenError):
    """A side of a comparison cannot be read; its text says why and what to do."""
