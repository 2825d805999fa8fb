"""The options of the command line that say how to print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cardgen.model import Printing


def print_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of print. Choices are written out: ``--help`` need not import the model."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def printing_from(wishes: Mapping[str, Any]) -> Printing:
    """Take over what the options say; what was not given is left open."""
    from cardgen.model import Printing

    folder = wishes["font_dir"]
    return Printing(**{**wishes, "font_dir": folder.as_posix() if folder else None, "grey": wishes["grey"] or None})


def _offset(_context: click.Context, _parameter: click.Parameter, written: str | None) -> tuple[float, float] | None:
    from cardgen.model.printing import MAX_OFFSET

    if written is None:
        return None
    try:
        right, down = map(float, written.split(","))
    except ValueError:
        raise click.BadParameter(f"two numbers with a comma, as in 1.5,-0.5, not {written!r}") from None
    if not all(-MAX_OFFSET <= number <= MAX_OFFSET for number in (right, down)):
        raise click.BadParameter(f"at most {MAX_OFFSET} mm to each side, not {written!r}")
    return right, down


_OPTIONS: Final = (
    click.option("--layout", type=click.Choice(("sheet", "cards", "test", "large")), help="pdf: without it, sheet."),
    click.option("--paper", type=click.Choice(("a4", "letter")), help="pdf: without it, a4."),
    click.option("--fold", type=click.Choice(("half",)), help="sheet: the line in the middle, to fold along."),
    click.option("--flip", type=click.Choice(("long", "short", "fold")), help="cards: the edge the printer turns over, "
                 "or fold and glue. Without it, long."),
    click.option("--card", type=click.Choice(("a7", "3x5")), help="cards: their size. Without it, a7."),
    click.option("--back-offset", callback=_offset, metavar="DX,DY", help="cards: move the backs, mm right and down."),
    click.option("--grey", is_flag=True, help="pdf: no colour."),
    click.option(
        "--font-dir",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        metavar="DIR",
        help="pdf: fonts for what the shipped ones lack.",
    ),
)  # fmt: skip
