"""D03: tags on a single card."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from cardgen.lint.base import Finding, Rule, Severity
from cardgen.lint.literature import SUMMARY, UNDERSTANDING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Settings
    from cardgen.lint.view import DeckView


def check(deck: DeckView, _settings: Settings) -> Iterator[Finding]:
    """Find tags that no other card of the deck has, sub-tags included; a deck of one card is skipped."""
    if len(deck.cards) == 1:
        return
    carried: Counter[str] = Counter()
    for tags, cards in Counter(card.card.tags for card in deck.cards).items():
        for level in {level for tag in tags for level in _up(tag)}:
            carried[level] += cards
    for card in deck.cards:
        for tag in card.card.tags:
            if carried[tag] == 1:
                yield Finding(f"no other card of the deck has the tag `{tag}`", ("tags",), card=card)


def _up(tag: str) -> Iterator[str]:
    """Yield a tag's parents and the tag itself."""
    parts = tag.split("::")
    for length in range(1, len(parts) + 1):
        yield "::".join(parts[:length])


RULE = Rule(
    code="D03",
    name="orphan-tag",
    severity=Severity.INFO,
    finds="Only one card of a deck has a tag.",
    why="An isolated fact is easily forgotten; and a tag that occurs once is often misspelt.",
    way_out="Correct the tag, write related cards, or delete it.",
    references=(UNDERSTANDING, SUMMARY),
    bad="""\
- id: soar-o
  kind: basic
  front: What is the O in SOAR?
  back: Obstacle
  tags: ⟦topic::soar⟧
- id: star-s
  kind: basic
  front: What is the S in STAR?
  back: Situation
  tags: topic::star
- id: star-t
  kind: basic
  front: What is the T in STAR?
  back: Task
  tags: topic::star
""",
    good="""\
- id: soar-o
  kind: basic
  front: What is the O in SOAR?
  back: Obstacle
  tags: topic::soar
- id: soar-use
  kind: basic
  front: For what is SOAR better than STAR?
  back: For adversity
  tags: topic::soar
""",
    deck=check,
    needs_all=True,
)
