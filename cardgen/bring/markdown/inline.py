"""Cards in notes of Obsidian, as its plugins take them.

Of obsidian-spaced-repetition (https://github.com/st3v3nmw/obsidian-spaced-repetition): ``question::answer`` and
``one:::other`` in a line, ``?`` and ``??`` between lines, ``==gaps==`` with ``^[hint]`` and ``[^1]`` behind them, decks
by tags. Of flashcards-obsidian (https://github.com/reuseman/flashcards-obsidian): ``#card``, ``#card-reverse``, tags
behind them. Of Anki: ``{{c1::gaps}}``. An empty line ends a card.
"""

from __future__ import annotations

import re
from itertools import zip_longest
from textwrap import dedent
from typing import TYPE_CHECKING, Final, Literal

from cardgen.bring.markdown.lines import Block, Written, blocks, heading_of, numbered, only_tags, tags_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DECK: Final = re.compile(r"(?:^|(?<=\s))#flashcards(?:/([\w/-]+))?(?=\s|$)")
"""The tag of notes that have cards; what follows it names a deck."""

_COMMENTS: Final = (("<!--", "-->"), ("%%", "%%"))
_BLOCK_ID: Final = re.compile(r"(?:^[ \t]*|(?<=\S)[ \t]+)\^(?:\d{13}|[a-z0-9]{6})[ \t]*$", re.MULTILINE)
"""What Obsidian and the plugins put behind a block to know it again."""
_ITEM: Final = re.compile(r"\s*(?:>\s*)*(?:(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?)?")
_CARD: Final = re.compile(
    r"(?:^|(?<=\s))#(?:flash)?card([/-]reverse|[/-]spaced)?(?=\s|$)(?P<tags>(?:\s+#[\w/-]+)*)[ \t]*$"
)
_TAGS_BEHIND: Final = re.compile(r"(?<=\S)(?:\s+#[^\W\d_][\w/-]*)+\s*$")
_NOT_TEXT: Final = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)|\$[^$]+\$|\[\[[^\[\]]*\]\]|https?://\S+")
"""Where two colons part nothing."""
_HIDDEN: Final = re.compile(r"==(?=\S)([^=]+?)(?<=\S)==(?:\^\[([^\]\n]*)\])?(?:\[\^(\w+)\])?")
_LONGEST_LINE: Final = 20_000
"""Letters of a line that can be a card; see schema/cards.schema.json."""
_ANKI_GAP: Final = re.compile(r"\{\{c\d+::")


def inline_cards(text: str) -> Iterator[Written]:
    """Yield the cards of a note, without its front matter."""
    found = [*blocks(_BLOCK_ID.sub("", _without_comments(text)))]
    deck = ""
    taken = False
    for block, following in zip_longest(found, found[1:]):
        if taken:
            taken = False
            continue
        if all(map(only_tags, block.lines)):
            deck = _deck_of(block.lines[0], deck)
            continue
        if only_tags(block.lines[0]):
            deck = _deck_of(block.lines[0], deck)
            block = block._replace(lines=block.lines[1:])  # noqa: PLW2901 - the tags are no text
        reader = _Reader(block, following, deck)
        yield from reader.cards()
        taken = reader.took_following


def _without_comments(text: str) -> str:
    """Return a text without what is never shown; a comment that is not closed is text."""
    for opening, closing in _COMMENTS:
        kept: list[str] = []
        at = 0
        while (start := text.find(opening, at)) >= 0 and (end := text.find(closing, start + len(opening))) >= 0:
            kept.append(text[at:start])
            at = end + len(closing)
        text = "".join((*kept, text[at:]))
    return text


def _deck_of(line: str, otherwise: str) -> str:
    """Return the deck that a line's tag names, in Anki's notation."""
    match = DECK.search(line)
    return otherwise if match is None else (match[1] or "").strip("/").replace("/", "::")


