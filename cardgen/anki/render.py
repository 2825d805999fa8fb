"""Cards as learners see them: the note types' templates filled in, as Anki's engine does it.

That is all of https://docs.ankiweb.net/templates/fields.html but what only an add-on or the learner's machine knows:
``{{tts-voices:}}`` shows nothing, and filters of add-ons leave a field as it is. A test holds what comes out to Anki's
own.

A side comes in pieces: texts of the template, which are the same on all its cards, and what stands between them. Who
writes many cards down can so write each text once.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape, unescape
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec import Struct

from cardgen.anki.cloze import typed
from cardgen.anki.collection import DECK_SEPARATOR
from cardgen.anki.filters import steps_of
from cardgen.anki.note_types import FONT, FONT_SIZE
from cardgen.anki.stripped import as_text
from cardgen.richtext.tree import FILMS
from cardgen.templates import (
    FRONT_SIDE,
    SPECIAL,
    Comment,
    Flaw,
    Problem,
    Replacement,
    Section,
    TemplateError,
    Text,
    is_empty,
    named,
    parse,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cardgen.anki.fields import AnkiNote
    from cardgen.anki.filters import Step
    from cardgen.anki.note_types import CardTemplate, NoteType
    from cardgen.templates import Node, Span

_SOUND: Final = re.compile(r"\[sound:([^\]]+)\]")
"""What Anki puts a button for. What authors type so is escaped."""

_SPEECH: Final = re.compile(r"\[anki:tts lang=([^\s\]]+)[^\]]*\](.*?)\[/anki:tts\]", re.DOTALL)
"""What Anki reads aloud, in a language and with options, as `html.speech` and the filter ``tts`` write it."""

_PLAYED: Final = {"[sound:": "]", "[anki:tts ": "[/anki:tts]"}
"""How what is to be played begins, and how it ends."""

_TYPED: Final = re.compile(r"\[\[type:(.+?)\]\]")
_FONT: Final = f"font-family: '{FONT}'; font-size: {FONT_SIZE}px"
# Anki's own has no label; a page that people with a screen reader check should have one.
_TYPE_HERE: Final = f'<center><input type="text" id="typeans" aria-label="Your answer" style="{_FONT}"></center>'
_LINE_ENDS: Final = re.compile(r"(?:\n|<br\s?/?>|</?div>)+", re.IGNORECASE)

_ANSWER_LINE: Final = "<hr id=answer>"
"""Where an answer is typed, Anki's desktop takes these lines away and puts one before what it compares."""

_GAP_NAME: Final = re.compile(r"c[0-9]+")
"""``c2`` is filled on the card of the second gap, or of the second template."""


class Sides(Struct, frozen=True):
    """The two sides of a card, as HTML for the inside of Anki's ``#qa``."""

    front: str
    back: str


class Shown(NamedTuple):
    """The two sides of a card in pieces, which together are the HTML for the inside of Anki's ``#qa``."""

    front: tuple[str, ...]
    back: tuple[str, ...]


def rendered(note: AnkiNote, ordinal: int) -> Sides:
    """Render a card as Anki's engine does; where an answer is typed, ``[[type:Field]]`` stands.

    Args:
        note: The note.
        ordinal: Which of its cards, counted from 0; for a cloze the gap's number less 1.

    Raises:
        TemplateError: If a template of the note type is wrong.
    """
    front, back = _rendered(note, ordinal)
    return Sides("".join(front), "".join(back))


def _rendered(note: AnkiNote, ordinal: int) -> Shown:
    template = _template(note.note_type, ordinal)
    fields = _fields(note)
    if _prepared(template.front).asks_anki or _prepared(template.back).asks_anki:
        fields = _special(note, template) | fields
    front = tuple(_pieces(template.front, fields, ordinal, None))
    return Shown(front, tuple(_pieces(template.back, fields, ordinal, "".join(front))))


def _special(note: AnkiNote, template: CardTemplate) -> dict[str, str]:
    """Return what Anki itself fills, as it is for a new card that is not flagged and has no id yet."""
    return {
        "Tags": " ".join(note.tags),
        "Type": note.note_type.name,
        "Deck": note.deck,
        "Subdeck": note.deck.rpartition(DECK_SEPARATOR)[2],
        "Card": template.name,
        "CardFlag": "flag0",
        "CardID": "0",
    }


