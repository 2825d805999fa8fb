"""The five note types. Their ids, and how many fields and templates they have, never change.

A note type that gains a field or a template leaves its learners' notes behind: Anki imports them as conflicts beside a
second type. One whose fields or templates are renamed by their ids updates in place, so each type has spare ones. A
spare template asks nothing while its spare field is empty, and a card of it exists as soon as its front has text.
Reserved 3 and 4 stand in the spare templates; Reserved 1 and 2 can be put to use without a thought for those.

Image occlusion is Anki's own: a type of its stock kind, with that kind's five fields before ours, so that its mask
editor opens our notes. All five are protected from deletion: where `Comments` is not, Anki's database check stamps the
type with the present time, and takes no later change of ours (rslib/src/dbcheck.rs).
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from msgspec import Struct

from cardgen.charts.svg import style as charts_style
from cardgen.kinds import Form
from cardgen.ledger import LEDGER_FILE, Ledger, read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


SHARED_FIELDS: Final = (
    "More",
    "Section",
    "Note",
    "Source",
    "As of",
    "Status",
    "Kind",
    "ID",
    "Listed as",
    "Language",
    "Direction",
    "Words",
    "Reserved 1",
    "Reserved 2",
    "Reserved 3",
    "Reserved 4",
)
"""Fields of every note type, after those that hold question and answer. The last four are spare."""

SORT_FIELD: Final = "Listed as"
"""The field by which Anki's browser lists and sorts notes: the question in words, on one line. No card shows it."""


class _Design(Struct, frozen=True):
    """A note type.

    Attributes:
        id: Its id.
        name: Its name.
        fields: The fields of its own, which come first.
        templates: Its templates' names with their files.
        stock: The number of the kind of Anki's own types that it is of, and its fields first; 0 for none.
        style: The file of the CSS that it has beside what all have; or empty.
    """

    id: int
    name: str
    fields: tuple[str, ...]
    templates: tuple[tuple[str, str], ...]
    stock: int = 0
    style: str = ""


_STOCK_FIELDS: Final = ("Occlusion", "Image", "Header", "Back Extra", "Comments")
"""The fields of Anki's own image occlusion, which it knows by their places (proto/anki/image_occlusion.proto)."""

_IMAGE_OCCLUSION: Final = 6
"""The number of that stock kind (OriginalStockKind in proto/anki/notetypes.proto)."""


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
    Form.OCCLUSION: _Design(
        # Where an app does not say to which type for image occlusion it adds, Anki takes the one that was synced
        # longest ago, and of several the one with the lowest id: this is later than those of learners' own.
        1_795_900_000_005,
        "cardgen Occlusion",
        (*_STOCK_FIELDS, "Answers", "Masks"),
        (("Occlusion", "occlusion"),),
        stock=_IMAGE_OCCLUSION,
        style="occlusion.css",
    ),
}

FORMS: Final = tuple(_DESIGNS)
"""The forms whose note types are cardgen's own."""

_SPARE_TEMPLATES: Final = (("Reserved 1", "Reserved 3"), ("Reserved 2", "Reserved 4"))
"""Names of the spare templates, each with the field that would be its question; fronts must differ from each other."""

_SCRIPTED: Final = frozenset({"basic"})
"""Templates whose cards have options to shuffle or steps to show one at a time."""

FONT: Final = "Liberation Sans"
FONT_SIZE: Final = 20
"""In pixels: what fields have while they are edited, and an answer while it is typed."""

LATEX_PRE: Final = (
    "\\documentclass[12pt]{article}\n\\special{papersize=3in,5in}\n\\usepackage[utf8]{inputenc}\n"
    "\\usepackage{amssymb,amsmath}\n\\pagestyle{empty}\n\\setlength{\\parindent}{0in}\n\\begin{document}\n"
)
LATEX_POST: Final = "\\end{document}"

_SHOWN: Final = re.compile(r"\{\{([^#^/:{}]+)\}\}")
"""Finds the fields that a template shows as they are, without a filter."""


class CardTemplate(NamedTuple):
    """A card template: its name, and the HTML of its two sides."""

    name: str
    front: str
    back: str


