"""S04: questions so long that learners recognise them by their look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cardgen.kinds import Role
from cardgen.lint.base import Rule, Setting, Severity
from cardgen.lint.literature import SUMMARY, UNDERSTANDING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Finding, Settings
    from cardgen.lint.view import CardView


def check(card: CardView, settings: Settings) -> Iterator[Finding]:
    """Check the length of each question; cloze texts, which are question and answer in one, have S17."""
    for text in card.asked:
        if text.role is not Role.GAPS:
            count = text.more_words_than(settings["words"])
            if count:
                yield text.finding(f"`{text.name}` has {count} words, more than {settings['words']}")


RULE = Rule(
    code="S04",
    name="question-too-long",
    severity=Severity.WARNING,
    finds="A question has too many words.",
    why="A long, unusual question is recognised by its look instead of being answered from memory.",
    way_out="Keep who, where and when, and leave out what the answer does not depend on.",
    references=(UNDERSTANDING, SUMMARY),
    bad="""\
- id: why-here
  kind: basic
  front: ⟦>-⟧
    Imagine that you are in your third interview of the day at a community programme in a small town
    and the director, who seems tired, asks why you chose this place: which framework helps?
  back: Feature, evidence, fit
""",
    good="""\
- id: why-here
  kind: basic
  front: Which framework answers "Why our programme?"
  back: Feature, evidence, fit
""",
    settings=(Setting("words", 30, "Most words of a question. A value of our own."),),
    card=check,
)
