"""`csv`: a table for people, one row a question, that any spreadsheet program opens."""

from __future__ import annotations

import csv
import io
import unicodedata
from typing import TYPE_CHECKING, Final

from cardgen.export.base import whole
from cardgen.notes import questions
from cardgen.richtext import to_plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.export.base import Exported, Issue, Release

SUFFIX: Final = ".csv"

HEADER: Final = ("Section", "Question", "Answer", "Source", "As of")

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet program take a cell for a formula: https://owasp.org/www-community/attacks/CSV_Injection"""


def export(release: Release) -> Exported:
    """Give the table, in UTF-8 with the byte order mark by which Excel knows it."""
    # Encoded as it is written: the text of a large deck would take several times its bytes.
    table = io.BytesIO()
    stream = io.TextIOWrapper(table, encoding="utf-8-sig", newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    several = len(release.issues) > 1
    writer.writerow(("Deck", *HEADER) if several else HEADER)
    for issue in release.issues:
        deck = (cell(issue.deck.title),) if several else ()
        writer.writerows((*deck, *row) for row in _rows(issue))
    stream.flush()
    return whole(release, SUFFIX, table.getvalue())


def _rows(issue: Issue) -> Iterator[tuple[str, ...]]:
    # Cards that cite the same share one tree, which lives as long as they do: its id names it.
    sources: dict[int, str] = {}
    for note in issue.notes:
        source = sources.get(id(note.source))
        if source is None:
            source = sources[id(note.source)] = cell(to_plain(note.source))
        as_of = " ".join((note.card.as_of, *note.warnings)).strip() if note.warnings else note.card.as_of
        remark = to_plain(note.note) if note.note else ""
        section = cell(note.section)
        for question, answer in questions(note):
            yield section, cell(question), cell(f"{answer}\n{remark}" if remark else answer), source, cell(as_of)


def cell(text: str) -> str:
    """Make text safe to stand in a spreadsheet's cell: what would be a formula gets an apostrophe before it."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
