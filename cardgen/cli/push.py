"""The command `push`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cardgen.anki.connect import ADDRESS
from cardgen.cli.completion import tiers_offered, variants_offered
from cardgen.cli.options import deck_names, decks_folder, decks_option, language_option, pair, where_option
from cardgen.cli.terminal import Progress, say, show_findings, wrong_usage

if TYPE_CHECKING:
    from cardgen.anki.connect import AnkiConnect


@click.command()
@deck_names()
@language_option
@click.option("--variant", metavar="NAME", shell_complete=variants_offered, help="A named selection.")
@click.option(
    "--tier",
    metavar="NAME",
    shell_complete=tiers_offered,
    help="Cards of kinds of your own up to this tier; without it, all.",
)
@where_option
@decks_option
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("dist"),
    metavar="DIR",
    show_default=True,
    help="Where to write the package.",
)
@click.option("--url", default=ADDRESS, metavar="URL", show_default=True, help="Where AnkiConnect listens.")
@click.option(
    "--api-key-file",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="FILE",
    help="A file with the key that AnkiConnect's settings ask for.",
)
def push(
    names: tuple[str, ...],
    languages: tuple[str, ...],
    variant: str | None,
    tier: str | None,
    where: tuple[str, ...],
    decks: Path | None,
    out: Path,
    url: str,
    api_key_file: Path | None,
) -> None:
    """Build a package and open it in Anki's import dialog.

    With the add-on AnkiConnect the dialog opens in the Anki that is running; without it the package is
    opened as if it had been double-clicked. You see Anki's own dialog and click Import: your options stay
    as they are. Several decks are one package.

    \b
    Examples:
      cardgen push rivers
      cardgen push rivers --variant essentials
    """  # noqa: D301 - \b is click's mark for lines to keep
    from cardgen.anki.connect import AnkiConnect
    from cardgen.build.builder import build_decks
    from cardgen.build.request import Request
    from cardgen.read import read_collection

    demands = tuple(pair(text) for text in where)
    folder = decks_folder(decks)
    with wrong_usage(), Progress() as watch:
        anki = AnkiConnect(url, api_key_file.read_text(encoding="utf-8").strip() if api_key_file else "")
        several = len(names or read_collection(folder, wanted=("",)).names) > 1
        variants = () if variant is None else (variant,)
        tiers = () if tier is None else (tier,)
        request = Request(
            folder, names, variants, demands, ("apkg",), out, all_in_one=several, tiers=tiers, languages=languages
        )
        built = build_decks(request, watch)
    show_findings(built.diagnostics)
    for artefact in built.artefacts:
        _hand_over(anki, artefact.path)
    sys.exit(0 if built.artefacts else 1)


def _hand_over(anki: AnkiConnect, package: Path) -> None:
    """Open a package in Anki, or say how to."""
    from cardgen.anki.connect import RefusedByAnkiError, UnreachableAnkiError

    name = package.as_posix()
    try:
        anki.open_import(package)
    except UnreachableAnkiError as error:
        if click.launch(str(package)) != 0:
            say(f"{error}, and nothing here opens {name}: import it into Anki with File > Import.", err=True)
            sys.exit(1)
        say(f"{error}; {name} is opened as if it had been double-clicked.")
    except RefusedByAnkiError as error:
        say(f"AnkiConnect refused: {error}", err=True)
        sys.exit(1)
    else:
        say(f"Anki shows its import dialog for {name}: look, and click Import.")
