"""S07: cloze texts with many gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cardgen.lint.base import Rule, Setting, Severity
from cardgen.lint.literature import ANKI_EDITING, SUMMARY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Finding, Settings
    from cardgen.lint.view import CardView


def check(card: CardView, settings: Settings) -> Iterator[Finding]:
    """Count the numbers of gaps; gaps that share a number are one card."""
    for text in card.gapped:
        numbers = sorted({gap.number for gap in text.gaps})
        if len(numbers) > settings["gaps"]:
            first_too_many = next(gap for gap in text.gaps if gap.number == numbers[settings["gaps"]])
            message = f"the text has {len(numbers)} gap numbers, more than {settings['gaps']}"
            yield text.gap_finding(message, first_too_many)


RULE = Rule(
    code="S07",
    name="too-many-clozes",
    severity=Severity.WARNING,
    finds="A cloze text has too many gaps.",
    why="Cards made from one sentence give each other away and add reviews.",
    way_out="Keep the gaps that matter, or write a sentence for each.",
    references=(ANKI_EDITING, SUMMARY),
    bad="""\
- id: star
  kind: cloze
  text: The parts of STAR are {{c1::situation}}, {{c2::task}}, {{c3::action}} and ⟦{{c4::result}}⟧.
""",
    good="""\
- id: star
  kind: cloze
  text: In STAR, {{c1::action}} gets most of the time.
""",
    settings=(Setting("gaps", 3, "Most different gap numbers. A value of our own."),),
    card=check,
)
