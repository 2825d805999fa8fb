"""A card as rules look at it: each text without markup, made once for all rules."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from cardgen.kinds import CardText, Role, kind_named
from cardgen.lint.base import Finding
from cardgen.lint.text import content_words, count_words, flat, may_have_more_words
from cardgen.richtext import has_markup, parse
from cardgen.richtext.gaps import ask

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from cardgen.model import Card, Deck, Section, Source


_GAP: Final = re.compile(r"\{\{c([0-9]+)::((?:(?!\{\{c|\}\}|::).)*)(?:::((?:(?!\{\{c|\}\}).)*))?\}\}", re.DOTALL)


class Gap(NamedTuple):
    """A gap: its number, what it hides, its hint or nothing, and where it stands in the text's `gapped`."""

    number: int
    hidden: str
    hint: str
    span: tuple[int, int]


class Text:
    """One text of a card.

    Attributes:
        role: What it is to the learner.
        path: The way to it, from the card.
        written: As its author wrote it.
    """

    __slots__ = ("_content", "_gapped", "_gaps", "_plain", "_words", "literal", "path", "role", "written")

    def __init__(self, side: CardText) -> None:
        self.role, self.path, self.written, self.literal = side
        self._gapped: str | None = None
        self._plain: str | None = None
        self._gaps: tuple[Gap, ...] | None = None
        self._words: int | None = None
        self._content: frozenset[str] | None = None

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The gaps, innermost ones where they are nested."""
        if self._gaps is None:
            self._gaps = tuple(
                Gap(int(match[1]), match[2], match[3] or "", match.span()) for match in _GAP.finditer(self.gapped)
            )
        return self._gaps

    @property
    def gapped(self) -> str:
        """The text without markup; gaps as they were typed."""
        if self._gapped is None:
            written = self.written
            # Most texts are words and marks that cannot be markup.
            is_plain = self.literal or not has_markup(written)
            self._gapped = written if is_plain else flat(parse(written))
        return self._gapped

    @property
    def plain(self) -> str:
        """The text without markup; gaps filled."""
        if self._plain is None:
            gapped = self.gapped
            self._plain = ask(gapped, 0) if self.role is Role.GAPS else gapped
        return self._plain

    @property
    def content(self) -> frozenset[str]:
        """What it is about: see `content_words`."""
        if self._content is None:
            self._content = content_words(self.plain)
        return self._content

    def more_words_than(self, limit: int) -> int:
        """Give the number of words if there are more than the limit, else 0; short texts are not counted at all."""
        if self._words is None:
            if not may_have_more_words(self.plain, limit):
                return 0
            self._words = count_words(self.plain)
        return self._words if self._words > limit else 0

    @property
    def name(self) -> str:
        """The field's name, for messages."""
        return next(step for step in reversed(self.path) if isinstance(step, str))

    def finding(self, message: str, span: tuple[int, int] | None = None, hint: str = "") -> Finding:
        """Make a finding about the text, or a part of its `plain`."""
        if span is not None and self.role is Role.GAPS:
            span = self._with_gaps(span)
        if span is None:
            return Finding(message, self.path, hint=hint)
        return Finding(message, self.path, self, span, hint)

    def written_finding(self, message: str, span: tuple[int, int]) -> Finding:
        """Make a finding about a part of what was written, markup and all."""
        return Finding(message, self.path, self, span, as_written=True)

    def gap_finding(self, message: str, gap: Gap) -> Finding:
        """Make a finding about a gap."""
        return Finding(message, self.path, self, gap.span)

    def _with_gaps(self, span: tuple[int, int]) -> tuple[int, int] | None:
        """Give where a part of `plain` stands in `gapped`; None for gaps inside gaps."""
        there: list[int] = []
        at = 0
        for gap in self.gaps:
            hidden = gap.span[0] + len("{{c::") + len(str(gap.number))
            there.extend((*range(at, gap.span[0]), *range(hidden, hidden + len(gap.hidden))))
            at = gap.span[1]
        there.extend(range(at, len(self.gapped)))
        if "".join(self.gapped[position] for position in there) != self.plain or span[0] >= span[1]:
            return None
        return there[span[0]], there[span[1] - 1] + 1

    def written_span(self, span: tuple[int, int]) -> tuple[int, int] | None:
        """Give where the part that a finding names stands in what was written; None where the markup hides it."""
        gapped = self.gapped
        if gapped == self.written:
            return span
        part = gapped[span[0] : span[1]]
        starts = [match.start() for match in re.finditer(re.escape(part), self.written)]
        if not part or len(starts) != gapped.count(part):
            return None
        start = starts[gapped.count(part, 0, span[0])]
        return start, start + len(part)


@dataclass(frozen=True, slots=True)
class Shared:
    """What all cards of a check have in common: the collection's sources, by id, and the day of the check."""

    sources: Mapping[str, Source]
    day: date


_ASKED: Final = frozenset({Role.PROMPT, Role.CUE, Role.GAPS})


class CardView:
    """A card with its texts.

    Attributes:
        card: The card.
        shared: What it has in common with others.
        english: Whether its texts are in English: rules that look for words know only those.
        texts: All its texts, the small print under the answer last.
        prompts: Its questions. Those of frameworks are not among them: they are quoted, not asked.
        asked: All that an answer hangs on: questions, terms, titles, texts with gaps.
        answers: What is to be recalled; not the texts with gaps.
        gapped: The texts with gaps.
        offers_wrong: Whether it offers wrong answers to choose from.
        own_tags: Its tags but for those of its file's defaults.
    """

    __slots__ = (
        "_lower",
        "_plain",
        "answers",
        "asked",
        "card",
        "english",
        "gapped",
        "offers_wrong",
        "own_tags",
        "prompts",
        "shared",
        "texts",
    )

    def __init__(self, card: Card, section: Section, shared: Shared) -> None:
        self.card = card
        self.own_tags = card.tags[len(section.tags) :]
        self.shared = shared
        self.english = card.language[:2].lower() == "en"
        self.texts = [Text(side) for side in kind_named(card.kind).texts(card.content)]
        by_role: dict[Role, list[Text]] = {}
        for text in self.texts:
            by_role.setdefault(text.role, []).append(text)
        self.prompts = by_role.get(Role.PROMPT, [])
        self.gapped = by_role.get(Role.GAPS, [])
        self.answers = by_role.get(Role.ANSWER, [])
        self.offers_wrong = Role.WRONG in by_role
        self.asked = [text for text in self.texts if text.role in _ASKED]
        if card.note:
            self.texts.append(Text(CardText(Role.MORE, ("note",), card.note)))
        self._plain: str | None = None
        self._lower: str | None = None

    @property
    def plain(self) -> str:
        """All its texts without markup, one after the other: what is not in here is in none of them."""
        if self._plain is None:
            self._plain = "\n".join([text.plain for text in self.texts])
        return self._plain

    @property
    def lower(self) -> str:
        """The same in small letters."""
        if self._lower is None:
            self._lower = self.plain.lower()
        return self._lower


@dataclass(frozen=True, slots=True)
class DeckView:
    """A deck with its cards, but for those that have errors of their own."""

    deck: Deck
    cards: tuple[CardView, ...]
    shared: Shared
