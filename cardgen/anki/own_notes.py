"""Notes of a learner's own, over questions of a deck: rows of a text import that no package of the deck ever touches.

A note that the learner has under a guid of its own stays whatever a package brings. Its note type is one that came with
the deck, so it is there for certain, which cannot be said of Anki's own: those have other names in other languages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from cardgen.anki.note_types import note_type
from cardgen.kinds import Form
from cardgen.kinds.framework import Framework
from cardgen.richtext import BulletList, Group, GroupRole, NumberedList, parse, to_plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.export import EditionNotes
    from cardgen.notes import Note

HEADERS: Final = (
    "#separator:Comma",
    "#html:false",
    "#tags column:1",
    "#guid column:2",
    "#notetype column:3",
    "#deck column:4",
)
"""The headers, as Anki's manual has them ("Importing > Text files"). Spreadsheet programs leave commas behind them,
which Anki reads over from 25.07 on, but not in 25.02."""

WAITING: Final = "#my-story"
"""The first cell of a row that is not written yet: to Anki a line that begins with # is a comment. Without it the cell
is the tag of the note."""


class OwnNote(NamedTuple):
    """A row: a question, and the points of its answer; the learner's own text comes between them.

    Attributes:
        guid: The note's guid, which people can read.
        note_type: The name of its note type, whose first three fields are the question, the text and the points.
        deck: The deck that it goes into.
        question, points: Plain text.
    """

    guid: str
    note_type: str
    deck: str
    question: str
    points: str


def is_wanted(note: Note) -> bool:
    """Return whether a note asks a question that a story of one's own can answer."""
    return isinstance(note.card.content, Framework) and not note.part.id


def own_notes(edition: EditionNotes) -> Iterator[OwnNote]:
    """Yield a row for each question of a deck that a story can answer."""
    above = edition.deck.title.split("::")[:-1]
    deck = "::".join((*above, edition.deck.words.my_stories))
    for note in edition.notes:
        if isinstance(note.card.content, Framework) and is_wanted(note):
            # A card that was renamed has the address that it began with, as its own guid does.
            address = note.formerly[0] if note.formerly else f"{note.identity}/{note.place}"
            question = " ".join(to_plain(parse(note.card.content.question)).split())
            yield OwnNote(f"my-story/{address}", note_type(Form.BASIC).name, deck, question, " · ".join(_points(note)))


def _points(note: Note) -> Iterator[str]:
    for block in note.part.back:
        if isinstance(block, Group) and block.role is GroupRole.MOVES:
            for listed in block.children:
                if isinstance(listed, BulletList | NumberedList):
                    yield from (" ".join(to_plain(item).split()) for item in listed.items)
