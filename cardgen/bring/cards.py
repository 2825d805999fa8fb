"""Notes of other decks to cards of our kinds: what a side shows becomes its text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from cardgen.anki.reading.markup import printable, read_html
from cardgen.bring.plainer import plainer
from cardgen.bring.templates import sides
from cardgen.read.unprintable import UNPRINTABLE
from cardgen.richtext import Paragraph, Styled, is_blank, to_plain
from cardgen.richtext.parse import check_gaps
from cardgen.richtext.rebuild import joined, without_styles
from cardgen.richtext.write import NotWritableError, to_markdown

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from cardgen.anki.reading import FoundNote, FoundNoteType
    from cardgen.bring.templates import Shown, Sides
    from cardgen.richtext import Inline, RichText

_MOST_LETTERS: Final = 20_000
"""Longest text of a card; see schema/cards.schema.json."""
_TOO_LONG: Final = f"a side has more than {_MOST_LETTERS:,} letters"
_LONGEST_TYPED: Final = 1_000
_LONGEST_TAG: Final = 200
_NOTHING: Final = "no field gives its {} anything that is not on its {}"
_FILLED: Final = re.compile(r"\{\{c\d+::(.*?)(?:::.*?)?\}\}", re.DOTALL)
_PERSONAL: Final = frozenset({"leech", "marked"})
"""Tags that Anki gives to what a learner finds hard, or marks: they are nobody else's."""
_NO_TAG: Final = re.compile(rf"(?:[\s\"'*,]|{UNPRINTABLE.pattern})+|(?<!:):(?!:)|:{{3,}}|^:+|:+$")


_READING: Final = re.compile(r" ?([^ >\[\]]+?)\[((?!sound:)[^\[\]]+)\]")
_READINGS: Final = {"furigana": r"<ruby>\1<rt>\2</rt></ruby>", "kanji": r"\1", "kana": r"\2"}
"""What filters for Japanese make of ``漢字[かんじ]`` (rslib/src/template_filters.rs)."""


class Made(NamedTuple):
    """A card, without its id.

    Attributes:
        fields: Its kind, texts and tags, as they stand in the file.
        name: The words of its question, of which its id is made.
    """

    fields: dict[str, Any]
    name: str


class Refusal(NamedTuple):
    """Why a card of a note was not brought over."""

    why: str


def cards_of(
    note: FoundNote, kind: FoundNoteType, media: Callable[[str], str | None], lost: Counter[str]
) -> Iterator[Made | Refusal]:
    """Yield the cards that a note becomes.

    Args:
        note: The note.
        kind: Its note type.
        media: Returns a path in the deck for the name of a file; None if there is no such file.
        lost: Counts what of its texts was left out.
    """
    texts = _Texts(dict(zip(kind.fields, note.fields, strict=True)), media, lost)
    tags = tags_of(note.tags)
    shown = [*sides(kind, texts.html, tagged=bool(note.tags))]
    if not shown:
        yield Refusal("no template of it makes a card")
    elif kind.is_cloze:
        yield _cloze(shown[0], texts, tags)
    elif len(shown) == 2 and _is_mirrored(*shown):  # noqa: PLR2004 - two directions
        yield _two_sided("reversed", shown[0], texts, tags)
    else:
        for card in shown:
            is_typed = len(card.back) == 1 and "type" in card.back[0].filters
            yield _two_sided("typed" if is_typed else "basic", card, texts, tags)


def _is_mirrored(one: Sides, other: Sides) -> bool:
    """Return whether each of two cards asks for what the other shows."""
    plain = not any(shown.filters for side in (*one, *other) for shown in side)
    return plain and (one.front, one.back) == (other.back, other.front)


