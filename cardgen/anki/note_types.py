"""The four note types. Their ids, and how many fields and templates they have, never change.

A note type that gains a field or a template leaves its learners' notes behind: Anki imports them as conflicts beside a
second type. One whose fields or templates are renamed by their ids updates in place, so each type has spare ones. A
spare template asks nothing while its spare field is empty, and a card of it exists as soon as its front has text.
Reserved 3 and 4 stand in the spare templates; Reserved 1 and 2 can be put to use without a thought for those.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING, Any, Final

import genanki

from cardgen.anki.fields import SHARED_FIELDS, SORT_FIELD
from cardgen.kinds import Form
from cardgen.ledger import LEDGER_FILE, Ledger, read

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class _Design:
    """A note type: id, name, the two fields of its own, and its templates' names with their files."""

    id: int
    name: str
    fields: tuple[str, str]
    templates: tuple[tuple[str, str], ...]


_DESIGNS: Final = {
    Form.BASIC: _Design(1_763_800_000_001, "cardgen Basic", ("Front", "Back"), (("Card", "basic"),)),
    Form.TWO_WAY: _Design(
        1_763_800_000_002,
        "cardgen Two-way",
        ("Front", "Back"),
        (("Forward", "basic"), ("Backward", "backward")),
    ),
    Form.TYPED: _Design(1_763_800_000_003, "cardgen Typed", ("Front", "Back"), (("Card", "typed"),)),
    Form.CLOZE: _Design(1_763_800_000_004, "cardgen Cloze", ("Text", "Extra"), (("Cloze", "cloze"),)),
}

_SPARE_TEMPLATES: Final = (("Reserved 1", "Reserved 3"), ("Reserved 2", "Reserved 4"))
"""Names of the spare templates, each with the field that would be its question; fronts must differ from each other."""

_SCRIPTED: Final = frozenset({"basic"})
"""Templates whose cards have options to shuffle or steps to show one at a time."""


class NoteType(genanki.Model):  # type: ignore[misc] # genanki is untyped
    """A genanki model with ids on fields and templates, and a time of its own.

    By the ids Anki matches fields and templates even after a renaming. By the time, in seconds since 1970, it sees
    whether templates or CSS are newer than what the learner has.
    """

    changed = 0

    def to_json(self, timestamp: float, deck_id: int) -> dict[str, Any]:
        """Return the note type as a legacy collection holds it."""
        data: dict[str, Any] = super().to_json(timestamp, deck_id)
        data["mod"] = self.changed
        return data | {
            "flds": [field | {"id": _part_id(self.model_id, "field", field["ord"])} for field in data["flds"]],
            "tmpls": [
                template | {"id": _part_id(self.model_id, "template", template["ord"])} for template in data["tmpls"]
            ],
        }


def _part_id(type_id: int, what: str, ordinal: int) -> int:
    """Return the lasting id of a field or template of a note type.

    Args:
        type_id: Id of the note type.
        what: ``field`` or ``template``.
        ordinal: Its place, counted from 0; none is ever moved.
    """
    digest = hashlib.sha256(f"{type_id}/{what}/{ordinal}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 1


@cache
def note_type(form: Form) -> NoteType:
    """Return the note type of a form."""
    design = _DESIGNS[form]
    model = NoteType(
        model_id=design.id,
        name=design.name,
        fields=[{"name": field} for field in (*design.fields, *SHARED_FIELDS)],
        templates=[{"name": name, "qfmt": front, "afmt": back} for name, front, back in _templates(form)],
        css=_template("style.css"),
        sort_field_index=len(design.fields) + SHARED_FIELDS.index(SORT_FIELD),
        model_type=genanki.Model.CLOZE if form is Form.CLOZE else genanki.Model.FRONT_BACK,
    )
    model.changed = times().entries[form.value].changed
    return model


def _templates(form: Form) -> Iterator[tuple[str, str, str]]:
    """Yield name, front and back of each template of a note type; a cloze type has one by nature."""
    for name, file in _DESIGNS[form].templates:
        yield name, side(file, "front"), side(file, "back")
    if form is not Form.CLOZE:
        for name, field in _SPARE_TEMPLATES:
            yield name, f"{{{{#{field}}}}}{{{{{field}}}}}{{{{/{field}}}}}", "{{FrontSide}}"


@cache
def times() -> Ledger:
    """Return what is recorded of the note types: the hash of their fields, templates and CSS, and when it changed.

    ``python -m cardgen.anki`` brings the record up to date after a change; a test asks for it.
    """
    return read(_template(LEDGER_FILE))


def digest(form: Form) -> str:
    """Return the hash of a note type's fields, templates and CSS as they are now."""
    design = _DESIGNS[form]
    parts = [design.name, *design.fields, *SHARED_FIELDS, SORT_FIELD, _template("style.css")]
    for template in _templates(form):
        parts += template
    return f"{form}:{hashlib.blake2b(chr(31).join(parts).encode(), digest_size=8).hexdigest()}"


def side(file: str, name: str) -> str:
    """Return a side of a template: what is its own, in the frame and with the foot that all share.

    Args:
        file: Stem of the template's files.
        name: ``front`` or ``back``.
    """
    parts = {part: _template(f"{part}.html").strip() for part in ("more", "foot")}
    body = Template(_template(f"{file}.{name}.html").strip()).substitute(parts)
    framed = Template(_template("frame.html")).substitute(side=name, body=body)
    return f"{framed}<script>\n{_template('script.js')}</script>\n" if file in _SCRIPTED else framed


@cache
def _template(file: str) -> str:
    return (files(__package__) / "templates" / file).read_text(encoding="utf-8")
