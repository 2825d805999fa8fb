"""What a template is made of, and what may be wrong with one."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct

from cardgen.errors import CardgenError


class Span(NamedTuple):
    """A place in a template: characters counted from 0, without the one at the end. Two equal ones mean the whole."""

    start: int
    end: int


class Text(Struct, frozen=True):
    """What stands on every card as it is."""

    text: str
    span: Span


class Comment(Struct, frozen=True):
    """A comment of HTML, with its marks; Anki leaves what looks like a field in it alone."""

    text: str
    span: Span


class Replacement(Struct, frozen=True):
    """What stands in for a field: ``{{type:cloze:Text}}``.

    Attributes:
        field: The field's name, or one that Anki itself fills.
        filters: What it goes through, as written: the last is applied first.
        span: Its place, with its braces.
    """

    field: str
    filters: tuple[str, ...]
    span: Span


class Section(Struct, frozen=True):
    """What stands there only if a field has something in it, or only if it has nothing.

    Attributes:
        field: The field's name.
        negated: Whether the field must be empty.
        nodes: What stands there.
        span: The place of what opens it, with its braces.
    """

    field: str
    negated: bool
    nodes: tuple[Node, ...]
    span: Span


Node = Text | Comment | Replacement | Section


class Flaw(StrEnum):
    """What is wrong with a template or a name, by what Anki makes of it."""

    SYNTAX = "syntax"  # cannot be read; an error stands on every card
    UNKNOWN_FIELD = "unknown-field"  # an error stands on every card
    UNKNOWN_WORD = "unknown-word"  # `{{word:…}}` names none of the kind
    UNKNOWN_FILTER = "unknown-filter"  # the field is shown as if the filter were not there
    NO_CARD = "no-card"  # the front shows nothing, whatever is filled in
    VERSIONS = "versions"  # Anki makes the card in some of its versions alone
    FRONT_SIDE = "front-side"  # `{{FrontSide}}` where there is none
    GAPS = "gaps"  # gaps are shown as they are typed, or their cards ask nothing
    TYPED = "typed"  # an answer is compared that nobody could type
    SPEECH = "speech"  # no voice is found
    SAME_FRONT = "same-front"  # two templates ask the same; the learner can save no change of the type
    NAME = "name"  # Anki drops characters of it, and templates no longer find the field
    SPECIAL_NAME = "special-name"  # Anki itself fills something of this name
    SAME_NAME = "same-name"  # Anki renames the second


class Problem(Struct, frozen=True):
    """What is wrong with a template or a name.

    Attributes:
        flaw: What sort of thing is wrong.
        message: What is wrong, with what was received.
        span: Where in the text.
        hint: The way out.
    """

    flaw: Flaw
    message: str
    span: Span
    hint: str = ""


class TemplateError(CardgenError):
    """A template is not one that Anki would take; its text says why.

    Attributes:
        problem: What is wrong with it, and where.
    """

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem
