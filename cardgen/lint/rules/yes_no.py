"""S12: yes-or-no questions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cardgen.lint.base import Rule, Severity
from cardgen.lint.literature import PROMPTS, UNDERSTANDING
from cardgen.lint.text import OBJECT, sentences, unquoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Finding, Settings
    from cardgen.lint.view import CardView

_AUXILIARY: Final = re.compile(
    r"(?:(?:is|are|was|were|do|does|did|can|could|may|might|must|should|shall|will|would|has|have|had)(?:n't)?)\b"
    r"(?!.*\bor\b).*\?",
    re.IGNORECASE | re.DOTALL,
)
_INNER: Final = re.compile(r"[.!?\n](?:(?<=\n)|[\"'”’)\]]*\s)")  # noqa: RUF001 - the quotes that are typed
"""The end of a sentence inside a text. The expression begins with a set of characters, which `re` searches for fast."""

_BARE: Final = re.compile(rf"(?:yes|no|true|false)[^\w{OBJECT}]*", re.IGNORECASE)


def check(card: CardView, _settings: Settings) -> Iterator[Finding]:
    """Find sentences that begin with an auxiliary verb and have no "or", and answers that are only yes or no."""
    if not card.english or card.offers_wrong:
        return
    for text in card.prompts:
        plain = text.plain
        if "?" not in plain:
            continue
        bare = next((answer for answer in card.answers if _BARE.fullmatch(answer.plain)), None)
        if bare is not None:
            yield bare.finding(f"the answer is only “{bare.plain.strip()}”")
            continue
        if not _AUXILIARY.match(plain) and not _INNER.search(plain):
            continue
        asked = unquoted(plain)
        for start, end in sentences(asked):
            if _AUXILIARY.match(asked, start, end):
                word = plain[start:end].split()[0]
                yield text.finding(f"`{text.name}` asks for yes or no", (start, start + len(word)))
                break


RULE = Rule(
    code="S12",
    name="yes-no",
    severity=Severity.WARNING,
    finds="A question can be answered with yes or no. English only.",
    why="Half of all guesses are right: little effort, little learning.",
    way_out="Ask what, which, when or why.",
    references=(UNDERSTANDING, PROMPTS),
    bad="""\
- id: other-applications
  kind: basic
  front: May a programme ask where else you applied?
  back: ⟦No⟧
- id: other-programmes
  kind: basic
  front: ⟦May⟧ a programme ask where else you applied?
  back: Under the code of conduct it may not.
""",
    good="""\
- id: other-applications
  kind: basic
  front: What may a programme not ask about your other applications?
  back: Where they are
""",
    card=check,
)
