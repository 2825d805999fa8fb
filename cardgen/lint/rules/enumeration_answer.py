"""S06: lists to be recalled at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cardgen.lint.base import Option, Rule, Severity
from cardgen.lint.literature import SHORT_LIST, SUMMARY
from cardgen.lint.text import count_words
from cardgen.richtext import BulletList, NumberedList, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Finding, Options
    from cardgen.lint.view import CardView, Text

_COMMA: Final = re.compile(r"[,،](?=\s)|[、，]")  # noqa: RUF001 - other scripts' commas
_SEMICOLON: Final = re.compile(r"[;؛](?=\s)|[；]")  # noqa: RUF001 - as above
_DIVIDERS: Final = ",،、，;؛；"  # noqa: RUF001 - as above
_SHORT: Final = 25
"""Words up to which commas divide items; in a longer answer they belong to its sentences. A value of our own."""


def check(card: CardView, options: Options) -> Iterator[Finding]:
    """Count points, and what commas and semicolons divide.

    Commas count only where a question asks for one answer. A definition may name the parts of a thing (that is what
    it means), and options of a choice are there to be recognised.
    """
    asks_one = bool(card.prompts) and not card.offers_wrong
    for text in card.answers:
        count = _points(text) if "\n" in text.written else 0
        if asks_one:
            count = max(count, _divided(text.plain, options["items"]))
        if count > options["items"]:
            yield text.finding(f"`{text.name}` lists {count} things, more than {options['items']}")


def _points(text: Text) -> int:
    if text.literal:
        return 0
    lists = (block for block in parse(text.written) if isinstance(block, BulletList | NumberedList))
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
    why="Sets and enumerations are the hardest items to keep; a step or an item at a time works better.",
    way_out="Make it a `process`, a cloze with a gap for each item, or a card for each item.",
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
    options=(Option("items", 3, "Most things that an answer may list. A value of our own."),),
    card=check,
)
