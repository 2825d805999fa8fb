"""The four note types. Their ids and fields are fixed for ever: learners' collections hang on them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import genanki

from cardgen.export.anki.fields import SHARED_FIELDS
from cardgen.kinds import Form


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


class NoteType(genanki.Model):  # type: ignore[misc] # genanki is untyped
    """A genanki model whose fields and templates carry ids, so that Anki matches them even after a renaming."""

    def to_json(self, timestamp: float, deck_id: int) -> dict[str, Any]:
        """Give the note type as a legacy collection holds it."""
        data: dict[str, Any] = super().to_json(timestamp, deck_id)
        return data | {
            "flds": [field | {"id": _part_id(self.name, "field", field["ord"])} for field in data["flds"]],
            "tmpls": [
                template | {"id": _part_id(self.name, "template", template["ord"])} for template in data["tmpls"]
            ],
        }


def _part_id(name: str, sort: str, ordinal: int) -> int:
    """Give the lasting id of a field or template. Fields are only ever added at the end, so the ordinal lasts too."""
    digest = hashlib.sha256(f"{name}/{sort}/{ordinal}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 1


@cache
def note_type(form: Form) -> NoteType:
    """Give the note type of a form."""
    design = _DESIGNS[form]
    return NoteType(
        model_id=design.id,
        name=design.name,
        fields=[{"name": field} for field in (*design.fields, *SHARED_FIELDS)],
        templates=[
            {"name": name, "qfmt": _template(f"{file}.front.html"), "afmt": _template(f"{file}.back.html")}
            for name, file in design.templates
        ],
        css=_template("style.css"),
        model_type=genanki.Model.CLOZE if form is Form.CLOZE else genanki.Model.FRONT_BACK,
    )


@cache
def _template(file: str) -> str:
    return (files(__package__) / "templates" / file).read_text(encoding="utf-8")
