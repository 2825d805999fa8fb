"""A15: frameworks that no story answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cardgen.diagnostics import quoted
from cardgen.kinds.story import Story
from cardgen.lint.base import Finding, Rule, Setting, Severity
from cardgen.lint.literature import STORY_LIST
from cardgen.model import has_tag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Settings
    from cardgen.lint.view import DeckView
    from cardgen.load.neighbours import Neighbour

_NAMED: Final = 5
"""How many frameworks of another deck are named in one finding."""


def check(deck: DeckView, settings: Settings) -> Iterator[Finding]:
    """Compare what stories answer with the frameworks of the decks that they name, their own deck included."""
    stories = [card.card.content for card in deck.cards if isinstance(card.card.content, Story)]
    served = dict.fromkeys(reference.address for story in stories for reference in story.serves)
    if not served or deck.shared.neighbours is None:
        return
    found = [deck.shared.neighbours.card(address) for address in served]
    answered = {card.address for card in found if card is not None}
    own = {card.card.id: card for card in deck.cards}
    for deck_id in dict.fromkeys(address.partition("/")[0] for address in answered):
        cards = deck.shared.neighbours.of_deck(deck_id)
        wanted = [card for card in cards if card.kind == "framework" and _is_wanted(card, settings["tags"])]
        left = [card.address for card in wanted if card.address not in answered]
        if deck_id in deck.deck.ids:
            for address in left:
                if (view := own.get(address.partition("/")[2])) is not None:
                    yield Finding("no story answers this question", card=view)
        elif left:
            few = f"{len(left)} of {len(wanted)} frameworks of `{deck_id}`"
            message = f"{few} have no story: {quoted(left, _NAMED)}"
            yield Finding(message, ("sections",))


def _is_wanted(card: Neighbour, tags: tuple[str, ...]) -> bool:
    """Return whether a card carries one of some tags, sub-tags included; any does where there are none."""
    return not tags or has_tag(card.tags, tags)


RULE = Rule(
    code="A15",
    name="framework-without-story",
    severity=Severity.WARNING,
    finds="Of a deck that stories answer, some frameworks have no story.",
    why="A question for which no story is ready is answered with one that is made up on the spot, or with none.",
    way_out="Write a story for it, or add its address to one that fits; `tags` says which frameworks want one.",
    references=(STORY_LIST,),
    bad="""\
- id: conflict
  kind: framework
  question: When were you in a conflict?
  asks_for: Calm
  moves: [{id: issue, cue: The issue, text: What it was}, {id: end, cue: The end, text: How it ended}]
- ⟦id: mistake
  kind: framework
  question: Which mistake did you make?
  asks_for: Honesty
  moves: [{id: error, cue: The error, text: What it was}, {id: end, cue: The end, text: How it ended}]
- id: night
  kind: story
  title: The night of two plans
  for: demo/conflict
  beats: {Situation: Two plans for one patient., Result: We agreed on a third.}
""",
    good="""\
- id: conflict
  kind: framework
  question: When were you in a conflict?
  asks_for: Calm
  moves: [{id: issue, cue: The issue, text: What it was}, {id: end, cue: The end, text: How it ended}]
- id: night
  kind: story
  title: The night of two plans
  for: demo/conflict
  beats: {Situation: Two plans for one patient., Result: We agreed on a third.}
""",
    settings=(Setting("tags", (), "Only frameworks with one of these tags want a story; without any, all do."),),
    deck=check,
    needs_all=True,
)
