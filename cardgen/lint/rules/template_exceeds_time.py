"""A12: templates that take longer to speak than their time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cardgen.kinds import Role
from cardgen.kinds.framework import Framework
from cardgen.lint.base import Rule, Setting, Severity
from cardgen.lint.literature import BEMO, OPENER_LENGTH
from cardgen.lint.text import count_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Finding, Settings
    from cardgen.lint.view import CardView

_SLOT: Final = re.compile(r"\[[^\[\]]{1,200}\]|\{[^{}]{1,200}\}")
_SLOT_WORDS: Final = 3
"""Words with which a speaker fills a slot. A value of our own."""


def check(card: CardView, settings: Settings) -> Iterator[Finding]:
    """Compare the speaking time of a template with the framework's `seconds`."""
    content = card.card.content
    if not isinstance(content, Framework) or content.seconds is None:
        return
    for text in card.texts:
        if text.role is Role.TEMPLATE:
            words = count_words(_SLOT.sub(" ", text.plain)) + _SLOT_WORDS * len(_SLOT.findall(text.plain))
            seconds = round(60 * words / settings["words_a_minute"])
            if 100 * seconds > settings["percent"] * content.seconds:
                message = f"the template takes about {seconds} seconds to speak, but has {content.seconds}"
                yield text.finding(message)


RULE = Rule(
    code="A12",
    name="template-exceeds-time",
    severity=Severity.WARNING,
    finds="A template takes much longer to speak than its `seconds`.",
    why="An answer that is too long is interrupted.",
    way_out="Shorten the template, or allow more seconds.",
    references=(OPENER_LENGTH, BEMO),
    bad="""\
- id: why-here
  kind: framework
  question: Why here?
  asks_for: A reason that is yours
  moves: [{id: scene, cue: Scene, text: One scene}, {id: since, cue: Since, text: What you did since}]
  seconds: 10
  template: ⟦I am [role] of [place]. [Scene] led me; I [do] it each [day] with [whom] at [site] for [aim] or [b].⟧
""",
    good="""\
- id: why-here
  kind: framework
  question: Why here?
  asks_for: A reason that is yours
  moves: [{id: scene, cue: Scene, text: One scene}, {id: since, cue: Since, text: What you did since}]
  seconds: 30
  template: I am [role]. [Scene] made it concrete. Since then I [result].
""",
    settings=(
        Setting("words_a_minute", 140, "Words spoken in a minute, in a second language. A value of our own."),
        Setting("percent", 150, "Percentage of `seconds` that the template may take. A value of our own."),
    ),
    card=check,
)
