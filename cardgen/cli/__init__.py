"""The command line. Commands hold no logic: they ask the package and show what it answers.

Heavy modules are imported inside the commands, so that ``--help`` and ``--version`` answer at once.
"""

from __future__ import annotations

import contextlib
import gc
import sys
from pathlib import Path
from typing import Any

import click

from cardgen import __version__
from cardgen.cli.check import check
from cardgen.cli.options import deck_option, decks_option, pair, variant_option, where_option
from cardgen.cli.preview import preview
from cardgen.cli.printing import print_options, printing_from
from cardgen.cli.stats import stats
from cardgen.cli.terminal import Progress, show_findings

_FORMATS = ("apkg", "csv", "anki-csv", "pdf")
_SCHEMAS = ("collection", "deck", "cards", "sources", "lint")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="cardgen")
def cli() -> None:
    """Compile study decks written in YAML into Anki packages, CSV and PDF.

    \b
    Examples:
      cardgen list                   which decks and variants there are
      cardgen build --deck visa      write dist/visa.apkg, visa.csv and visa.pdf
      cardgen check                  look for mistakes and weak cards, with line numbers
      cardgen preview --open         see the cards in a browser
    """  # noqa: D301 - \b is click's mark for lines to keep


@cli.command()
@deck_option
@print_options
@variant_option
@where_option
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(_FORMATS),
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
    """  # noqa: D301 - as above
    from cardgen.build.builder import Request, build_decks
    from cardgen.errors import UsageError

    demands = tuple(pair(text) for text in where)
    request = Request(decks, names, variants, demands, formats, out, all_in_one, locked, notes, printing_from(wishes))
    try:
        with Progress() as watch:
            built = build_decks(request, watch)
    except UsageError as error:
        raise click.UsageError(str(error)) from None
    show_findings(built.diagnostics)
    for artefact in built.artefacts:
        counts = f"{artefact.notes:,} notes, {artefact.cards:,} cards, {artefact.bytes:,} bytes"
        click.echo(f"{artefact.path.as_posix()}  ({counts})")
    for advice in built.advice:
        click.echo(advice)
    sys.exit(0 if built.artefacts else 1)


@cli.command()
@click.argument("old")
@click.argument("new")
@click.option(
    "--output",
    type=click.Choice(("text", "markdown", "json")),
    default="text",
    show_default=True,
    help="How to write it.",
)
def diff(old: str, new: str, output: str) -> None:
    """Say what differs between two versions of a deck, as a learner would meet it.

    OLD and NEW are each a package (visa.apkg), the folder of a deck or of all decks, or git:REV for what git has.

    \b
    Examples:
      cardgen diff old/visa.apkg dist/visa.apkg
      cardgen diff git:v1.0 decks
      cardgen diff git:HEAD decks/visa --output markdown     release notes

    Exit status: 0 no difference, 1 a difference, 2 something could not be read.
    """  # noqa: D301 - as above
    from cardgen.diff import UnreadableVersionError, as_json, as_markdown, as_text, compare, read_version
    from cardgen.errors import UsageError

    try:
        difference = compare(read_version(old, new), read_version(new, old))
    except (UnreadableVersionError, UsageError) as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(2)
    write = {"text": as_text, "markdown": as_markdown, "json": as_json}[output]
    click.echo(write(difference), nl=output != "markdown")
    sys.exit(1 if difference else 0)


@cli.command("list")
@click.option(
    "--output",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="How to write the list.",
)
@decks_option
def list_decks(output: str, decks: Path | None) -> None:
    """Show which decks there are, with their sections and variants.

    \b
    Examples:
      cardgen list
      cardgen list --decks my-decks
      cardgen list --output json
    """  # noqa: D301 - as above
    from cardgen.cli.listing import as_json, as_text
    from cardgen.load import load_decks

    loaded = load_decks(decks)
    show_findings(loaded.diagnostics)
    if loaded.collection is None:
        sys.exit(1)
    click.echo(as_json(loaded.collection) if output == "json" else as_text(loaded.collection))


@cli.command()
@click.argument("name", required=False, type=click.Choice(_SCHEMAS))
def schema(name: str | None) -> None:
    """Print one of the JSON Schemas that deck files are checked against.

    \b
    Examples:
      cardgen schema                                       their names
      cardgen schema cards > schema/cards.schema.json      for your editor
    """  # noqa: D301 - as above
    from cardgen.check import schema_text

    click.echo("\n".join(_SCHEMAS) if name is None else schema_text(name), nl=name is None)


cli.add_command(check)
cli.add_command(preview)
cli.add_command(stats)


def main() -> None:
    """Run the command line."""
    # A run makes many objects that stay to its end and no cycles to speak of; walking them again and again to find
    # some costs a fifth of a large build.
    gc.disable()
    for stream in (sys.stdout, sys.stderr):
        # A character that the terminal's encoding lacks is no reason to stop.
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        cli(prog_name="cardgen")
    except OSError as error:
        # Files answer for themselves where they are used; what is left is the output, or a file nobody thought of.
        what = error.filename or "the output"
        click.echo(f"Error: {what}: {error.strerror or error}", err=True)
        with contextlib.suppress(OSError):
            sys.stdout.close()
        sys.exit(1)
