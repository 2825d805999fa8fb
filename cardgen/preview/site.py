"""What the page shows: decks, cards and findings, as immutable records and as the JSON that the page reads."""

from __future__ import annotations

from functools import cache, cached_property, partial
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, TypeVar

from msgspec import Struct, field
from msgspec.structs import asdict, replace

from cardgen.anki.fields import rendered_notes
from cardgen.anki.mathjax import typeset
from cardgen.anki.note_types import FORMS, note_type
from cardgen.anki.render import shown, template_texts
from cardgen.build.compile import compile_collection
from cardgen.build.private import published
from cardgen.diagnostics import Place, diagnose, shortened
from cardgen.diagnostics.shown import json_document
from cardgen.kinds import Form
from cardgen.memory import NO_MEMORY
from cardgen.notes import questions

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence
    from pathlib import Path

    from cardgen.anki.fields import AnkiNote
    from cardgen.build.compiled import CompiledCollection, CompiledDeck
    from cardgen.check import MediaFile
    from cardgen.diagnostics import Diagnostic
    from cardgen.memory import Memory
    from cardgen.notes import Note
    from cardgen.read import CollectionFolder


_WRONG_REQUESTS: Final = ("CG101", "CG501", "CG505")
"""Findings of what no edit of a file mends: what cannot be read, no such deck, no deck in the folder."""

_SHIPPED: Final = frozenset(form.value for form in FORMS)


class ShownDeck(Struct, frozen=True):
    """A deck as the page offers it.

    Attributes:
        name: What commands know it by.
        title: Its name in Anki.
        sections: Ids and titles, in study order.
        variants: Names and titles.
    """

    name: str
    title: str
    sections: tuple[tuple[str, str], ...]
    variants: tuple[tuple[str, str], ...]


class ShownCard(Struct, frozen=True):
    """One of Anki's cards, as the page shows it.

    Attributes:
        key: Its note's address and, if the note makes several cards, which of them: ``rivers/vienna#2``.
        deck: Name of its deck.
        section: Id of its section.
        kind: Name of its kind.
        part: Which part of what was written its note asks for, such as a step; empty for the main one.
        form: Its note type, which decides the CSS.
        template: Which of the note type's templates, or of a cloze's gaps, it shows: ``Backward``, ``Gap 2``.
        ordinal: Its number among the note's cards, counted from 0; Anki marks the page's body with it.
        question, answer: Plain text, for lists and for the search.
        front, back: HTML in pieces, as `cardgen.anki.render.shown` returns it, with formulas as MathML.
        tags: The author's.
        facets: By the collection's facets, the values that the card states.
        variants: Names of the variants that select it.
        file, line: Where it was written; the line counts from 1.
    """

    key: str
    deck: str
    section: str
    kind: str
    part: str
    form: str
    template: str
    ordinal: int
    question: str
    answer: str
    front: tuple[str, ...]
    back: tuple[str, ...]
    tags: tuple[str, ...]
    facets: Mapping[str, tuple[str, ...]]
    variants: tuple[str, ...]
    file: str
    line: int


class ShownSection(Struct, frozen=True, dict=True):
    """The cards of a section of a deck, in study order."""

    cards: tuple[ShownCard, ...]

    @cached_property
    def json(self) -> str:
        """The section as the page reads it, written once.

        What its cards have in common stands there once. Where a card stands for some of it by numbers, 0 and more count
        the section's own texts, -1 and less those of the note type's templates.
        """
        first = self.cards[0]
        texts: dict[str, int] = {}
        labels: dict[tuple[_Tags, _Facets, _Tags], int] = {}
        cards = [
            {
                "key": card.key,
                "kind": card.kind,
                "part": card.part,
                "form": card.form,
                "template": card.template,
                "ordinal": card.ordinal,
                "question": card.question,
                "answer": card.answer,
                "line": card.line,
                "labels": _number((card.tags, tuple(card.facets.items()), card.variants), labels),
                "front": _numbers(card.front, card.form, texts),
                "back": _numbers(card.back, card.form, texts),
            }
            for card in self.cards
        ]
        data = {
            "deck": first.deck,
            "section": first.section,
            "file": first.file,
            "labels": [
                {"tags": tags, "facets": dict(facets), "variants": variants} for tags, facets, variants in labels
            ],
            "texts": list(texts),
            "cards": cards,
        }
        return json_document(data, compact=True)


