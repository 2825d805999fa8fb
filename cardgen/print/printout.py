"""A bundle as data for the templates: title, sections, cards, sources; cut into volumes where it is long."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec import Struct

from cardgen.export import Remark
from cardgen.kinds import Form, labelled
from cardgen.model import direction_of
from cardgen.notes import numbered
from cardgen.print.masks import numbered_sides, single_sides
from cardgen.print.nodes import Encoder, words
from cardgen.print.pictures import Pictures
from cardgen.print.room import cards_of, chart_letters, limits_of
from cardgen.print.selftest import asked, lines_to_write
from cardgen.print.sizes import lines_of
from cardgen.print.sources import Sources, Work, marked, unlinked
from cardgen.print.text import cut, direction, language, printable
from cardgen.richtext import BulletList, Group, GroupRole, Link, Paragraph, parse, to_plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from cardgen.export import Bundle, EditionNotes
    from cardgen.model import Printing
    from cardgen.notes import Note
    from cardgen.print import data
    from cardgen.print.masks import Sides
    from cardgen.print.nodes import Limits
    from cardgen.richtext import Inline, RichText

VOLUME: Final = {"sheet": 1000, "cards": 1000, "test": 1000, "large": 1000}
"""Most cards of one file. Typst needs up to 0.4 MB a card."""

_NARROW: Final = 38
"""Letters of a line in the column of questions of a test in two columns."""
_COLUMNS: Final = {"sheet": (28, 62, 28), "cards": (30, 48, 28), "test": (80, 48, 28), "large": (36, 40, 18)}
"""Letters of a line in the column of questions and in that of answers; and how many lines a card may have to be kept on
one page: about half a page."""

BRIEF: Final = 68
"""Letters of the question that stand over a card's answer, in one line of 77 millimetres."""
_LABEL: Final = 44
"""Letters of a section's title that stand over a card's question, in capitals, in one line as wide."""
_FOOT: Final = 34
"""Letters of the deck's title that stand under it, before the date."""


class Volume(Struct, frozen=True, eq=False):
    """What becomes one file.

    Attributes:
        data: For the templates.
        cards: How many it holds.
    """

    data: data.Volume
    cards: int


class Printout(Struct, frozen=True, eq=False):
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


def printout(bundle: Bundle, printing: Printing) -> Printout:
    """Make the data of a bundle.

    Args:
        bundle: What to print.
        printing: How; its layout is known.
    """
    layout = printing["layout"]
    writer = _Writer(layout, printing["columns"], limits_of(printing), bundle.day, several=len(bundle.editions) > 1)
    for index, edition in enumerate(bundle.editions):
        writer.add(edition, f"{index + 1}-")
    size = VOLUME[layout]
    parts = [writer.cards[start : start + size] for start in range(0, len(writer.cards), size)]
    head = _head(bundle, printing, writer, len(parts))
    volumes = [_volume(head, number, cards) for number, cards in enumerate(parts, 1)]
    return Printout(tuple(volumes), writer.pictures, tuple(writer.remarks), tuple(writer.texts), tuple(writer.shown))


def _head(bundle: Bundle, printing: Printing, writer: _Writer, parts: int) -> data.Head:
    """Return what stands on every volume: titles, the date of the content, the short hash by which a print is known."""
    deck = bundle.editions[0].deck
    above = deck.title.split("::")[:-1] if len(bundle.editions) == 1 else []
    title = printable(bundle.title)
    day = bundle.changed
    lang, region = language(deck.language)
    return {
        "layout": writer.layout,
        "title": title,
        "above": printable(" · ".join(above)),
        "edition": printable(bundle.edition),
        "foot": f"{cut(title, _FOOT)} · {bundle.day_of_change} · {bundle.version}",
        "build": bundle.imprint,
        "date": [day.year, day.month, day.day],
        "time": int(day.timestamp()),
        "lang": lang,
        "region": region,
        # A path of this machine is nothing that a page may show.
        "options": {name: value for name, value in printing.values().items() if name != "font_dir"},
        "chart_size": chart_letters(printing),
        "grid": _grid(printing) if writer.layout == "cards" else None,
        "description": writer.descriptions,
        "count": len(writer.cards),
        "count_sections": len({written.card["section"] for written in writer.cards}),
        "parts": parts,
        "words": {key: printable(text) for key, text in bundle.words.entries().items()},
        "dir": "rtl" if direction_of(deck.language) == "rtl" else "ltr",
        "words_lang": language(bundle.words.language)[0],
    }


