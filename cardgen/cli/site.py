"""The command `site`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cardgen.build.formats import FORMATS
from cardgen.cli.options import (
    OneOf,
    deck_names,
    decks_folder,
    decks_option,
    language_option,
    locked_option,
    output_option,
)
from cardgen.cli.terminal import Progress, say, show_findings, wrong_usage

if TYPE_CHECKING:
    from cardgen.build.builder import Built


@click.command()
@deck_names()
@language_option
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("site"),
    metavar="DIR",
    show_default=True,
    help="Where to write.",
)
@click.option(
    "--base-url",
    "address",
    default="",
    metavar="URL",
    help="Where the first page will be found, over what the collection says; the feed needs it.",
)
@click.option(
    "--report",
    default="",
    metavar="URL",
    help="Where readers report mistakes, if the collection does not say: an address with {card} in it.",
)
@click.option(
    "--release-notes",
    "notes",
    type=click.Path(path_type=Path, exists=True),
    metavar="NOTES.md",
    help="What has changed: a Markdown file, or a folder of them, each called after its day.",
)
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=OneOf(tuple(FORMATS)),
    help="What can be downloaded; repeatable. Without it: apkg, csv, xlsx and pdf.",
)
@decks_option
@locked_option
@output_option("text", "github", what="findings")
def site(
    names: tuple[str, ...],
    languages: tuple[str, ...],
    out: Path,
    address: str,
    report: str,
    notes: Path | None,
    formats: tuple[str, ...],
    decks: Path | None,
    locked: bool,
    output: str,
) -> None:
    """Publish decks as a folder of static pages: all cards to read, all files to download.

    The pages need no server and no script. Put the folder on any web server, or open site/index.html.

    \b
    Examples:
      cardgen site                                              everything
      cardgen site rivers --format apkg                         one deck, packages for Anki alone
      cardgen site --base-url https://example.org/geography/    with a feed of changes
      cardgen site --release-notes releases/                    releases/2026-11-29.md and so on
    """  # noqa: D301 - \b is click's mark for lines to keep
    from cardgen.site import SiteRequest, publish

    folder = decks if locked else decks_folder(decks)
    asked = SiteRequest(
        decks=folder,
        names=names,
        languages=languages,
        formats=formats,
        out=out,
        address=address,
        report=report,
        release_notes=notes,
        locked=locked,
    )
    with wrong_usage(), Progress() as watch:
        built = publish(asked, watch)
    _show(built, out, annotated=output == "github")
    sys.exit(0 if built.artefacts else 1)


def _show(built: Built, out: Path, *, annotated: bool) -> None:
    from cardgen.diagnostics import counted
    from cardgen.diagnostics.shown import line

    show_findings(built.diagnostics, annotated=annotated)
    if built.artefacts:
        size = sum(artefact.bytes for artefact in built.artefacts)
        say(f"{line((out / 'index.html').as_posix())}  ({counted(len(built.artefacts), 'download')}, {size:,} bytes)")
    for advice in built.advice:
        say(line(advice))
