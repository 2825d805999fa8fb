"""The options of the command line that say how to print, made from the one list of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cardgen.cli.options import OneOf
from cardgen.model.printing import OPTIONS, Choice, Flag, Folder, Offset

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cardgen.model.printing import Printing, PrintOption


def print_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of print to a command."""
    for option in reversed(OPTIONS):
        command = _option(option)(command)
    return command


def print_option(name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return what adds one of the options of print to a command."""
    return _option(next(option for option in OPTIONS if option.name == name))


def printing_from(asked: Mapping[str, Any]) -> Printing:
    """Return what the options ask for; what was not given is left open."""
    from cardgen.model import Printing

    return Printing(**{name: value.as_posix() if isinstance(value, Path) else value for name, value in asked.items()})


def _option(option: PrintOption) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    flag = f"--{option.name.replace('_', '-')}"
    match option.type:
        case Choice(values):
            return click.option(flag, type=OneOf(values), help=option.help)
        case Flag():
            return click.option(flag, is_flag=True, default=None, help=option.help)
        case Offset(limit):
            return click.option(flag, callback=_offset(limit), metavar="DX,DY", help=option.help)
        case Folder():
            folder = click.Path(exists=True, file_okay=False, path_type=Path)
            return click.option(flag, type=folder, metavar="DIR", help=option.help)


def _offset(limit: int) -> Callable[[click.Context, click.Parameter, str | None], tuple[float, float] | None]:
    def parse(_context: click.Context, _parameter: click.Parameter, written: str | None) -> tuple[float, float] | None:
        if written is None:
            return None
        try:
            right, down = map(float, written.split(","))
        except ValueError:
            raise click.BadParameter(f"two numbers with a comma, as in 1.5,-0.5, not {written!r}") from None
        if not all(-limit <= number <= limit for number in (right, down)):
            raise click.BadParameter(f"at most {limit} mm to each side, not {written!r}")
        return right, down

    return parse
