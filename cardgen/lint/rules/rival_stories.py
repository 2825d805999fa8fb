"""A17: questions that two stories answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cardgen.kinds.story import Story
from cardgen.lint.base import Finding, Rule, Severity
from cardgen.lint.literature import ANKI_EDITING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Settings
    from cardgen.lint.view import DeckView


def check(deck: DeckView, _settings: Settings) -> Iterator[Finding]:
    """Find addresses that an earlier story has among its own."""
    told: dict[str, str] = {}
    for card in deck.cards:
        story = card.card.content
        for reference in story.serves if isinstance(story, Story) else ():
            if reference.address in told:
                message = f"the story `{told[reference.address]}` answers `{reference.address}` as well"
                yield Finding(message, ("for",), card=card)
            told.setdefault(reference.address, card.card.id)


RULE = Rule(
    code="A17",
    name="rival-stories",
    severity=Severity.WARNING,
    finds="Two stories answer the same question.",
    why="Two cards then ask the same and have different answers, so one of them is always graded as wrong.",
    way_out="Keep the question with the story that you would tell first.",
    references=(ANKI_EDITING,),
    bad="""\
- id: danger
  kind: basic
  front: Which danger does every river bring?
  back: Floods
- id: flood
  kind: story
  title: The flood at the lock
  for: demo/danger
  beats: {Situation: High water., Action: I closed the gate.}
- id: ice
  kind: story
  title: The ice on the weir
  for: ⟦demo/danger⟧
  beats: {Situation: Hard frost., Action: I broke the ice.}
""",
    good="""\
- id: danger
  kind: basic
  front: Which danger does every river bring?
  back: Floods
- id: flood
  kind: story
  title: The flood at the lock
  for: demo/danger
  beats: {Situation: High water., Action: I closed the gate.}
""",
    deck=check,
)
