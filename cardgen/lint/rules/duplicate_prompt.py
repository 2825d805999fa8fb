"""D01: two cards that ask the same question."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from cardgen.lint.base import Rule, Severity
from cardgen.lint.literature import ANKI_EDITING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Finding, Settings
    from cardgen.lint.text import Object
    from cardgen.lint.view import DeckView

_NO_WORD: Final = re.compile(r"[\W_]+")


def check(deck: DeckView, _settings: Settings) -> Iterator[Finding]:
    """Compare all questions except for case, punctuation and spaces; gaps are filled.

    Questions with different pictures, formulas or code are different.
    """
    seen: dict[tuple[str, tuple[Object, ...]], str] = {}
    for card in deck.cards:
        for text in card.asked:
            plain = text.plain
            words = _NO_WORD.sub(" ", plain if plain.isascii() else unicodedata.normalize("NFKC", plain)).casefold()
            key = words.strip() or plain, text.objects
            if key in seen and seen[key] != card.card.id:
                yield text.finding(f"the card `{seen[key]}` asks the same question")._replace(card=card)
            seen.setdefault(key, card.card.id)


RULE = Rule(
    code="D01",
    name="duplicate-prompt",
    severity=Severity.WARNING,
    finds="Two cards of a deck ask the same question.",
    why="Either one of the two answers gets graded as wrong, or the second review is wasted; Anki warns of it, too.",
    way_out="Delete one, or add to the question what distinguishes them.",
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
