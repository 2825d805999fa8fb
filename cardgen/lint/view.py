"""A card as rules see it: each text without markup, parsed once for all rules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec import Struct

from cardgen.kinds import CardText, Role, kind_named
from cardgen.lint.regexes import folded
from cardgen.lint.text import (
    OBJECT,
    content_words,
    count_words,
    may_have_more_words,
    objects,
    prose,
    prose_and_objects,
    prose_inlines,
)
from cardgen.richtext import Math, Paragraph, has_markup, literal, nodes, parse
from cardgen.richtext.gaps import ask, gaps, without
from cardgen.richtext.parse import gap_spans
from cardgen.richtext.tree import tex_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from cardgen.lint.text import Object
    from cardgen.load.neighbours import Neighbours
    from cardgen.model import Card, Deck, Section, Source
    from cardgen.richtext import RichText
    from cardgen.richtext.gap_reader import Span


class Finding(NamedTuple):
    """What a rule found in a card, a deck or a source.

    Attributes:
        message: What is wrong, with the value received.
        path: The path of the value, from the card (or source, or deck.yaml).
        text: The text, if the finding is about a part of one, or None.
        span: Start and end of that part in the text's `plain`.
        as_written: Whether the span is one of the text as written instead, markup included.
        hint: What to do, if there is something better than the rule's own `way_out`.
        card: The card, if a rule for decks reports one.
    """

    message: str
    path: tuple[str | int, ...] = ()
    text: Text | None = None
    span: tuple[int, int] = (0, 0)
    hint: str = ""
    card: CardView | None = None
    as_written: bool = False


class Gap(NamedTuple):
    """A gap.

    Attributes:
        number: Its number.
        hidden, hint: The words that it hides and those of its hint, with OBJECT for code, formulas and pictures.
        objects: The code, formulas and pictures that it hides; none for a gap inside a formula.
        span: Its place in the text as written; None if the parser does not know it.
    """

    number: int
    hidden: str
    hint: str
    objects: tuple[Object, ...]
    span: Span | None


class Text:
    """One text of a card.

    Attributes:
        role: Its role on the card.
        path: Its path, from the card.
        written: As its author wrote it.
        literal: Whether it has no markup, whatever it looks like.
        plain: The words, gaps filled, with OBJECT for code, formulas and pictures.
        objects: The code, formulas and pictures: one for each OBJECT of `plain`.
    """

    __slots__ = ("_content", "_gaps", "_tree", "_words", "literal", "objects", "path", "plain", "role", "written")

    def __init__(self, side: CardText) -> None:
        self.role, self.path, self.written, self.literal = side
        self._tree: RichText | None = None
        self._gaps: tuple[Gap, ...] | None = None
        self._words: int | None = None
        self._content: frozenset[str] | None = None
        self.objects: tuple[Object, ...] = ()
        # Most texts have no markup. Set here, since nearly every rule reads it, and properties are slow.
        if self.role is not Role.GAPS and (self.literal or not has_markup(self.written)):
            self.plain = self.written
        else:
            self.plain = prose(self.tree)
            if OBJECT in self.plain:
                self.objects = objects(self.tree)

    @property
    def tree(self) -> RichText:
        """The text with its markup."""
        if self._tree is None:
            self._tree = literal(self.written) if self.literal else parse(self.written, gaps=self.role is Role.GAPS)
        return self._tree

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The gaps, each before those inside it."""
        if self._gaps is None:
            self._gaps = tuple(_gaps(self.tree, self.written)) if self.role is Role.GAPS else ()
        return self._gaps

    @property
    def full(self) -> str:
        """The text without markup, code and TeX included: for rules that find what is missing."""
        return prose_and_objects(self.tree) if self.objects else self.plain

    def gap(self, number: int) -> Gap:
        """Return the first gap of a number."""
        return next(gap for gap in self.gaps if gap.number == number)

    def around(self, number: int) -> str:
        """Return the words that the card of a number shows, with NUL for each of its gaps."""
        return prose(without(self.tree, number, "\0"))

    def objects_around(self, number: int) -> tuple[Object, ...]:
        """Return the code, formulas and pictures that the card of a number shows."""
        return objects(without(self.tree, number, "\0"))

    def hidden(self, number: int) -> str:
        """Return the words that a number hides, those of each gap on a line of their own."""
        return "\n".join(map(prose, ask(self.tree, number)[1]))

    @property
    def content(self) -> frozenset[str]:
        """What it is about: see `content_words`; code, formulas and pictures are there as Markdown."""
        if self._content is None:
            words = content_words(self.plain)
            self._content = words.union(map(str, self.objects)) if self.objects else words
        return self._content

    def more_words_than(self, limit: int) -> int:
        """Return the number of words if it is above the limit, else 0; short texts are not counted at all."""
        if self._words is None:
            if not may_have_more_words(self.plain, limit):
                return 0
            self._words = count_words(self.plain)
        return self._words if self._words > limit else 0

    def forget(self) -> None:
        """Let go of what it can make again."""
        self._tree = self._gaps = self._content = None

    @property
    def name(self) -> str:
        """The field's name, for messages."""
        return next(step for step in reversed(self.path) if isinstance(step, str))

    def finding(self, message: str, span: tuple[int, int] | None = None, hint: str = "") -> Finding:
        """Return a finding about the text, or a part of its `plain`."""
        message = message.replace(OBJECT, "…")
        if span is None:
            return Finding(message, self.path, hint=hint)
        return Finding(message, self.path, self, span, hint)

    def written_finding(self, message: str, span: tuple[int, int], hint: str = "") -> Finding:
        """Return a finding about a part of the text as written, markup included."""
        return Finding(message, self.path, self, span, hint, as_written=True)

    def gap_finding(self, message: str, gap: Gap) -> Finding:
        """Return a finding about a gap."""
        message = message.replace(OBJECT, "…")
        if gap.span is None:
            return Finding(message, self.path)
        return Finding(message, self.path, self, (gap.span.start, gap.span.end), as_written=True)

    def written_span(self, span: tuple[int, int]) -> tuple[int, int] | None:
        """Return the place of a part of `plain` in the text as written; None if the markup hides it."""
        there = self._without_gaps()
        written = "".join(self.written[position] for position in there) if self.gaps else self.written
        if written == self.plain:
            start, end = span
        else:
            part = self.plain[span[0] : span[1]]
            starts = [match.start() for match in re.finditer(re.escape(part), written)]
            full = self.full
            if not part or not starts or len(starts) != full.count(part):
                return None
            start = starts[full.count(part, 0, self._full_position(span[0]))]
            end = start + len(part)
        if start >= end:
            return None if self.gaps else (start, end)
        return there[start], there[end - 1] + 1

    def _full_position(self, position: int) -> int:
        """Return the position in `full` of one in `plain`."""
        before = self.objects[: self.plain.count(OBJECT, 0, position)]
        return position + sum(len(found.content) - 1 for found in before if found.kind != "media" and found.content)

    def _without_gaps(self) -> Sequence[int]:
        """Return the positions in the text as written of all but the notation and the hints of gaps."""
        marks = set[int]()
        for gap in self.gaps:
            if gap.span is not None:
                marks.update(range(gap.span.start, gap.span.hidden), range(*(gap.span.hint or (0, 0))))
                marks.update(range(gap.span.close, gap.span.end))
        positions = range(len(self.written))
        return [position for position in positions if position not in marks] if marks else positions


