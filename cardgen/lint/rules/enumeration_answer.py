"""S06: answers that are lists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cardgen.lint.base import Rule, Setting, Severity
from cardgen.lint.literature import SHORT_LIST, SUMMARY
from cardgen.lint.text import count_words
from cardgen.richtext import BulletList, NumberedList

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Finding, Settings
    from cardgen.lint.view import CardView, Text

_COMMA: Final = re.compile(r"[,،](?=\s)|[、，]")  # noqa: RUF001 - other scripts' commas
_SEMICOLON: Final = re.compile(r"[;؛](?=\s)|[；]")  # noqa: RUF001 - as above
_DIVIDERS: Final = ",،、，;؛；"  # noqa: RUF001 - as above
_SHORT: Final = 25
"""Most words of an answer whose commas separate items; in a longer one they belong to sentences. A value of our own."""


def check(card: CardView, settings: Settings) -> Iterator[Finding]:
    """Count the items of lists, and those that commas and semicolons separate.

    The latter count only for the answer to a question: a definition may name the parts of a thing, and the options of
    a choice are there to be recognised.
    """
    asks_one = bool(card.prompts) and not card.offers_wrong
    for text in card.answers:
        count = _points(text) if "\n" in text.written else 0
        if asks_one:
            count = max(count, _divided(text.plain, settings["items"]))
        if count > settings["items"]:
            yield text.finding(f"`{text.name}` lists {count} items, more than {settings['items']}")


def _points(text: Text) -> int:
    if text.literal:
        return 0
    lists = (block for block in text.tree if isinstance(block, BulletList | NumberedList))
    return max((len(block.items) for block in lists), default=0)


def _divided(text: str, limit: int) -> int:
    if sum(map(text.count, _DIVIDERS)) < limit:
        return 0
    semicolons = len(_SEMICOLON.findall(text)) + 1
    if semicolons > limit:
        return semicolons
    commas = len(_COMMA.findall(text)) + 1
    return commas if commas > limit and count_words(text) <= _SHORT else 0


RULE = Rule(
    code="S06",
    name="enumeration-answer",
    severity=Severity.WARNING,
    finds="An answer is a list.",
    why="Sets and enumerations are the hardest to remember; one step or item per card works better.",
    way_out="Write a `process`, a cloze with a gap for each item, or a card for each item.",
    references=(SUMMARY, SHORT_LIST),
    bad="""\
- id: spikes-steps
  kind: basic
  front: What are the steps of SPIKES?
  back: ⟦Setting; Perception; Invitation; Knowledge; Empathy; Strategy⟧
""",
    good="""\
- id: spikes-after-perception
  kind: cloze
  text: In SPIKES, the step right after Perception is {{c1::Invitation}}.
""",
    settings=(Setting("items", 3, "Most items of an answer. A value of our own."),),
    card=check,
)
