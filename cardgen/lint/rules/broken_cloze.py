"""S02: gaps whose numbers are not 1, 2, 3 ... Unbalanced braces are CG402."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cardgen.lint.base import Rule, Severity
from cardgen.lint.literature import ANKI_EDITING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Finding, Settings
    from cardgen.lint.view import CardView


def check(card: CardView, _settings: Settings) -> Iterator[Finding]:
    """Find the first gap after a missing number."""
    for text in card.gapped:
        numbers = {gap.number for gap in text.gaps}
        missing = next((number for number in range(1, len(numbers) + 1) if number not in numbers), None)
        if missing is not None:
            gap = next(gap for gap in text.gaps if gap.number > missing)
            yield text.gap_finding(f"there is a gap number {gap.number}, but no number {missing}", gap)


RULE = Rule(
    code="S02",
    name="broken-cloze",
    severity=Severity.WARNING,
    finds="The numbers of gaps do not start at 1, or one is missing.",
    why="Anki makes a card for each number; a missing number usually means a lost card.",
    way_out="Number the gaps 1, 2, 3; if learners already have the card, keep the numbers and say so in `lint_ignore`.",
    references=(ANKI_EDITING,),
    bad="""\
- id: car-a
  kind: cloze
  text: In CAR, the A stands for ⟦{{c2::Action}}⟧.
""",
    good="""\
- id: car-a
  kind: cloze
  text: In CAR, the A stands for {{c1::Action}}.
""",
    card=check,
)