def _gaps(tree: RichText, written: str) -> Iterator[Gap]:
    found = tuple(gaps(tree))
    in_math = {id(gap) for math in nodes(tree) if isinstance(math, Math) for gap in gaps((Paragraph((math,)),))}
    spans: Sequence[Span | None] = gap_spans(written)
    if len(spans) != len(found):
        spans = [None] * len(found)
    for gap, span in zip(found, spans, strict=True):
        if id(gap) in in_math:
            yield Gap(gap.number, OBJECT, tex_of(gap.hint or ()), (), span)
        else:
            hidden = objects((Paragraph(gap.children),))
            yield Gap(gap.number, prose_inlines(gap.children), prose_inlines(gap.hint or ()), hidden, span)


class Shared(Struct, frozen=True):
    """What all cards of a check share.

    Attributes:
        sources: The collection's sources, by id.
        day: The day of the check.
        neighbours: Finds the cards of other decks that cards name; None where nobody asks for them.
    """

    sources: Mapping[str, Source]
    day: date
    neighbours: Neighbours | None = None


_ASKED: Final = frozenset({Role.PROMPT, Role.CUE, Role.GAPS})


class CardView:
    """A card with its texts.

    Attributes:
        card: The card.
        shared: What it shares with others.
        english: Whether its texts are in English: rules that look for words know only English ones.
        texts: All its texts; the note below the answer is the last.
        prompts: Its questions. Those of frameworks are not among them: they are quoted, not asked.
        asked: All that an answer depends on: questions, terms, titles, texts with gaps.
        answers: What is to be recalled; texts with gaps are not among them.
        gapped: The texts with gaps.
        offers_wrong: Whether it offers wrong answers to choose from.
        own_tags: Its tags without those of its file's defaults.
    """

    __slots__ = (
        "_folded",
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
        texts = [Text(side) for side in kind_named(card.kind).texts(card.content)]
        if card.hint:
            texts.append(Text(CardText(Role.MORE, ("hint",), card.hint)))
        by_role: dict[Role, list[Text]] = {}
        for text in texts:
            by_role.setdefault(text.role, []).append(text)
        self.prompts = tuple(by_role.get(Role.PROMPT, ()))
        self.gapped = tuple(by_role.get(Role.GAPS, ()))
        self.answers = tuple(by_role.get(Role.ANSWER, ()))
        self.offers_wrong = Role.WRONG in by_role
        self.asked = tuple([text for text in texts if text.role in _ASKED])
        if card.note:
            texts.append(Text(CardText(Role.MORE, ("note",), card.note)))
        self.texts = tuple(texts)
        self._plain: str | None = None
        self._lower: str | None = None
        self._folded: str | None = None

    @property
    def plain(self) -> str:
        """The `plain` of all its texts, one after the other: what is not in here is in none of them."""
        if self._plain is None:
            self._plain = "\n".join([text.plain for text in self.texts])
        return self._plain

    @property
    def lower(self) -> str:
        """The same in lower case."""
        if self._lower is None:
            self._lower = self.plain.lower()
        return self._lower

    @property
    def folded(self) -> str:
        """The same on one line, for patterns: see `regexes.folded`."""
        if self._folded is None:
            self._folded = folded(self.plain.replace("\n", " "))
        return self._folded

    def forget(self) -> None:
        """Let go of what it can make again.

        Rules for decks ask for little of what rules for cards do, and it is two thirds of what a check has of a card.
        """
        self._plain = self._lower = self._folded = None
        for text in self.texts:
            text.forget()


class DeckView(Struct, frozen=True):
    """A deck with its cards, except those that have errors of their own."""

    deck: Deck
    cards: tuple[CardView, ...]
    shared: Shared
