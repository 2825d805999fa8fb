"""S09: cloze texts that hide more than they show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cardgen.lint.base import Rule, Setting, Severity
from cardgen.lint.literature import SUMMARY, UNDERSTANDING
from cardgen.lint.text import OBJECT, count_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Finding, Settings
    from cardgen.lint.view import CardView


def check(card: CardView, settings: Settings) -> Iterator[Finding]:
    """Compare what each card of a text hides with all of it; visible code, formulas and pictures are context enough."""
    for text in card.gapped:
        total = _size(text.plain)
        for number in dict.fromkeys(gap.number for gap in text.gaps):
            hidden = _size(text.hidden(number))
            if 100 * hidden > settings["percent"] * total and OBJECT not in text.around(number):
                yield text.gap_finding(f"{hidden} of {total} words are hidden at once", text.gap(number))


def _size(text: str) -> int:
    """Return the number of words, code, formulas and pictures."""
    return count_words(text) + text.count(OBJECT)


RULE = Rule(
    code="S09",
    name="over-occluded",
    severity=Severity.WARNING,
    finds="Most of a cloze text is hidden at once.",
    why="If too little is left to read, several answers are right.",
    way_out="Hide less, or say more.",
    references=(SUMMARY, UNDERSTANDING),
    bad="""\
- id: ice
  kind: cloze
  text: "⟦{{c1::Ideas, concerns}}⟧ and {{c1::expectations}}."
""",
    good="""\
- id: ice
  kind: cloze
  text: In ICE, the C asks about the patient's {{c1::concerns}}.
""",
    settings=(Setting("percent", 50, "Largest percentage of the words that may be hidden. A value of our own."),),
    card=check,
)
