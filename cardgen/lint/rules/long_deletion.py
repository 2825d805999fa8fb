"""S08: a long phrase in one gap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cardgen.lint.base import Option, Rule, Severity
from cardgen.lint.literature import SUMMARY, TWENTY_RULES
from cardgen.lint.text import count_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Finding, Options
    from cardgen.lint.view import CardView


def check(card: CardView, options: Options) -> Iterator[Finding]:
    """Measure what each gap hides."""
    for text in card.gapped:
        for gap in text.gaps:
            count = count_words(gap.hidden)
            if count > options["words"]:
                yield text.gap_finding(f"a gap hides {count} words, more than {options['words']}", gap)


RULE = Rule(
    code="S08",
    name="long-deletion",
    severity=Severity.WARNING,
    finds="A gap hides many words.",
    why="A long phrase cannot be recalled word for word, so the grade drifts.",
    way_out="Hide the words that carry the meaning.",
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
    options=(Option("words", 6, "Most words in a gap. A value of our own."),),
    card=check,
)
