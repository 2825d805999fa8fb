"""P01: facts without a source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cardgen.lint.base import Finding, Rule, Setting, Severity
from cardgen.lint.literature import SHORT_LIST, SUMMARY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Settings
    from cardgen.lint.view import CardView


def check(card: CardView, settings: Settings) -> Iterator[Finding]:
    """Find cards without a source, in collections that have a sources.yaml."""
    if card.shared.sources and not card.card.citations and card.card.kind not in settings["exempt"]:
        yield Finding("the card cites no source")


RULE = Rule(
    code="P01",
    name="fact-without-source",
    severity=Severity.WARNING,
    finds="A card cites no source, though the collection has a sources.yaml.",
    why="With a source, readers can check the fact and you can update it.",
    way_out="Add `source`.",
    references=(SHORT_LIST, SUMMARY),
    bad="""\
- ⟦id: danube⟧
  kind: basic
  front: Which river flows through Vienna?
  back: The Danube
""",
    good="""\
- id: danube
  kind: basic
  front: Which river flows through Vienna?
  back: The Danube
  source: handbook
""",
    settings=(Setting("exempt", ("framework",), "Kinds of card that need no source: advice is not a fact."),),
    card=check,
    needs=frozenset({"source"}),
    sample_sources="- {id: handbook, type: book, title: Handbook, publisher: Board}\n",
)
