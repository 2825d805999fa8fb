"""Kinds of one's own: what a file of `kinds/` declares, in one language.

A kind of one's own is a note type of Anki that its author designs: fields, templates in Anki's template language, a
style sheet, files beside them. cardgen's own kinds are code, and share the note types of ``anki/note_types.py``.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

if TYPE_CHECKING:
    from cardgen.model.card import Direction


class FieldType(StrEnum):
    """What a field of a kind of one's own holds."""

    TEXT = "text"  # Markdown
    LINE = "line"  # Markdown of one line
    GAPS = "gaps"  # Markdown with gaps, of which each number makes a card
    PICTURES = "pictures"  # paths of pictures, in the deck's folder
    LITERAL = "literal"  # text in which nothing is markup
    HTML = "html"  # HTML as it goes into Anki, for what Markdown cannot say


class OwnField(Struct, frozen=True):
    """A field.

    Attributes:
        id: Its name in card files; its place in the note type hangs on it.
        title: Its name in Anki.
        type: What it holds.
        required: Whether every card must have it.
        translate: Whether it differs from language to language.
        role: What it is to the learner: the value of a `cardgen.kinds.Role`, by which lint judges it.
        description: What editors say of it; or empty.
    """

    id: str
    title: str
    type: FieldType = FieldType.TEXT
    required: bool = False
    translate: bool = True
    role: str = "answer"
    description: str = ""


class OwnTemplate(Struct, frozen=True):
    """A card template.

    Attributes:
        id: Its name in the kind's file; its place in the note type hangs on it.
        title: Its name in Anki.
        front, back: Its sides in Anki's template language, with words and names of assets in place.
        tier: The lowest tier that has its cards; empty if all have them.
    """

    id: str
    title: str
    front: str
    back: str
    tier: str = ""


class Slot(NamedTuple):
    """A place in a note type, which is for ever what it once was.

    Attributes:
        use: For fields ``field``, ``tier`` (a gate), ``spare`` or ``card`` (what a spare template asks); for templates
            ``template`` or ``spare``.
        name: The id of the field or template, the tier, or the number of a spare one.
    """

    use: str
    name: str


class Asset(NamedTuple):
    """A file that templates or style sheet use.

    Attributes:
        name: Its name in packages, which tells contents apart: ``_map-4f0c93ab.js``.
        path: Where it is, as seen from the folder of a deck: ``../kinds/world/_map.js``.
    """

    name: str
    path: str


def gate_of(tier: str) -> str:
    """Return the name in Anki of the field that is filled where the cards of a tier are made: ``Extended``."""
    return tier.replace("-", " ").capitalize()


class OwnKind(Struct, frozen=True):
    """A kind of one's own, in one language.

    Attributes:
        id: Its name in card files; note type, fields and templates hang on it.
        title: The note type's name in Anki, with the language behind it where that is not the collection's.
        language: BCP 47 tag where it is not the collection's language; else empty.
        direction: Writing direction of its fields.
        fields: As declared.
        templates: As declared.
        style: The style sheet, with names of assets in place.
        assets: The files that packages bring for it.
        tiers: Their names, the smallest first; none where all cards are always made.
        field_slots, template_slots: All places of the note type in their order, with those that are spare.
        is_cloze: Whether its cards come from gaps.
        sort: The id of the field by which Anki's browser sorts; empty for the first.
        asks, answers: The ids of the fields that paper and tables show as question and as answer, in order.
        anki_id: The note type's id, where learners have the type already; 0 for one that cardgen computes.
        anki_fields, anki_templates: Of fields and templates that learners have already, the name here and the id there.
        adopt: Whether fields and templates go out without ids, so that Anki finds those of the learners by their names.
        description: What editors say of it; or empty.
    """

    id: str
    title: str
    fields: tuple[OwnField, ...]
    templates: tuple[OwnTemplate, ...]
    field_slots: tuple[Slot, ...]
    template_slots: tuple[Slot, ...]
    style: str = ""
    assets: tuple[Asset, ...] = ()
    tiers: tuple[str, ...] = ()
    language: str = ""
    direction: Direction = "ltr"
    is_cloze: bool = False
    sort: str = ""
    asks: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    anki_id: int = 0
    anki_fields: tuple[tuple[str, int], ...] = ()
    anki_templates: tuple[tuple[str, int], ...] = ()
    adopt: bool = False
    description: str = ""

    def field_name(self, slot: Slot) -> str:
        """Return the name in Anki of the field in a slot."""
        match slot.use:
            case "field":
                return next(field.title for field in self.fields if field.id == slot.name)
            case "tier":
                return gate_of(slot.name)
            case "card":
                return f"Reserved card {slot.name}"
            case _:
                return f"Reserved {slot.name}"

    def rank(self, tier: str = "") -> int:
        """Return the place of a tier, counted from 0: the highest one's for no tier, and for one that is not its own.

        Notes of a higher tier count as newer, so that Anki takes them over those of a lower one and not the reverse.
        """
        return self.tiers.index(tier) if tier in self.tiers else max(len(self.tiers) - 1, 0)

    def reached(self, tier: str = "") -> tuple[str, ...]:
        """Return the tiers whose cards are made at one: that one and those below it, or all, as for `rank`."""
        return self.tiers[: self.rank(tier) + 1]
