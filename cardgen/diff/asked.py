"""What a note asks, where no field of its note type is known to say it: the words on the front of its first card.

Sides are not rendered for it: templates of a package may be anybody's, and show a long field a thousand times.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from cardgen.anki.cloze import filled as with_gaps
from cardgen.anki.cloze import numbers
from cardgen.diff.words import visible
from cardgen.templates import Replacement, Text, cards, counted, is_empty, read, seen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cardgen.anki.note_types import NoteType
    from cardgen.anki.reading import FoundNoteType
    from cardgen.templates import Node

_ENOUGH: Final = 10_000
"""How many characters of a front are looked at for its first words."""

_PLAYED: Final = re.compile(r"\[sound:[^\]]*\]|\[/?anki:tts[^\]]*\]")
"""What stands in a field for a button to play it."""


def asked(kind: NoteType | FoundNoteType, fields: Sequence[str], *, tagged: bool) -> str:
    """Return the words that a note's first card asks with; those of its first field with any if its front has none.

    Args:
        kind: The note type.
        fields: HTML, one for each of its fields.
        tagged: Whether the note has tags.
    """
    named = dict(zip(kind.fields, fields, strict=True))
    fronts = _fronts(tuple(template.front for template in kind.templates))
    filled = counted((name for name, html in named.items() if not is_empty(html)), named, tagged=tagged)
    number = min((number for html in fields for number in numbers(html)), default=1) if kind.is_cloze else 1
    front = fronts[0 if kind.is_cloze else cards(fronts, filled)[0]]
    shown: list[str] = []
    length = 0
    for node in seen(front, filled):
        piece = node.text if isinstance(node, Text) else named.get(node.field, "")
        if isinstance(node, Replacement) and "cloze" in node.filters:
            piece = with_gaps(piece, number, asked=True)
        shown.append(piece)
        length += len(piece)
        if length > _ENOUGH:
            break
    return next(filter(None, map(_words, ("".join(shown), *fields))), "")


def _words(html: str) -> str:
    return visible(_PLAYED.sub("", html))


@cache
def _fronts(templates: tuple[str, ...]) -> tuple[Sequence[Node], ...]:
    return tuple(read(front).nodes for front in templates)
