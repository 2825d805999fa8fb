"""What is found in a package, and the error for one that cannot be read."""

from __future__ import annotations

from types import MappingProxyType
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


class FieldSettings(NamedTuple):
    """Settings of a field: its id, 0 if it has none, and whether it is written from right to left."""

    id: int = 0
    is_rtl: bool = False


class TemplateSettings(NamedTuple):
    """Settings of a card template.

    Attributes:
        id: Its id; 0 if it has none.
        in_browser: Whether lists in Anki's browser show something of its own for it.
        has_deck: Whether its cards go into a deck of their own.
    """

    id: int = 0
    in_browser: bool = False
    has_deck: bool = False


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
        sort_field: Which of the fields Anki's browser sorts by.
        stock: The number of the kind of Anki's own types that it was made of; 0 for none. It says nothing of the shape,
            but that 6 is image occlusion.
        latex: What stands before and after the LaTeX of its fields.
        field_settings, template_settings: One for each field and template; none where the source knows none.
    """

    id: int
    name: str
    fields: tuple[str, ...]
    templates: tuple[FoundTemplate, ...]
    css: str
    is_cloze: bool
    changed: int
    sort_field: int = 0
    stock: int = 0
    latex: tuple[str, str] = ("", "")
    field_settings: tuple[FieldSettings, ...] = ()
    template_settings: tuple[TemplateSettings, ...] = ()


class FoundDeck(NamedTuple):
    """A deck.

    Attributes:
        name: Its full name, levels separated by ``::``.
        description: What Anki shows above it.
        is_markdown: Whether that is Markdown; else it is HTML.
    """

    name: str
    description: str = ""
    is_markdown: bool = False


class FoundNote(NamedTuple):
    """A note with at least one card.

    Attributes:
        guid: Its identity.
        note_type: Id of its note type, which is among those found.
        changed: When it last changed, in seconds since 1970.
        fields: HTML, one for each field of its note type.
        tags: Sorted.
        deck: Full name of its first card's deck, levels separated by ``::``.
        queued: The place of its first card in the queue of new cards; None if that is no new card.
    """

    guid: str
    note_type: int
    changed: int
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    deck: str
    queued: int | None = None


class FoundCollection(Struct, frozen=True):
    """Note types by their ids, notes in the order of their ids, and decks with a description by their names."""

    note_types: Mapping[int, FoundNoteType]
    notes: tuple[FoundNote, ...]
    described: Mapping[str, FoundDeck] = MappingProxyType({})
