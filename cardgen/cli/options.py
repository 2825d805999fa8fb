"""Options that several commands share."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from cardgen.cli.completion import decks_offered, languages_offered, tiers_offered, variants_offered
from cardgen.cli.terminal import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from cardgen.cli.completion import Completion

_Command = TypeVar("_Command", bound="Callable[..., Any] | click.Command")


# Generic since click 8.2 alone.
class OneOf(click.Choice):  # type: ignore[type-arg,unused-ignore]
    """One of a few words; a wrong one is answered with the nearest."""

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the word, or fail with a hint."""
        if value not in self.choices:
            from cardgen.diagnostics import did_you_mean

            self.fail(f"there is no `{value}`. {did_you_mean(str(value), self.choices)}", param, ctx)
        return str(value)


decks_option = click.option(
    "--decks",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder of the decks. Without it: the nearest decks/, here or in a folder above.",
)
locked_option = click.option(
    "--locked", is_flag=True, help="Refuse if a ledger is out of date, and write none (for CI)."
)
variant_option = click.option(
    "--variant",
    "variants",
    multiple=True,
    metavar="NAME",
    shell_complete=variants_offered,
    help="A named selection; repeatable.",
)
language_option = click.option(
    "--language",
    "languages",
    multiple=True,
    metavar="TAG",
    shell_complete=languages_offered,
    help="Only decks in this language, as in de; repeatable.",
)
tier_option = click.option(
    "--tier",
    "tiers",
    multiple=True,
    metavar="NAME",
    shell_complete=tiers_offered,
    help="Cards of kinds of your own up to this tier; without it, all. Repeatable.",
)
where_option = click.option(
    "--where", multiple=True, metavar="KEY=VALUE", help="Only cards that carry it; repeatable, all must hold. "
    "KEY is a facet of the collection, kind or tags."
)  # fmt: skip


with_option = click.option(
    "--with",
    "beside",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder of decks whose cards stories may name. Without it: `with` in collection.yaml, or the decks that come "
    "with cardgen.",
)


def deck_names(
    metavar: str = "[NAME]...", offered: Completion = decks_offered
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return what lets a command take decks, as arguments or with ``--deck``; it gets all as `names`, each once.

    Args:
        metavar: How help shows the arguments.
        offered: What a shell offers for them.
    """

    def add(command: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(command)
        def merged(*, names: tuple[str, ...], named: tuple[str, ...], **others: Any) -> Any:  # noqa: ANN401 - as click
            return command(names=tuple(dict.fromkeys((*names, *named))), **others)

        option = click.option(
            "--deck",
            "named",
            multiple=True,
            metavar="NAME",
            shell_complete=decks_offered,
            help="The same as NAME; repeatable.",
        )
        return click.argument("names", nargs=-1, metavar=metavar, shell_complete=offered)(option(merged))

    return add


def output_option(*forms: str, what: str) -> Callable[[_Command], _Command]:
    """Return the option that picks the form of what a command says, the first one unless told otherwise."""
    return click.option(
        "--output", type=OneOf(forms), default=forms[0], show_default=True, help=f"How to write {what}."
    )


def decks_folder(named: Path | None) -> Path:
    """Return the folder of the decks, for commands that may show the ones that come with cardgen, and then say so."""
    from cardgen.read import decks_at_hand, nearest_decks

    if named is None and nearest_decks() is None:
        say("No decks/ here or in a folder above: these are the decks that come with cardgen.", err=True)
    return decks_at_hand(named)


def pair(text: str) -> tuple[str, str]:
    """Split KEY=VALUE.

    Raises:
        click.UsageError: If it is none.
    """
    key, sign, value = text.partition("=")
    if not (sign and key and value):
        raise click.UsageError(f"--where takes KEY=VALUE, as in level=core, not {text!r}")
    return key, value
