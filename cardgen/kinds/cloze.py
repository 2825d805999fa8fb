"""`cloze`: a text with gaps, one card for each number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from cardgen.kinds.base import CardText, Form, Part, Problem, Role, present
from cardgen.richtext import parse
from cardgen.richtext.parse import check_gaps

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cardgen.words import Words


class Cloze(Struct, frozen=True, gc=False):
    """Markdown with ``{{c1::gaps::hint}}``, and Markdown shown under the answer."""

    text: str
    extra: str


def read(fields: Mapping[str, Any]) -> Cloze:
    """Take over the fields."""
    return Cloze(fields["text"], fields.get("extra", ""))


def check(content: Cloze) -> Iterator[Problem]:
    """Find texts without a gap, and gaps that Anki would not see as its author meant them."""
    has_gap, broken = check_gaps(content.text)
    if broken:
        yield Problem("CG402", broken, ("text",))
    elif not has_gap:
        yield Problem("CG401", "the text has no gap", ("text",))


def compose(content: Cloze, _words: Words) -> Iterator[Part]:
    """Ask for each number."""
    yield Part("", Form.CLOZE, parse(content.text, gaps=True), parse(content.extra))


def texts(content: Cloze) -> Iterator[CardText]:
    """Yield the text and what stands under it."""
    return present(CardText(Role.GAPS, ("text",), content.text), CardText(Role.MORE, ("extra",), content.extra))
