"""`story-sheet`: for stories of one's own, without a command line: worksheets to write on, and a table to fill.

Both hold the frameworks of a deck: their questions, the points of their answers, and room for what happened to you.
"""

from __future__ import annotations

import codecs
from functools import partial
from typing import TYPE_CHECKING, BinaryIO, Final

from msgspec.structs import replace

from cardgen import print as printed
from cardgen.anki.own_notes import HEADERS, WAITING, is_wanted, own_notes
from cardgen.export import Exported, File, Remark
from cardgen.model import Printing
from cardgen.tables.csv import written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.export import Bundle, EditionNotes

SUFFIX: Final = ".stories.pdf"

_TABLE: Final = ".stories.csv"
_WORKSHEETS: Final = "test"
"""The layout of print that has them; with nothing else to ask, it has nothing else."""


def lacking() -> str:
    """Say what this machine lacks for it: what print does."""
    return printed.lacking()


def export(bundle: Bundle) -> Exported:
    """Return the worksheets and the table; neither for decks without a framework."""
    wanted = replace(bundle, editions=tuple(edition for edition in map(_frameworks, bundle.editions) if edition.notes))
    count = sum(len(edition.notes) for edition in wanted.editions)
    if not count:
        return Exported((), (Remark("CG810", f"{bundle.name} has no frameworks"),))
    paper = printed.export(replace(wanted, printing=Printing(layout=_WORKSHEETS).over(bundle.printing)))
    sheets = (replace(file, suffix=_renamed(file.suffix)) for file in paper.files)
    table = File(_TABLE, partial(_write, wanted), count, count)
    return Exported((*sheets, table) if paper.files else (), paper.remarks, tuple(map(_renamed, paper.advice)))


def _renamed(text: str) -> str:
    """Return a name, or what is said of a file, with what sets these worksheets apart from those of a self-test."""
    return text.replace(f".{_WORKSHEETS}.", ".stories.", 1)


def _frameworks(edition: EditionNotes) -> EditionNotes:
    """Return the frameworks of an edition; what is printed of them is no self-test."""
    deck = edition.deck
    named = replace(deck, words=deck.words.changed({"self_test": deck.words.story_sheet}))
    return replace(edition, whole=replace(edition.whole, deck=named), notes=tuple(filter(is_wanted, edition.notes)))


def _write(bundle: Bundle, stream: BinaryIO) -> None:
    words = bundle.words
    heads = (
        "#",
        words.column_id,
        "Anki",
        words.column_deck,
        words.column_question,
        words.my_story,
        words.column_points,
    )
    stream.write(codecs.BOM_UTF8)  # by which Excel knows the encoding; Anki reads over it
    stream.writelines(f"{line}\r\n".encode() for line in (f"# {words.story_sheet_how}", *HEADERS, ",".join(heads)))
    for edition in bundle.editions:
        stream.writelines(map(_row, _rows(edition)))


def _rows(edition: EditionNotes) -> Iterator[tuple[str, ...]]:
    for note in own_notes(edition):
        yield WAITING, note.guid, note.note_type, note.deck, note.question, "", note.points


def _row(cells: tuple[str, ...]) -> bytes:
    return f"{','.join(map(written, cells))}\r\n".encode()
