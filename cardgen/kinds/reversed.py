"""`reversed`: two sides, asked in both directions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cardgen.kinds.base import Form, Part, Role, Side
from cardgen.kinds.basic import Basic, check, read
from cardgen.richtext import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["check", "compose", "read", "sides"]


def compose(content: Basic) -> Iterator[Part]:
    """Ask front to back and back to front."""
    yield Part("", Form.TWO_WAY, parse(content.front), parse(content.back))


def sides(content: Basic) -> Iterator[Side]:
    """Give the two sides; what is asked in both directions is a cue rather than a question."""
    yield Side(Role.CUE, ("front",), content.front)
    yield Side(Role.ANSWER, ("back",), content.back)
