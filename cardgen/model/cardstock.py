"""Cards to cut out: what a page is cut into, and the sheets that makers sell perforated.

To add a size or a sheet, add an entry to `CARDS`, and run ``python docs/make_print_options.py``.

The measures of sheets are those of gLabels 3.4.1 (``avery-us-templates.xml`` and ``avery-iso-templates.xml`` of
https://github.com/jimevins/glabels, which Debian has in the package glabels-data). For 5371 and its family,
Paper::Specs (https://metacpan.org/dist/Paper-Specs) has the same.
"""

from __future__ import annotations

from typing import Final, NamedTuple

PAPERS: Final = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}
"""Width and height of a standing page, in millimetres."""
PAPER_NAMES: Final = {"a4": "A4", "letter": "Letter"}

_INCH: Final = 25.4
_SAFE: Final = 9.0
"""How far text stays from the edge of a card that is cut: printers and scissors miss by 3 to 4 mm."""
_SAFE_ON_SHEET: Final = 7.0
"""The same on perforated sheets, which hold small cards, and for which the offset can be set."""


class Cut(NamedTuple):
    """Cards that any paper is cut into.

    Attributes:
        columns, rows: How many on a page.
        lying: Whether the page lies on its long side.
        size: Width and height in millimetres; None if they fill the page.
    """

    columns: int
    rows: int
    lying: bool = False
    size: tuple[float, float] | None = None


class Perforated(NamedTuple):
    """A sheet with perforations: its paper, and in millimetres its cards and where they are.

    Attributes:
        paper: Its name in `PAPERS`; it stands.
        columns, rows: How many cards.
        width, height: Of a card.
        left, top: From the edges of the paper to the first card.
        across, down: From a card's edge to the same edge of the next.
    """

    paper: str
    columns: int
    rows: int
    width: float
    height: float
    left: float
    top: float
    across: float
    down: float


class Grid(NamedTuple):
    """Where the cards of a page are, in millimetres.

    Attributes:
        page: Width and height of the page.
        columns, rows: How many cards.
        card: Width and height of each.
        first: From the left and the upper edge of the page to the first card.
        pitch: From a card to the next one, to the right and down.
        safe: How far text stays from the edges of its card.
        perforated: Whether the sheet needs no marks to cut along.
    """

    page: tuple[float, float]
    columns: int
    rows: int
    card: tuple[float, float]
    first: tuple[float, float]
    pitch: tuple[float, float]
    safe: float
    perforated: bool

    @property
    def lying(self) -> bool:
        """Whether the page lies on its long side."""
        return self.page[0] > self.page[1]


CARDS: Final[dict[str, Cut | Perforated]] = {
    "a7": Cut(2, 4),
    "a6": Cut(2, 2, lying=True),
    "3x5": Cut(2, 2, lying=True, size=(5 * _INCH, 3 * _INCH)),
    "avery-5371": Perforated("letter", 2, 5, 3.5 * _INCH, 2 * _INCH, 0.75 * _INCH, 0.5 * _INCH, 3.5 * _INCH, 2 * _INCH),
    "avery-5388": Perforated("letter", 1, 3, 5 * _INCH, 3 * _INCH, 1.75 * _INCH, 1 * _INCH, 5 * _INCH, 3 * _INCH),
    "avery-5389": Perforated("letter", 1, 2, 6 * _INCH, 4 * _INCH, 1.25 * _INCH, 1.25 * _INCH, 6 * _INCH, 4.5 * _INCH),
    "avery-l7414": Perforated("a4", 2, 5, 90.0, 52.0, 15.0, 18.5, 90.0, 52.0),
    "avery-c32011": Perforated("a4", 2, 5, 85.0, 54.0, 15.0, 13.5, 95.0, 54.0),
    "avery-c32015": Perforated("a4", 2, 4, 85.0, 54.0, 17.0, 31.5, 91.0, 60.0),
}
"""Cards by the names that options take."""


def paper_of(card: str) -> str:
    """Return the paper that a perforated sheet is, by its name; empty if any paper will do."""
    found = CARDS[card]
    return found.paper if isinstance(found, Perforated) else ""


def sheets_of(paper: str) -> tuple[str, ...]:
    """Return the names of the perforated sheets of a paper."""
    return tuple(name for name in CARDS if paper_of(name) == paper)


def grid_of(card: str, paper: str) -> Grid:
    """Return where cards are on a page.

    Args:
        card: A name in `CARDS`.
        paper: A name in `PAPERS`; a perforated sheet has its own.
    """
    found = CARDS[card]
    if isinstance(found, Perforated):
        return Grid(
            page=PAPERS[found.paper],
            columns=found.columns,
            rows=found.rows,
            card=(found.width, found.height),
            first=(found.left, found.top),
            pitch=(found.across, found.down),
            safe=_SAFE_ON_SHEET,
            perforated=True,
        )
    short, long = PAPERS[paper]
    page = (long, short) if found.lying else (short, long)
    size = found.size or (page[0] / found.columns, page[1] / found.rows)
    first = ((page[0] - found.columns * size[0]) / 2, (page[1] - found.rows * size[1]) / 2)
    return Grid(page, found.columns, found.rows, size, first, size, _SAFE, perforated=False)
