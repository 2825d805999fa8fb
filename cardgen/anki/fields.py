"""A note as Anki holds it: fields of HTML, in the order of the note types' fields.

What few decks have (masks, speech, fields of HTML) is imported where a note has it.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple
from weakref import WeakKeyDictionary

from msgspec import Struct
from msgspec.structs import replace

from cardgen.anki.collection import DECK_SEPARATOR
from cardgen.anki.html import speech, text_to_html, to_html
from cardgen.anki.note_types import SHARED_FIELDS, NoteType, note_type
from cardgen.anki.order import positions
from cardgen.kinds import Form
from cardgen.model import SILENT
from cardgen.notes.note import WORKS_SHOWN
from cardgen.read import nfc
from cardgen.richtext import Gap, Group, GroupRole, Image, Paragraph, to_plain
from cardgen.words import fill

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from cardgen.check import MediaFile
    from cardgen.export import DeckNotes, EditionNotes
    from cardgen.kinds import OwnPart, Part
    from cardgen.masks import Mask
    from cardgen.model import Deck, OwnKind
    from cardgen.notes import Note
    from cardgen.richtext import RichText
    from cardgen.words import Words

_UNLISTED: Final = frozenset({GroupRole.PROMPT, GroupRole.OPTIONS})
"""What many questions have in common, or what makes them long."""

GATE_OPEN: Final = "1"
"""What is in the field of a tier whose cards are made; none of them shows it."""

_HEADER: Final = 2
"""Which of the fields of a picture with masks stands over it."""

_SPARE: Final = tuple("" for name in SHARED_FIELDS if name.startswith("Reserved "))


class Common(NamedTuple):
    """What stands in the last fields of many notes: they share one of these."""

    deck_id: str
    kind: str
    language: str
    direction: str
    words: str


class AnkiNote(Struct, frozen=True, gc=False):
    """A note ready for Anki.

    Attributes:
        guid: Its identity.
        note_type: What it is of.
        own: HTML of its first fields, up to that of the kind, the line that it is listed by, and its place in its deck;
            of a kind of one's own, HTML of all fields.
        common: What its other fields hold; None for a kind of one's own.
        tags: Without spaces, sorted.
        deck: Full name of its deck in Anki.
        pictures: The paths of the pictures that it shows.
        ordinals: Which cards it makes.
        positions: The places of its cards in the queue of new cards, as `order.positions` gives them.
    """

    guid: str
    note_type: NoteType
    own: tuple[str, ...]
    common: Common | None
    tags: tuple[str, ...]
    deck: str
    pictures: tuple[str, ...]
    ordinals: tuple[int, ...]
    positions: tuple[int, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """HTML, one for each field of the note type, in Unicode's form NFC as Anki keeps it."""
        if self.common is None:
            return self.own
        # Put together for who asks: in a deck of 100,000 cards, that is 14 MB less of addresses and pointers.
        *first, line, place = self.own
        deck_id, kind, language, direction, words = self.common
        return *first, kind, f"{deck_id}/{place}", line, language, direction, words, *_SPARE


_RENDERERS: Final[WeakKeyDictionary[DeckNotes, _Renderer]] = WeakKeyDictionary()
"""What was rendered of a deck, as long as its editions live: several formats and editions ask for the same."""


def anki_notes(edition: EditionNotes) -> tuple[AnkiNote, ...]:
    """Return the notes of an edition as Anki will hold them, in study order."""
    renderer = _RENDERERS.get(edition.whole)
    if renderer is None:
        renderer = _RENDERERS[edition.whole] = _Renderer(
            edition.deck, edition.media, edition.whole.kinds_changed, edition.whole.tier
        )
    return renderer.notes(edition.notes)


def rendered_notes(deck: Deck, notes: Sequence[Note], media: Mapping[str, MediaFile]) -> tuple[AnkiNote, ...]:
    """Render notes of a deck.

    Args:
        deck: The deck.
        notes: Some or all of its notes.
        media: Its pictures by the paths that cards give.
    """
    return _Renderer(deck, media).notes(notes)