_Tags = tuple[str, ...]
_Facets = tuple[tuple[str, tuple[str, ...]], ...]

T = TypeVar("T", bound="Hashable")


def _number(item: T, numbers: dict[T, int]) -> int:
    """Return the number of an item, counted from 0 in the order in which they come."""
    return numbers.setdefault(item, len(numbers))


def _numbers(pieces: Sequence[str], form: str, texts: dict[str, int]) -> list[int]:
    """Return the numbers of the pieces of a side."""
    own = _numbers_of_templates(form)
    return [own[piece] if piece in own else _number(piece, texts) for piece in pieces]


@cache
def _numbers_of_templates(form: str) -> Mapping[str, int]:
    return {text: -number for number, text in enumerate(_template_texts(form), 1)}


def _template_texts(form: str) -> tuple[str, ...]:
    """Return the pieces that note types bring themselves: of one's own, each card has its own."""
    return template_texts(note_type(Form(form))) if form in _SHIPPED else ()


class ShownNoteType(Struct, frozen=True):
    """What the cards of a note type share: its CSS, and the pieces that its templates bring."""

    css: str
    texts: tuple[str, ...]


class Site(Struct, frozen=True, eq=False):
    """Everything the page shows.

    Attributes:
        title: The collection's.
        facets: The names of the collection's facets.
        decks, sections: In study order; none as long as the decks have never been without an error.
        note_types: Those that the cards are of, by their forms.
        diagnostics: What is wrong now.
        stale: Whether the cards are from before an error that is in the files now.
        pictures: By the names that cards give them.
        folder: The files of the collection, as they were read.
        private: Why the page must not be written as files; nothing where it may.
    """

    title: str = ""
    facets: tuple[str, ...] = ()
    decks: tuple[ShownDeck, ...] = ()
    sections: tuple[ShownSection, ...] = ()
    note_types: Mapping[str, ShownNoteType] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()
    stale: bool = False
    pictures: Mapping[str, MediaFile] = field(default_factory=dict)
    folder: CollectionFolder | None = None
    private: tuple[Diagnostic, ...] = ()

    @property
    def cards(self) -> tuple[ShownCard, ...]:
        """All cards, in study order."""
        return tuple(card for section in self.sections for card in section.cards)

    @property
    def files(self) -> frozenset[str]:
        """All files that the page names."""
        places = (diagnostic.place for diagnostic in self.diagnostics)
        return frozenset(place.file for place in (*self.cards, *places) if place is not None)

    @property
    def is_wrong_request(self) -> bool:
        """Whether what was asked for is not there: no such deck, or no deck at all."""
        codes = {diagnostic.code for diagnostic in self.diagnostics}
        return not self.cards and not codes.isdisjoint(_WRONG_REQUESTS)


def compile_site(
    root: Path | None,
    names: Sequence[str] = (),
    before: Site | None = None,
    memory: Memory = NO_MEMORY,
    languages: Sequence[str] = (),
) -> Site:
    """Compile decks for the page.

    Args:
        root: The folder of decks, as for `compile_collection`.
        names: Names of the decks wanted; all if empty.
        before: What the page showed last: its cards stay if there are errors now.
        memory: What knows the cards already that have not changed.
        languages: Languages of the decks wanted; all if empty.

    Raises:
        UsageError: As `compile_collection`.
    """
    compiled = compile_collection(root, names, memory=memory, languages=languages)
    if compiled.collection is None:
        return replace(
            before or Site(),
            diagnostics=compiled.diagnostics,
            stale=before is not None and bool(before.cards),
            folder=compiled.loaded.files,
        )
    return Site(
        title=compiled.collection.title,
        facets=tuple(compiled.collection.facets),
        decks=tuple(map(_deck, compiled.decks)),
        sections=tuple(section for deck in compiled.decks for section in _sections(deck, memory)),
        note_types=_note_types(compiled),
        diagnostics=compiled.diagnostics,
        pictures=_pictures(compiled),
        folder=compiled.loaded.files,
        private=published(compiled.decks, "a page in files is"),
    )