class NoteType(Struct, frozen=True):
    """A note type.

    Attributes:
        id: Its id.
        name: Its name.
        fields: The names of its fields.
        templates: Its card templates.
        css: What all its cards have in common.
        is_cloze: Whether its cards come from gaps.
        changed: When templates or CSS last changed, in seconds since 1970: Anki takes them over where they are newer.
        stock: The number of the kind of Anki's own types that it is of; 0 for none.
        asked: For each template, the places of the fields that its front may show: if one is filled, there is a card.
            Empty where fronts show their fields without a filter, and so can be read.
        by_names: Whether fields and templates go out without ids, so that Anki finds them by their names.
        field_ids, template_ids: The ids of fields and templates where they are given; 0 for one that is computed.
        rtl: Whether its fields are written from right to left.
        sort: Which of the fields Anki's browser sorts by; None where the names of the fields say it.
    """

    id: int
    name: str
    fields: tuple[str, ...]
    templates: tuple[CardTemplate, ...]
    css: str
    is_cloze: bool
    changed: int
    stock: int = 0
    asked: tuple[tuple[int, ...], ...] = ()
    by_names: bool = False
    field_ids: tuple[int, ...] = ()
    template_ids: tuple[int, ...] = ()
    rtl: bool = False
    sort: int | None = None

    @property
    def sort_field(self) -> int:
        """Which of the fields Anki's browser sorts by: where there is none for it, the first."""
        if self.sort is not None:
            return self.sort
        return self.fields.index(SORT_FIELD) if SORT_FIELD in self.fields else 0

    def as_json(self, deck_id: int) -> dict[str, Any]:
        """Return the note type as a legacy collection holds it; by their ids Anki knows fields and templates again.

        What says nothing of ours is as genanki has it, the library that most packages are made with; a test compares.
        """
        data: dict[str, Any] = {
            "css": self.css,
            "did": deck_id,
            "flds": [self._field(name, ordinal) for ordinal, name in enumerate(self.fields)],
            "id": str(self.id),
            "latexPost": LATEX_POST,
            "latexPre": LATEX_PRE,
            "latexsvg": False,
            "mod": self.changed,
            "name": self.name,
            "req": [[ordinal, *self._required(ordinal)] for ordinal in range(len(self.templates))],
            "sortf": self.sort_field,
            "tags": [],
            "tmpls": [self._template(template, ordinal) for ordinal, template in enumerate(self.templates)],
            "type": 1 if self.is_cloze else 0,
            "usn": -1,
            "vers": [],
        }
        return data | {"originalStockKind": self.stock} if self.stock else data

    def _field(self, name: str, ordinal: int) -> dict[str, Any]:
        field = {
            "name": name,
            "ord": ordinal,
            "font": FONT,
            "media": [],
            "rtl": self.rtl,
            "size": FONT_SIZE,
            "sticky": False,
            **self._known_by("field", ordinal, self.field_ids),
        }
        # Anki asks a stock type for its fields by these numbers.
        known = self.stock and ordinal < len(_STOCK_FIELDS)
        return field | {"tag": ordinal, "preventDeletion": True} if known else field

    def _template(self, template: CardTemplate, ordinal: int) -> dict[str, Any]:
        return {
            "name": template.name,
            "qfmt": template.front,
            "afmt": template.back,
            "ord": ordinal,
            "bafmt": "",
            "bqfmt": "",
            "bfont": "",
            "bsize": 0,
            "did": None,
            **self._known_by("template", ordinal, self.template_ids),
        }

    def _known_by(self, what: str, ordinal: int, given: Sequence[int]) -> dict[str, int]:
        if self.by_names:
            return {}
        return {"id": (given[ordinal] if given else 0) or part_id(self.id, what, ordinal)}

    def _required(self, ordinal: int) -> tuple[str, list[int]]:
        """Return what old Ankis ask before they make a card: which fields make its front more than a frame.

        A front of ours that shows one field needs that one, and of several any.
        """
        if self.asked:
            shown = list(self.asked[ordinal])
        else:
            shown = sorted({self.fields.index(name) for name in _SHOWN.findall(self.templates[ordinal].front)})
        return "all" if len(shown) == 1 else "any", shown


def part_id(type_id: int, what: str, ordinal: int) -> int:
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
    return NoteType(
        id=design.id,
        name=design.name,
        fields=(*design.fields, *SHARED_FIELDS),
        templates=tuple(_templates(form)),
        css=style(form),
        is_cloze=form.from_gaps,
        changed=times().entries[form.value].changed,
        stock=design.stock,
    )


def _templates(form: Form) -> Iterator[CardTemplate]:
    """Yield the templates of a note type; a cloze type has one by nature."""
    for name, file in _DESIGNS[form].templates:
        yield CardTemplate(name, side(file, "front"), side(file, "back"))
    if not form.from_gaps:
        for name, field in _SPARE_TEMPLATES:
            yield CardTemplate(name, f"{{{{#{field}}}}}{{{{{field}}}}}{{{{/{field}}}}}", "{{FrontSide}}")


@cache
def times() -> Ledger:
    """Return what is recorded of the note types: the hash of their fields, templates and CSS, and when it changed.

    ``python -m cardgen.anki`` brings the record up to date after a change; a test asks for it.
    """
    return read(_template(LEDGER_FILE))


def digest(form: Form) -> str:
    """Return the hash of a note type's fields, templates and CSS as they are now."""
    design = _DESIGNS[form]
    parts = [design.name, *design.fields, *SHARED_FIELDS, SORT_FIELD, style(form)]
    for template in _templates(form):
        parts += template
    return f"{form}:{hashlib.blake2b(chr(31).join(parts).encode(), digest_size=8).hexdigest()}"


def side(file: str, name: str) -> str:
    """Return a side of a template: what is its own, in the frame and with the foot that all share.

    Args:
        file: Stem of the template's files.
        name: ``front`` or ``back``.
    """
    parts = {part: _template(f"{part}.html").strip() for part in ("more", "foot", "picture")}
    body = Template(_template(f"{file}.{name}.html").strip()).substitute(parts)
    framed = Template(_template("frame.html")).substitute(side=name, body=body)
    return f"{framed}<script>\n{_template('script.js')}</script>\n" if file in _SCRIPTED else framed


@cache
def style(form: Form) -> str:
    """Return the style sheet that all note types share, with that of charts in its place, and what one adds to it."""
    shared = _template("style.css").replace("/* $charts */\n", charts_style())
    own = _DESIGNS[form].style
    return f"{shared}{_template(own)}" if own else shared


@cache
def _template(file: str) -> str:
    return (Path(__file__).with_name("templates") / file).read_text(encoding="utf-8")