class _Renderer:
    """Renders the notes of one deck, each once; remembers what many of them share.

    Args:
        deck: The deck.
        media: Its pictures by the paths that cards give.
        kinds_changed, tier: As `DeckNotes` has them.
    """

    def __init__(
        self,
        deck: Deck,
        media: Mapping[str, MediaFile],
        kinds_changed: Mapping[str, int] = MappingProxyType({}),
        tier: str = "",
    ) -> None:
        self._deck = deck
        self._media = media
        self._kinds_changed = kinds_changed
        self._tier = tier
        self._own_types: dict[str, NoteType] = {}
        self._rendered: dict[str, AnkiNote] = {}
        self._last: tuple[Sequence[Note], tuple[AnkiNote, ...]] = (), ()
        self._sections: dict[str, tuple[str, str]] = {}
        # Cards that cite the same share one tree, which lives as long as they do: its id names it.
        self._sources: dict[int, str] = {}
        self._dates: dict[tuple[str, str], str] = {}
        self._common: dict[tuple[str, str, str], Common] = {}
        self._pictures: dict[str, None] = {}

    def notes(self, notes: Sequence[Note]) -> tuple[AnkiNote, ...]:
        """Render some or all of the notes, their cards in their places in the queue."""
        if self._last[0] is not notes:
            # Most decks have one edition, and nobody asks for its notes one by one.
            self._rendered.update((note.guid, note) for note in self._last[1])
            queue = positions(notes, by_section=self._deck.subdecks)
            self._last = notes, tuple(map(self._note, notes, queue))
        return self._last[1]

    def _note(self, note: Note, places: tuple[int, ...]) -> AnkiNote:
        rendered = self._rendered.get(note.guid) or self._render(note, places)
        return rendered if rendered.positions == places else replace(rendered, positions=places)

    def _render(self, note: Note, places: tuple[int, ...]) -> AnkiNote:
        """Render a note's fields."""
        card, part = note.card, note.part
        self._pictures.clear()
        section, deck = self._sections.get(note.section) or self._section(note.section)
        if part.own is not None:
            kind, fields = self._own_type(part.own.kind), self._own_fields(part.own)
            return self._finished(note, kind, fields, None, deck, places)
        source = self._sources.get(id(note.source))
        if source is None:
            source = self._sources[id(note.source)] = nfc(sources_html(note.source, note.words))
        dated = self._dates.get((card.as_of, card.checked))
        if dated is None:
            dated = self._dates[card.as_of, card.checked] = nfc(text_to_html(note.dated))
        said = (card.kind, card.language, card.direction)
        common = self._common.get(said)
        if common is None:
            common = self._common[said] = Common(note.deck_id, *said, nfc(_words(note)))
        sides = self._sides(note)
        front = sides[0]
        line = nfc(text_to_html(listed(part)))
        more = nfc(to_html(part.more, self._name, note.words.more)) if part.more else ""
        if card.speech != SILENT and part.masked is None:
            *sides, more = _spoken(note, (sides[0], sides[1]), more)
        if note.hint:
            sides[0 if part.masked is None else _HEADER] += nfc(self._hint(note))
        own = (
            *sides,
            more,
            section,
            nfc(to_html(note.note, self._name)) if note.note else "",
            source,
            dated,
            nfc(_status(note)) if note.status or card.stale_after is not None else "",
            front if line == front else line,  # one text for both: a large deck has many such notes in memory
            note.place,
        )
        return self._finished(note, note_type(part.form), own, common, deck, places)

    def _finished(
        self,
        note: Note,
        kind: NoteType,
        own: tuple[str, ...],
        common: Common | None,
        deck: str,
        places: tuple[int, ...],
    ) -> AnkiNote:
        return AnkiNote(
            guid=note.guid,
            note_type=kind,
            own=own,
            common=common,
            tags=note.tags,
            deck=deck,
            pictures=tuple(self._pictures),
            ordinals=note.ordinals,
            positions=places,
        )

    def _sides(self, note: Note) -> list[str]:
        """Render the fields that a note type has of its own, and speech on a picture with masks."""
        part, voice = note.part, note.card.speech
        back = nfc(to_html(part.back, self._name))
        if part.masked is None:
            return [nfc(to_html(part.front, self._name)), back]
        from cardgen.anki.occlusion import NEWLINE, listed_masks, occlusion_text

        masked = part.masked
        header = nfc(to_html(masked.title, self._name))
        return [
            occlusion_text(masked),
            nfc(to_html((Paragraph((masked.image,)),), self._name)),
            header + _said(masked.title, voice.front) if header and voice.front else header,
            back,
            "",
            NEWLINE.join(_answer(mask, voice.back, self._name) for mask in masked.masks if mask.words),
            listed_masks(masked),
        ]

    def _own_fields(self, own: OwnPart) -> tuple[str, ...]:
        """Render the fields of a note of a kind of one's own: spare ones are empty, and so are gates above the tier."""
        held = {("tier", tier): GATE_OPEN for tier in own.kind.reached(self._tier)}
        for field, value in zip(own.kind.fields, own.values, strict=True):
            held["field", field.id] = self._own_field(value)
        return tuple(held.get(slot, "") for slot in own.kind.field_slots)

    def _own_field(self, value: RichText | str) -> str:
        if isinstance(value, str):
            from cardgen.richtext.raw_html import with_media_names

            return nfc(with_media_names(value, self._own_name))
        match value:
            case (Paragraph(children),) if children and all(isinstance(node, Image) for node in children):
                # As Anki's editor writes it, who has no words for pictures either.
                return "".join(f'<img src="{self._name(node.path)}">' for node in children if isinstance(node, Image))
        return nfc(to_html(value, self._name))

    def _own_name(self, path: str) -> str | None:
        from cardgen.richtext.raw_html import OWN_MEDIA

        return self._name(path) if path.startswith(OWN_MEDIA) else None

    def _own_type(self, kind: OwnKind) -> NoteType:
        made = self._own_types.get(kind.id)
        if made is None:
            from cardgen.anki.own_types import own_note_type  # brings Anki's template language

            made = own_note_type(kind, self._kinds_changed.get(kind.id, 0))
            self._own_types[kind.id] = made
        return made

    def _hint(self, note: Note) -> str:
        """Render what helps with a question behind a line; AnkiDroid leaves taps on a ``tappable`` to the card."""
        line = f'<summary class="tappable">{text_to_html(note.words.hint)}</summary>'
        return f'<details class="hint">{line}<div>{to_html(note.hint, self._name)}</div></details>'

    def _section(self, title: str) -> tuple[str, str]:
        """Return a section's title as HTML, and the name of its deck in Anki."""
        deck = f"{self._deck.title}{DECK_SEPARATOR}{title}" if self._deck.subdecks else self._deck.title
        self._sections[title] = nfc(text_to_html(title)), deck
        return self._sections[title]

    def _name(self, path: str) -> str:
        self._pictures[path] = None
        return self._media[path].name