def shown(note: AnkiNote, ordinal: int) -> Shown:
    """Render a card as Anki's desktop shows it to somebody who types nothing: with a line to type in, and the answer.

    Args:
        note: The note.
        ordinal: As for `rendered`.

    Raises:
        TemplateError: As `rendered`.
    """
    front, back = map(_with_players, _rendered(note, ordinal))
    if not any("[[type:" in piece for side in (front, back) for piece in side):
        return Shown(front, back)
    answer = _to_type("".join(front), _fields(note), ordinal)
    if not answer:
        return Shown(tuple(_TYPED.sub("", piece) for piece in front), tuple(_TYPED.sub("", piece) for piece in back))
    line = _ANSWER_LINE if any(_ANSWER_LINE in piece for piece in back) else ""
    compared = f'{line}<div style="{_FONT}">{expected(answer)}</div>'
    return Shown(
        tuple(_TYPED.sub(_TYPE_HERE, piece) for piece in front),
        tuple(_TYPED.sub(lambda _: compared, piece.replace(_ANSWER_LINE, "")) for piece in back),
    )


def _to_type(front: str, fields: Mapping[str, str], ordinal: int) -> str:
    """Return the HTML of what is to be typed on a card: what its front asks for first; empty if that is nothing."""
    match = _TYPED.search(front)
    if match is None:
        return ""
    way, colon, name = match[1].partition(":")
    if not colon or way not in ("cloze", "nc"):
        return fields.get(match[1], "")
    return typed(fields.get(name, ""), ordinal + 1) if way == "cloze" else fields.get(name, "")


def _with_players(side: tuple[str, ...]) -> tuple[str, ...]:
    if not any(begin in piece for piece in side for begin in _PLAYED):
        return side
    if any(_is_begun(piece) for piece in side):
        side = ("".join(side),)
    return tuple(_SPEECH.sub(_voice, _SOUND.sub(_player, piece)) for piece in side)


def _is_begun(piece: str) -> bool:
    """Return whether a piece begins what is played, and another ends it: ``[sound:{{Name}}]``."""
    begun = ((piece.rfind(begin), end) for begin, end in _PLAYED.items())
    return any(start >= 0 and end not in piece[start:] for start, end in begun)


def _player(match: re.Match[str]) -> str:
    """Return a sound or film with controls; its card's frame has it beside it."""
    name = unescape(match[1])
    tag = "video" if PurePosixPath(name).suffix in FILMS else "audio"
    return f'<{tag} controls preload="metadata" src="{escape(name)}" aria-label="{escape(name)}"></{tag}>'


def _voice(match: re.Match[str]) -> str:
    """Return a mark in the place of Anki's button: what is read aloud is what it says when pointed at."""
    language = escape(match[1].replace("_", "-"))
    words = escape(as_text(match[2])).replace("[", "&#91;")
    return f'<span class="voice" title="{words}">\N{SPEAKER WITH THREE SOUND WAVES} {language}</span>'


@cache
def template_texts(kind: NoteType) -> tuple[str, ...]:
    """Return the pieces that the templates of a note type themselves bring, each once."""
    sides = [_prepared(side) for template in kind.templates for side in (template.front, template.back)]
    return tuple(dict.fromkeys(text for side in sides for text in _texts(side.parts)))


def filled_in(template: str, fields: Mapping[str, str], ordinal: int, *, front: str | None = None) -> str:
    """Fill in one template.

    Args:
        template: In Anki's language.
        fields: HTML by the names that templates give.
        ordinal: As for `rendered`.
        front: What the front shows, where the template is that of a back.

    Raises:
        TemplateError: If it is wrong.
    """
    return "".join(_pieces(template, fields, ordinal, front))


