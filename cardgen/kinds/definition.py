"""`definition`: a term and what it means, in both directions, and what it is confused with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from cardgen.kinds.base import CardText, Form, Part, Problem, Role, present, sentence
from cardgen.richtext import EMPTY, Group, GroupRole, Paragraph, Styled, parse, parse_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cardgen.richtext import Inline
    from cardgen.words import Words

TASK: Final = "define"
"""Entry of the words for a term that stands alone."""


class Contrast(Struct, frozen=True, gc=False):
    """Markdown of the term that another is confused with, of how the two differ, and, if given, of what it means."""

    term: str
    differs: str
    definition: str


class Definition(Struct, frozen=True, gc=False):
    """Markdown of term, meaning and example, and the contrast if there is one."""

    term: str
    definition: str
    contrast: Contrast | None
    example: str


def read(fields: Mapping[str, Any]) -> Definition:
    """Take over the fields."""
    other = fields.get("not")
    contrast = Contrast(other["term"], other["differs"], other.get("definition", "")) if other else None
    return Definition(fields["term"], fields["definition"], contrast, fields.get("example", ""))


def check(_content: Definition) -> Iterable[Problem]:
    """Find nothing: the schema says it all."""
    return ()


def compose(content: Definition, words: Words) -> Iterator[Part]:
    """Ask term to meaning and back, and the difference on a card of its own."""
    example = (Group(GroupRole.EXAMPLE, parse(content.example)),) if content.example else EMPTY
    term = parse_line(content.term)
    front = (Paragraph(term),)
    if content.contrast is None:
        yield Part("", Form.TWO_WAY, front, parse(content.definition), example)
        return
    other = parse_line(content.contrast.term)
    differs = parse(content.contrast.differs)
    heading = sentence(words.not_to_be_confused, term=(Styled("strong", other),))
    contrast = (Group(GroupRole.CONTRAST, (heading, *differs)),)
    yield Part("", Form.TWO_WAY, front, parse(content.definition), example + contrast)
    question = sentence(words.difference, term=(Styled("strong", term),), other=(Styled("strong", other),))
    both = [_meaning(GroupRole.THIS, term, content.definition)]
    if content.contrast.definition:
        both.append(_meaning(GroupRole.OTHER, other, content.contrast.definition))
    more = (Group(GroupRole.VERSUS, tuple(both)),)
    yield Part("not", Form.BASIC, (question,), differs, more, covered=True)


def _meaning(role: GroupRole, term: tuple[Inline, ...], definition: str) -> Group:
    """Put a term over what it means."""
    return Group(role, (Paragraph((Styled("strong", term),)), *parse(definition)))


def texts(content: Definition) -> Iterator[CardText]:
    """Yield the term, its meaning, and how it differs from what it is confused with."""
    yield CardText(Role.CUE, ("term",), content.term)
    yield CardText(Role.ANSWER, ("definition",), content.definition)
    if content.contrast is not None:
        yield CardText(Role.MORE, ("not", "term"), content.contrast.term)
        yield CardText(Role.ANSWER, ("not", "differs"), content.contrast.differs)
        yield from present(CardText(Role.MORE, ("not", "definition"), content.contrast.definition))
    yield from present(CardText(Role.MORE, ("example",), content.example))
