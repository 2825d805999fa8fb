"""A11: templates without a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cardgen.kinds.framework import Framework
from cardgen.lint.base import Finding, Option, Rule, Severity
from cardgen.lint.literature import BEMO, OPENER_LENGTH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Options
    from cardgen.lint.view import CardView


def check(card: CardView, options: Options) -> Iterator[Finding]:
    """Find frameworks with a template and no `seconds`, or with seconds that no answer takes."""
    content = card.card.content
    if not isinstance(content, Framework):
        return
    if content.seconds is None:
        if content.template:
            yield Finding("the template has no `seconds`", ("template",))
    elif not options["least"] <= content.seconds <= options["most"]:
        message = f"`seconds` is {content.seconds}, not from {options['least']} to {options['most']}"
        yield Finding(message, ("seconds",))


RULE = Rule(
    code="A11",
    name="template-without-time",
    severity=Severity.WARNING,
    finds="A framework with a template does not say how long the answer takes, or says what no answer takes.",
    why="Without a number answers grow to minutes; advice for the opener is 60 to 90 seconds.",
    way_out="Add `seconds`.",
    references=(OPENER_LENGTH, BEMO),
    bad="""\
- id: why-here
  kind: framework
  question: Why here?
  asks_for: A reason that is yours
  moves: [{id: scene, text: One scene}, {id: since, text: What you did since}]
  template: ⟦I am [role]. [Scene] made it concrete. Since then I [result].⟧
""",
    good="""\
- id: why-here
  kind: framework
  question: Why here?
  asks_for: A reason that is yours
  moves: [{id: scene, text: One scene}, {id: since, text: What you did since}]
  seconds: 45
  template: I am [role]. [Scene] made it concrete. Since then I [result].
""",
    options=(
        Option("least", 10, "Fewest seconds. A value of our own."),
        Option("most", 480, "Most seconds: a station of a multiple mini-interview. A value of our own."),
    ),
    card=check,
)
