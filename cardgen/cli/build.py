"""The command `build`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
from msgspec.structs import asdict

from cardgen.build.allowable import ALLOWABLE
from cardgen.build.formats import DEFAULT_FORMATS, FORMATS
from cardgen.cli.options import (
    OneOf,
    deck_names,
    decks_folder,
    decks_option,
    language_option,
    locked_option,
    output_option,
    pair,
    tier_option,
    variant_option,
    where_option,
    with_option,
)
from cardgen.cli.printing import print_options, printing_from
from cardgen.cli.terminal import Progress, say, say_document, show_findings, wrong_usage

if TYPE_CHECKING:
    from cardgen.build.builder import Built

JSON_VERSION: Final = 1
"""Version of the JSON form; it grows when a field changes its meaning or goes away."""


@click.command()
@deck_names()
@print_options
@language_option
@variant_option
@click.option("--all-variants", is_flag=True, help="Each deck whole, cut by each variant, and at each lower tier.")
@tier_option
@where_option
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=OneOf(tuple(FORMATS)),
    help=f"Repeatable. Without it: {', '.join(DEFAULT_FORMATS[:-1])} and {DEFAULT_FORMATS[-1]}.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Where to write. Without it: dist; for private decks, dist beside them.",
)
@decks_option
@with_option
@click.option("--all-in-one", is_flag=True, help="One file for all chosen decks, named after the collection.")
@locked_option
@click.option(
    "--since",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="OLD.apkg",
    help="Restore ledgers and the lock of kinds that were lost from the package that learners have.",
)
@click.option(
    "--allow",
    multiple=True,
    type=click.Choice(ALLOWABLE),
    help="Let the next release do what would stop it; the ledger remembers it until then. Repeatable.",
)
@click.option(
    "--release-notes",
    "notes",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write what changed since the last release notes, as Markdown.",
)
@output_option("text", "json", "github", what="findings, and what was built")
def build(
    names: tuple[str, ...],
    languages: tuple[str, ...],
    variants: tuple[str, ...],
    all_variants: bool,
    tiers: tuple[str, ...],
    where: tuple[str, ...],
    formats: tuple[str, ...],
    out: Path | None,
    decks: Path | None,
    beside: Path | None,
    all_in_one: bool,
    locked: bool,
    since: Path | None,
    allow: tuple[str, ...],
    notes: Path | None,
    output: str,
    **wishes: Any,  # noqa: ANN401 - the options of `print_options`
) -> None:
    """Build Anki packages, tables and PDF files to print, of the decks named or of all.

    \b
    Examples:
      cardgen build                                   everything
      cardgen build rivers --variant essentials       dist/rivers-essentials.apkg, .csv, .xlsx, .pdf
      cardgen build --language de                     decks in German, translated ones and others
      cardgen build rivers --all-variants             whole, cut by each variant, at each lower tier
      cardgen build world --tier standard             dist/world-standard.apkg, ...
      cardgen build --where kind=cloze --where level=core
      cardgen build --all-in-one --format apkg        one package of all decks
      cardgen build rivers --format pdf --layout cards --paper letter

    With --output json, one document on standard output has all that is said; with github, findings are annotations.
    Import the .apkg into Anki with File > Import. A second import updates what changed and keeps your progress.
    """  # noqa: D301 - \b is click's mark for lines to keep
    from cardgen.build.builder import build_decks
    from cardgen.build.request import Request

    demands = tuple(pair(text) for text in where)
    folder = decks if locked else decks_folder(decks)
    printing = printing_from(wishes)
    request = Request(
        decks=folder,
        names=names,
        languages=languages,
        variants=variants,
        all_variants=all_variants,
        tiers=tiers,
        where=demands,
        formats=formats,
        out=out,
        beside=beside,
        all_in_one=all_in_one,
        locked=locked,
        release_notes=notes,
        allow=allow,
        since=since,
        printing=printing,
    )
    with wrong_usage(), Progress() as watch:
        built = build_decks(request, watch)
    if output == "json":
        say_document(as_json(built))
    else:
        _show(built, annotated=output == "github")
    sys.exit(0 if built.artefacts else 1)


def as_json(built: Built) -> str:
    """Write ``{"version": 1, "artefacts": [...], "advice": [...], "diagnostics": [...]}``.

    An artefact has the fields of `cardgen.build.manifest.Artefact`, a finding those that `check` gives it.
    """
    from cardgen.diagnostics.render import as_data
    from cardgen.diagnostics.shown import json_document

    artefacts = [{**asdict(artefact), "path": artefact.path.as_posix()} for artefact in built.artefacts]
    findings = as_data(built.diagnostics)
    return json_document(
        {"version": JSON_VERSION, "artefacts": artefacts, "advice": built.advice, "diagnostics": findings}
    )


def _show(built: Built, *, annotated: bool) -> None:
    from cardgen.diagnostics import counted
    from cardgen.diagnostics.shown import line

    show_findings(built.diagnostics, annotated=annotated)
    for artefact in built.artefacts:
        counts = f"{counted(artefact.notes, 'note')}, {counted(artefact.cards, 'card')}, {artefact.bytes:,} bytes"
        say(f"{line(artefact.path.as_posix())}  ({counts})")
    for advice in built.advice:
        say(line(advice))
