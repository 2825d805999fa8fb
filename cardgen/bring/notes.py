"""Notes of a source: their order, and how people are told which one is meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from cardgen.anki.reading.markup import read_html
from cardgen.read.unprintable import UNPRINTABLE
from cardgen.richtext import literal, to_plain
from cardgen.richtext.write import NotWritableError, to_markdown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cardgen.anki.reading import FoundCollection, FoundNote

_SHOWN: Final = 80
"""Letters of a note by which the report names it."""


def in_study_order(notes: Sequence[FoundNote]) -> Sequence[FoundNote]:
    """Return notes as the queue of new cards has them; of a collection where some are learnt, as they were added."""
    if any(note.queued is None for note in notes):
        return notes
    return sorted(notes, key=lambda note: note.queued or 0)


def named(note: FoundNote) -> str:
    """Name a note by the beginning of its first field with text in it."""
    for field in note.fields:
        words = " ".join(re.sub(r"<[^>]*>", " ", field).split())
        if words:
            return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1].rstrip()}…"
    return f"(an empty note, {note.guid})"


def description_of(collection: FoundCollection, deck: str) -> dict[str, Any]:
    """Return the field of deck.yaml for what a deck says of itself; nothing if it says nothing.

    Args:
        collection: What was found.
        deck: The deck's full name.
    """
    found = collection.described.get(deck)
    if found is None:
        return {}
    if found.is_markdown:
        text = UNPRINTABLE.sub("", found.description).strip()
    else:
        tree = read_html(found.description, lambda _: None).tree
        try:
            text = to_markdown(tree)
        except NotWritableError:
            text = "\n\n".join(to_markdown(literal(line)) for line in to_plain(tree).splitlines())
    return {"description": text} if text and len(text) <= _LONGEST_DESCRIPTION else {}


_LONGEST_DESCRIPTION: Final = 20_000
"""See schema/deck.schema.json."""
