"""S14: questions that refer to something outside of their card."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cardgen.lint.base import Rule, Severity
from cardgen.lint.literature import ANKI_EDITING, SUMMARY
from cardgen.lint.text import any_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Finding, Settings
    from cardgen.lint.view import CardView

_START: Final = re.compile(r"(?:this|that|these|those|it|its|they|their|he|his|she|her)\b", re.IGNORECASE)
_EXPLETIVE: Final = re.compile(r"it (?:is|was|takes|took|costs?)\b.*\b(?:that|to|who|when|for|until)\b", re.IGNORECASE)
"""It is the sponsor that ..., it takes a year to ...: here "it" refers to what follows."""

_ELSEWHERE: Final = re.compile(
    r"\b(?:the above|as (?:mentioned|noted|said)|(?:mentioned|named|shown|listed) above|see (?:above|below)"
    r"|the (?:previous|next|last) (?:card|question|slide|page))\b",
    re.IGNORECASE,
)

_ELSE: Final = ("above", "below", "mentioned", "noted", "said", "card", "question", "slide", "page")
"""Every match contains one of these words, which are faster to find."""


def check(card: CardView, _settings: Settings) -> Iterator[Finding]:
    """Find pronouns at the beginning, and references to other places."""
    if not card.english:
        return
    elsewhere = any_in(card.lower, _ELSE)
    for text in card.asked:
        plain = text.plain
        match = _START.match(plain)
        if match and not _EXPLETIVE.match(plain):
            yield text.finding(f"“{match[0]}” refers to nothing on the card", match.span())
            continue
        match = _ELSEWHERE.search(plain) if elsewhere else None
        if match:
            yield text.finding(f"“{match[0]}” refers to something outside of the card", match.span())


RULE = Rule(
    code="S14",
    name="dangling-reference",
    severity=Severity.WARNING,
    finds="A question begins with a pronoun, or refers to something outside of the card. English only.",
    why="Cards are shown one at a time and in any order.",
    way_out="Name what is meant.",
    references=(SUMMARY, ANKI_EDITING),
    bad="""\
- id: class-words
  kind: basic
  front: ⟦It⟧ stands for which five words?
  back: Context, listening and so on
- id: class-last
  kind: basic
  front: Which letter of CLASS, ⟦mentioned above⟧, is the last?
  back: S
""",
    good="""\
- id: class-author
  kind: basic
  front: Who created the CLASS approach with Walter Baile?
  back: Robert Buckman
- id: vienna
  kind: cloze
  text: It is the {{c1::Danube}} that flows through Vienna.
""",
    card=check,
)
