"""P05: "currently", "this year": words that are true only on the day of writing."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from cardgen.kinds import Role
from cardgen.lint.base import Rule, Setting, Severity
from cardgen.lint.literature import SHORT_LIST
from cardgen.lint.text import any_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Finding, Settings
    from cardgen.lint.view import CardView


def check(card: CardView, settings: Settings) -> Iterator[Finding]:
    """Find such words, except in frameworks, in which people talk about themselves."""
    if not card.english or card.card.kind == "framework":
        return
    words = settings["words"]
    if not any_in(card.lower, words):
        return
    pattern = _pattern(words)
    for text in card.texts:
        if text.role is not Role.WRONG:
            match = pattern.search(text.plain)
            if match:
                yield text.finding(f"“{match[0]}” is true only on the day of writing", match.span())


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(_expression, words)), re.IGNORECASE)


def _expression(word: str) -> str:
    """Return an expression without uses that do not depend on the day: "at the latest", "the next year"."""
    counted_from_elsewhere = r"(?<!the )(?<!their )(?<!your )(?<!its )" if word.startswith(("last", "next")) else ""
    return rf"(?<!at the ){counted_from_elsewhere}\b{re.escape(word)}\b"


RULE = Rule(
    code="P05",
    name="relative-time-word",
    severity=Severity.WARNING,
    finds="A text has a word of relative time, such as currently, latest or this year. English only.",
    why="It is true only on the day of writing.",
    way_out="Write the date.",
    references=(SHORT_LIST,),
    bad="""\
- id: recording
  kind: basic
  front: What is the ⟦latest⟧ rule on recording?
  back: Written consent
""",
    good="""\
- id: recording
  kind: basic
  front: What must a programme obtain before recording, by the NRMP code of 2026?
  back: Written consent, at the latest on the day itself
""",
    settings=(
        Setting(
            "words",
            (
                "currently", "nowadays", "presently", "at present", "at the moment", "these days", "latest", "recently",
                "most recent", "this year", "last year", "next year", "this season", "last season", "next season",
                "this month", "last month", "next month", "so far this",
            ),
            "Words that are found. `today` and `now` are not among them, since they rarely mean a date.",
        ),
    ),
    card=check,
)  # fmt: skip
