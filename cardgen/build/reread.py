"""Which texts cardgen reads otherwise than when the deck was last built, though nobody has changed them.

What a mark means can change with a new version of cardgen alone. A note that the ledger knows by what cardgen would
have made of it before is such a one: its author is told, for learners get it anew.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec.structs import replace

from cardgen.diagnostics import diagnose, shortened
from cardgen.kinds import kind_named
from cardgen.notes import compose
from cardgen.richtext.parse import former_reading
from cardgen.richtext.ruby import HAN

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from cardgen.build.compiled import CompiledDeck
    from cardgen.diagnostics import Diagnostic
    from cardgen.model import Card
    from cardgen.read import KeyPath


class _Mark(NamedTuple):
    """What has got a meaning.

    Attributes:
        traces: What files of cards contain one of where a text has it, and hardly ever else.
        pattern: What it looks like in a text: an expression, compiled where a file has a trace. To compile them all, of
            which one has a class of all Chinese characters, takes 5 ms in each command.
        meaning: What it is now.
        escaped: How it is written to stay text.
    """

    traces: tuple[str, ...]
    pattern: str
    meaning: str
    escaped: str


class _Found(NamedTuple):
    """A mark in a text of a card, with the path of the text in the card."""

    mark: _Mark
    text: str
    span: tuple[int, int]
    path: KeyPath


_BAR: Final = "|"
_FENCE: Final = r"[ ]*[A-Za-z][\w+#.-]*(?=\s*$)"

_MARKS: Final = (
    _Mark(("```",), f"(?m)```+{_FENCE}", "code with its parts told apart", "no language"),
    _Mark(("~~~",), f"(?m)~~~+{_FENCE}", "code with its parts told apart", "no language"),
    # As YAML has the beginning of a line: indented, or behind an escape.
    _Mark(
        ("  : ", "\\n: "),
        r"(?m)^[ ]*:[ \t]+\S+",
        "a definition of the term above it",
        r"`\:`",
    ),
    _Mark(("){",), r"(?<=\))\{[ ]*width[ ]*=[^{}\n]*\}", "the width of the picture before it", r"`\{`"),
    _Mark(
        (_BAR,),
        rf"\{{[^{{}}|\n]*[{HAN}][^{{}}|\n]*\|[^{{}}\n{HAN}]+\}}",
        "characters with a reading",
        r"`\{`",
    ),
    _Mark(("==",), r"==[^\s=]+", "a highlight", r"`\==`"),
    _Mark(("++",), r"\+\+[^\s+]+", "an underline", r"`\++`"),
)

_TRACES: Final = tuple(trace for mark in _MARKS for trace in mark.traces if trace != _BAR)


def findings(deck: CompiledDeck) -> Iterator[Diagnostic]:
    """Name the cards of a deck that its ledger knows as cardgen would have read them before, at their first mark."""
    marked = {card.id: found for card in _suspects(deck) if (found := _first_mark(card)) is not None}
    known = {
        note.place: (note, entry.digest)
        for note in (deck.notes if marked and deck.moved.entries else ())
        if note.card.id in marked and (entry := deck.moved.entries.get(note.place)) and entry.retired is None
    }
    now = deck.digests_of(note for note, _ in known.values())
    changed = {place: digest for place, (_, digest) in known.items() if digest != now[place]}
    if not changed:
        return
    cards = {known[place][0].card.id for place in changed}
    before = _digests_before(deck, cards)
    for card_id in dict.fromkeys(known[place][0].card.id for place in changed if before[place] == changed[place]):
        mark, text, span, path = marked[card_id]
        document, way = deck.home.cards[card_id]
        message = (
            f"`{shortened(text[slice(*span)])}` is read as {mark.meaning}, and was not when the deck was last built"
        )
        hint = f"If it should be that, build the deck; if it should stay text, write {mark.escaped}."
        yield diagnose("CG620", message, document.place_inside((*way, *path), text, span), hint)


def _digests_before(deck: CompiledDeck, cards: Collection[str]) -> Mapping[str, str]:
    """Return the digests that notes of some cards would have had before marks had a meaning, by their places."""
    sections = tuple(
        replace(section, cards=tuple(card for card in section.cards if card.id in cards))
        for section in deck.deck.sections
    )
    with former_reading():
        return deck.digests_of(compose(replace(deck.deck, sections=sections), deck.sources))


def _suspects(deck: CompiledDeck) -> Iterator[Card]:
    """Yield the cards of files that have a mark anywhere; most have none."""
    ids: set[str] = set()
    before, is_traced = "", False
    for file in deck.home.files:
        text = file.document.text
        if text is not before:  # the sections of a translation have one text in common
            before, is_traced = text, _has_trace(text)
        if is_traced:
            ids.update(file.ids)
    yield from (card for card in deck.deck.cards() if card.id in ids) if ids else ()


def _has_trace(text: str) -> bool:
    """Return whether a file may have a mark; readings, whose bar is common in YAML, need more than ASCII."""
    return any(map(text.__contains__, _TRACES)) or (_BAR in text and "{" in text and not text.isascii())


def _first_mark(card: Card) -> _Found | None:
    texts = [text for text in kind_named(card.kind).texts(card.content) if not text.literal]
    for path, text in (*((text.path, text.text) for text in texts), (("note",), card.note)):
        for mark in _MARKS:
            if match := re.search(mark.pattern, text):
                return _Found(mark, text, match.span(), path)
    return None
