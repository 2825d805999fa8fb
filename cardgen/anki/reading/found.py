"""What is found in a package, and the error for one that cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from cardgen.errors import CardgenError

if TYPE_CHECKING:
    from collections.abc import Mapping


class UnreadablePackageError(CardgenError):
    """A package cannot be read; the text says why, without the package's name."""


class FoundTemplate(Struct, frozen=True):
    """A card template: its name, and its sides in Anki's template language."""

    name: str
    front: str
    back: str


class FoundNoteType(Struct, frozen=True):
    """A note type.

    Attributes:
        id: Its id.
        name: Its name.
        fields: Names of its fields, in order.
        templates: Its templates, in order.
        css: Its style sheet.
        is_cloze: Whether its cards come from the gaps of a text.
        changed: When fields, templates or style sheet last changed, in seconds since 1970.
    """

    id: int
    name: str
    fields: tuple[str, ...]
    templates: tuple[FoundTemplate, ...]
    css: str
    is_cloze: bool
    changed: int


class FoundNote(NamedTuple):
    """A note with at least one card.

    Attributes:
        guid: Its identity.
        note_type: Id of its note type, which is among those found.
        changed: When it last changed, in seconds since 1970.
        fields: HTML, one for each field of its note type.
        tags: Sorted.
        deck: Full name of its first card's deck, levels separated by ``::``.
    """

    guid: str
    note_type: int
    changed: int
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    deck: str


class FoundCollection(Struct, frozen=True):
    """Note types by their ids, and notes in the order of their ids."""

    note_types: Mapping[int, FoundNoteType]
    notes: tuple[FoundNote, ...]
