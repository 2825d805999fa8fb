"""A bundle as data for the templates: title, sections, cards, sources; cut into volumes where it is long."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from cardgen import __version__
from cardgen.export import Remark
from cardgen.kinds import Form
from cardgen.notes.dates import day_in_words
from cardgen.print.nodes import Encoder, Limits, refer, words
from cardgen.print.pictures import Pictures
from cardgen.print.sizes import lines_of
from cardgen.print.text import cut, direction, language, printable
from cardgen.richtext import BulletList, Group, parse, to_plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from cardgen.export import Bundle, EditionNotes
    from cardgen.model import Printing
    from cardgen.notes import Note
    from cardgen.print.nodes import Node
    from cardgen.richtext import RichText

VOLUME: Final = {"sheet": 1000, "cards": 500, "test": 1000, "large": 1000}
"""Most cards of one file. Typst needs up to 0.4 MB a card, for cards that are tried in several sizes 0.9 MB."""

_LIMITS: Final = {
    "sheet": Limits(7, 60, 24, 72),
    "cards": Limits(5, 50, 10, 56),
    "test": Limits(5, 50, 24, 56),
    "large": Limits(4, 44, 24, 38),
}

_COLUMNS: Final = {"sheet": (28, 62, 28), "cards": (30, 48, 28), "test": (80, 48, 28), "large": (36, 40, 18)}
"""Letters of a line in the column of questions and in that of answers; and how many lines a card may have to be kept on
one page: about half a page."""

_WORDS_A_LINE: Final = 11
"""How many words people write by hand on a line of 160 millimetres."""
_FEWEST, _MOST = 2, 7
"""Lines to write on, of the self-test."""

BRIEF: Final = 68
"""Letters of the question that stand over a card's answer, in one line of 77 millimetres."""
_LABEL: Final = 44
"""Letters of a section's title that stand over a card's question, in capitals, in one line as wide."""
_FOOT: Final = 34
"""Letters of the deck's title that stand under it, before the date."""


@dataclass(frozen=True, eq=False)
class Volume:
    """What becomes one file.

    Attributes:
        data: For the templates.
        cards: How many it holds.
    """

    data: Mapping[str, Any]
    cards: int


@dataclass(frozen=True, eq=False)
class Document:
    """A bundle for print.

    Attributes:
        volumes: In order; page numbers run on.
        pictures: Files that the templates need, by name.
        remarks: What paper cannot show as it was meant.
        texts: All text of each card, with the ids of deck and card, to find a character again.
        shown: The pictures of each card: ids of deck and card, path in the deck, name for the templates.
    """

    volumes: tuple[Volume, ...]
    pictures: Mapping[str, bytes]
    remarks: tuple[Remark, ...]
    texts: tuple[tuple[str, str, str], ...]
    shown: tuple[tuple[str, str, str, str], ...]


def document(bundle: Bundle, printing: Printing) -> Document:
    """Make the data of a bundle.

    Args:
        bundle: What to print.
        printing: How; its layout is known.
    """
    layout = printing["layout"]
    writer = _Writer(layout, bundle.day, several=len(bundle.editions) > 1)
    for index, edition in enumerate(bundle.editions):
        writer.add(edition, f"{index + 1}-")
    head = _head(bundle, printing, layout) | {"description": writer.descriptions, "count": len(writer.cards)}
    size = VOLUME[layout]
    parts = [writer.cards[start : start + size] for start in range(0, len(writer.cards), size)]
    sections = len({card["section"] for card in writer.cards})
    volumes = [
        Volume(
            head
            | {
                "part": number,
                "parts": len(parts),
                "count_sections": sections,
                "sections": list(_sections(cards, layout)),
            },
            len(cards),
        )
        for number, cards in enumerate(parts, 1)
    ]
    return Document(tuple(volumes), writer.pictures, tuple(writer.remarks), tuple(writer.texts), tuple(writer.shown))


