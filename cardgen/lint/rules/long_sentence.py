"""S17: sentences too long for reading in a second language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cardgen.kinds import Role
from cardgen.lint.base import Option, Rule, Severity
from cardgen.lint.literature import ANKI_EDITING, SUMMARY
from cardgen.lint.text import count_words, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Finding, Options
    from cardgen.lint.view import CardView


def check(card: CardView, options: Options) -> Iterator[Finding]:
    """Measure the sentences of all texts but templates, which are spoken and not read."""
    limit = options["words"]
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
    finds="A sentence is long.",
    why="Shorter wording is read faster, at every review, above all in a second language.",
    way_out="Make two sentences of it.",
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
    options=(Option("words", 28, "Most words of a sentence. A value of our own."),),
    card=check,
)