class _Reader:
    """Reads one block.

    Args:
        block: The block.
        following: The one behind it, which may be its answer.
        deck: The deck that the note is in at this place.

    Attributes:
        took_following: Whether it was.
    """

    def __init__(self, block: Block, following: Block | None, deck: str) -> None:
        self._block = block
        self._following = following
        self._deck = deck
        self.took_following = False

    def cards(self) -> Iterator[Written]:
        """Yield the block's cards."""
        heading = heading_of(self._block.lines[0]) if self._block.is_heading else None
        lines = (heading[1],) if heading else self._block.lines
        asked: list[str] = []
        for index, line in enumerate(lines):
            if (parted := _parted(line)) is not None:
                asked = []
                yield self._inline(*parted)
            elif line.strip() in ("?", "??") and asked:
                kind: Literal["basic", "reversed"] = "basic" if line.strip() == "?" else "reversed"
                yield self._card(kind, asked, lines[index + 1 :])
                return
            elif len(line) <= _LONGEST_LINE and (tag := _CARD.search(line)) is not None:
                yield self._tagged(tag, [*asked, line[: tag.start()]], lines[index + 1 :])
                return
            else:
                asked.append(line)
        if not self._block.is_heading and _has_gaps("\n".join(asked)):
            front, deck = self._own_deck(_joined(asked) if len(asked) > 1 else _ITEM.sub("", asked[0], count=1))
            yield Written("cloze", _with_gaps(front), "", self._block.headings, deck=deck)

    def _inline(self, front: str, separator: str, back: str) -> Written:
        """Return the card of a line; tags behind it are its own."""
        tags = _TAGS_BEHIND.search(back)
        back = back[: tags.start()] if tags else back
        card = self._card(
            "reversed" if separator == ":::" else "basic", [_ITEM.sub("", front, count=1)], [back.strip()]
        )
        return card._replace(tags=tags_in(tags[0]) if tags else ())

    def _tagged(self, tag: re.Match[str], asked: list[str], answer: Sequence[str]) -> Written:
        """Return the card of a tag: its answer is in the same block, or it is the next one."""
        following = self._following
        if not answer and following is not None and not following.is_heading:
            answer, self.took_following = following.lines, True
        kind: Literal["basic", "reversed"] = "reversed" if tag[1] and tag[1].endswith("reverse") else "basic"
        return self._card(kind, asked, answer)._replace(tags=tags_in(tag["tags"]))

    def _card(self, kind: Literal["basic", "reversed"], asked: Sequence[str], answer: Sequence[str]) -> Written:
        front, deck = self._own_deck(_joined(asked))
        return Written(kind, front, _joined(answer), self._block.headings, deck=deck)

    def _own_deck(self, text: str) -> tuple[str, str]:
        """Return a text without the tag of a deck at its beginning, and the deck."""
        match = DECK.match(text)
        return (text, self._deck) if match is None else (text[match.end() :].strip(), _deck_of(text, self._deck))


def _joined(lines: Sequence[str]) -> str:
    return dedent("\n".join(lines)).strip()


def _parted(line: str) -> tuple[str, str, str] | None:
    """Return what stands before and after the colons that part a line, and these; None if there are none."""
    if "::" not in line or "\n" in line or len(line) > _LONGEST_LINE or _ANKI_GAP.search(line):
        return None
    blank = _NOT_TEXT.sub(lambda match: " " * len(match[0]), line)
    at = blank.find("::")
    if at < 0 or not _ITEM.sub("", line[:at], count=1).strip():
        return None
    separator = ":::" if blank.startswith(":::", at) else "::"
    return line[:at].rstrip(), separator, line[at + len(separator) :].strip()


def _has_gaps(text: str) -> bool:
    if not text or len(text) > _LONGEST_LINE:
        return False
    return _ANKI_GAP.search(text) is not None or _HIDDEN.search(_without_code(text)) is not None


def _without_code(text: str) -> str:
    return _NOT_TEXT.sub("", text)


def _with_gaps(text: str) -> str:
    """Return a text with its highlights as gaps: in order, or by the numbers behind them."""
    if _ANKI_GAP.search(text):
        return text
    count = 0

    def gap(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        own = match[3] if match[3] and match[3].isascii() and match[3].isdigit() else str(count)
        return numbered((own, match[1], match[2] or ""))

    return _HIDDEN.sub(gap, text)
