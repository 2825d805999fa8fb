"""S15: abbreviations that a deck never spells out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cardgen.kinds import Role
from cardgen.lint.base import Rule, Setting, Severity
from cardgen.lint.literature import ANKI_EDITING, TWENTY_RULES
from cardgen.lint.text import any_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Finding, Settings
    from cardgen.lint.view import DeckView

_ABBREVIATION: Final = re.compile(r"(?<![\w.-])[A-Z]{2,8}(?=s?\b)(?![\w'’-]*[A-Z0-9])")  # noqa: RUF001 - the apostrophe that is typed
_CAPITALS: Final = re.compile("[A-Z][A-Z]")
_PARENTHESIS: Final = re.compile(r"\(([^()]{2,80})\)")
_BEFORE_MEANING: Final = re.compile(r"\b([A-Z]{2,8})s?(?: \w+){0,2},? (?:\(|[—–-] )|\b([A-Z]{2,8})s?, the ")  # noqa: RUF001 - dashes of every length
_BEFORE_ANY: Final = (" (", " — ", " – ", " - ", ", the ")  # noqa: RUF001 - dashes of every length
"""Every match contains one of these, which are faster to find."""
_NAMED: Final = re.compile(r"\b([A-Z]{2,8})\b[^.?!]{0,40}\bstands? for\b|\bstands? for\b[^.?!]{0,40}\b([A-Z]{2,8})\b")
_NONE: Final = re.compile(r"[IVXLC]+|TODO|TBD|FIXME|X+")
"""Roman numerals, and what A04 finds."""


def check(deck: DeckView, settings: Settings) -> Iterator[Finding]:
    """Find abbreviations that no card of the deck explains, each at its first use in study order."""
    known = set(settings["known"])
    used: dict[str, Finding] = {}
    for card in deck.cards:
        if not _CAPITALS.search(card.plain):
            continue
        for text in card.texts:
            if text.role is Role.WRONG or not _CAPITALS.search(text.full):
                continue
            plain = text.plain
            known.update(_explained(text.full))
            if text.name == "term":
                known.update(_ABBREVIATION.findall(plain))
            for match in _ABBREVIATION.finditer(plain):
                if match[0] not in used and not _NONE.fullmatch(match[0]):
                    finding = text.finding(f"`{match[0]}` is not spelled out anywhere in the deck", match.span())
                    used[match[0]] = finding._replace(card=card)
    for abbreviation, finding in used.items():
        if abbreviation not in known:
            yield finding


def _explained(text: str) -> Iterator[str]:
    """Yield abbreviations next to their meaning: in parentheses, or before them."""
    for match in _PARENTHESIS.finditer(text):
        yield from _ABBREVIATION.findall(match[1])
    for pattern, needs in ((_BEFORE_MEANING, _BEFORE_ANY), (_NAMED, ("stand",))):
        for match in pattern.finditer(text) if any_in(text, needs) else ():
            yield match[1] or match[2]


RULE = Rule(
    code="S15",
    name="unexpanded-abbreviation",
    severity=Severity.WARNING,
    finds="No card of the deck says what an abbreviation in capitals means.",
    why="What is not understood should not be memorised, and not all readers know the same abbreviations.",
    way_out="Spell it out where it first matters, as in PD (programme director), or list it under `known` in the "
    "lint settings.",
    references=(ANKI_EDITING, TWENTY_RULES),
    bad="""\
- id: first-read
  kind: basic
  front: What does the ⟦PD⟧ read first?
  back: The file
""",
    good="""\
- id: first-read
  kind: basic
  front: What does the PD (programme director) read first?
  back: The file
""",
    settings=(
        Setting(
            "known",
            ("AM", "DNA", "EU", "ID", "MD", "OK", "PDF", "PM", "RNA", "TV", "UK", "UN", "US", "USA", "USD"),
            "Abbreviations that the collection's readers know.",
        ),
    ),
    deck=check,
    needs_all=True,
)
