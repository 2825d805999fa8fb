"""A13: numbers of steps that do not match the framework's name."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from cardgen.diagnostics import counted
from cardgen.kinds import Role
from cardgen.kinds.framework import Framework
from cardgen.lint.base import Finding, Rule, Setting, Severity
from cardgen.lint.literature import CHOOSING_FRAMEWORKS
from cardgen.lint.text import any_in, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cardgen.lint.base import Settings
    from cardgen.lint.view import CardView, Text

_NUMBERS: Final = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ACRONYM: Final = re.compile(r"[A-Z](?:-?[A-Z]){2,7}")
_COUNT: Final = re.compile(
    rf"\b(?P<number>{'|'.join(_NUMBERS)}|[2-9]|10)[- ](?:steps?|parts?|letters?|moves?|stages?)\b", re.IGNORECASE
)
_ORDINAL: Final = re.compile(r"\b(?:step|part|letter|move) (?P<number>[1-9][0-9]?)\b", re.IGNORECASE)


def check(card: CardView, settings: Settings) -> Iterator[Finding]:
    """Compare moves with the letters of the framework's name, and numbers in texts with the known lengths of names."""
    content = card.card.content
    steps: Mapping[str, int] = settings["steps"]
    if isinstance(content, Framework) and _ACRONYM.fullmatch(content.name):
        length = steps.get(content.name, len(content.name.replace("-", "")))
        if len(content.moves) != length:
            moves = counted(len(content.moves), "move")
            yield Finding(f"{content.name} has {counted(length, 'step')}, but the card has {moves}", ("name",))
    if card.english and any_in(card.plain, steps):
        for text in card.texts:
            if text.role is not Role.WRONG:
                yield from _misnumbered(text, steps)


def _misnumbered(text: Text, steps: Mapping[str, int]) -> Iterator[Finding]:
    names = _names(tuple(steps))
    if not names.search(text.plain):
        return
    for start, end in sentences(text.plain):
        named = set(names.findall(text.plain, start, end))
        if len(named) != 1:
            continue
        name = named.pop()
        has = f"{name} has {counted(steps[name], 'step')}"
        for match in _COUNT.finditer(text.plain, start, end):
            if _number(match["number"]) != steps[name]:
                yield text.finding(f"{has}, not {match['number']}", match.span())
        for match in _ORDINAL.finditer(text.plain, start, end):
            if int(match["number"]) > steps[name]:
                yield text.finding(f"{has}, so there is no “{match[0]}”", match.span())


@cache
def _names(names: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, longest_first))})(?![\w-])")


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS.index(word.lower()) + 2


RULE = Rule(
    code="A13",
    name="framework-step-check",
    severity=Severity.WARNING,
    finds="A number of steps does not match the named framework.",
    why="A wrong number makes a right answer look wrong.",
    way_out="Correct the number or the name.",
    references=(CHOOSING_FRAMEWORKS,),
    bad="""\
- id: spikes-seventh
  kind: basic
  front: What is ⟦step 7⟧ of SPIKES?
  back: Summary
- id: conflict
  kind: framework
  name: ⟦STAR⟧
  question: Tell me about a conflict.
  asks_for: What you did
  moves:
    - {id: situation, cue: Situation, text: Set the scene}
    - {id: action, cue: Action, text: Say what you did}
    - {id: result, cue: Result, text: Say how it ended}
""",
    good="""\
- id: spikes-second
  kind: basic
  front: What is step 2 of SPIKES, which has six steps?
  back: Perception
""",
    settings=(Setting("steps", {}, "The number of steps of each named framework."),),
    card=check,
    sample_settings="steps: {SPIKES: 6}",
)
