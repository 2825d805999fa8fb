"""A note as Anki holds it: fields of HTML, in the order of the note types' fields."""

from __future__ import annotations

import hashlib
import unicodedata
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from cardgen.anki.collection import DECK_SEPARATOR
from cardgen.anki.html import text_to_html, to_html

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cardgen.check import MediaFile
    from cardgen.kinds import Form
    from cardgen.model import Deck
    from cardgen.notes import Note
    from cardgen.richtext import RichText

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


_WORKS_SHOWN: Final = 3
"""More works than these would be longer than most answers."""

_STATUS: Final = 2 + SHARED_FIELDS.index("Status")


class AnkiNote(NamedTuple):
    """A note ready for Anki; a named tuple, since a large deck makes a hundred thousand of them.

    Attributes:
        guid: Its identity.
        form: Which note type it is of.
        fields: HTML, one for each field of the note type, in Unicode's form NFC as Anki keeps it.
        tags: Without spaces, sorted.
        deck: Full name of its deck in Anki.
        position: Its place in the deck's study order.
        ordinals: Which cards it makes.
        place: Its name inside its deck: ``card``, or ``card/part``.
        digest: Its form and the hash of its content, 16 hexadecimal digits. The mark that a fact is overdue plays no
            part, as it comes with the day and not with a change; `overdue_since` stands for it.
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


class Renderer:
    """Renders the notes of one deck; remembers what many of them share.

    Args:
        deck: The deck.
        media: Its pictures by the paths that cards give.
    """

    def __init__(self, deck: Deck, media: Mapping[str, MediaFile]) -> None:
        self._deck = deck
        self._media = media
        self._sections: dict[str, tuple[str, str]] = {}
        # Cards that cite the same share one tree, which lives as long as they do: its id names it.
        self._sources: dict[int, str] = {}

    def note(self, note: Note) -> AnkiNote:
        """Render a note's fields."""
        card, part = note.card, note.part
        section, deck = self._sections.get(note.section) or self._section(note.section)
        source = self._sources.get(id(note.source))
        if source is None:
            source = self._sources[id(note.source)] = sources_html(note.source)
        fields = [
            to_html(part.front, self._name),
            to_html(part.back, self._name),
            to_html(part.more, self._name) if part.more else "",
            section,
            to_html(note.note, self._name) if note.note else "",
            source,
            card.as_of,
            text_to_html(" ".join(note.status)) if note.status else "",
            card.kind,
            note.address,
            card.language,
            card.direction,
            "",
            "",
        ]
        content = "\x1f".join((part.form, *fields, *note.tags, str(card.stale_after)))
        if not unicodedata.is_normalized("NFC", content):
            fields = [unicodedata.normalize("NFC", field) for field in fields]
            content = unicodedata.normalize("NFC", content)
        if note.overdue is not None:
            fields[_STATUS] = text_to_html(" ".join(note.warnings))
        return AnkiNote(
            guid=note.guid,
            form=part.form,
            fields=tuple(fields),
            tags=note.tags,
            deck=deck,
            position=note.position,
            ordinals=note.ordinals,
            place=note.place,
            digest=f"{part.form}:{hashlib.blake2b(content.encode(), digest_size=8).hexdigest()}",
            overdue_since=_day_after(note.overdue) if note.overdue else 0,
        )

    def _section(self, title: str) -> tuple[str, str]:
        """Give a section's title as HTML, and the name of its deck in Anki."""
        self._sections[title] = text_to_html(title), f"{self._deck.title}{DECK_SEPARATOR}{title}"
        return self._sections[title]

    def _name(self, path: str) -> str:
        return self._media[path].name


def sources_html(works: RichText) -> str:
    """Render the works that a card cites, one paragraph each; of many, all but the first wait behind a line to tap."""
    if len(works) <= _WORKS_SHOWN:
        return to_html(works)
    first, *others = works
    more = f"<summary>{len(others)} more sources</summary>{to_html(tuple(others))}"
    return f"<p>{to_html((first,))}</p><details>{more}</details>"


def _day_after(day: date) -> int:
    """Give the first second of the next day, in seconds since 1970."""
    return int(datetime.combine(day + timedelta(days=1), time(), UTC).timestamp())
