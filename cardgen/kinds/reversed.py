"""`reversed`: two sides, asked in both directions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cardgen.kinds.base import Form, Part
from cardgen.kinds.basic import Basic, check, read
from cardgen.richtext import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["check", "compose", "read"]


def compose(content: Basic) -> Iterator[Part]:
    """Ask front to back and back to front."""
    yield Part("", Form.TWO_WAY, parse(content.front), parse(content.back))
