"""A sheet that can be printed: columns as wide as their content needs, rows as high, a header on each page, a foot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple
from xml.sax.saxutils import escape

from xlsxwriter.utility import xl_rowcol_to_cell

from cardgen.tables.measure import FONT_SIZE, Piece, by_length, height_of, pieces
from cardgen.tables.rows import Use
from cardgen.tables.text import composed, cut, host, is_like_a_formula, units
from cardgen.tables.widths import Held, widths

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from cardgen.model import Direction

_PAPERS: Final = {"a4": (9, 297), "letter": (1, 279.4)}
"""Excel's numbers of papers, and their widths in millimetres, lying."""
_MARGIN: Final = 7
"""Millimetres that stay white at the sides: the narrow margins that Excel offers are 6.4."""
_TOP, _BOTTOM, _FOOT = 7, 11, 5
"""Millimetres above and below the rows, and below the foot: most printers leave up to 4.2 white."""
_INCH: Final = 25.4
_PIXELS: Final = 96 / _INCH
"""Of a millimetre."""
_SPARE: Final = 6
"""Pixels that programs may be out by: a row that is wider than the page makes all of it smaller."""

_HIGHEST: Final = 545
"""Pixels of a row: Excel has none higher than 409 points."""
_GAP: Final = 4
"""Pixels above and below a cell's text, together."""
_MARK: Final = 45
"""Pixels kept for what says that a row continues the one above it: up to three lines."""
_BRIEF: Final = 60
"""Characters of the question that it repeats."""

_FILTER: Final = 220
"""Widest column of those that are not printed, in pixels."""
_SAMPLE: Final = 500
"""How many rows the widths are found by."""
_MOST_LINKS: Final = 65_530
_LONGEST_LINK: Final = 2079
"""Most links of a sheet, and most UTF-16 units of one: Excel has no more."""

_NOTHING: Final = Piece("", 0)

_LINE: Final = {"valign": "top", "border": 1, "border_color": "#BFBFBF"}
_READ: Final = _LINE | {"text_wrap": True}
_STYLES: Final[dict[str, dict[str, Any]]] = {
    "header": _READ | {"bold": True, "bg_color": "#E7E6E6"},
    "notice": {"valign": "top", "text_wrap": True, "italic": True},
    Use.NUMBER: _LINE | {"align": "center"},
    Use.LABEL: _READ,
    Use.QUESTION: _READ,
    Use.ANSWER: _READ,
    Use.TEXT: _READ,
    Use.FILTER: _LINE,
    Use.LINK: _LINE | {"font_color": "#0563C1", "underline": 1},
}

_NOT_PRINTED: Final = frozenset({Use.FILTER, Use.LINK})
"""Uses of columns beside the printed ones. LibreOffice does not wrap links, so these cannot be printed."""

_ORDERS: Final[dict[Direction, int]] = {"auto": 0, "ltr": 1, "rtl": 2}
"""Excel's reading orders; without one the first letter decides."""


class Heading(NamedTuple):
    """What stands above a column, and what the column is for."""

    text: str
    use: Use


class Line(NamedTuple):
    """A row's texts by column, and the direction in which question and answer are written."""

    texts: tuple[str, ...]
    direction: Direction = "auto"


class Setup(NamedTuple):
    """What the sheets of a workbook share.

    Attributes:
        paper: ``a4`` or ``letter``.
        mirrored: Whether the first column is at the right.
        foot: In Excel's notation.
        continuation: The label that marks a row which continues the one above it.
    """

    paper: str
    mirrored: bool
    foot: str
    continuation: str


