"""One side of a comparison: the notes and note types that a learner gets from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from cardgen.errors import CardgenError

if TYPE_CHECKING:
    from collections.abc import Mapping


class NoteView(Struct, frozen=True):
    """A note as Anki will see it.

    Attributes:
        guid: Its identity.
        address: ``deck/card`` or ``deck/card/part``, by which people know it; the guid where a package has none.
        note_type: Name of its note type.
        fields: HTML by the names of the fields.
        tags: Sorted.
        deck: Full name of its deck.
    """

    guid: str
    address: str
    note_type: str
    fields: Mapping[str, str]
    tags: tuple[str, ...]
    deck: str


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
