"""P03: facts that age but have no date."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from cardgen.lint.base import Finding, Rule, Setting, Severity
from cardgen.lint.literature import SHORT_LIST, SUMMARY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Settings
    from cardgen.lint.view import CardView


def check(card: CardView, settings: Settings) -> Iterator[Finding]:
    """Find cards without a date that are statistics, cite a source, or contain a word for something that changes."""
    if card.card.as_of or card.card.checked:
        return
    if card.card.citations or card.card.kind == "statistic":
        if card.card.kind not in settings["exempt"] and card.shared.sources:
            yield Finding("the card has neither `as_of` nor `checked`")
        return
    if settings["words"]:
        pattern = _pattern(settings["words"])
        for text in (*card.asked, *card.answers):
            match = pattern.search(text.plain)
            if match:
                yield text.finding(
                    f"“{match[0]}” changes, and the card has neither `as_of` nor `checked`", match.span()
                )
                return


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)


RULE = Rule(
    code="P03",
    name="fact-without-date",
    severity=Severity.WARNING,
    finds="A card without a date is a statistic, cites a source, or contains a word that the collection lists.",
    why="Rules, fees and figures change from season to season; a date says which season is meant.",
    way_out="Add `as_of`, or `checked` where the source has no date, and `stale_after` if the day is known.",
    references=(SHORT_LIST, SUMMARY),
    bad="""\
- ⟦id: carms-status⟧
  kind: basic
  front: Which IMGs may enter the CaRMS match?
  back: Citizens and permanent residents
  source: handbook
- id: toll
  kind: basic
  front: Who pays the ⟦toll⟧ of the canal?
  back: The skipper
""",
    good="""\
- id: carms-status
  kind: basic
  front: Which IMGs may enter the CaRMS match?
  back: Citizens and permanent residents
  source: handbook
  as_of: 2026-11
""",
    settings=(
        Setting("words", (), "Words for what changes, such as fee or toll."),
        Setting("exempt", (), "Kinds of card that need no date."),
    ),
    card=check,
    needs=frozenset({"as_of", "checked", "source"}),
    sample_sources="- {id: handbook, type: book, title: Handbook, publisher: Board}\n",
    sample_settings="words: [toll, fee]",
)
