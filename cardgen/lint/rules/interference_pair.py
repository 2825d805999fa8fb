"""D02: questions so similar that their answers get mixed up.

Two questions are compared only if they share some of their rarest words: if two sets overlap enough, then so do their
prefixes once all words are sorted, rarest first (prefix filtering: Chaudhuri, Ganti and Kaushik 2006, "A Primitive
Operator for Similarity Joins in Data Cleaning", https://doi.org/10.1109/ICDE.2006.9). With `_COMMON` words of a prefix
as the key, ten thousand questions make few pairs.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING, Final

from cardgen.lint.base import Rule, Setting, Severity
from cardgen.lint.literature import ANKI_LEECHES, INTERLEAVING, SUMMARY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.lint.base import Finding, Settings
    from cardgen.lint.view import CardView, DeckView, Text

_COMMON: Final = 3
"""Rare words that two questions must share to be compared."""

_LONGEST: Final = 30
"""Most content words of a question that is compared; longer ones are rare, and S04 finds them."""

_CUE: Final = re.compile(r"[\dA-Z](?:(?<=\d)\d*(?:[.,]\d+)*|(?<!^.)(?<![.?!:] .)(?<!\w.)[\w-]*)")
"""Numbers, and capitalised words that do not begin a sentence: questions that differ in one distinguish themselves. The
expression begins with a set of characters, which `re` searches for fast."""

Asked = tuple["CardView", "Text", frozenset[str]]


def check(deck: DeckView, settings: Settings) -> Iterator[Finding]:
    """Find pairs with different answers and without a `note` on how they differ.

    Code, formulas and pictures tell questions apart, as names and numbers do.
    """
    alike_in_cues: dict[tuple[str, ...], list[tuple[CardView, Text]]] = {}
    for card in deck.cards:
        if not _contrasted(card):
            for text in card.prompts:
                cues = tuple(sorted({*_CUE.findall(text.plain), *map(str, text.objects)}))
                alike_in_cues.setdefault(cues, []).append((card, text))
    for group in alike_in_cues.values():
        if len(group) > 1:
            yield from _pairs([(card, text, text.content) for card, text in group], settings["percent"])


def _pairs(asked: list[Asked], share: int) -> Iterator[Finding]:
    buckets: dict[tuple[str, ...], list[Asked]] = {}
    frequency = Counter(word for _, _, words in asked for word in words)
    for entry in asked:
        card, text, words = entry
        if not _COMMON <= len(words) <= _LONGEST:
            continue
        rarest = sorted(words, key=lambda word: (frequency[word], word))
        beginning = rarest[: len(words) - -(-share * len(words) // 100) + _COMMON]
        others: dict[int, Asked] = {}
        for key in combinations(beginning, _COMMON):
            bucket = buckets.setdefault(key, [])
            others.update((id(other), other) for other in bucket)
            bucket.append(entry)
        alike = next((other for other in others.values() if _alike(entry, other, share)), None)
        if alike is not None:
            message = f"is easily mixed up with the card `{alike[0].card.id}`: “{_short(alike[1])}”"
            yield text.finding(f"`{text.name}` {message}")._replace(card=card)


def _contrasted(card: CardView) -> bool:
    return bool(card.card.note)


def _alike(one: Asked, other: Asked, share: int) -> bool:
    shared = len(one[2] & other[2])
    if 100 * shared < share * (len(one[2]) + len(other[2]) - shared) or one[2] == other[2]:
        return False
    answers = [[(text.plain, text.objects) for text in card.answers] for card, _, _ in (one, other)]
    return one[0] is not other[0] and answers[0] != answers[1]


def _short(text: Text) -> str:
    longest = 60
    plain = " ".join(text.plain.split())
    return plain if len(plain) <= longest else f"{plain[: longest - 1]}…"


RULE = Rule(
    code="D02",
    name="interference-pair",
    severity=Severity.WARNING,
    finds="Two questions of a deck are nearly the same but have different answers, and no name, number or note "
    "distinguishes them.",
    why="Similar cards interfere with each other and become leeches: cards that are failed again and again.",
    way_out="Add the deciding word to the question, or say in `note` how the two differ.",
    references=(SUMMARY, ANKI_LEECHES, INTERLEAVING),
    bad="""\
- id: news
  kind: basic
  front: Which talk protocol opens with a warning about bad clinical news?
  back: SPIKES
- id: errors
  kind: basic
  front: ⟦Which talk protocol opens with a warning about bad clinical errors?⟧
  back: CONES
""",
    good="""\
- id: news
  kind: basic
  front: Which talk protocol opens with a warning about bad clinical news?
  back: SPIKES
- id: errors
  kind: basic
  front: Which talk protocol opens with a warning about bad clinical errors?
  back: CONES
  note: With news the patient sets the pace; with an error you owe the facts.
- id: rate-2025
  kind: basic
  front: What share of active non-US IMGs matched to a first-year place in 2025?
  back: 58.0 percent
- id: rate-2026
  kind: basic
  front: What share of active non-US IMGs matched to a first-year place in 2026?
  back: 56.4 percent
""",
    settings=(
        Setting("percent", 70, "Percentage of their content words that two questions share. A value of our own."),
    ),
    deck=check,
)
