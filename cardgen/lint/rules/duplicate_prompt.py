"""D01: two cards that ask the same."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from cardgen.lint.base import Rule, Severity
from cardgen.lint.literature import ANKI_EDITING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Finding, Options
    from cardgen.lint.view import DeckView

_NO_WORD: Final = re.compile(r"[\W_]+")


def check(deck: DeckView, _options: Options) -> Iterator[Finding]:
    """Compare all that is asked, but for capitals, punctuation and spaces; texts with gaps as they are filled."""
    seen: dict[str, str] = {}
    for card in deck.cards:
        for text in card.asked:
            plain = text.plain
            key = _NO_WORD.sub(" ", plain if plain.isascii() else unicodedata.normalize("NFKC", plain)).casefold()
            key = key.strip() or plain
            if key in seen and seen[key] != card.card.id:
                yield text.finding(f"the card `{seen[key]}` asks the same")._replace(card=card)
            seen.setdefault(key, card.card.id)


RULE = Rule(
    code="D01",
    name="duplicate-prompt",
    severity=Severity.WARNING,
    finds="Two cards of a deck ask the same.",
    why="One of the two answers will be called wrong, or the second review is wasted; Anki, too, warns of it.",
    way_out="Delete one, or say in the question what tells them apart.",
    references=(ANKI_EDITING,),
    bad="""\
- id: star-t
  kind: basic
  front: What does the T in STAR stand for?
  back: Task
- id: star-task
  kind: basic
  front: ⟦What does the T in "STAR" stand for?⟧
  back: Your task
""",
    good="""\
- id: star-t
  kind: basic
  front: What does the T in STAR stand for?
  back: Task
- id: star-a
  kind: basic
  front: What does the A in STAR stand for?
  back: Action
""",
    deck=check,
)