def _grid(printing: Printing) -> data.CardGrid:
    grid = cards_of(printing)
    return {
        "page": grid.page,
        "columns": grid.columns,
        "rows": grid.rows,
        "card": grid.card,
        "first": grid.first,
        "pitch": grid.pitch,
        "safe": grid.safe,
        "lying": grid.lying,
        "perforated": grid.perforated,
    }


def _volume(head: data.Head, part: int, cards: Sequence[_Written]) -> Volume:
    """Make one volume; the sources of those that have a list of them are numbered."""
    sources = Sources()
    referring = [_referring(written, sources, head["layout"]) for written in cards]
    sections = list(_sections(referring))
    return Volume({**head, "part": part, "sections": sections, "sources": sources.entries()}, len(cards))


def _sections(cards: Sequence[data.Card]) -> Iterator[data.Section]:
    """Yield the sections of a volume."""
    for (_, title), found in groupby(cards, key=lambda card: card["section"]):
        members = list(found)
        label, continued = cut(title, _LABEL), members[0]["continued"]
        yield {"name": title, "label": label, "cards": members, "continued": continued}


def _referring(written: _Written, sources: Sources, layout: str) -> data.Card:
    """Return a card with the numbers of its sources: a few behind what they prove on a sheet, else on a line."""
    card = written.card
    if layout not in ("sheet", "large"):
        return card
    check = sources.refer(card["n"], written.check)
    mark = sources.refer(card["n"], written.cited)
    behind = mark if layout == "sheet" and mark is not None and not mark["more"] else None
    answer = marked(card["a"]["c"], behind) if behind else None
    if answer is None:
        return {**card, "check": check, "cited": mark}
    return {**card, "check": check, "a": {**card["a"], "c": answer}}


class _Written(NamedTuple):
    """A card for the templates, the works it cites, and those to check it at."""

    card: data.Card
    cited: Sequence[Work]
    check: Sequence[Work]


