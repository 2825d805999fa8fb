"""S01: questions and answers with no content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cardgen.lint.base import Rule, Severity
from cardgen.lint.literature import ANKI_START

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Finding, Settings
    from cardgen.lint.view import CardView

_MARKS: Final = " \n.,:;!?…‥·-–—_/\\\"'()[]"  # noqa: RUF001 - dashes of every length
"""Punctuation that means nothing on its own. Symbols do: `+`, `%` or `<` can be an answer. Blank sides are CG405."""


def check(card: CardView, _settings: Settings) -> Iterator[Finding]:
    """Find questions and answers of nothing but punctuation."""
    for text in card.texts:
        if not text.plain.strip(_MARKS) and (text in card.asked or text in card.answers):
            yield text.finding(f"`{text.name}` has no content: “{text.plain.strip()}”")


RULE = Rule(
    code="S01",
    name="empty-side",
    severity=Severity.ERROR,
    finds="A question or an answer consists of punctuation alone.",
    why="A card that cannot be asked or graded teaches nothing.",
    way_out="Write it, or delete the card.",
    references=(ANKI_START,),
    bad="""\
- id: soar-o
  kind: basic
  front: What does the O in SOAR stand for?
  back: ⟦"..."⟧
""",
    good="""\
- id: soar-o
  kind: basic
  front: What does the O in SOAR stand for?
  back: Obstacle
""",
    card=check,
)
