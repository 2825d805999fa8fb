"""The command `build`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from cardgen.build.formats import FORMATS
from cardgen.cli.options import deck_option, decks_folder, decks_option, pair, variant_option, where_option
from cardgen.cli.printing import print_options, printing_from
from cardgen.cli.terminal import Progress, say, show_findings, wrong_usage


@click.command()
@deck_option
@print_options
@variant_option
@where_option
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(tuple(FORMATS)),
    help="Repeatable. Without it: apkg, csv and pdf.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("dist"),
    metavar="DIR",
    show_default=True,
    help="Where to write.",
)
@decks_option
@click.option("--all-in-one", is_flag=True, help="One file for all chosen decks, named after the collection.")
@click.option("--locked", is_flag=True, help="Refuse if a ledger is out of date, and write none (for CI).")
@click.option(
    "--release-notes",
    "notes",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write what changed since the last release notes, as Markdown.",
)
def build(
    names: tuple[str, ...],
    variants: tuple[str, ...],
    where: tuple[str, ...],
    formats: tuple[str, ...],
    out: Path,
    decks: Path | None,
    all_in_one: bool,
    locked: bool,
    notes: Path | None,
    **wishes: Any,  # noqa: ANN401 - the options of `print_options`
) -> None:
    """Build Anki packages, CSV files and PDF files to print.

    \b
    Examples:
      cardgen build                                        everything
      cardgen build --deck visa --variant essentials       dist/visa-essentials.apkg, .csv and .pdf
      cardgen build --where audience=us-img --where level=core
      cardgen build --all-in-one --format apkg             one package of all decks
      cardgen build --deck visa --format pdf --layout cards --paper letter

    Import the .apkg into Anki with File > Import. A second import updates what changed and keeps your progress.
    """  # noqa: D301 - \b is click's mark for lines to keep
    from cardgen.build.builder import build_decks
    from cardgen.build.request import Request
    from cardgen.diagnostics.shown import line

    demands = tuple(pair(text) for text in where)
    folder = decks if locked else decks_folder(decks)
    request = Request(folder, names, variants, demands, formats, out, all_in_one, locked, notes, printing_from(wishes))
    with wrong_usage(), Progress() as watch:
        built = build_decks(request, watch)
    show_findings(built.diagnostics)
    for artefact in built.artefacts:
        counts = f"{artefact.notes:,} notes, {artefact.cards:,} cards, {artefact.bytes:,} bytes"
        say(f"{line(artefact.path.as_posix())}  ({counts})")
    for advice in built.advice:
        say(line(advice))
    sys.exit(0 if built.artefacts else 1)