def write_sheet(
    book: Workbook, name: str, headings: Sequence[Heading], lines: Sequence[Line], notices: Iterable[str], setup: Setup
) -> None:
    """Add a sheet to a workbook.

    Args:
        book: The workbook.
        name: The sheet's name.
        headings: Of the columns; those that are not printed come last.
        lines: The rows.
        notices: Texts below the rows.
        setup: What it shares with the workbook's other sheets.
    """
    writer = _Writer(book, name, headings, setup)
    writer.set_widths(lines[:: len(lines) // _SAMPLE + 1])
    writer.header()
    for line in lines:
        writer.line(line)
    writer.end_rows()
    for text in notices:
        writer.notice(text)
    writer.set_page()


class _Writer:
    def __init__(self, book: Workbook, name: str, headings: Sequence[Heading], setup: Setup) -> None:
        self._book = book
        self._sheet: Worksheet = book.add_worksheet(name)
        self._headings = headings
        self._printed = sum(heading.use not in _NOT_PRINTED for heading in headings)
        self._setup = setup
        self._widths: list[int] = []
        self._formats: dict[tuple[str, Direction, bool], Format] = {}
        self._next = 0
        self._links = 0

    def set_widths(self, sample: Sequence[Line]) -> None:
        """Set the widths of the columns: the printed ones share the page."""
        held = [
            Held(heading.text, [line.texts[index] for line in sample]) for index, heading in enumerate(self._headings)
        ]
        room = int((_PAPERS[self._setup.paper][1] - 2 * _MARGIN) * _PIXELS) - _SPARE
        beside = [widths([column], _FILTER)[0] for column in held[self._printed :]]
        self._widths = [*widths(held[: self._printed], room), *beside]
        for index, width in enumerate(self._widths):
            self._sheet.set_column_pixels(index, index, width)

    def header(self) -> None:
        """Write the header."""
        pairs = zip(self._headings, self._widths, strict=True)
        cells = [Piece(heading.text, height_of(heading.text, width)) for heading, width in pairs]
        for index, cell in enumerate(cells):
            self._text(index, cell.text, "header")
        self._end_row(cells)

    def line(self, line: Line) -> None:
        """Write a row; what is higher than Excel allows continues in rows of its own."""
        columns = [self._pieces(index, text) for index, text in enumerate(line.texts)]
        for number in range(max(map(len, columns))):
            cells = [self._piece(index, column, number, line) for index, column in enumerate(columns)]
            for index, cell in enumerate(cells):
                self._cell(index, cell.text, line.direction)
            self._end_row(cells[: self._printed])

    def end_rows(self) -> None:
        """Say what is the header, and what can be filtered."""
        last, columns = self._next - 1, len(self._headings) - 1
        self._sheet.freeze_panes(1, 0)
        self._sheet.autofilter(0, 0, last, columns)
        self._sheet.ignore_errors({"number_stored_as_text": f"A1:{xl_rowcol_to_cell(last, columns)}"})

    def notice(self, text: str) -> None:
        """Write a text below the rows, over the whole width of the page."""
        # An empty row keeps it out of what is sorted with the others.
        self._next += 1
        for piece in pieces(text, sum(self._widths[: self._printed]), _HIGHEST - _GAP):
            self._sheet.merge_range(self._next, 0, self._next, self._printed - 1, "")
            self._text(0, piece.text, "notice")
            self._end_row([piece])

    def set_page(self) -> None:
        """Set what is printed, and on what."""
        sheet = self._sheet
        sheet.print_area(0, 0, self._next - 1, self._printed - 1)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(_PAPERS[self._setup.paper][0])
        sheet.fit_to_pages(1, 0)
        side = _MARGIN / _INCH
        sheet.set_margins(left=side, right=side, top=_TOP / _INCH, bottom=_BOTTOM / _INCH)
        sheet.set_footer(self._setup.foot, {"margin": _FOOT / _INCH})
        if self._setup.mirrored:
            sheet.right_to_left()

    def _pieces(self, index: int, text: str) -> list[Piece]:
        """Return a cell's text in pieces that a row has room for; what is not printed must only fit in a cell."""
        if self._headings[index].use in _NOT_PRINTED:
            return by_length(text)
        return pieces(text, self._widths[index], _HIGHEST - _GAP - _MARK)

    def _piece(self, index: int, column: Sequence[Piece], number: int, line: Line) -> Piece:
        """Return what a column has in a row, or in one that continues it."""
        use = self._headings[index].use
        piece = column[number] if number < len(column) else _NOTHING
        if number == 0 or use in (Use.ANSWER, Use.TEXT):
            return piece
        if use is Use.QUESTION:
            asked = cut(line.texts[index].split("\n")[0], _BRIEF)
            mark = pieces(f"{self._setup.continuation} {asked}", self._widths[index], _MARK)[0]
            return Piece("\n".join(filter(None, (mark.text, piece.text))), mark.height + piece.height)
        # Whoever sorts or filters the rows keeps them together.
        return column[0] if len(column) == 1 else piece

    def _cell(self, index: int, text: str, direction: Direction) -> None:
        match self._headings[index].use:
            case Use.NUMBER if text:
                self._sheet.write_number(self._next, index, int(text), self._format(Use.NUMBER, "auto", ""))
            case Use.LINK if text and units(text) <= _LONGEST_LINK and self._links < _MOST_LINKS:
                self._links += 1
                scheme, _, rest = text.partition(":")
                address = f"{scheme.lower()}:{rest}"
                self._sheet.write_url(self._next, index, address, self._format(Use.LINK, "ltr", ""), host(text))
            case Use.LINK:
                pass
            case Use.QUESTION | Use.ANSWER as use:
                self._text(index, text, use, direction)
            case use:
                self._text(index, text, use)

    def _text(self, index: int, text: str, style: str, direction: Direction | None = None) -> None:
        """Write text as text, whatever it looks like; without a direction, in that of the sheet."""
        text = composed(text)
        form = self._format(style, direction or ("rtl" if self._setup.mirrored else "auto"), text)
        if text.startswith("<r>") and text.endswith("</r>"):
            # XlsxWriter takes this for text in styles, in XML. So it gets such XML.
            text = f'<r><t xml:space="preserve">{escape(text)}</t></r>'
        self._sheet.write_string(self._next, index, text, form)

    def _format(self, style: str, direction: Direction, text: str) -> Format:
        """Return the look of a cell. Whoever edits a text that looks like a formula must not make one of it."""
        key = (style, direction, is_like_a_formula(text))
        if key not in self._formats:
            _, _, quoted = key
            look = _STYLES[style] | {
                "font_size": FONT_SIZE,
                "reading_order": _ORDERS[direction],
                "quote_prefix": quoted,
            }
            self._formats[key] = self._book.add_format(look)
        return self._formats[key]

    def _end_row(self, cells: Iterable[Piece]) -> None:
        self._sheet.set_row_pixels(self._next, min(_HIGHEST, max(cell.height for cell in cells) + _GAP))
        self._next += 1
