"""`csv`: a table for people, one row a question, that any spreadsheet program opens."""

from __future__ import annotations

import csv
import io
import unicodedata
from typing import TYPE_CHECKING, Final

from cardgen.export import whole
from cardgen.notes import questions
from cardgen.richtext import to_plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.export import Bundle, EditionNotes, Exported

SUFFIX: Final = ".csv"

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # noqa: RUF001 - full width, which some take as well
"""What makes a spreadsheet program take a cell for a formula: https://owasp.org/www-community/attacks/CSV_Injection"""


def export(bundle: Bundle) -> Exported:
    """Return the table, in UTF-8 with the byte order mark by which Excel knows it."""
    # Encoded as it is written: the text of a large deck would take several times its bytes.
    table = io.BytesIO()
    stream = io.TextIOWrapper(table, encoding="utf-8-sig", newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    several = len(bundle.editions) > 1
    words = bundle.editions[0].deck.words
    header = (words.column_section, words.column_question, words.column_answer, words.column_source, words.column_as_of)
    writer.writerow(map(cell, (words.column_deck, *header) if several else header))
    for edition in bundle.editions:
        deck = (cell(edition.deck.title),) if several else ()
        writer.writerows((*deck, *row) for row in _rows(edition))
    stream.flush()
    return whole(bundle, SUFFIX, table.getvalue())


def _rows(edition: EditionNotes) -> Iterator[tuple[str, ...]]:
    # Cards that cite the same share one tree, which lives as long as they do: its id names it.
    sources: dict[int, str] = {}
    sections: dict[str, str] = {}
    for note in edition.notes:
        source = sources.get(id(note.source))
        if source is None:
            source = sources[id(note.source)] = cell(to_plain(note.source))
        as_of = ". ".join(filter(None, (note.dated, " ".join(filter(None, (*note.status, note.check_again))))))
        remark = to_plain(note.note) if note.note else ""
        section = sections.get(note.section)
        if section is None:
            section = sections[note.section] = cell(note.section)
        for question, answer in questions(note):
            yield section, cell(question), cell(f"{answer}\n{remark}" if remark else answer), source, cell(as_of)


def cell(text: str) -> str:
    """Make text safe to stand in a spreadsheet's cell: what would be a formula gets an apostrophe before it."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
