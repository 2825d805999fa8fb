"""A14: frameworks without an occasion for their use."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from cardgen.kinds.framework import Framework
from cardgen.lint.base import Rule, Setting, Severity
from cardgen.lint.literature import DECISION_TREE, UNDERSTANDING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Finding, Settings
    from cardgen.lint.view import CardView

_CUE: Final = re.compile(
    r"[\"“”«»]|\b(?:when|for|after|before|if|asked?|interviewer|patients?|family|situations?|story|answers?|event"
    r"|used?|fits?)\b",
    re.IGNORECASE,
)


def check(card: CardView, settings: Settings) -> Iterator[Finding]:
    """Find cards about a named framework that do not say when it is used; `framework` cards state it anyway."""
    if not settings["names"] or not card.english or isinstance(card.card.content, Framework):
        return
    pattern = _names(settings["names"])
    for text in card.asked:
        match = pattern.search(text.plain)
        if match:
            if not any(_CUE.search(other.full) for other in card.texts):
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
    finds="A card about a named framework does not say when it is used. English only.",
    why="Knowing the letters but not the occasion does not help: knowledge must come to mind when it is needed.",
    way_out="Add the occasion to the question.",
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
    settings=(Setting("names", (), "Names of frameworks."),),
    card=check,
    sample_settings="names: [CONES]",
)