def _head(bundle: Bundle, printing: Printing, layout: str) -> dict[str, Any]:
    """Give what stands on every volume: titles, the date of the content, the short hash by which a print is known."""
    titles = [edition.deck.title.split("::") for edition in bundle.editions]
    if len(titles) == 1:
        *above, title = titles[0]
    else:
        above, title = [], titles[0][0] if len({levels[0] for levels in titles}) == 1 else bundle.name
    editions = dict.fromkeys(edition.title for edition in bundle.editions if edition.title)
    day = datetime.fromtimestamp(max(edition.changed for edition in bundle.editions), UTC)
    digest = hashlib.blake2b(digest_size=4)
    for edition in bundle.editions:
        digest.update(edition.content_hash.encode())
    written = day_in_words(day.strftime("%Y-%m-%d"))
    lang, region = language(bundle.editions[0].deck.language)
    return {
        "layout": layout,
        "title": printable(title),
        "above": printable(" · ".join(above)),
        "edition": printable(", ".join(editions)),
        "foot": f"{cut(printable(title), _FOOT)} · {written} · {digest.hexdigest()[:7]}",
        "build": f"cardgen {__version__} · {written} · deck {digest.hexdigest()[:7]}",
        "date": [day.year, day.month, day.day],
        "time": int(day.timestamp()),
        "lang": lang,
        "region": region,
        # A path of this machine is nothing that a page may show.
        "options": {name: value for name, value in printing.values().items() if name != "font_dir"},
    }


def _sections(cards: Sequence[dict[str, Any]], layout: str) -> Iterator[dict[str, Any]]:
    """Give the sections of a volume, with the sources that their cards cite, numbered from 1."""
    for name, found in groupby(cards, key=lambda card: card["section"]):
        numbers: dict[str, int] = {}
        sources: list[Any] = []
        members = list(found)
        for card in members if layout in ("sheet", "large") else ():
            refs = []
            for text, source in zip(card["cited"], card["sources"], strict=True):
                if text not in numbers:
                    numbers[text] = len(numbers) + 1
                    sources.append(source)
                refs.append(numbers[text])
            if refs:
                refer(card["a"]["c"], _ranges(sorted(set(refs))))
        label = cut(name[1], _LABEL)
        yield {
            "name": name[1],
            "label": label,
            "cards": members,
            "sources": sources,
            "continued": members[0]["continued"],
        }


def _ranges(numbers: Sequence[int]) -> str:
    """Write ascending numbers, three or more in a row as first and last."""
    written: list[str] = []
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        row = [number for _, number in run]
        long = len(row) > 2  # noqa: PLR2004 - "1, 2" is as short as a range
        written += [f"{row[0]}\N{EN DASH}{row[-1]}"] if long else map(str, row)
    return ", ".join(written)