def failed(before: Site, error: Exception) -> Site:
    """Return what the page shows after cardgen itself failed: the cards from before, and what happened."""
    message = f"cardgen failed while it read the decks: {type(error).__name__}: {shortened(str(error))}"
    return replace(before, diagnostics=(diagnose("CG520", message),), stale=bool(before.cards))


def as_json(site: Site, **more: object) -> str:
    """Write what the page reads: the site without its pictures, and what the server adds."""
    data: dict[str, Any] = {
        "title": site.title,
        "facets": list(site.facets),
        "decks": [asdict(deck) for deck in site.decks],
        "note_types": {form: asdict(note_type) for form, note_type in site.note_types.items()},
        "findings": [_finding(diagnostic) for diagnostic in site.diagnostics],
        "stale": site.stale,
        **more,
    }
    sections = ",".join(section.json for section in site.sections)
    return f'{json_document(data, compact=True).removesuffix("}")},"sections":[{sections}]}}'


def _note_types(compiled: CompiledCollection) -> dict[str, ShownNoteType]:
    found: dict[str, ShownNoteType] = {}
    for deck in compiled.decks:
        for note in deck.notes:
            name = note.part.note_type
            if name not in found:
                own = note.part.own
                css = note_type(note.part.form).css if own is None else own.kind.style
                found[name] = ShownNoteType(css, _template_texts(name))
    return found


def _deck(compiled: CompiledDeck) -> ShownDeck:
    deck = compiled.deck
    return ShownDeck(
        name=deck.name,
        title=deck.title,
        sections=tuple((section.id, section.title) for section in deck.sections),
        variants=tuple((variant.name, variant.title) for variant in deck.variants),
    )


def _sections(compiled: CompiledDeck, memory: Memory) -> Iterator[ShownSection]:
    deck = compiled.deck
    # What of the deck is on its cards, or beside them.
    around = (deck.name, deck.title, deck.subdecks, deck.variants, compiled.pictures)
    for section_id, found in groupby(compiled.notes, lambda note: note.section_id):
        notes = tuple(found)
        document, _ = compiled.home.cards[notes[0].card.id]
        # Where it stands in the queue is on no card, and changes with every card before it.
        inputs = (document, around, tuple([replace(note, position=0) for note in notes]))
        yield memory.recall(("shown", deck.id, section_id), inputs, partial(_section, compiled, notes))


def _section(compiled: CompiledDeck, notes: Sequence[Note]) -> ShownSection:
    return ShownSection(tuple(_cards(compiled, notes)))


def _cards(compiled: CompiledDeck, notes: Sequence[Note]) -> Iterator[ShownCard]:
    rendered = rendered_notes(compiled.deck, notes, compiled.media)
    for note, anki in zip(notes, rendered, strict=True):
        card = note.card
        document, way = compiled.home.cards[card.id]
        place = document.place(way)
        variants = tuple(variant.name for variant in compiled.deck.variants if variant.selection.selects(card))
        for (question, answer), ordinal in zip(questions(note), note.ordinals, strict=True):
            sides = shown(anki, ordinal)
            yield ShownCard(
                key=_key(note, ordinal),
                deck=compiled.deck.name,
                section=note.section_id,
                kind=card.kind,
                part=note.part.id,
                form=note.part.note_type,
                template=_template(anki, ordinal),
                ordinal=ordinal,
                question=question,
                answer=answer,
                front=tuple(map(typeset, sides.front)),
                back=tuple(map(typeset, sides.back)),
                tags=card.tags,
                facets=card.facets,
                variants=variants,
                file=place.file,
                line=place.line,
            )


def _key(note: Note, ordinal: int) -> str:
    return f"{note.address}#{ordinal + 1}" if len(note.ordinals) > 1 else note.address


def _template(note: AnkiNote, ordinal: int) -> str:
    if len(note.ordinals) == 1:
        return ""
    kind = note.note_type
    if not kind.is_cloze:
        return kind.templates[ordinal].name
    return f"{'Mask' if kind.stock else 'Gap'} {ordinal + 1}"


def _finding(diagnostic: Diagnostic) -> dict[str, object]:
    """Return a finding as the page reads it; `file` is empty where no file is to blame, `line` 0 where all of it is."""
    place = diagnostic.place or Place("")
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
        **asdict(place),
    }


def _pictures(compiled: CompiledCollection) -> dict[str, MediaFile]:
    return {file.name: file for media in compiled.media.values() for file in media.values()}
