"""`xlsx`: the table ready to print, and a second sheet with the sources and their addresses.

XlsxWriter writes it: BSD, without dependencies, maintained, and it does no more than what it is told. Every text is
written as text, so none can become a formula, a number or a link.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from xlsxwriter import Workbook

from cardgen.export import Exported
from cardgen.model import direction_of
from cardgen.notes.numbers import ranges
from cardgen.notes.works import work
from cardgen.richtext import parse
from cardgen.tables.measure import FONT
from cardgen.tables.names import foot, in_a_line, sheet_names
from cardgen.tables.rows import Use, columns, rows, table_file
from cardgen.tables.sheet import Heading, Line, Setup, write_sheet
from cardgen.tables.text import CellFold
from cardgen.words import fill

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cardgen.export import Bundle
    from cardgen.words import Words

SUFFIX: Final = ".xlsx"

_OPTIONS: Final = {
    "in_memory": True,  # its temporary files would have times
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    # The widths of columns count in digits of the first font: this one's are 7 pixels wide.
    "default_format_properties": {"font_name": FONT, "font_size": 10, "font_scheme": "none"},
    "default_row_height": 17,
    "default_column_width": 64,
}


def export(bundle: Bundle) -> Exported:
    """Return the workbook; its date is that of the last change."""
    file = io.BytesIO()
    title = " · ".join(filter(None, (bundle.title, bundle.edition)))
    setup = Setup(
        paper=bundle.printing["paper"],
        mirrored=direction_of(bundle.editions[0].deck.language) == "rtl",
        foot=foot(title, bundle.imprint),
        continuation=fill(bundle.words.label, label=bundle.words.continuation),
    )
    lines, cited = _lines(bundle)
    names = sheet_names((title, bundle.words.sources), bundle.words.cards)
    with Workbook(file, dict(_OPTIONS)) as book:
        book.set_properties({"title": in_a_line(title), "comments": bundle.imprint, "created": bundle.changed})
        headings = [Heading(column.heading, column.use) for column in columns(bundle)]
        write_sheet(book, names[0], headings, lines, _notices(bundle), setup)
        if cited:
            write_sheet(book, names[1], _source_headings(bundle.words), _source_lines(bundle, cited), (), setup)
    return Exported((table_file(bundle, SUFFIX, file.getvalue()),))


def _lines(bundle: Bundle) -> tuple[list[Line], dict[str, list[int]]]:
    """Return the rows, and for each source that they cite, in the order in which they first do, the cards' numbers."""
    held = columns(bundle)
    lines: list[Line] = []
    cited: dict[str, list[int]] = {}
    for row in rows(bundle):
        card = row.note.card
        lines.append(Line(tuple(column.cell(row) for column in held), card.direction))
        for citation in (*card.see, *card.citations):
            cited.setdefault(citation.source, []).append(row.number)
    return lines, cited


def _notices(bundle: Bundle) -> Iterator[str]:
    """Yield what decks say of themselves, which all that is printed of them says."""
    for edition in bundle.editions:
        text = CellFold(edition.deck.words).blocks(parse(edition.deck.description))
        if text:
            yield text if len(bundle.editions) == 1 else f"{edition.deck.title}: {text}"


def _source_headings(words: Words) -> list[Heading]:
    return [
        Heading(words.column_source, Use.QUESTION),
        Heading(words.column_address, Use.TEXT),
        Heading(words.cards, Use.TEXT),
        Heading(words.column_link, Use.LINK),
    ]


def _source_lines(bundle: Bundle, cited: Mapping[str, Iterable[int]]) -> list[Line]:
    """Return for each source its name, its address, the numbers of the cards that cite it, and a link."""
    sources = [(bundle.sources[name], ranges(sorted(set(numbers)))) for name, numbers in cited.items()]
    return [
        Line(("".join(work(source, "", bundle.words)), source.url, numbers, source.url)) for source, numbers in sources
    ]
