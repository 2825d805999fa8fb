"""``cardgen preview``: shows the cards of decks in a browser."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cardgen.cli.editor import refresh_schemas
from cardgen.cli.options import deck_names, decks_folder, decks_option, language_option
from cardgen.cli.terminal import say, show_findings, wrong_usage

if TYPE_CHECKING:
    from cardgen.preview.site import Site
    from cardgen.preview.watch import Current


@click.command()
@deck_names()
@language_option
@decks_option
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    metavar="NUMBER",
    help="Where to listen. Without it: any port that is free.",
)
@click.option("--open", "open_page", is_flag=True, help="Open the page in the browser.")
@click.option(
    "--editor",
    metavar="COMMAND",
    help="Let the page open a card's file at its line; {file} and {line} stand for them.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write the page as files instead of serving it.",
)
def preview(
    names: tuple[str, ...],
    languages: tuple[str, ...],
    decks: Path | None,
    port: int,
    open_page: bool,
    editor: str | None,
    output: Path | None,
) -> None:
    """Show cards in a browser, front and back, as Anki will show them.

    The page is for this machine alone. It changes when a file of the decks changes; Ctrl-C ends it.

    \b
    Examples:
      cardgen preview rivers --open
      cardgen preview rivers --editor "code -g {file}:{line}"
      cardgen preview rivers --output preview   files to open from a disk, or to put on a web server
    """  # noqa: D301 - \b is click's mark for lines to keep
    if output is not None and (port or open_page or editor):
        raise click.UsageError("--output writes files and serves nothing: --port, --open and --editor go without it")
    folder = decks_folder(decks)
    with wrong_usage():
        if output is not None:
            _write(folder, names, languages, output)
        else:
            from cardgen.preview.watch import Current

            # Unlike other commands this one stays, and compiles again and again.
            gc.enable()
            _serve(Current(folder, names, languages), port, editor, open_page=open_page)


def _write(decks: Path, names: tuple[str, ...], languages: tuple[str, ...], output: Path) -> None:
    from cardgen.diagnostics import counted
    from cardgen.diagnostics.shown import line
    from cardgen.preview.site import compile_site
    from cardgen.preview.static import write_site

    site = compile_site(decks, names, languages=languages)
    refresh_schemas(site.folder)
    show_findings(site.diagnostics)
    if not site.cards:
        sys.exit(1)
    written = write_site(site, output)
    show_findings(written.diagnostics)
    if written.diagnostics:
        sys.exit(1)
    say(f"{line(written.page.as_posix())}  ({counted(len(site.cards), 'card')})")


def _serve(current: Current, port: int, editor: str | None, *, open_page: bool) -> None:
    from cardgen.diagnostics import counted
    from cardgen.preview.editor import Editor
    from cardgen.preview.server import PreviewServer, serve

    _, site = current.get()
    refresh_schemas(site.folder)
    show_findings(site.diagnostics)
    if site.is_wrong_request:
        sys.exit(1)
    server = PreviewServer(current, port, None if editor is None else Editor(editor))
    say(f"{server.url}  ({counted(len(site.cards), 'card')}; Ctrl-C ends it)")
    if open_page:
        click.launch(server.url)
    serve(server, _tell)
    say("")


def _tell(site: Site) -> None:
    refresh_schemas(site.folder)
    if site.diagnostics:
        show_findings(site.diagnostics)
    else:
        say("no findings", err=True)