@dataclass(slots=True)
class _Writer:
    """Gathers the cards of a bundle."""

    layout: str
    columns: str
    limits: Limits
    day: date
    several: bool
    cards: list[_Written] = field(default_factory=list)
    descriptions: list[data.Description] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    texts: list[tuple[str, str, str]] = field(default_factory=list)
    shown: list[tuple[str, str, str, str]] = field(default_factory=list)
    _cited: dict[int, list[tuple[str, Work]]] = field(default_factory=dict)

    def add(self, edition: EditionNotes, prefix: str) -> None:
        """Add a deck; `prefix` sets its pictures apart from those of others."""
        pictures = Pictures(edition.media, prefix)
        title = edition.deck.title.split("::")[-1]
        encoder = Encoder(pictures, self.limits)
        described = encoder.blocks(parse(edition.deck.description))
        if described:
            self.descriptions.append({"title": printable(title) if self.several else "", "c": described})
            self._remark(edition.deck.id, "", encoder)
        self.texts.append((edition.deck.id, "", f"{edition.deck.title} {edition.title} {words(described)}"))
        last = self.cards[-1].card["n"] if self.cards else 0
        for number, note in numbered(edition.notes, last + 1):
            if not note.part.covered:
                section = printable(f"{title}: {note.section}" if self.several else note.section)
                self._card(number, note, (f"{edition.deck.id}/{note.section_id}", section), pictures)
        self.pictures |= pictures.files

    def _card(self, number: int, note: Note, section: tuple[str, str], pictures: Pictures) -> None:
        encoder = Encoder(pictures, self.limits)
        for sides in _faces(note, encoder, self.layout):
            self._face(number, note, section, encoder, sides)
        self._remark(note.deck_id, note.card.id, encoder)

    def _face(self, number: int, note: Note, section: tuple[str, str], encoder: Encoder, sides: Sides) -> None:
        question, answer, more = sides
        masked = note.part.masked
        question = asked(question, note) if self.layout == "test" else question
        if note.hint:
            hint = encoder.blocks(labelled(note.words.hint, note.hint, note.words))
            question = [*question, {"t": "group", "role": GroupRole.PROMPT, "c": hint}]
        remark = encoder.blocks(note.note) if note.note else []
        card = note.card
        lang, region = language(card.language)
        cited = self._sources(note, encoder)
        asked_words, answer_words = words(question), words(answer)
        text = f"{asked_words} {answer_words} {words(more)} {words(remark)}"
        width, answered, whole = _COLUMNS[self.layout]
        width = _NARROW if self.layout == "test" and self.columns == "2" else width
        size = sum(lines_of(nodes, answered) for nodes in (answer, more, remark))
        is_plan = any(isinstance(block, Group) and block.role is GroupRole.FOLDED for block in note.part.more)
        continued = bool(self.cards) and self.cards[-1].card["section"] == section
        written: data.Card = {
            "n": number,
            "id": card.id,
            "deck": note.deck_id,
            "section": section,
            "continued": continued,
            "lang": lang,
            "region": region,
            "q": {"c": question, "dir": direction(card.direction, [asked_words])},
            "a": {"c": answer, "dir": direction(card.direction, [answer_words])},
            "more": more,
            "note": remark,
            "as_of": printable(note.dated),
            "warn": list(note.warnings(self.day)),
            "said": {"lang": language(note.words.language)[0], "dir": direction_of(note.words.language)},
            "sources": [line for line, _ in cited],
            "cited": None,
            "check": None,
            "brief": cut(words(question[:1]), BRIEF),
            "long": max(size, lines_of(question, width)) > whole,
            "lines": len(masked.masks) if masked else lines_to_write(question, answer, self.columns),
            "plan": _plan(note, encoder) if self.layout == "test" and is_plan else None,
        }
        works = [work for _, work in cited]
        see = len(card.see)
        self.cards.append(_Written(written, works[see:], works[:see]))
        told = " ".join(f"{work.text} {work.href}" for work in works)
        self.texts.append(
            (note.deck_id, card.id, f"{text} {told} {written['as_of']} {'' if continued else section[1]}")
        )

    def _sources(self, note: Note, encoder: Encoder) -> list[tuple[str, Work]]:
        """Return each work of a note as the line of a card to cut out shows it, and as the list of sources does."""
        # Cards that cite the same share one tree, which lives as long as they do: its id names it.
        found = self._cited.get(id(note.source))
        if found is None:
            lines = [line.children for line in note.source if isinstance(line, Paragraph)]
            # Those to check at come first, each behind words that say so.
            bare = [line[1:] if index < len(note.card.see) else line for index, line in enumerate(lines)]
            plain = (words(list(unlinked(encoder.inlines(line)))) for line in lines)
            found = [(line, _work(rest, encoder)) for line, rest in zip(plain, bare, strict=True)]
            self._cited[id(note.source)] = found
        return found

    def _remark(self, deck: str, card: str, encoder: Encoder) -> None:
        self.shown.extend((deck, card, path, name) for path, name in encoder.shown.items())
        for columns in encoder.wide:
            limit = encoder.limits.columns
            message = f"a table of {columns} columns is printed as lines; {self.layout} has room for {limit}"
            self.remarks.append(Remark("CG804", message, deck, card))
        for path, why in encoder.refused.items():
            self.remarks.append(Remark("CG805", f"`{path}` is printed as an empty frame: {why}", deck, card))


