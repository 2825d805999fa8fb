"""S16: questions with two negations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cardgen.lint.base import Rule, Severity
from cardgen.lint.literature import SUMMARY
from cardgen.lint.text import sentences, unquoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Finding, Settings
    from cardgen.lint.view import CardView

_NEGATION: Final = re.compile(r"\b(?:not|cannot|never|except|without|unless|neither)\b|n't\b", re.IGNORECASE)

_NEGATIONS: Final = ("not", "n't", "never", "except", "without", "unless", "neither")


def check(card: CardView, _settings: Settings) -> Iterator[Finding]:
    """Find a second negation in a sentence.

    "No" and "nor" do not count: "no longer" and "neither, nor" are one negation.
    """
    if not card.english:
        return
    for text in card.prompts:
        lower = text.plain.lower()
        if sum(map(lower.count, _NEGATIONS)) < 2:  # noqa: PLR2004 - two are double
            continue
        plain = unquoted(text.plain)
        for start, end in sentences(plain):
            twice = list(_NEGATION.finditer(plain, start, end))[1:2]
            if twice:
                yield text.finding(f"“{twice[0][0]}” is the second negation in a sentence", twice[0].span())


RULE = Rule(
    code="S16",
    name="double-negative",
    severity=Severity.WARNING,
    finds="A sentence of a question has two negations. English only.",
    why="Negations are misread under time pressure, especially in a second language.",
    way_out="Ask for what is, not for what is not.",
    references=(SUMMARY,),
    bad="""\
- id: thank-you
  kind: basic
  front: Which topic must you not raise ⟦unless⟧ you are asked?
  back: Ranking
""",
    good="""\
- id: thank-you
  kind: basic
  front: Which topic stays out of a thank-you note?
  back: Ranking
""",
    card=check,
)
