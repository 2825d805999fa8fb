"""S03: answers too long to be recalled the same way twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cardgen.lint.base import Rule, Setting, Severity
from cardgen.lint.literature import ANKI_EDITING, TWENTY_RULES, UNDERSTANDING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Finding, Settings
    from cardgen.lint.view import CardView


def check(card: CardView, settings: Settings) -> Iterator[Finding]:
    """Check the length of each answer; each step and move counts as one, templates do not."""
    for text in card.answers:
        limit = settings["fields"].get(text.name, settings["words"])
        count = text.more_words_than(limit)
        if count:
            yield text.finding(f"`{text.name}` has {count} words, more than {limit}")


RULE = Rule(
    code="S03",
    name="answer-too-long",
    severity=Severity.WARNING,
    finds="An answer has too many words.",
    why="Short answers are graded consistently and reviewed faster; long ones are often only half right.",
    way_out="Split the card, or keep what must be recalled and move the rest to `note`.",
    references=(TWENTY_RULES, ANKI_EDITING, UNDERSTANDING),
    bad="""\
- id: mistake-question
  kind: basic
  front: What do programmes want to learn from the mistake question?
  back: ⟦>-⟧
    They want to know whether you notice errors, whether you tell your supervisor at once, whether you
    can talk to the patient, whether you learn, whether you change a habit and whether you would do so again.
""",
    good="""\
- id: mistake-question
  kind: basic
  front: Which single trait does the mistake question test most?
  back: Honest ownership followed by a changed habit
""",
    settings=(
        Setting("words", 25, "Most words of an answer. A value of our own."),
        Setting(
            "fields",
            {"definition": 35, "differs": 45},
            "Most words of answers in these fields: a definition is recognised more often than recited, and a contrast "
            "is about two things. Values of our own.",
        ),
    ),
    card=check,
)
