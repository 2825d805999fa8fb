"""A11: templates without a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cardgen.kinds.framework import Framework
from cardgen.lint.base import Finding, Rule, Setting, Severity
from cardgen.lint.literature import BEMO, OPENER_LENGTH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Settings
    from cardgen.lint.view import CardView


def check(card: CardView, settings: Settings) -> Iterator[Finding]:
    """Find frameworks with a template but no `seconds`, or with an implausible number of seconds."""
    content = card.card.content
    if not isinstance(content, Framework):
        return
    if content.seconds is None:
        if content.template:
            yield Finding("the template has no `seconds`", ("template",))
    elif not settings["least"] <= content.seconds <= settings["most"]:
        message = f"`seconds` is {content.seconds}, not from {settings['least']} to {settings['most']}"
        yield Finding(message, ("seconds",))


RULE = Rule(
    code="A11",
    name="template-without-time",
    severity=Severity.WARNING,
    finds="A framework with a template has no `seconds`, or an implausible number of them.",
    why="Without a limit, answers grow to minutes; advice for the opening answer is 60 to 90 seconds.",
    way_out="Add `seconds`.",
    references=(OPENER_LENGTH, BEMO),
    bad="""\
- id: why-here
  kind: framework
  question: Why here?
  asks_for: A reason that is yours
  moves: [{id: scene, cue: Scene, text: One scene}, {id: since, cue: Since, text: What you did since}]
  template: ⟦I am [role]. [Scene] made it concrete. Since then I [result].⟧
""",
    good="""\
- id: why-here
  kind: framework
  question: Why here?
  asks_for: A reason that is yours
  moves: [{id: scene, cue: Scene, text: One scene}, {id: since, cue: Since, text: What you did since}]
  seconds: 45
  template: I am [role]. [Scene] made it concrete. Since then I [result].
""",
    settings=(
        Setting("least", 10, "Fewest seconds. A value of our own."),
        Setting("most", 480, "Most seconds: a station of a multiple mini-interview. A value of our own."),
    ),
    card=check,
)
