"""S17: sentences that are hard to read in a second language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cardgen.kinds import Role
from cardgen.lint.base import Rule, Setting, Severity
from cardgen.lint.literature import ANKI_EDITING, SUMMARY
from cardgen.lint.text import count_words, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Finding, Settings
    from cardgen.lint.view import CardView


def check(card: CardView, settings: Settings) -> Iterator[Finding]:
    """Check the sentences of all texts except templates, which are spoken."""
    limit = settings["words"]
    for text in card.texts:
        if text.role is Role.TEMPLATE or not text.more_words_than(limit):
            continue
        for start, end in sentences(text.plain):
            count = count_words(text.plain[start:end])
            if count > limit:
                yield text.finding(f"a sentence has {count} words, more than {limit}", (start, end))


RULE = Rule(
    code="S17",
    name="long-sentence",
    severity=Severity.WARNING,
    finds="A sentence is too long.",
    why="Shorter sentences are read faster, at every review, especially in a second language.",
    way_out="Split it into two sentences.",
    references=(SUMMARY, ANKI_EDITING),
    bad="""\
- id: failed-attempt
  kind: basic
  front: Which step repairs an answer on a failed attempt?
  back: Repair
  note: >-
    Say it first. ⟦You say that you changed your method of study completely, describing the schedule, the bank⟧
    of questions, the tutor, the sleep, the leave and everything else between one exam and the next.
""",
    good="""\
- id: failed-attempt
  kind: basic
  front: Which step repairs an answer on a failed attempt?
  back: Repair, the method you changed
""",
    settings=(Setting("words", 28, "Most words of a sentence. A value of our own."),),
    card=check,
)
