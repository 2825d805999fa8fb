"""Note types of kinds of one's own: what Anki gets of a kind, and how one knows that it has changed."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from cardgen.anki.note_types import CardTemplate, NoteType
from cardgen.templates import parse, replacements

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cardgen.model import OwnKind, Slot

_FIRST_ID: Final = 1_600_000_000_000
_ID_BITS: Final = 37
"""Ids of note types are milliseconds since 1970 in Anki: ours lie in the years 2020 to 2025, before any of today."""

_SPARE_BACK: Final = "{{FrontSide}}"


def own_note_type(kind: OwnKind, changed: int = 0) -> NoteType:
    """Return the note type of a kind.

    Args:
        kind: The kind.
        changed: When Anki last got something else of it, in seconds since 1970.
    """
    fields = tuple(map(kind.field_name, kind.field_slots))
    templates = tuple(_template(kind, slot) for slot in kind.template_slots)
    return NoteType(
        id=kind.anki_id or _type_id(kind),
        name=kind.title,
        fields=fields,
        templates=templates,
        css=kind.style,
        is_cloze=kind.is_cloze,
        changed=changed,
        asked=tuple(tuple(_asked(template.front, fields)) for template in templates),
        by_names=kind.adopt,
        field_ids=_given("field", kind.field_slots, kind.anki_fields),
        template_ids=_given("template", kind.template_slots, kind.anki_templates),
        rtl=kind.direction == "rtl",
        sort=next((place for place, slot in enumerate(kind.field_slots) if slot == ("field", kind.sort)), None),
    )


def digest(kind: OwnKind) -> str:
    """Return the hash of all that Anki gets of a kind, in 16 hexadecimal digits."""
    made = own_note_type(kind)
    parts = [str(made.id), made.name, str(made.by_names), str(made.rtl), made.css, *made.fields]
    parts += map(str, (*made.field_ids, *made.template_ids))
    for template in made.templates:
        parts += template
    if kind.sort:
        parts.append(kind.sort)
    return hashlib.blake2b(chr(31).join(parts).encode(), digest_size=8).hexdigest()


def _given(use: str, slots: Sequence[Slot], pairs: Sequence[tuple[str, int]]) -> tuple[int, ...]:
    """Return for each slot the id that its kind gives to what is in it, or 0; nothing if it gives none at all."""
    ids = dict(pairs)
    return tuple(ids.get(slot.name, 0) if slot.use == use else 0 for slot in slots) if ids else ()


def _type_id(kind: OwnKind) -> int:
    named = f"kind/{kind.id}/{kind.language}".encode()
    return _FIRST_ID + (int.from_bytes(hashlib.blake2b(named, digest_size=8).digest(), "big") >> (64 - _ID_BITS))


def _template(kind: OwnKind, slot: Slot) -> CardTemplate:
    for template in kind.templates:
        if slot == ("template", template.id):
            return CardTemplate(template.title, template.front, template.back)
    # A spare one asks nothing while its field is empty; fronts must differ from each other.
    field = next(kind.field_name(one) for one in kind.field_slots if one == ("card", slot.name))
    return CardTemplate(f"Reserved {slot.name}", f"{{{{#{field}}}}}{{{{{field}}}}}{{{{/{field}}}}}", _SPARE_BACK)


def _asked(front: str, fields: Sequence[str]) -> Iterator[int]:
    """Yield the places of the fields that a front may show, ascending."""
    shown = {node.field for node in replacements(parse(front))}
    return (place for place, name in enumerate(fields) if name in shown)
