"""S10: gaps with hardly any text around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cardgen.diagnostics import counted
from cardgen.lint.base import Rule, Setting, Severity
from cardgen.lint.literature import SUMMARY, UNDERSTANDING
from cardgen.lint.text import OBJECT, count_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Finding, Settings
    from cardgen.lint.view import CardView


def check(card: CardView, settings: Settings) -> Iterator[Finding]:
    """Count the words that remain visible; code, a picture or a formula is context enough."""
    for text in card.gapped:
        total = count_words(text.plain)
        for number in dict.fromkeys(gap.number for gap in text.gaps):
            shown = total - count_words(text.hidden(number))
            if shown < settings["words"] and OBJECT not in text.around(number):
                message = f"{counted(shown, 'word')} around the gap, fewer than {settings['words']}"
                yield text.gap_finding(message, text.gap(number))


RULE = Rule(
    code="S10",
    name="no-context",
    severity=Severity.WARNING,
    finds="Hardly any words remain around a gap.",
    why="A gap without context can be filled in many ways.",
    way_out="Say what the gap is about.",
    references=(SUMMARY, UNDERSTANDING),
    bad="""\
- id: star-task
  kind: cloze
  text: "The answer: ⟦{{c1::task}}⟧."
""",
    good="""\
- id: star-task
  kind: cloze
  text: In STAR, your own responsibility is the {{c1::task}}.
""",
    settings=(Setting("words", 5, "Fewest words that remain visible. A value of our own."),),
    card=check,
)
