"""P07: facts from weak sources that are not marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cardgen.lint.base import Finding, Rule, Setting, Severity
from cardgen.lint.literature import SHORT_LIST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Settings
    from cardgen.lint.view import CardView


def check(card: CardView, settings: Settings) -> Iterator[Finding]:
    """Find cards whose sources all have a weak grade and that lack `confidence: secondary`."""
    if card.card.secondary or not card.card.citations or card.card.kind in settings["exempt"]:
        return
    sources = card.shared.sources
    grades = [sources[cited.source].grade for cited in card.card.citations if cited.source in sources]
    if grades and all(grade in settings["weak"] for grade in grades):
        yield Finding(f"all sources of the card have the grade {' or '.join(sorted(set(grades)))}", ("source",))


RULE = Rule(
    code="P07",
    name="unverified-not-marked",
    severity=Severity.WARNING,
    finds="All sources of a card have a weak grade (`custom: {grade: C}`), and the card lacks `confidence: secondary`.",
    why="Readers must see what was checked against the official source and what was not.",
    way_out="Cite a better source, or add `confidence: secondary`.",
    references=(SHORT_LIST,),
    bad="""\
- id: return-of-service
  kind: basic
  front: Who funds a return of service?
  back: The province
  source: ⟦forum⟧
  as_of: 2026
""",
    good="""\
- id: return-of-service
  kind: basic
  front: Who funds a return of service?
  back: The province
  source: forum
  as_of: 2026
  confidence: secondary
""",
    settings=(
        Setting("weak", ("C", "D"), "Grades that are weak."),
        Setting("exempt", ("framework",), "Kinds of card that need no mark: advice is not a fact."),
    ),
    card=check,
    needs=frozenset({"confidence", "source"}),
    sample_sources="- {id: forum, type: webpage, title: A forum, publisher: Somebody, custom: {grade: C}}\n",
)
