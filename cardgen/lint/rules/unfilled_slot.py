"""A04: slots and dummy text in a finished card."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cardgen.kinds import Role
from cardgen.lint.base import Rule, Severity
from cardgen.lint.literature import BEMO
from cardgen.lint.text import any_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Finding, Settings
    from cardgen.lint.view import CardView

_DUMMY: Final = re.compile(
    r"\bTODO\b|\bTBD\b|\bFIXME\b|\bX{3,}\b|\?{3,}|\b[Ll]orem ipsum\b"
    r"|\[(?:[Yy]our|[Ii]nsert|[Aa]dd|[Ff]ill)\b[^\[\]]{0,80}\]"
    r"|(?<!\{)\{[A-Za-z][a-z ]{1,60}\}(?!\})"
    r"|\b[XYZ] (?:hospital|university|clinic|city|programme|program|school)\b"
)
_LIKELY: Final = ("TODO", "TBD", "FIXME", "XXX", "???", "X ", "Y ", "Z ", "[", "{", "orem ipsum")
"""Every match contains one of these, which are faster to find."""


def check(card: CardView, _settings: Settings) -> Iterator[Finding]:
    """Find them in all texts except templates; square brackets only if they say that they are a slot."""
    if not any_in(card.plain, _LIKELY):
        return
    for text in card.texts:
        if text.role is Role.TEMPLATE or not any_in(text.plain, _LIKELY):
            continue
        match = _DUMMY.search(text.plain)
        if match:
            yield text.finding(f"“{match[0]}” is not filled in", match.span())


RULE = Rule(
    code="A04",
    name="unfilled-slot",
    severity=Severity.ERROR,
    finds="A card still has a slot or dummy text: {slot}, [your ...], X hospital, TODO.",
    why="What is not filled in is learnt as it is.",
    way_out="Fill it in, or move it to `template`.",
    references=(BEMO,),
    bad="""\
- id: mentor
  kind: basic
  front: Which mentor wrote for the applicant?
  back: A senior doctor at ⟦X hospital⟧
- id: mentor-field
  kind: basic
  front: In which field did the mentor work?
  back: ⟦TODO⟧
""",
    good="""\
- id: mentor
  kind: basic
  front: Which mentor wrote for the applicant?
  back: A senior doctor of the teaching hospital
""",
    card=check,
)
