"""A18: details in stories by which a patient could be known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cardgen.kinds.story import Story
from cardgen.lint.base import Rule, Severity
from cardgen.lint.literature import DEIDENTIFICATION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Finding, Settings
    from cardgen.lint.view import DeckView

_MONTH: Final = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|March|Mar\.|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?"
    r"|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY: Final = r"(?:0?[1-9]|[12]\d|3[01])"
_YEAR: Final = r"(?:,? (?:19|20)\d\d\b)?"
_PERSON: Final = r"(?:patient|man|woman|boy|girl|child|baby|son|daughter|husband|wife|mother|father|nurse|colleague)"
_RECORD: Final = r"(?:MRN|(?:medical )?record|chart|file|case|patient|hospital|NHS|health card|insurance|policy)"

_DETAILS: Final = (
    ("a name", r"\b(?:Mr|Mrs|Ms|Mx|Mme|Sra)\b\.? (?!And\b|Or\b)[A-Z][^\W\d_]+"),
    ("a name", r"\b(?:Miss|Herr|Frau|Señora?) [A-Z][^\W\d_]+"),
    ("a name", rf"\b(?:{_PERSON} called|named|name (?:was|is)) [A-Z][a-z]+\b"),
    (
        "a date",
        rf"\b(?:{_DAY}(?:st|nd|rd|th)?(?: of)? {_MONTH}(?!\w)|{_MONTH} {_DAY}(?:st|nd|rd|th)?\b(?!:)){_YEAR}",
    ),
    ("a date", rf"\b(?:19|20)\d\d-(?:0[1-9]|1[0-2])-{_DAY}\b"),
    ("a date", rf"\b{_DAY}([/.-]){_DAY}\1(?:19|20)\d\d\b|\b{_DAY}/{_DAY}/\d\d\b(?!/)"),
    ("a date of birth", r"\bDOB\b|\b[Dd]ate of birth\b"),
    (
        "a record number",
        rf"\b(?i:{_RECORD}(?: (?:number|no\.?|ID))?(?: is| was)?[:# ]+[A-Z]{{0,3}}-?\d[\d-]{{4,}})",
    ),
    ("a record number", r"(?<![\w.,$€£])\d{7,12}(?<!000)(?![\w%]|[.,]\d)"),
    ("a record number", r"\b\d{3}-\d{2}-\d{4}\b|\b\d{3} \d{3} \d{4}\b"),
    ("a phone number", r"\+\d[\d ().-]{7,}\d|\(\d{3}\) ?\d{3}[-. ]\d{4}\b|\b\d{3}([-.])\d{3}\1\d{4}\b"),
    ("an e-mail address", r"[\w.+-]+@[\w-]+\.[\w.-]*\w"),
)
"""What tells who somebody was, as far as its form shows it: of the identifiers of the HIPAA safe harbor, 45 CFR
164.514(b)(2), names, days, telephone and record numbers and e-mail addresses. The expressions are compiled where there
is a story."""


def check(deck: DeckView, _settings: Settings) -> Iterator[Finding]:
    """Look at stories, and at all cards of private decks."""
    for card in deck.cards:
        if not deck.deck.private and not isinstance(card.card.content, Story):
            continue
        for text in card.texts:
            told: list[tuple[int, int]] = []
            for what, pattern in _DETAILS:
                for match in re.finditer(pattern, text.plain):
                    if all(match.end() <= start or match.start() >= end for start, end in told):
                        told.append(match.span())
                        yield text.finding(f"“{match[0]}” is {what}", match.span())._replace(card=card)


RULE = Rule(
    code="A18",
    name="identifying-detail",
    severity=Severity.WARNING,
    finds="A story, or a card of a private deck, has a name, a day, a record or phone number, or an e-mail address.",
    why="By such details a patient can be known, and a story is told to strangers.",
    way_out="Leave it out: a role, an age and a season tell the story as well.",
    references=(DEIDENTIFICATION,),
    bad="""\
- id: night
  kind: story
  title: The night of two plans
  beats:
    Situation: On ⟦12 March 2024⟧ I was alone on call.
    Task: ⟦Mrs. Okafor⟧ was septic, and the lactate was not back.
    Action: I read out ⟦MRN 0048213⟧ to the senior.
    Afterwards: I wrote to ⟦daughter@example.org⟧.
    Result: Her son, a man ⟦named Daniel⟧, thanked us.
""",
    good="""\
- id: night
  kind: story
  title: The night of two plans
  beats:
    Situation: One night in March 2024 I was alone on call for 40 patients.
    Task: A woman in her sixties (BP 85/40, lactate 4.1) was septic.
    Action: I called the senior at 3:10, began fluids, 30 mL/kg, and asked May, the nurse, to help.
    Result: Mrs. O. left the unit after 10 days, and her son thanked us.
""",
    deck=check,
)
