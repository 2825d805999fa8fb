"""A03: templates that are scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cardgen.diagnostics import counted
from cardgen.kinds import Role
from cardgen.lint.base import Rule, Setting, Severity
from cardgen.lint.literature import LANGUAGE_CHALLENGES
from cardgen.lint.text import count_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Finding, Settings
    from cardgen.lint.view import CardView

_SLOT: Final = re.compile(r"\[[^\[\]]{1,200}\]|\{[^{}]{1,200}\}")


def check(card: CardView, settings: Settings) -> Iterator[Finding]:
    """Count different slots, and words."""
    for text in card.texts:
        if text.role is Role.TEMPLATE:
            slots, words = len(set(_SLOT.findall(text.plain))), count_words(text.plain)
            if slots < settings["slots"]:
                yield text.finding(f"the template has {counted(slots, 'slot')}, fewer than {settings['slots']}")
            elif words > settings["words"]:
                yield text.finding(f"the template has {words} words, more than {settings['words']}")


RULE = Rule(
    code="A03",
    name="template-shape",
    severity=Severity.WARNING,
    finds="A template has too few slots, or too many words.",
    why="Without slots it is a script, and sounds like one; a long one takes too long to speak.",
    way_out="Write [slots] where speakers tell their own story, and shorten the rest.",
    references=(LANGUAGE_CHALLENGES,),
    bad="""\
- id: why-specialty
  kind: framework
  question: Why this specialty?
  asks_for: A reason that is yours
  moves: [{id: scene, cue: Scene, text: One scene}, {id: since, cue: Since, text: What you did since}]
  seconds: 60
  template: ⟦I like this specialty because it is interesting.⟧
""",
    good="""\
- id: why-specialty
  kind: framework
  question: Why this specialty?
  asks_for: A reason that is yours
  moves: [{id: scene, cue: Scene, text: One scene}, {id: since, cue: Since, text: What you did since}]
  seconds: 20
  template: I am [role]. [Scene] made it concrete. Since then I [result].
""",
    settings=(
        Setting("slots", 3, "Fewest slots. A value of our own."),
        Setting("words", 75, "Most words: half a minute. A value of our own."),
    ),
    card=check,
)
