"""How a deck is to be printed: the one list of options, and what is asked for of them.

To add an option, add an entry to `OPTIONS` and use its value in a template, as ``O.name``. The command line takes its
option from the list; ``python docs/make_print_options.py`` brings the schemas and docs/printing.md up to date.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

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
        Choice(("a4", "letter")),
        "a4",
        "pdf: without it, a4.",
        "The paper, `a4` or `letter`. Everything is computed for it, nothing is scaled.",
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
        Choice(("a7", "3x5")),
        "a7",
        "cards: their size. Without it, a7.",
        "Of cards: `a7` (eight of 105 x 74 mm on a page; on Letter 108 x 70 mm) or `3x5` inches (four on a page).",
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


class Printing:
    """What is asked for in print; the rest is left to whoever is asked next, and in the end to the default.

    Args:
        asked: Values by the names of `OPTIONS`; None asks for nothing.

    Raises:
        ValueError: If there is no such option.
    """

    __slots__ = ("_asked",)

    def __init__(self, **asked: Any) -> None:  # noqa: ANN401 - each option has a type of its own
        if unknown := asked.keys() - _DEFAULTS.keys():
            raise ValueError(f"printing has no option {', '.join(sorted(unknown))}")
        self._asked: Mapping[str, Any] = {name: value for name, value in asked.items() if value is not None}

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - as above
        return self._asked.get(name, _DEFAULTS[name])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Printing) and self._asked == other._asked

    def __hash__(self) -> int:
        return hash(frozenset(self._asked.items()))

    def __repr__(self) -> str:
        return f"Printing({', '.join(f'{name}={value!r}' for name, value in sorted(self._asked.items()))})"

    def over(self, other: Printing) -> Printing:
        """Return this with the other's values where it asks for none of its own."""
        return Printing(**{**other._asked, **self._asked})

    def values(self) -> dict[str, Any]:
        """Return the value of every option, by name: what was asked for, else the default."""
        return {**_DEFAULTS, **self._asked}


NO_WISHES: Final = Printing()
"""Asks for nothing: every option has its default."""
