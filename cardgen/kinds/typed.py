"""`typed`: the learner types the answer, which is one line of plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cardgen.kinds.base import CardText, Form, Part, Role
from cardgen.kinds.basic import Basic, check, read
from cardgen.richtext import literal, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.words import Words

__all__ = ["LITERAL", "check", "compose", "read"]

LITERAL: Final = frozenset({("back",)})
"""What the learner types letter by letter, so that nothing in it is markup."""


WORDS: Final = ("type_answer",)
"""Entries of the words that the templates show."""


def compose(content: Basic, _words: Words) -> Iterator[Part]:
    """Ask for the back."""
    yield Part("", Form.TYPED, parse(content.front), literal(content.back))


def texts(content: Basic) -> Iterator[CardText]:
    """Yield question and answer, which is no Markdown."""
    yield CardText(Role.PROMPT, ("front",), content.front)
    yield CardText(Role.ANSWER, ("back",), content.back, literal=True)
