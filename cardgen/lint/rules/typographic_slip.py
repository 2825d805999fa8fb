"""S19: typing slips that can be fixed without asking."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cardgen.check import written_texts
from cardgen.kinds import literal_paths
from cardgen.lint.base import Change, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Finding, Settings, WrittenCard
    from cardgen.lint.view import CardView

_SLIPS: Final = re.compile(
    r"(?P<comma>[ ]*,(?:[ ]*,)+)"
    r"|(?P<before>(?<=[^\s=])[ ]+(?=[,.;?!](?:\s|$)))"
    r"|(?P<spaces>(?<=\S)[ ]{2,}(?=\S))"
)
_SET_OFF: Final = re.compile(r"(?P<comma>[ ]*,(?:[ ]*,)+)|(?P<before>(?<=\S)[ ]+(?=[,.](?:\s|$)))|(?P<spaces>(?!))")
"""French has a space before `;`, `?` and `!`, and several spaces around them may be intended."""

_UNTOUCHED: Final = re.compile(
    r"```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)|`[^`]*`|\$[^$]*\$|\]\([^)]*\)|\{\{c[0-9]+::", re.DOTALL
)
_LAYOUT: Final = re.compile(r"^[ ]{2,}|\|", re.MULTILINE)
"""Indented lines and tables, where spaces are layout."""

_TRACE: Final = re.compile(r" [ ,.;?!]|,,")
"""Every slip matches this; most texts do not."""

_MESSAGES: Final = {
    "comma": "there are two commas in a row",
    "before": "there is a space before the punctuation",
    "spaces": "there are several spaces in a row",
}


def _slips(text: str, language: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield start and end of each slip, the replacement, and the message."""
    if not _TRACE.search(text):
        return
    closed = [match.span() for match in _UNTOUCHED.finditer(text)]
    layout = _LAYOUT.search(text) is not None
    pattern = _SET_OFF if language[:2].lower() == "fr" else _SLIPS
    for match in pattern.finditer(text):
        slip = match.lastgroup or ""
        inside = any(start < match.end() and match.start() < end for start, end in closed)
        if not inside and not (layout and slip == "spaces"):
            yield match.start(), match.end(), {"comma": ",", "before": "", "spaces": " "}[slip], _MESSAGES[slip]


def check(card: CardView, _settings: Settings) -> Iterator[Finding]:
    """Find slips in texts as written, markup included."""
    for text in card.texts:
        if not text.literal:
            for start, end, _, wrong in _slips(text.written, card.card.language):
                yield text.written_finding(wrong, (start, end))


def fix(card: WrittenCard) -> Iterator[Change]:
    """Yield the fixes for the slips of a card."""
    literal = literal_paths(card.fields.get("kind"))
    for text, path in written_texts(card.fields, card.vocabulary):
        if path not in literal:
            for start, end, right, _ in _slips(text, card.language):
                yield Change(path, start, end, right)


RULE = Rule(
    code="S19",
    name="typographic-slip",
    severity=Severity.WARNING,
    finds="Several spaces in a row, a space before punctuation, or two commas in a row.",
    why="It distracts at every review, and searches miss the text.",
    way_out="`cardgen check --fix` fixes it.",
    references=(),
    bad="""\
- id: vienna
  kind: basic
  front: Which river⟦ ⟧, on its way to the Black Sea, passes Vienna?
  back: The⟦  ⟧Danube
""",
    good="""\
- id: vienna
  kind: basic
  front: Which river, on its way to the Black Sea, passes Vienna?
  back: The `Danube  ,`
""",
    card=check,
    fix=fix,
)
