"""The command line: one module a command, assembled here.

Commands hold no logic: they ask the package and show what it answers. Heavy modules are imported inside the commands,
so that ``--help`` and ``--version`` answer at once.
"""

from __future__ import annotations

import click

from cardgen import __version__
from cardgen.cli.build import build
from cardgen.cli.check import check
from cardgen.cli.diff import diff
from cardgen.cli.list import list_decks
from cardgen.cli.preview import preview
from cardgen.cli.process import run
from cardgen.cli.schema import schema
from cardgen.cli.stats import stats


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


for command in (build, check, diff, list_decks, preview, schema, stats):
    cli.add_command(command)


def main() -> None:
    """Run the command line."""
    run(cli)
