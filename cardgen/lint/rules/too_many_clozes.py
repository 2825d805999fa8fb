"""S07: many gaps in one text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cardgen.lint.base import Option, Rule, Severity
from cardgen.lint.literature import ANKI_EDITING, SUMMARY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Finding, Options
    from cardgen.lint.view import CardView


def check(card: CardView, options: Options) -> Iterator[Finding]:
    """Count the numbers of gaps; gaps that share a number are one card."""
    for text in card.gapped:
        numbers = sorted({gap.number for gap in text.gaps})
        if len(numbers) > options["gaps"]:
            first_too_many = next(gap for gap in text.gaps if gap.number == numbers[options["gaps"]])
            message = f"the text has {len(numbers)} numbers of gaps, more than {options['gaps']}"
            yield text.gap_finding(message, first_too_many)


RULE = Rule(
    code="S07",
    name="too-many-clozes",
    severity=Severity.WARNING,
    finds="A cloze text has many gaps.",
    why="Cards from one sentence cue each other and add reviews.",
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
    options=(Option("gaps", 3, "Most gaps with numbers of their own. A value of our own."),),
    card=check,
)
