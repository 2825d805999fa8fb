"""`reversed`: two sides, asked in both directions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cardgen.kinds.base import CardText, Form, Part, Role
from cardgen.kinds.basic import Basic, check, read
from cardgen.richtext import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.words import Words

__all__ = ["TASK", "check", "compose", "read", "texts"]

TASK: Final = "explain"
"""Entry of the words for a front that is a term alone."""


def compose(content: Basic, _words: Words) -> Iterator[Part]:
    """Ask front to back and back to front."""
    yield Part("", Form.TWO_WAY, parse(content.front), parse(content.back))


def texts(content: Basic) -> Iterator[CardText]:
    """Yield the two sides; what is asked in both directions is a cue rather than a question."""
    yield CardText(Role.CUE, ("front",), content.front)
    yield CardText(Role.ANSWER, ("back",), content.back)
