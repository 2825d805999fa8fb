"""S13: "describe", "discuss": commands that do not ask for one thing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cardgen.lint.base import Rule, Severity
from cardgen.lint.literature import PROMPTS, UNDERSTANDING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Finding, Settings
    from cardgen.lint.view import CardView

_COMMAND: Final = re.compile(
    r"(?:tell|describe|discuss|explain|summari[sz]e|outline|list|talk about|write about)\b", re.IGNORECASE
)


def check(card: CardView, _settings: Settings) -> Iterator[Finding]:
    """Find questions that begin with such a command; one in quotes is not asked."""
    if not card.english:
        return
    for text in card.prompts:
        match = _COMMAND.match(text.plain)
        if match:
            yield text.finding(f"“{match[0]}” leaves open what to answer", match.span())


RULE = Rule(
    code="S13",
    name="vague-prompt",
    severity=Severity.WARNING,
    finds="A question is an open command: describe, discuss, explain, list. English only.",
    why="It has many right answers, so the grade means nothing; a quoted one in a precise question is fine.",
    way_out="Ask for one thing: which, when, what for.",
    references=(UNDERSTANDING, PROMPTS),
    bad="""\
- id: star
  kind: basic
  front: ⟦Describe⟧ the STAR method.
  back: A story in four parts
""",
    good="""\
- id: conflict
  kind: basic
  front: An interviewer says "Describe a conflict". Which framework fits?
  back: STAR-L
""",
    card=check,
)
