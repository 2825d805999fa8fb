"""A note as Anki holds it: fields of HTML, in the order of the note types' fields."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from cardgen.richtext import text_to_html, to_html

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cardgen.check import MediaFile
    from cardgen.kinds import Form
    from cardgen.model import Deck
    from cardgen.notes import Note

SEPARATOR: Final = "::"
"""Between the levels of a deck's name in Anki."""

SHARED_FIELDS: Final = (
    "More",
    "Section",
    "Note",
    "Source",
    "As of",
    "Status",
    "Kind",
    "ID",
    "Language",
    "Direction",
    "Reserved 1",
    "Reserved 2",
)
"""Fields of every note type, after the two that hold question and answer."""


_STATUS: Final = 2 + SHARED_FIELDS.index("Status")


@dataclass(frozen=True, slots=True)
class AnkiNote:
    """A note ready for Anki.

    Attributes:
        guid: Its identity.
        form: Which note type it is of.
        fields: HTML, one for each field of the note type, in Unicode's form NFC as Anki keeps it.
        tags: Without spaces, sorted.
        deck: Full name of its deck in Anki.
        position: Its place in the deck's study order.
        ordinals: Which cards it makes.
        place: Its name inside its deck: ``card``, or ``card/part``.
        digest: Hash of its content, 16 hexadecimal digits. The mark that a fact is overdue plays no part, as it comes
            with the day and not with a change; `overdue_since` stands for it.
        overdue_since: Since when that mark is on it, in seconds since 1970; 0 if it is not.
    """

    guid: str
    form: Form
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    deck: str
    position: int
    ordinals: tuple[int, ...]
    place: str
    digest: str
    overdue_since: int


def anki_note(note: Note, deck: Deck, media: Mapping[str, MediaFile]) -> AnkiNote:
    """Render a note's fields.

    Args:
        note: The note.
        deck: The deck it belongs to.
        media: The deck's pictures by the paths that cards give.
    """

    def name(path: str) -> str:
        return media[path].name

    card, part = note.card, note.part
    fields = [
        to_html(part.front, name),
        to_html(part.back, name),
        to_html(part.more, name) if part.more else "",
        text_to_html(note.section),
        to_html(note.note, name) if note.note else "",
        to_html(note.source) if note.source else "",
        card.as_of,
        text_to_html(" ".join(note.status)) if note.status else "",
        card.kind,
        note.address,
        card.language,
        card.direction,
        "",
        "",
    ]
    fields = [field if field.isascii() else unicodedata.normalize("NFC", field) for field in fields]
    content = "\x1f".join((part.form, *fields, *note.tags, str(card.stale_after)))
    if note.overdue is not None:
        fields[_STATUS] = text_to_html(" ".join(note.warnings))
    return AnkiNote(
        guid=note.guid,
        form=part.form,
        fields=tuple(fields),
        tags=note.tags,
        deck=f"{deck.title}{SEPARATOR}{note.section}",
        position=note.position,
        ordinals=note.ordinals,
        place=note.place,
        digest=hashlib.blake2b(content.encode(), digest_size=8).hexdigest(),
        overdue_since=_day_after(note.overdue) if note.overdue else 0,
    )


def _day_after(day: date) -> int:
    """Give the first second of the next day, in seconds since 1970."""
    return int(datetime.combine(day + timedelta(days=1), time(), UTC).timestamp())
