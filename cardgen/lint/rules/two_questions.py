"""S05: two questions on one card."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cardgen.lint.base import Rule, Severity
from cardgen.lint.literature import SUMMARY, UNDERSTANDING
from cardgen.lint.text import unquoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Finding, Settings
    from cardgen.lint.view import CardView

_QUESTION_MARKS: Final = re.compile(r"[?？؟]")  # noqa: RUF001 - as above
_WORD: Final = r"(?:what|which|who|whom|whose|when|where|why|how)"
_JOINED: Final = re.compile(rf"\b{_WORD}\b[^?.]{{0,200}}?\band (?P<second>{_WORD})\b", re.IGNORECASE)


def check(card: CardView, _settings: Settings) -> Iterator[Finding]:
    """Find a second question mark, or a second question after "and", outside of quotes."""
    for text in card.prompts:
        plain = text.plain
        count = sum(map(plain.count, "?？؟"))  # noqa: RUF001 - as above
        if not count:
            continue
        if count > 1:
            marks = [match.span() for match in _QUESTION_MARKS.finditer(unquoted(plain))]
            if len(marks) > 1:
                yield text.finding(f"`{text.name}` asks {len(marks)} questions", marks[1])
                continue
        if card.english and " and " in plain:
            joined = _JOINED.search(unquoted(plain))
            if joined:
                second = joined["second"].lower()
                yield text.finding(f"`{text.name}` asks twice, the second time with “{second}”", joined.span("second"))


RULE = Rule(
    code="S05",
    name="two-questions",
    severity=Severity.WARNING,
    finds="A question asks for two things.",
    why="With two things to recall, half-right answers cannot be graded.",
    way_out="Write a card for each question.",
    references=(UNDERSTANDING, SUMMARY),
    bad="""\
- id: spikes
  kind: basic
  front: What is SPIKES and ⟦when⟧ do you use it?
  back: A six-step protocol for bad news
- id: spikes-first
  kind: basic
  front: What is SPIKES? What is its first step⟦?⟧
  back: A protocol for bad news, beginning with the setting
""",
    good="""\
- id: spikes
  kind: basic
  front: For which conversation is SPIKES made?
  back: Breaking bad news
- id: two-asked
  kind: basic
  front: An interviewer asks "Why here? Why now?" Which framework fits?
  back: Feature, evidence, fit
""",
    card=check,
)
