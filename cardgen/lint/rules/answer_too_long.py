"""S03: answers too long to be recalled the same way twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cardgen.lint.base import Option, Rule, Severity
from cardgen.lint.literature import ANKI_EDITING, TWENTY_RULES, UNDERSTANDING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Finding, Options
    from cardgen.lint.view import CardView


def check(card: CardView, options: Options) -> Iterator[Finding]:
    """Measure each answer; each step and move is one of its own, templates are none."""
    for text in card.answers:
        limit = options["fields"].get(text.name, options["words"])
        count = text.more_words_than(limit)
        if count:
            yield text.finding(f"`{text.name}` has {count} words, more than {limit}")


RULE = Rule(
    code="S03",
    name="answer-too-long",
    severity=Severity.WARNING,
    finds="An answer has too many words.",
    why="Small items are graded the same way each time and reviewed faster; long answers get half-right grades.",
    way_out="Make several cards of it, or keep what must be recalled and put the rest into `note`.",
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
    options=(
        Option("words", 25, "Most words of an answer. A value of our own."),
        Option(
            "fields",
            {"definition": 35, "differs": 45},
            "Most words of answers in fields of these names: a definition is recognised more often than recited, and "
            "a contrast speaks of two things. Values of our own.",
        ),
    ),
    card=check,
)
