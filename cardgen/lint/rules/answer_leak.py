"""S11: questions that contain their answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cardgen.lint.base import Rule, Setting, Severity
from cardgen.lint.literature import TESTING, UNDERSTANDING
from cardgen.lint.text import OBJECT, content_words, count_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Finding, Settings
    from cardgen.lint.view import CardView, Text

_CHOICE: Final = re.compile(r"\bor\b|\beither\b|\bbetween\b|[:：]", re.IGNORECASE)  # noqa: RUF001 - other scripts' colon
"""What offers answers to choose from, which are meant to be seen."""

_LETTERS: Final = 3
"""Shorter hidden words occur by chance. A value of our own."""


def check(card: CardView, settings: Settings) -> Iterator[Finding]:
    """Compare answers with their questions, and gaps with the text around them; code, formulas and pictures as a whole.

    Terms and titles are not checked: a definition may use the words of its term, and is asked in both directions.
    """
    if len(card.prompts) == 1 and not card.offers_wrong:
        asked = card.prompts[0]
        there = asked.plain.casefold()
        for text in card.answers:
            answer = text.content
            if len(answer) == 1 and len(next(iter(answer))) < _LETTERS:
                continue
            wanted = max(100, settings["percent"] * len(answer))
            # Every shared word is also a substring of the question, which is faster to check.
            if 100 * (sum([word in there for word in answer]) + len(text.objects)) < wanted:
                continue
            shared = answer & asked.content
            if 100 * len(shared) < wanted or _CHOICE.search(asked.plain):
                continue
            # Otherwise most of the answer is common words, as in "The one who asks", and the rest says little.
            if 2 * len(answer) >= count_words(text.plain) + len(text.objects):
                words = ", ".join(f"“{word}”" for word in sorted(shared))
                yield text.finding(f"`{asked.name}` gives away {words}")
    for text in card.gapped:
        yield from _leaking_gaps(text)


def _leaking_gaps(text: Text) -> Iterator[Finding]:
    for gap in text.gaps:
        hidden = gap.hidden.strip()
        if gap.objects:
            if hidden == OBJECT and gap.objects[0] in text.objects_around(gap.number):
                yield text.gap_finding(f"{gap.objects[0]} also appears outside of its gap", gap)
            continue
        if len(hidden) < _LETTERS or not content_words(hidden):
            continue
        rest = text.around(gap.number)
        if re.search(rf"(?<!\w){re.escape(hidden)}(?!\w)", rest, re.IGNORECASE):
            yield text.gap_finding(f"“{hidden}” also appears outside of its gap", gap)


RULE = Rule(
    code="S11",
    name="answer-leak",
    severity=Severity.WARNING,
    finds="A question contains its answer, or a cloze text shows elsewhere what a gap hides.",
    why="An answer that can be seen is recognised, not recalled.",
    way_out="Ask in other words.",
    references=(UNDERSTANDING, TESTING),
    bad="""\
- id: soar-o
  kind: basic
  front: In which part of SOAR do you name the obstacle you met?
  back: ⟦The obstacle⟧
- id: star-task
  kind: cloze
  text: The T of STAR is the ⟦{{c1::task}}⟧, a task of your own.
""",
    good="""\
- id: soar-o
  kind: basic
  front: Which SOAR part names what stood in your way?
  back: The O
- id: longer-river
  kind: basic
  front: Which river is longer, the Danube or the Rhine?
  back: The Danube
""",
    settings=(
        Setting(
            "percent",
            75,
            "Percentage of the answer's words that a question must contain to be found. At two words in three, the "
            "third is often the one asked for. A value of our own.",
        ),
    ),
    card=check,
)