def _pieces(template: str, fields: Mapping[str, str], ordinal: int, front: str | None) -> list[str]:
    """Return the pieces of a template that is filled in, without empty ones; see `filled_in`."""
    prepared = _prepared(template)
    if prepared.gaps:
        fields = {f"c{ordinal + 1}": "1", **fields}
    # Anki, too, looks at all names, also at those in sections that it does not show.
    if not prepared.needed.keys() <= fields.keys():
        name, span = next((name, span) for name, span in prepared.needed.items() if name not in fields)
        raise TemplateError(Problem(Flaw.UNKNOWN_FIELD, f"`{{{{{name}}}}}` names no field of the note type", span))
    if prepared.gaps:
        fields = {**dict.fromkeys(prepared.gaps, ""), **fields}
    pieces: list[str] = []
    _fill(prepared.parts, _Card(fields, ordinal + 1, front), pieces)
    return pieces


class _Card(NamedTuple):
    """What a template is filled in for: fields, the number of the card's gap, and on the back the front."""

    fields: Mapping[str, str]
    number: int
    front: str | None


def _fill(parts: Sequence[_Part], card: _Card, pieces: list[str]) -> None:
    """Add the pieces of some parts of a template to a list."""
    fields = card.fields
    for part in parts:
        if isinstance(part, str):
            pieces.append(part)
        elif isinstance(part, _Condition):
            if is_empty(fields[part.field]) is part.negated:
                _fill(part.parts, card, pieces)
        elif text := _text(part, card):
            pieces.append(text)


def _text(part: _Shown, card: _Card) -> str:
    if part.field == FRONT_SIDE:
        return card.front or ""
    text = card.fields[part.field] if part.field else ""
    for step in part.steps:
        text = step(text, card.number, card.front is None)
    return text


def _texts(parts: tuple[_Part, ...]) -> Iterator[str]:
    """Yield the texts among parts, and inside of their conditions."""
    for part in parts:
        if isinstance(part, str):
            yield part
        elif isinstance(part, _Condition):
            yield from _texts(part.parts)


class _Shown(NamedTuple):
    """A field, and what its text goes through."""

    field: str
    steps: tuple[Step, ...]


class _Condition(NamedTuple):
    """What stands there only if a field has something in it, or only if it has nothing."""

    field: str
    negated: bool
    parts: tuple[_Part, ...]


_Part = str | _Shown | _Condition


class _Prepared(NamedTuple):
    """A template, read: there are few templates, and many cards of each.

    Attributes:
        parts: What it is made of.
        needed: The names that must be there, each with its first place.
        gaps: Names of gaps that sections ask for.
        asks_anki: Whether it shows what Anki itself fills, the front aside.
    """

    parts: tuple[_Part, ...]
    needed: dict[str, Span]
    gaps: frozenset[str]
    asks_anki: bool


@cache
def _prepared(template: str) -> _Prepared:
    nodes = parse(template)
    naming = [*named(nodes)]
    gaps = frozenset(node.field for node in naming if _GAP_NAME.fullmatch(node.field))
    needed: dict[str, Span] = {}
    for node in naming:
        is_section = isinstance(node, Section)
        if node.field and not (node.field in gaps if is_section else node.field == FRONT_SIDE):
            needed.setdefault(node.field, node.span)
    return _Prepared(_parts(nodes), needed, gaps, not SPECIAL.isdisjoint(needed))


def _parts(nodes: tuple[Node, ...]) -> tuple[_Part, ...]:
    parts: list[_Part] = []
    for node in nodes:
        match node:
            case Text() | Comment():
                parts.append(node.text)
            case Section():
                parts.append(_Condition(node.field, node.negated, _parts(node.nodes)))
            case Replacement():
                parts.append(_Shown(node.field, () if node.field == FRONT_SIDE else steps_of(node)))
    return tuple(parts)


def expected(field: str) -> str:
    """Return what Anki shows in place of a typed answer if nothing was typed (rslib/src/typeanswer.rs)."""
    text = as_text(_LINE_ENDS.sub(" ", _SPEECH.sub("", _SOUND.sub("", field)))).strip()
    return f"<code id=typeans>{escape(text)}</code>"


def _template(kind: NoteType, ordinal: int) -> CardTemplate:
    return kind.templates[0 if kind.is_cloze else ordinal]


def _fields(note: AnkiNote) -> dict[str, str]:
    return dict(zip(note.note_type.fields, note.fields, strict=True))
