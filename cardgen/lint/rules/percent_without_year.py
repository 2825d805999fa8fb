"""P06: percentages without a year."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cardgen.kinds import Role
from cardgen.kinds.statistic import Statistic
from cardgen.lint.base import Rule, Severity
from cardgen.lint.literature import BEMO, SHORT_LIST
from cardgen.lint.text import any_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Finding, Settings
    from cardgen.lint.view import CardView, Text

_PERCENT: Final = re.compile(r"\d(?:[\d.,]*\d)?\s?(?:%|٪|percent\b|per cent\b)")
_MARKS: Final = ("%", "٪", "percent", "per cent")
_YEAR: Final = re.compile(r"(?<!\d)(?:1[89]|20|21)\d\d(?!\d)")


def check(card: CardView, _settings: Settings) -> Iterator[Finding]:
    """Find a percentage in a question or answer of a card whose texts name no year."""
    found = _percentage(card)
    if found and not any(_YEAR.search(text.full) for text in card.texts if text.role is not Role.WRONG):
        text, span = found
        yield text.finding("the card has a percentage but names no year", span)


def _percentage(card: CardView) -> tuple[Text, tuple[int, int]] | None:
    if any_in(card.lower, _MARKS):
        for text in (*card.asked, *card.answers):
            match = _PERCENT.search(text.plain)
            if match:
                return text, match.span()
    content = card.card.content
    if isinstance(content, Statistic) and _PERCENT.search(f"1 {content.unit}"):
        return card.answers[0], (0, len(card.answers[0].plain))
    return None


RULE = Rule(
    code="P06",
    name="percent-without-year",
    severity=Severity.WARNING,
    finds="A card has a percentage but names no year.",
    why="Such a figure cannot be checked, and gets confused with those of other years.",
    way_out="Name the year in the question or in `period`.",
    references=(BEMO, SHORT_LIST),
    bad="""\
- id: walked
  kind: basic
  front: What share of the town's people walked to work?
  back: ⟦67.8%⟧
- id: cycled
  kind: statistic
  question: What share of the town's people cycled to work?
  value: ⟦58.0⟧
  unit: percent
""",
    good="""\
- id: walked
  kind: basic
  front: What share of the town's people walked to work in 2025?
  back: 67.8%
""",
    card=check,
)
