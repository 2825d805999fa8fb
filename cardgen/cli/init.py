"""The command `init`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cardgen.cli.terminal import say, show_findings, wrong_usage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.starter import Begun


@click.command()
@click.argument("name", required=False)
@click.option(
    "--stories",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Begin a private folder of stories of your own instead, which answer the questions of the decks here.",
)
def init(name: str | None, stories: Path | None) -> None:
    """Begin a collection of decks here, or one more deck in the collection that is here.

    A new collection has a first deck with a card of each kind, to change or delete, settings for editors, and a
    workflow for GitHub. In a collection, NAME is a deck to add; without it, those files around the decks are
    written that are missing. Nothing is asked, and no file that is there is changed.

    \b
    Examples:
      cardgen init             in an empty folder: a collection with a first deck
      cardgen init rivers      the deck is called rivers; in a collection, it is added
      cardgen init --stories ../my-stories      a folder that git and cardgen keep to themselves
    """  # noqa: D301 - \b is click's mark for lines to keep
    from cardgen.starter import begin, begin_stories

    if name is not None and stories is not None:
        raise click.UsageError("--stories begins a folder of its own: NAME goes without it")
    with wrong_usage():
        begun = begin(name) if stories is None else begin_stories(stories)
    show_findings(begun.diagnostics)
    if begun.diagnostics:
        sys.exit(1)
    say("\n".join(_report(begun)))


def _report(begun: Begun) -> Iterator[str]:
    """Yield what was written and what was there, and the next three commands."""
    from cardgen.diagnostics.shown import line

    for path in begun.written:
        yield f"wrote  {line(path.as_posix())}"
    for kept in begun.kept:
        lacks = f", and lacks: {', '.join(kept.lacks)}" if kept.lacks else ""
        yield f"kept   {line(kept.path.as_posix())}  (it was there{lacks})"
    if begun.deck is None or begun.cards is None:
        return
    name = "" if begun.is_first else f" {begun.deck}"
    cards = line(begun.cards.relative_to(begun.home).as_posix())
    commands = (
        (f"cardgen preview{name} --open", f"see the cards; change them in {cards}"),
        (f"cardgen check{name}", "what is wrong with them, and where"),
        (f"cardgen build{name}", f"dist/{begun.deck}.apkg for Anki, tables, and sheets to print"),
    )
    width = max(len(command) for command, _ in commands)
    here = begun.home == Path()
    yield "\nNext:" if here else f"\nNext, in {line(begun.home.as_posix())}:"
    yield from (f"  {command:{width}}  {about}" for command, about in commands)
