"""A14: frameworks without their occasion."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from cardgen.kinds.framework import Framework
from cardgen.lint.base import Option, Rule, Severity
from cardgen.lint.literature import DECISION_TREE, UNDERSTANDING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Finding, Options
    from cardgen.lint.view import CardView

_CUE: Final = re.compile(
    r"[\"“”«»]|\b(?:when|for|after|before|if|asked?|interviewer|patients?|family|situations?|story|answers?|event"
    r"|used?|fits?)\b",
    re.IGNORECASE,
)


def check(card: CardView, options: Options) -> Iterator[Finding]:
    """Find cards on a named framework on which no word says when it is used; `framework` cards are the occasion."""
    if not options["names"] or not card.english or isinstance(card.card.content, Framework):
        return
    pattern = _names(options["names"])
    for text in card.asked:
        match = pattern.search(text.plain)
        if match:
            if not any(_CUE.search(other.plain) for other in card.texts):
                yield text.finding(f"nothing on the card says when {match[0]} is used", match.span())
            return


@cache
def _names(names: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])")


RULE = Rule(
    code="A14",
    name="framework-without-use",
    severity=Severity.WARNING,
    finds="A card on a named framework does not say when it is used. English only.",
    why="To know the letters without the occasion does not help; what is learnt must be found when it is needed.",
    way_out="Put the occasion into the question.",
    references=(DECISION_TREE, UNDERSTANDING),
    bad="""\
- id: cones-first
  kind: basic
  front: Letters of ⟦CONES⟧ in order, first one?
  back: Context
""",
    good="""\
- id: cones-first
  kind: basic
  front: You must tell a patient about an error. What does the first letter of CONES mean?
  back: Context
""",
    options=(Option("names", (), "Names of frameworks."),),
    card=check,
    sample_options="names: [CONES]",
)