def _spoken(note: Note, sides: tuple[str, str], more: str) -> tuple[str, str, str]:
    """Add speech to the fields of a note's sides.

    What is typed is compared with the whole of its field, so that side speaks from the next field. Both sides of a
    cloze show its text, which is therefore spoken from the field that only its back shows, gaps filled.
    """
    part, voice = note.part, note.card.speech
    front, back = sides
    if voice.front and part.form is not Form.CLOZE:
        front += _said(part.front, voice.front)
    if voice.back and part.form is Form.TYPED:
        more = _said(part.back, voice.back) + more
    elif voice.back:
        back += _said(part.front if part.form is Form.CLOZE else part.back, voice.back)
    return front, back, more


def _said(text: RichText, language: str) -> str:
    """Render a text to be spoken in a language."""
    from cardgen.richtext.spoken import to_speech

    return nfc(speech(to_speech(text), language))


def _answer(mask: Mask, language: str, media: Callable[[str], str]) -> str:
    """Render what a mask hides as a gap, spoken where a language is named; a card shows that of its own alone."""
    html = nfc(to_html((Paragraph((Gap(mask.number, mask.words),)),), media))
    if not language:
        return html
    told = _said((Paragraph(mask.words),), language)
    # Inside a gap, two colons would begin a hint, and two braces end it.
    return f"{html.removesuffix('}}')}{told.replace('::', ':&#58;').replace('}}', '}&#125;')}}}}}"


def listed(part: Part) -> str:
    """Name a note on one line of plain text: its part's title, or else its question, without instructions."""
    title = part.title or to_plain(
        tuple([block for block in part.front if not isinstance(block, Group) or block.role not in _UNLISTED])
    )
    return " ".join(title.split())


def sources_html(works: RichText, words: Words) -> str:
    """Render the works that a card cites, one paragraph each; of many, all but the first wait behind a line to tap."""
    if len(works) <= WORKS_SHOWN:
        return to_html(works)
    first, *others = works
    more = f"<summary>{text_to_html(fill(words.more_sources, n=len(others)))}</summary>{to_html(tuple(others))}"
    return f"<p>{to_html((first,))}</p><details>{more}</details>"


def _words(note: Note) -> str:
    """Render what templates and their scripts say on the note's cards: they hold no words, since decks share them."""
    return "".join(f'<span data-word="{key}">{text_to_html(text)}</span>' for key, text in note.said)


def _status(note: Note) -> str:
    """Render what one should know of the answer; a script of the templates marks the line whose day has passed."""
    lines = [f'<p class="secondary">{text_to_html(line)}</p>' for line in note.status]
    if note.card.stale_after is not None:
        day = note.card.stale_after.isoformat()
        lines.append(f'<p class="check-again" data-after="{day}">{text_to_html(note.check_again)}</p>')
    return "".join(lines)
