"""What the sides of a card show: the fields that a template comes to, for a note with these fields filled.

Whether a template makes a card is Anki's rule (``template_is_empty`` in rslib/src/template.rs): its front must come to
a field that is not empty.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from cardgen.anki.render import is_empty

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cardgen.anki.reading import FoundNoteType, FoundTemplate

_TOKEN: Final = re.compile(r"<!--.*?-->|\{\{(.*?)\}\}", re.DOTALL)
_UNSEEN: Final = re.compile(r"<(script|style)\b.*?</\1\s*>|<(?!!--)[^<>]*>", re.DOTALL | re.IGNORECASE)
_SPECIAL: Final = frozenset({"FrontSide", "Tags", "Type", "Deck", "Subdeck", "Card", "CardFlag", "CardID"})
"""What is no field of the note."""


class Shown(NamedTuple):
    """A field that a side shows, and the filters that it goes through, the outermost first: ``type``, ``cloze``."""

    field: str
    filters: tuple[str, ...]


class Sides(NamedTuple):
    """What a card shows, in order and each field once: on its front, and on its back what is not on the front."""

    front: tuple[Shown, ...]
    back: tuple[Shown, ...]


def sides(kind: FoundNoteType, fields: Mapping[str, str]) -> Iterator[Sides]:
    """Yield what the cards of a note show, a template at a time; templates that make no card are passed over."""
    for template in kind.templates:
        found = _sides(template, fields)
        if found.front:
            yield found


def _sides(template: FoundTemplate, fields: Mapping[str, str]) -> Sides:
    front = tuple(_once(_reached(template.front, fields)))
    asked = {shown.field for shown in front}
    typed = {shown.field for shown in front if "type" in shown.filters}
    back = tuple(
        shown for shown in _once(_reached(template.back, fields)) if shown.field not in asked or shown.field in typed
    )
    return Sides(tuple(shown for shown in front if shown.field not in typed), back)


def _once(found: Iterator[Shown]) -> Iterator[Shown]:
    met: set[str] = set()
    for shown in found:
        if shown.field not in met:
            met.add(shown.field)
            yield shown


def _reached(template: str, fields: Mapping[str, str]) -> Iterator[Shown]:
    """Yield the fields with text that a template comes to. A section that is not closed ends with the template."""
    skipped: list[str] = []
    # What stands inside of tags, in scripts and in style sheets is not shown.
    for match in _TOKEN.finditer(_UNSEEN.sub("", template)):
        tag = (match[1] or "").strip()
        mark, name = tag[:1], tag[1:].strip()
        if mark in ("#", "^") and match[1]:
            hidden = is_empty(fields.get(name, "x" if name in _SPECIAL else "")) is (mark == "#")
            skipped.append(name if hidden else "")
        elif mark == "/" and match[1]:
            if skipped:
                skipped.pop()
        elif tag and not any(skipped):
            *filters, field = (part.strip() for part in tag.split(":"))
            if field in fields and not is_empty(fields[field]):
                yield Shown(field, tuple(filters))