def _work(line: Sequence[Inline], encoder: Encoder) -> Work:
    """Return the work of a line of sources."""
    href = next((node.address for node in line if isinstance(node, Link)), "")
    return Work(to_plain((Paragraph(tuple(line)),)), list(unlinked(encoder.inlines(line))), href)


def _faces(note: Note, encoder: Encoder, layout: str) -> Iterable[Sides]:
    """Return the sides of what becomes one card on paper; a picture with masks becomes several to cut out."""
    part = note.part
    if part.masked is not None and layout == "cards":
        return single_sides(part, part.masked, encoder, note.words)
    return (_sides(note, encoder),)


def _sides(note: Note, encoder: Encoder) -> Sides:
    part = note.part
    if part.masked is not None:
        return numbered_sides(part, part.masked, encoder)
    if part.form is Form.CLOZE:
        asked = encoder.cloze(part.front)
        return asked, _hidden(encoder.hidden), encoder.blocks((*part.back, *part.more))
    asked, answer, more = (encoder.blocks(side) for side in (part.front, part.back, part.more))
    options = next(
        (block for block in part.front if isinstance(block, Group) and block.role is GroupRole.OPTIONS), None
    )
    if options is not None and isinstance(options.children[0], BulletList):
        items = options.children[0].items
        right = [index for index, item in enumerate(items) if _is_right(item)]
        answer = [encoder.options(items, right)] if right else answer
    if note.card.kind == "process":
        side = direction(note.card.direction, [words(answer)])
        answer = [{**node, "t": "chain", "dir": side} if node["t"] == "ol" else node for node in answer]
    known = words(answer).replace("\N{NO-BREAK SPACE}", " ")
    return asked, answer, [_without_known_unit(node, known) for node in more]


def _without_known_unit(node: data.BlockNode, answer: str) -> data.BlockNode:
    """Return a chart without the unit, if that stands in the answer just above it."""
    if node["t"] == "group":
        return {"t": "group", "role": node["role"], "c": [_without_known_unit(inner, answer) for inner in node["c"]]}
    if node["t"] == "chart" and node["unit"] in answer:
        if node["form"] == "bars":
            return {**node, "unit": ""}
        if node["form"] == "lines":
            return {**node, "unit": ""}
    return node


def _is_right(item: RichText) -> bool:
    return any(isinstance(block, Group) and block.role is GroupRole.RIGHT for block in item)


def _hidden(hidden: list[list[data.InlineNode]]) -> list[data.BlockNode]:
    """Return what blanks hide: alone as it is, several as a list with the numbers of the blanks."""
    if len(hidden) == 1:
        return [{"t": "p", "c": hidden[0]}]
    return [{"t": "ol", "start": 1, "c": [[{"t": "p", "c": words}] for words in hidden]}]


def _plan(note: Note, encoder: Encoder) -> data.Plan:
    """Return the parts of an answer's plan, for its worksheet."""
    shown = [block for block in (*note.part.back, *note.part.more) if isinstance(block, Group)]
    folded = [inner for block in shown if block.role is GroupRole.FOLDED for inner in block.children]
    groups = {block.role: block for block in (*shown, *folded) if isinstance(block, Group)}

    def part(role: GroupRole) -> list[data.BlockNode]:
        return encoder.blocks(groups[role].children) if role in groups else []

    return {
        "aim": part(GroupRole.AIM),
        "name": part(GroupRole.NAME),
        "moves": [item for node in part(GroupRole.TEXTS) if node["t"] in ("ol", "ul") for item in node["c"]],
        "do": part(GroupRole.DO),
        "dont": part(GroupRole.DONT),
        "template": part(GroupRole.TEMPLATE),
    }
