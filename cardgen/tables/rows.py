"""What all tables for people hold: the same columns and rows, numbered as on the study sheet."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from cardgen.export import File
from cardgen.kinds import labelled
from cardgen.notes import numbered, one_question, questions
from cardgen.notes.works import work
from cardgen.tables.text import CellFold
from cardgen.words import fill

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from cardgen.export import Bundle, Content
    from cardgen.model import Deck, Source
    from cardgen.notes import Note


class Row(NamedTuple):
    """A row: a card, or one of its questions.

    Attributes:
        number: The card's number on the study sheet.
        deck: Its deck.
        note: The note that asks.
        question, answer: Lines of text; what stands under the answer belongs to it.
    """

    number: int
    deck: Deck
    note: Note
    question: str
    answer: str


class Use(StrEnum):
    """What a column is for."""

    NUMBER = "number"  # the card's number
    LABEL = "label"  # what a row belongs to
    QUESTION = "question"
    ANSWER = "answer"
    TEXT = "text"  # what else there is to read
    FILTER = "filter"  # what cards are selected by: not printed
    LINK = "link"  # to an address: not printed


class Column(NamedTuple):
    """A column: its heading, what it is for, and what gives its text in a row."""

    heading: str
    use: Use
    cell: Callable[[Row], str]


def columns(bundle: Bundle) -> tuple[Column, ...]:
    """Return the columns: to read, then what cards are selected by, their kind and their id.

    Cards of a collection without facets are selected by tags.
    """
    words = bundle.words
    deck = (Column(words.column_deck, Use.LABEL, lambda row: row.deck.title),) if len(bundle.editions) > 1 else ()
    facets = tuple(Column(_heading(name), Use.FILTER, partial(_values, name)) for name in bundle.facets)
    tags = Column(words.column_tags, Use.FILTER, lambda row: ", ".join(row.note.card.tags))
    return (
        Column(words.column_number, Use.NUMBER, lambda row: str(row.number)),
        *deck,
        Column(words.column_section, Use.LABEL, lambda row: row.note.section),
        Column(words.column_question, Use.QUESTION, lambda row: row.question),
        Column(words.column_answer, Use.ANSWER, lambda row: row.answer),
        Column(words.column_source, Use.TEXT, _works(bundle.sources)),
        Column(words.column_as_of, Use.TEXT, _dates),
        *(facets or (tags,)),
        Column(words.column_kind, Use.FILTER, lambda row: row.note.card.kind),
        Column(words.column_id, Use.FILTER, lambda row: row.note.address),
    )


def rows(bundle: Bundle) -> Iterator[Row]:
    """Yield the rows: of each card that the study sheet has, or of each question if that is asked for."""
    decks = {edition.deck.id: edition.deck for edition in bundle.editions}
    plain = {name: CellFold(deck.words).blocks for name, deck in decks.items()}
    each_question = by_question(bundle)
    for number, note in numbered(chain.from_iterable(edition.notes for edition in bundle.editions)):
        text = plain[note.deck_id]
        if each_question:
            asked = tuple(questions(note, text))
        else:
            asked = () if note.part.covered else (one_question(note, text),)
        for question, answer in asked:
            remark = f"\n{text(note.note)}" if note.note else ""
            hint = f"\n{text(labelled(note.words.hint, note.hint, note.words))}" if note.hint else ""
            yield Row(number, decks[note.deck_id], note, f"{question}{hint}", f"{answer}{remark}")


def by_question(bundle: Bundle) -> bool:
    """Return whether each question has a row of its own."""
    return bool(bundle.printing["rows"] == "question")


def table_file(bundle: Bundle, suffix: str, content: Content) -> File:
    """Return a table as a file that tells how much it holds: as print does, each card counts once."""
    if by_question(bundle):
        return File(suffix, content, bundle.note_count, bundle.card_count)
    count = sum(not note.part.covered for edition in bundle.editions for note in edition.notes)
    return File(suffix, content, count, count)


def _heading(facet: str) -> str:
    return f"{facet[:1].upper()}{facet[1:]}".replace("-", " ")


def _values(facet: str, row: Row) -> str:
    return ", ".join(row.note.card.facets.get(facet, ()))


def _works(sources: Mapping[str, Source]) -> Callable[[Row], str]:
    """Return what writes the works that a row cites: where to check the fact, its sources, and any warning."""
    # Cards that cite the same share one tree, which lives as long as they do: its id names it.
    written: dict[tuple[int, tuple[str, ...]], str] = {}

    def cell(row: Row) -> str:
        note = row.note
        shared = (id(note.source), note.status)
        if shared not in written:
            written[shared] = "\n".join((*_points(list(_cited(note, sources))), *note.status))
        return written[shared]

    return cell


def _cited(note: Note, sources: Mapping[str, Source]) -> Iterator[str]:
    """Yield the works that a note cites in the order that its card has them, without their addresses."""
    check_at = fill(note.words.label, label=note.words.check_at)
    for citation in note.card.see:
        yield f"{check_at} {''.join(work(sources[citation.source], citation.locator, note.words))}"
    for citation in note.card.citations:
        yield "".join(work(sources[citation.source], citation.locator, note.words))


def _points(lines: Sequence[str]) -> Sequence[str]:
    """Return one line as it is, several as points."""
    return lines if len(lines) == 1 else [f"\N{BULLET} {line}" for line in lines]


def _dates(row: Row) -> str:
    """Return when a fact was true and its sources were read, and until when it can be trusted.

    The words are those that learners see elsewhere: of a bare "June 2026" a program makes a date when it opens a csv.
    """
    dated, check_again = row.note.dated, row.note.check_again
    return f"{dated}\n{check_again}" if dated and check_again else dated or check_again
