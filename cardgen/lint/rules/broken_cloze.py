"""S02: gaps whose numbers do not run 1, 2, 3. Braces that do not match are CG402."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cardgen.lint.base import Rule, Severity
from cardgen.lint.literature import ANKI_EDITING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Finding, Options
    from cardgen.lint.view import CardView


def check(card: CardView, _options: Options) -> Iterator[Finding]:
    """Find the first gap after a number that is left out."""
    for text in card.gapped:
        numbers = {gap.number for gap in text.gaps}
        missing = next((number for number in range(1, len(numbers) + 1) if number not in numbers), None)
        if missing is not None:
            gap = next(gap for gap in text.gaps if gap.number > missing)
            yield text.gap_finding(f"a gap has the number {gap.number}, and none the number {missing}", gap)


RULE = Rule(
    code="S02",
    name="broken-cloze",
    severity=Severity.WARNING,
    finds="The numbers of gaps do not run from 1 without holes.",
    why="Anki makes one card for each number; a hole usually means that a card was lost.",
    way_out="Number the gaps 1, 2, 3; if learners have the card already, say so in `lint_ignore` and keep the numbers.",
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