@dataclass(slots=True)
class _Writer:
    """Gathers the cards of a bundle."""

    layout: str
    day: date
    several: bool
    cards: list[dict[str, Any]] = field(default_factory=list)
    descriptions: list[dict[str, Any]] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    texts: list[tuple[str, str, str]] = field(default_factory=list)
    shown: list[tuple[str, str, str, str]] = field(default_factory=list)
    _cited: dict[int, list[tuple[str, list[Any]]]] = field(default_factory=dict)

    def add(self, edition: EditionNotes, prefix: str) -> None:
        """Add a deck; `prefix` sets its pictures apart from those of others."""
        pictures = Pictures(edition.media, prefix)
        title = edition.deck.title.split("::")[-1]
        encoder = Encoder(pictures, _LIMITS[self.layout])
        described = encoder.blocks(parse(edition.deck.description))
        if described:
            self.descriptions.append({"title": printable(title) if self.several else "", "c": described})
            self._remark(edition.deck.id, "", encoder)
        self.texts.append((edition.deck.id, "", f"{edition.deck.title} {edition.title} {words(described)}"))
        for note in edition.notes:
            if not note.part.id:
                section = printable(f"{title}: {note.section}" if self.several else note.section)
                self._card(note, (f"{edition.deck.id}/{note.section_id}", section), pictures)
        self.pictures |= pictures.files

    def _card(self, note: Note, section: tuple[str, str], pictures: Pictures) -> None:
        encoder = Encoder(pictures, _LIMITS[self.layout])
        question, answer, more = _sides(note, encoder)
        remark = encoder.blocks(note.note) if note.note else []
        card = note.card
        lang, region = language(card.language)
        cited = self._sources(note.source, encoder)
        text = f"{words(question)} {words(answer)} {words(more)} {words(remark)}"
        asked, answered, whole = _COLUMNS[self.layout]
        size = sum(lines_of(nodes, answered) for nodes in (answer, more, remark))
        plain_sources = [plain for plain, _ in cited]
        data = {
            "n": len(self.cards) + 1,
            "id": card.id,
            "deck": note.deck_id,
            "section": section,
            "continued": bool(self.cards) and self.cards[-1]["section"] == section,
            "lang": lang,
            "region": region,
            "q": {"c": question, "dir": direction(card.direction, [words(question)])},
            "a": {"c": answer, "dir": direction(card.direction, [words(answer)])},
            "more": more,
            "note": remark,
            "as_of": f"As of {day_in_words(card.as_of)}" if card.as_of else "",
            "warn": list(note.warnings(self.day)),
            "cited": plain_sources,
            "sources": [source for _, source in cited],
            "brief": cut(words(question[:1]), BRIEF),
            "long": max(size, lines_of(question, asked)) > whole,
            "lines": max(_FEWEST, min(_MOST, -(-len(words(answer).split()) // _WORDS_A_LINE))),
            # On a small card, the moves of an answer; advice and template have pages of their own.
            "deferred": self.layout == "cards" and card.kind == "framework" and bool(more),
            "plan": _plan(note, encoder) if self.layout == "test" and card.kind == "framework" else None,
        }
        self.cards.append(data)
        heading = "" if data["continued"] else section[1]
        self.texts.append((note.deck_id, card.id, f"{text} {' '.join(plain_sources)} {heading}"))
        self._remark(note.deck_id, card.id, encoder)

    def _sources(self, source: RichText, encoder: Encoder) -> list[tuple[str, list[Any]]]:
        # Cards that cite the same share one tree, which lives as long as they do: its id names it.
        found = self._cited.get(id(source))
        if found is None:
            found = [(to_plain((line,)), encoder.blocks((line,))[0]["c"]) for line in source]
            self._cited[id(source)] = found
        return found

    def _remark(self, deck: str, card: str, encoder: Encoder) -> None:
        self.shown.extend((deck, card, path, name) for path, name in encoder.shown.items())
        for columns in encoder.wide:
            limit = encoder.limits.columns
            message = f"a table of {columns} columns is printed as lines; {self.layout} has room for {limit}"
            self.remarks.append(Remark("CG804", message, deck, card))
        for path, why in encoder.refused.items():
            self.remarks.append(Remark("CG805", f"`{path}` is printed as an empty frame: {why}", deck, card))
        if encoder.mathematics:
            self.remarks.append(Remark("CG806", f"`{encoder.mathematics[0]}` is printed as it was typed", deck, card))


def _sides(note: Note, encoder: Encoder) -> tuple[list[Node], list[Node], list[Node]]:
    """Give what is asked, what is answered, and what stands under the answer."""
    part = note.part
    if part.form is Form.CLOZE:
        asked = encoder.blocks(part.front)
        if len(encoder.blanks) == 1:
            encoder.blanks[0]["mark"] = ""
        return asked, _hidden(encoder.hidden), encoder.blocks((*part.back, *part.more))
    asked, answer, more = (encoder.blocks(side) for side in (part.front, part.back, part.more))
    options = next((block for block in part.front if isinstance(block, Group) and block.role == "options"), None)
    if options is not None and isinstance(options.children[0], BulletList):
        items = options.children[0].items
        right = [index for index, item in enumerate(items) if _is_right(item)]
        answer = [encoder.options(items, right)] if right else answer
    if note.card.kind == "process":
        answer = [{**node, "t": "chain"} if node["t"] == "ol" else node for node in answer]
    for node in more:
        _drop_known_unit(node, words(answer))
    return asked, answer, more


def _drop_known_unit(node: Node, answer: str) -> None:
    """Take from a chart a unit that stands in the answer just above it."""
    for chart in node.get("c", ()) if node["t"] == "group" else ():
        if chart["t"] == "chart" and chart["unit"] in answer:
            chart["unit"] = ""


def _is_right(item: RichText) -> bool:
    return any(isinstance(block, Group) and block.role == "right" for block in item)


def _hidden(hidden: list[list[Any]]) -> list[Node]:
    """Give what blanks hide: alone as it is, several as a list with the numbers of the blanks."""
    if len(hidden) == 1:
        return [{"t": "p", "c": hidden[0]}]
    return [{"t": "ol", "start": 1, "c": [[{"t": "p", "c": words}] for words in hidden]}]


def _plan(note: Note, encoder: Encoder) -> dict[str, list[Any]]:
    """Give the parts of an answer's plan, for its worksheet."""
    groups = {block.role: block for block in (*note.part.back, *note.part.more) if isinstance(block, Group)}
    plan = {role: encoder.blocks(groups[role].children) if role in groups else [] for role in _PLAN}
    plan["moves"] = [item for node in plan["moves"] if node["t"] == "ol" for item in node["c"]]
    return plan


_PLAN: Final = ("aim", "name", "moves", "do", "dont", "template")
