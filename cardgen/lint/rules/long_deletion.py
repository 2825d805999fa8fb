"""S08: gaps that hide a long phrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cardgen.lint.base import Rule, Setting, Severity
from cardgen.lint.literature import SUMMARY, TWENTY_RULES
from cardgen.lint.text import count_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Finding, Settings
    from cardgen.lint.view import CardView


def check(card: CardView, settings: Settings) -> Iterator[Finding]:
    """Count the words that each gap hides."""
    for text in card.gapped:
        for gap in text.gaps:
            count = count_words(gap.hidden)
            if count > settings["words"]:
                yield text.gap_finding(f"a gap hides {count} words, more than {settings['words']}", gap)


RULE = Rule(
    code="S08",
    name="long-deletion",
    severity=Severity.WARNING,
    finds="A gap hides many words.",
    why="A long phrase cannot be recalled word for word, so grades are inconsistent.",
    way_out="Hide only the words that carry the meaning.",
    references=(TWENTY_RULES, SUMMARY),
    bad="""\
- id: nrmp-other-applications
  kind: cloze
  text: NRMP says that ⟦{{c1::a programme may not ask you where else you have applied}}⟧.
""",
    good="""\
- id: nrmp-other-applications
  kind: cloze
  text: Under NRMP rules a programme may not ask {{c1::where else}} you applied.
""",
    settings=(Setting("words", 6, "Most words in a gap. A value of our own."),),
    card=check,
)
