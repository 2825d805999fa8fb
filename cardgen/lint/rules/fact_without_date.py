"""P03: facts that age and carry no date."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from cardgen.lint.base import Finding, Option, Rule, Severity
from cardgen.lint.literature import SHORT_LIST, SUMMARY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Options
    from cardgen.lint.view import CardView


def check(card: CardView, options: Options) -> Iterator[Finding]:
    """Find statistics, cards with a source, and cards with a word of what changes, without `as_of`."""
    if card.card.as_of:
        return
    if card.card.citations or card.card.kind == "statistic":
        if card.card.kind not in options["exempt"] and card.shared.sources:
            yield Finding("the card does not say `as_of` when it held")
        return
    if options["words"]:
        pattern = _pattern(options["words"])
        for text in (*card.asked, *card.answers):
            match = pattern.search(text.plain)
            if match:
                yield text.finding(f"“{match[0]}” changes, and the card has no `as_of`", match.span())
                return


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)


RULE = Rule(
    code="P03",
    name="fact-without-date",
    severity=Severity.WARNING,
    finds="A fact that ages has no `as_of`: a statistic, what cites a source, or speaks of what the collection lists.",
    why="Rules, fees and figures change within a season; a date says which season.",
    way_out="Add `as_of`, and `stale_after` where the day is known.",
    references=(SHORT_LIST, SUMMARY),
    bad="""\
- ⟦id: carms-status⟧
  kind: basic
  front: Which IMGs may enter the CaRMS match?
  back: Citizens and permanent residents
  source: handbook
- id: visa-fee
  kind: basic
  front: Who pays the ⟦visa⟧ fee?
  back: The applicant
""",
    good="""\
- id: carms-status
  kind: basic
  front: Which IMGs may enter the CaRMS match?
  back: Citizens and permanent residents
  source: handbook
  as_of: 2026-11
""",
    options=(
        Option("words", (), "Words of what changes, such as fee or visa."),
        Option("exempt", (), "Kinds of card that may go without."),
    ),
    card=check,
    needs=frozenset({"as_of", "source"}),
    sample_sources="- {id: handbook, type: book, title: Handbook, publisher: Board}\n",
    sample_options="words: [visa, fee]",
)
