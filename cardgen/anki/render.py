"""Cards as learners see them: the note types' templates filled in, in as much of Anki's template language as they use.

That is ``{{Field}}``, ``{{#Field}}...{{/Field}}``, ``{{^Field}}...{{/Field}}``, ``{{cloze:Field}}``,
``{{cloze-only:Field}}``, ``{{type:Field}}`` and ``{{FrontSide}}``: https://docs.ankiweb.net/templates/fields.html. A
test holds what comes out to Anki's own.

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

from cardgen.anki.cloze import filled, only
from cardgen.anki.note_types import FONT, FONT_SIZE
from cardgen.richtext.tree import FILMS
from cardgen.templates import Comment, Flaw, Problem, Replacement, Section, TemplateError, Text, is_empty, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cardgen.anki.fields import AnkiNote
    from cardgen.anki.note_types import CardTemplate, NoteType
    from cardgen.templates import Node

_SOUND: Final = re.compile(r"\[sound:([^\]]+)\]")
"""What Anki puts a button for; our names of files need no unescaping. What authors type so is escaped."""

_SPEECH: Final = re.compile(r"\[anki:tts lang=(\w+)\](.*?)\[/anki:tts\]")
"""What Anki reads aloud, as `html.speech` writes it: escaped for attributes, too."""


_OF_GAPS: Final = {"cloze": filled, "cloze-only": only}
"""What the filters for gaps do."""

_TYPED: Final = re.compile(r"\[\[type:(.+?)\]\]")
_FONT: Final = f"font-family: '{FONT}'; font-size: {FONT_SIZE}px"
# Anki's own has no label; a page that people with a screen reader check should have one.
_TYPE_HERE: Final = f'<center><input type="text" id="typeans" aria-label="Your answer" style="{_FONT}"></center>'
_LINE_ENDS: Final = re.compile(r"(?:\n|<br\s?/?>|</?div>)+", re.IGNORECASE)
_TAG: Final = re.compile(r"<.*?>", re.DOTALL)


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
    front = tuple(_pieces(template.front, fields, ordinal, asked=True))
    on_back = {**fields, "FrontSide": "".join(front)}
    return Shown(front, tuple(_pieces(template.back, on_back, ordinal, asked=False)))


def shown(note: AnkiNote, ordinal: int) -> Shown:
    """Render a card as Anki's desktop shows it to somebody who types nothing: with a line to type in, and the answer.

    Args:
        note: The note.
        ordinal: As for `rendered`.

    Raises:
        TemplateError: As `rendered`.
    """
    front, back = (tuple(map(_with_players, side)) for side in _rendered(note, ordinal))
    if not any("[[type:" in piece for side in (front, back) for piece in side):
        return Shown(front, back)
    fields = _fields(note)

    def compared(match: re.Match[str]) -> str:
        return f'<div style="{_FONT}">{expected(fields[match[1]])}</div>'

    return Shown(
        tuple(_TYPED.sub(_TYPE_HERE, piece) for piece in front), tuple(_TYPED.sub(compared, piece) for piece in back)
    )


def _with_players(piece: str) -> str:
    if "[sound:" in piece:
        piece = _SOUND.sub(_player, piece)
    return _SPEECH.sub(_voice, piece) if "[anki:tts " in piece else piece


def _player(match: re.Match[str]) -> str:
    """Return a sound or film with controls; its card's frame has it beside it."""
    name = match[1]
    tag = "video" if PurePosixPath(name).suffix in FILMS else "audio"
    return f'<{tag} controls preload="metadata" src="{name}" aria-label="{name}"></{tag}>'


def _voice(match: re.Match[str]) -> str:
    """Return a mark in the place of Anki's button: what is read aloud is what it says when pointed at."""
    language = match[1].replace("_", "-")
    return f'<span class="voice" title="{match[2]}">\N{SPEAKER WITH THREE SOUND WAVES} {language}</span>'


@cache
def template_texts(kind: NoteType) -> tuple[str, ...]:
    """Return the pieces that the templates of a note type themselves bring, each once."""
    nodes = [_parsed(side) for template in kind.templates for side in (template.front, template.back)]
    return tuple(dict.fromkeys(text for side in nodes for text in _texts(side) if text))


def filled_in(template: str, fields: Mapping[str, str], ordinal: int, *, asked: bool) -> str:
    """Fill in one template.

    Args:
        template: In Anki's language.
        fields: HTML by the names that templates give, ``FrontSide`` among them on the back.
        ordinal: As for `rendered`.
        asked: Whether it is the front.

    Raises:
        TemplateError: If it is wrong.
    """
    return "".join(_pieces(template, fields, ordinal, asked=asked))


def _pieces(template: str, fields: Mapping[str, str], ordinal: int, *, asked: bool) -> Iterator[str]:
    """Yield the pieces of a template that is filled in, without empty ones; see `filled_in`."""

    def written(nodes: tuple[Node, ...]) -> Iterator[str]:
        for node in nodes:
            match node:
                case Text(text) | Comment(text):
                    yield text
                case Section(field, negated, inner):
                    if is_empty(_value(fields, field, node)) is negated:
                        yield from written(inner)
                case Replacement(field, ()):
                    yield _value(fields, field, node)
                case Replacement(field, ("cloze" | "cloze-only" as name,)):
                    yield _OF_GAPS[name](_value(fields, field, node), ordinal + 1, asked=asked)
                case Replacement(field, ("type",)):
                    _value(fields, field, node)
                    yield f"[[type:{field}]]"
                case Replacement(field, filters):
                    tag = ":".join((*filters, field))
                    message = f"`{{{{{tag}}}}}` asks for a filter that is not known here"
                    raise TemplateError(Problem(Flaw.UNKNOWN_FILTER, message, node.span))

    return filter(None, written(_parsed(template)))


def _texts(nodes: tuple[Node, ...]) -> Iterator[str]:
    """Yield the texts among nodes, and inside of their sections."""
    for node in nodes:
        match node:
            case Text(text) | Comment(text):
                yield text
            case Section(_, _, inner):
                yield from _texts(inner)


def expected(field: str) -> str:
    """Return what Anki shows in place of a typed answer if nothing was typed (rslib/src/typeanswer.rs)."""
    text = unescape(_TAG.sub("", _LINE_ENDS.sub(" ", field))).replace("\xa0", " ").strip()
    return f"<code id=typeans>{escape(text)}</code>"


def _template(kind: NoteType, ordinal: int) -> CardTemplate:
    return kind.templates[0 if kind.is_cloze else ordinal]


def _fields(note: AnkiNote) -> dict[str, str]:
    return dict(zip(note.note_type.fields, note.fields, strict=True))


def _value(fields: Mapping[str, str], name: str, node: Replacement | Section) -> str:
    if name not in fields:
        message = f"`{{{{{name}}}}}` names no field of the note type"
        raise TemplateError(Problem(Flaw.UNKNOWN_FIELD, message, node.span))
    return fields[name]


@cache
def _parsed(template: str) -> tuple[Node, ...]:
    """Return the nodes of a template; there are few templates, and many cards of each."""
    return parse(template)
