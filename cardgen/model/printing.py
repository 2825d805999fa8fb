"""How a deck is to be printed: the one list of options, and what is asked for of them.

To add an option, add an entry to `OPTIONS` and use its value in a template, as ``O.name``. The command line takes its
option from the list; ``python docs/make_print_options.py`` brings the schemas and docs/printing.md up to date.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from cardgen.model.cardstock import CARDS, PAPER_NAMES, PAPERS, paper_of, sheets_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MAX_OFFSET: Final = 10
"""Largest offset of the backs, in millimetres: printers miss by 3 to 4, and the safe zone of a card is 7."""


class Choice(NamedTuple):
    """One of a few words."""

    values: tuple[str, ...]


class Flag(NamedTuple):
    """Yes or no."""


class Offset(NamedTuple):
    """Millimetres to the right and down, each from ``-limit`` to ``limit``."""

    limit: int


class Folder(NamedTuple):
    """A folder; in a file it counts from the file's own folder."""


class PrintOption(NamedTuple):
    """An option of print.

    Attributes:
        name: Its name under ``print:`` in files; on the command line with hyphens.
        title: Its name for people.
        type: What values it takes.
        default: Its value unless another is asked for.
        help: What it does, for ``--help``: a few words.
        about: The same for the schemas and docs/printing.md, in a sentence or two.
        example: A value, as a file has it.
    """

    name: str
    title: str
    type: Choice | Flag | Offset | Folder
    default: str | bool | tuple[float, float]
    help: str
    about: str
    example: Any


OPTIONS: Final = (
    PrintOption(
        "layout",
        "Layout",
        Choice(("sheet", "cards", "test", "large")),
        "sheet",
        "pdf: without it, sheet.",
        "`sheet`: questions left, answers right; `cards`: to cut out; `test`: lines to write on and a key; "
        "`large`: large print.",
        "sheet",
    ),
    PrintOption(
        "paper",
        "Paper",
        Choice(tuple(PAPERS)),
        "a4",
        "pdf: without it, a4.",
        "The paper, `a4` or `letter`. Everything is computed for it, nothing is scaled. Perforated sheets of cards "
        "have their own.",
        "letter",
    ),
    PrintOption(
        "fold",
        "Fold",
        Choice(("half",)),
        "",
        "sheet: the line in the middle, to fold along.",
        "Of a sheet: `half` puts the line between questions and answers in the middle of the page, so that it can be "
        "folded there.",
        "half",
    ),
    PrintOption(
        "columns",
        "Columns",
        Choice(("1", "2")),
        "1",
        "test: 2 takes fewer pages. Without it, 1.",
        "Of a test: questions and worksheets in `1` column or in `2`, which take fewer pages and have shorter lines to "
        "write on.",
        "2",
    ),
    PrintOption(
        "card",
        "Card size",
        Choice(tuple(CARDS)),
        "a7",
        "cards: their size, or a perforated sheet. Without it, a7.",
        "Of cards, to cut: `a7` (eight of 105 x 74 mm on a page; on Letter 108 x 70 mm), `a6` (four of 148 x 105 mm; "
        "on Letter 140 x 108 mm) or `3x5` inches (four). Perforated sheets, of Letter: `avery-5371` (ten of 3.5 x 2 "
        "inches), `avery-5388` (three of 5 x 3) or `avery-5389` (two of 6 x 4); of A4: `avery-l7414` (ten of 90 x 52 "
        "mm), `avery-c32011` (ten of 85 x 54 mm) or `avery-c32015` (eight of 85 x 54 mm).",
        "3x5",
    ),
    PrintOption(
        "flip",
        "Flip",
        Choice(("long", "short", "fold")),
        "long",
        "cards: the edge the printer turns over, or fold and glue. Without it, long.",
        "How cards get their backs: double-sided over the `long` or `short` edge, or `fold`: front and back side by "
        "side, to fold and glue.",
        "short",
    ),
    PrintOption(
        "offset",
        "Offset",
        Offset(MAX_OFFSET),
        (0.0, 0.0),
        "cards: move all of them on the sheet, mm right and down.",
        "Millimetres to the right and down, as you look at the fronts, by which cards are moved on their sheets, for "
        f"printers that miss perforations: -{MAX_OFFSET} to {MAX_OFFSET}. Backs stay behind their fronts.",
        (0.5, -1.0),
    ),
    PrintOption(
        "back_offset",
        "Offset of the backs",
        Offset(MAX_OFFSET),
        (0.0, 0.0),
        "cards: move the backs, mm right and down.",
        "Millimetres to the right and down by which the backs of cards are moved, for printers that miss: "
        f"-{MAX_OFFSET} to {MAX_OFFSET}.",
        (1.5, -0.5),
    ),
    PrintOption(
        "ruler",
        "Ruler",
        Flag(),
        False,
        "cards: begin with a sheet that shows both offsets.",
        "Whether cards begin with a sheet to print on plain paper and hold against the cards: their outlines, and "
        "scales on which `offset` and `back_offset` can be read.",
        True,
    ),
    PrintOption(
        "rows",
        "Rows of tables",
        Choice(("card", "question")),
        "card",
        "csv, xlsx: a row for each card or each question. Without it, card.",
        "Of tables: a row for each `card`, numbered as on the sheet, or for each `question`, as Anki asks it.",
        "question",
    ),
    PrintOption(
        "grey",
        "Grey",
        Flag(),
        False,
        "pdf: no colour.",
        "Whether to print without colour. Pictures keep theirs.",
        True,
    ),
    PrintOption(
        "font_dir",
        "Folder of fonts",
        Folder(),
        "",
        "pdf: fonts for what the shipped ones lack.",
        "A folder of fonts for what the shipped ones lack; in a file it counts from the file's own folder.",
        "fonts",
    ),
)
"""All options, in the order in which ``--help`` and the docs list them."""

