"""`basic`: one question, one answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from cardgen.kinds.base import CardText, Form, Part, Problem, Role
from cardgen.richtext import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cardgen.words import Words


class Basic(Struct, frozen=True, gc=False):
    """Markdown of the two sides."""

    front: str
    back: str


def read(fields: Mapping[str, Any]) -> Basic:
    """Take over the fields."""
    return Basic(fields["front"], fields["back"])


def check(_content: Basic) -> Iterable[Problem]:
    """Find nothing: the schema says it all."""
    return ()


def compose(content: Basic, _words: Words) -> Iterator[Part]:
    """Ask front to back."""
    yield Part("", Form.BASIC, parse(content.front), parse(content.back))


def texts(content: Basic) -> Iterator[CardText]:
    """Yield question and answer."""
    yield CardText(Role.PROMPT, ("front",), content.front)
    yield CardText(Role.ANSWER, ("back",), content.back)
