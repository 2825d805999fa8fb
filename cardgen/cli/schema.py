"""The command `schema`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import click

from cardgen.cli.options import OneOf
from cardgen.cli.terminal import say, say_document, show_findings

NAMES: Final = ("collection", "deck", "cards", "sources", "lint")
"""The schemas, written out so that ``--help`` need not import the validators; a test compares them."""


@click.command()
@click.argument("name", required=False, type=OneOf(NAMES))
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Write the schema to this file; without a name, all schemas into this folder.",
)
def schema(name: str | None, out: Path | None) -> None:
    """Print or write the JSON Schemas that deck files are checked against.

    \b
    Examples:
      cardgen schema                             their names
      cardgen schema cards                       one of them
      cardgen schema --out .cardgen/schema       all of them, as files for your editor
      cardgen schema cards --out cards.json
    """  # noqa: D301 - \b is click's mark for lines to keep
    if out is not None:
        _write(name, out)
    elif name is not None:
        from cardgen.check import schema_text

        say_document(schema_text(name), end=False)
    else:
        say("\n".join(NAMES))


def _write(name: str | None, out: Path) -> None:
    from cardgen.diagnostics.shown import line
    from cardgen.starter import schema_files, write_schemas

    files = schema_files(out, name)
    found = write_schemas(files)
    show_findings(found)
    if found:
        sys.exit(1)
    for file in files:
        say(line(file.as_posix()))