_DEFAULTS: Final = {option.name: option.default for option in OPTIONS}


class Contradiction(NamedTuple):
    """What cannot be had together, and the way out; both begin with a small letter and end without a full stop."""

    problem: str
    way_out: str


class Printing:
    """What is asked for in print; the rest is left to whoever is asked next, and in the end to the default.

    Perforated sheets of cards have a paper of their own, which counts unless a paper is asked for as well, and no less
    directly: what a command says of the cards wins over what a file says of the paper.

    Args:
        asked: Values by the names of `OPTIONS`; None asks for nothing.

    Raises:
        ValueError: If there is no such option.
    """

    __slots__ = ("_asked", "_card_first")

    def __init__(self, **asked: Any) -> None:  # noqa: ANN401 - each option has a type of its own
        if unknown := asked.keys() - _DEFAULTS.keys():
            raise ValueError(f"printing has no option {', '.join(sorted(unknown))}")
        self._asked: Mapping[str, Any] = {name: value for name, value in asked.items() if value is not None}
        self._card_first = "card" in self._asked and "paper" not in self._asked

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - as above
        if name == "paper" and (self._card_first or "paper" not in self._asked):
            return self._own_paper() or self._asked.get(name, _DEFAULTS[name])
        return self._asked.get(name, _DEFAULTS[name])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Printing) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __repr__(self) -> str:
        return f"Printing({', '.join(f'{name}={value!r}' for name, value in sorted(self._asked.items()))})"

    def _key(self) -> tuple[frozenset[tuple[str, Any]], bool]:
        return frozenset(self._asked.items()), self._card_first

    def _own_paper(self) -> str:
        """Return the paper that the cards have; empty if they are cut, or none are printed."""
        return paper_of(self["card"]) if self["layout"] == "cards" else ""

    def over(self, other: Printing) -> Printing:
        """Return this with the other's values where it asks for none of its own."""
        both = Printing(**{**other._asked, **self._asked})
        decides = "card" in self._asked or "paper" in self._asked
        both._card_first = self._card_first if decides else other._card_first
        return both

    def values(self) -> dict[str, Any]:
        """Return the value of every option, by name: what was asked for, else the default."""
        return {name: self[name] for name in _DEFAULTS}

    def contradiction(self) -> Contradiction | None:
        """Return what perforated sheets cannot be, if that is asked of them."""
        if not self._own_paper():
            return None
        return paper_conflict(self["card"], self["paper"]) or _fold_conflict(self["card"], self["flip"])


def paper_conflict(card: str, paper: str) -> Contradiction | None:
    """Return what is wrong with cards and a paper, if they are perforated sheets of another one."""
    if paper_of(card) in ("", paper):
        return None
    problem = f"`{card}` is a sheet of {PAPER_NAMES[paper_of(card)]} paper, and {PAPER_NAMES[paper]} is asked for"
    return Contradiction(problem, f"leave out the paper, or choose {_any(sheets_of(paper))}")


def _fold_conflict(card: str, flip: str) -> Contradiction | None:
    if flip != "fold":
        return None
    cut = [name for name in CARDS if not paper_of(name)]
    return Contradiction(
        f"`{card}` is a perforated sheet, and those are not folded", f"leave out `fold`, or choose {_any(cut)}"
    )


def _any(names: Sequence[str]) -> str:
    return f"{', '.join(f'`{name}`' for name in names[:-1])} or `{names[-1]}`"


NO_WISHES: Final = Printing()
"""Asks for nothing: every option has its default."""
