"""S01: a side on which nothing can be recalled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cardgen.lint.base import Rule, Severity
from cardgen.lint.literature import ANKI_START

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Finding, Options
    from cardgen.lint.view import CardView

_MARKS: Final = " \n.,:;!?…‥·-–—_/\\\"'()[]"  # noqa: RUF001 - dashes of every length
"""What alone says nothing. Not symbols: `+`, `%` or `<` can be an answer. Sides that show nothing at all are CG405."""


def check(card: CardView, _options: Options) -> Iterator[Finding]:
    """Find questions and answers of nothing but marks."""
    for text in card.texts:
        if not text.plain.strip(_MARKS) and (text in card.asked or text in card.answers):
            yield text.finding(f"`{text.name}` says nothing: “{text.plain.strip()}”")


RULE = Rule(
    code="S01",
    name="empty-side",
    severity=Severity.ERROR,
    finds="A question or an answer holds nothing but punctuation.",
    why="A card that cannot be asked or graded trains nothing.",
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