class _Texts:
    """The fields of a note as trees, each read when it is asked for."""

    def __init__(self, html: Mapping[str, str], media: Callable[[str], str | None], lost: Counter[str]) -> None:
        self.html = html
        self._media = media
        self._lost = lost

    def side(self, shown: Sequence[Shown]) -> RichText:
        """Return what a side shows; several fields each with its name before it, but for the first."""
        found: list[RichText] = []
        for number, (field, filters) in enumerate(shown):
            tree = self._tree(field, filters)
            if not is_blank(tree):
                found.append(_named(field, tree) if number else tree)
        return tuple(block for tree in found for block in tree)

    def _tree(self, field: str, filters: Sequence[str]) -> RichText:
        html = self.html[field]
        for name, instead in _READINGS.items():
            if name in filters:
                html = _READING.sub(instead, html)
        read = read_html(html, self._media)
        self._lost.update(read.lost)
        return read.tree

    def markdown(self, tree: RichText, *, gaps: bool = False) -> str:
        """Return the Markdown of a tree, with marks of gaps or without; what it has no form for is left out."""
        try:
            return to_markdown(tree, gaps=gaps)
        except NotWritableError:
            return to_markdown(plainer(tree, self._lost, gaps=gaps), gaps=gaps)


def _two_sided(kind: str, card: Sides, texts: _Texts, tags: Mapping[str, Any]) -> Made | Refusal:
    asked, answer = texts.side(card.front), texts.side(card.back)
    front, back = texts.markdown(asked), texts.markdown(answer)
    if not front or not back:
        return Refusal(_NOTHING.format(*(("back", "front") if front else ("front", "back"))))
    if kind == "typed":
        plain = to_plain(answer)
        if "\n" in plain or len(plain) > _LONGEST_TYPED:
            kind = "basic"
        else:
            back = plain
    if max(len(front), len(back)) > _MOST_LETTERS:
        return Refusal(_TOO_LONG)
    return Made({"kind": kind, "front": front, "back": back, **tags}, to_plain(asked[:1]))


def _cloze(card: Sides, texts: _Texts, tags: Mapping[str, Any]) -> Made | Refusal:
    field = next((shown for shown in (*card.front, *card.back) if "cloze" in shown.filters), None)
    if field is None:
        return Refusal("its template has no `cloze:`")
    tree = texts.side([field])
    text = texts.markdown(tree, gaps=True)
    if len(text) > _MOST_LETTERS:
        return Refusal(_TOO_LONG)
    has_gap, problem = check_gaps(text)
    if problem:
        # A style that begins in a gap and ends outside of it.
        text = texts.markdown(without_styles(tree), gaps=True)
        has_gap, problem = check_gaps(text)
    if not has_gap and not problem:
        return Refusal("its text has no gap")
    if problem:
        return Refusal(f"its gaps are not well formed: {problem}")
    extra = texts.markdown(texts.side([shown for shown in (*card.front, *card.back) if shown.field != field.field]))
    if max(len(text), len(extra)) > _MOST_LETTERS:
        return Refusal(_TOO_LONG)
    more = {"extra": extra} if extra else {}
    return Made({"kind": "cloze", "text": text, **more, **tags}, _FILLED.sub(r"\1", to_plain(tree[:1])))


def _named(field: str, tree: RichText) -> RichText:
    """Put a field's name before its text."""
    name: tuple[Inline, ...] = (Styled("strong", (f"{printable(field)[0].strip()}:",)),)
    match tree:
        case (Paragraph(children), *others):
            return (Paragraph(joined((*name, " ", *children))), *others)
    return (Paragraph(name), *tree)


def tags_of(tags: Sequence[str]) -> dict[str, Any]:
    """Return the field of a card's tags, without personal ones and signs that Anki's search gives a meaning.

    What is longer than a tag may be is cut.
    """
    found = (
        _NO_TAG.sub("-", tag).strip("-")[:_LONGEST_TAG].rstrip(":-") for tag in tags if tag.lower() not in _PERSONAL
    )
    kept = [*dict.fromkeys(tag for tag in found if tag)]
    return {"tags": kept} if kept else {}
