"""`choice`: a question with options, of which one or more are right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from cardgen.kinds.base import CardText, Form, Part, Problem, Role
from cardgen.richtext import BulletList, Group, GroupRole, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cardgen.words import Words


WORDS: Final = ("right", "wrong")
"""Entries of the words that the templates show."""


class Option(Struct, frozen=True, gc=False):
    """Markdown of an option, and whether it is right."""

    text: str
    right: bool


class Choice(Struct, frozen=True, gc=False):
    """Markdown of the question and of the reason, and the options in the author's order."""

    question: str
    options: tuple[Option, ...]
    why: str


def read(fields: Mapping[str, Any]) -> Choice:
    """Take over the fields."""
    options = tuple(Option(option["text"], option.get("right", False)) for option in fields["options"])
    return Choice(fields["question"], options, fields.get("why", ""))


def check(content: Choice) -> Iterator[Problem]:
    """Find choices in which nothing is right."""
    if not any(option.right for option in content.options):
        yield Problem("CG404", "none of the options is right", ("options",))


def compose(content: Choice, _words: Words) -> Iterator[Part]:
    """Show all options in front, each in its role, and the right ones behind."""
    options = tuple(
        (Group(GroupRole.RIGHT if option.right else GroupRole.WRONG, parse(option.text)),) for option in content.options
    )
    front = (*parse(content.question), Group(GroupRole.OPTIONS, (BulletList(options),)))
    right = tuple(parse(option.text) for option in content.options if option.right)
    answer = right[0] if len(right) == 1 else (BulletList(right),)
    yield Part("", Form.BASIC, front, answer, parse(content.why))


def texts(content: Choice) -> Iterator[CardText]:
    """Yield the question, the options, right or wrong, and the reason."""
    yield CardText(Role.PROMPT, ("question",), content.question)
    for index, option in enumerate(content.options):
        yield CardText(Role.ANSWER if option.right else Role.WRONG, ("options", index, "text"), option.text)
    if content.why:
        yield CardText(Role.MORE, ("why",), content.why)
