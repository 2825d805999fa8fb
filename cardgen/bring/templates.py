"""What the sides of a card show: the fields that a template comes to, for a note with these fields filled.

Whether a template makes a card is Anki's rule (``template_is_empty`` in rslib/src/template.rs): its front must come to
a field that is not empty.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from cardgen.templates import counted, is_empty, reached, read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cardgen.anki.reading import FoundNoteType
    from cardgen.templates import Node

_UNSEEN: Final = re.compile(r"<(script|style)\b.*?</\1\s*>|<(?!!--|%)[^<>]*>", re.DOTALL | re.IGNORECASE)

_READ: Final = "kanji"
_READINGS: Final = frozenset({"furigana", "kana"})
"""Filters that leave readings out, and that show them: a front may ask for what the back adds to the same field."""


class Shown(NamedTuple):
    """A field that a side shows, and the filters that it goes through, the outermost first: ``type``, ``cloze``."""

    field: str
    filters: tuple[str, ...]


class Sides(NamedTuple):
    """What a card shows, in order and each field once: on its front, and on its back what is not on the front."""

    front: tuple[Shown, ...]
    back: tuple[Shown, ...]


def sides(kind: FoundNoteType, fields: Mapping[str, str], *, tagged: bool) -> Iterator[Sides]:
    """Yield what the cards of a note show, a template at a time; templates that make no card are passed over.

    Args:
        kind: The note's type.
        fields: HTML by the names of the type's fields.
        tagged: Whether the note has tags.
    """
    filled = counted((name for name, html in fields.items() if not is_empty(html)), fields, tagged=tagged)
    for template in kind.templates:
        front, back = (tuple(_reached(side, fields, filled)) for side in (template.front, template.back))
        if front:
            yield _told(front, back, fields)


def _told(front: tuple[Shown, ...], back: tuple[Shown, ...], fields: Mapping[str, str]) -> Sides:
    """Return what each side is the first to show; what is typed on the front is asked for, and the back shows it."""
    asked = {shown.field: shown for shown in front}
    typed = {shown.field for shown in front if "type" in shown.filters}
    return Sides(
        tuple(shown for shown in front if shown.field not in typed),
        tuple(
            shown
            for shown in back
            if shown.field not in asked
            or shown.field in typed
            or _adds_readings(shown, asked[shown.field], fields[shown.field])
        ),
    )


def _adds_readings(shown: Shown, asked: Shown, html: str) -> bool:
    """Return whether a back shows readings that the front leaves out."""
    return "[" in html and _READ in asked.filters and not _READINGS.isdisjoint(shown.filters)


def _reached(template: str, fields: Mapping[str, str], filled: frozenset[str]) -> Iterator[Shown]:
    """Yield the fields with text that a template comes to, each once."""
    met: set[str] = set()
    for node in reached(_seen(template), filled):
        if node.field in fields and node.field not in met:
            met.add(node.field)
            yield Shown(node.field, tuple(name.strip() for name in node.filters))


@cache
def _seen(template: str) -> tuple[Node, ...]:
    """Return the nodes of a template as far as it can be read, without those inside of tags, scripts and styles."""
    return read(_UNSEEN.sub("", template)).nodes
