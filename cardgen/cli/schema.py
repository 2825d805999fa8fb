"""The command `schema`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import click

from cardgen.cli.options import OneOf, decks_option
from cardgen.cli.terminal import say, say_document, show_findings, wrong_usage

NAMES: Final = ("collection", "deck", "cards", "language", "kind", "sources", "lint")
"""The schemas, written out so that ``--help`` need not import the validators; a test compares them."""


@click.command()
@click.argument("name", required=False, type=OneOf(NAMES))
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Write the schema to this file; without a name, all schemas into this folder.",
)
@click.option(
    "--editor", is_flag=True, help="Write schemas that propose the facets and sources of this collection, for editors."
)
@decks_option
def schema(name: str | None, out: Path | None, editor: bool, decks: Path | None) -> None:
    """Print or write the JSON Schemas that deck files are checked against, or better ones for editors.

    \b
    Examples:
      cardgen schema                             their names
      cardgen schema cards                       one of them
      cardgen schema cards --out cards.json
      cardgen schema --editor                    all of them, for editors, into decks/.cardgen

    Once they are there, `check` and `preview` keep the schemas for editors up to date.
    """  # noqa: D301 - \b is click's mark for lines to keep
    if editor and (name is not None or out is not None):
        raise click.UsageError("--editor writes all schemas beside the decks: NAME and --out go without it")
    if decks is not None and not editor:
        raise click.UsageError("--decks goes with --editor: other schemas are the same for all decks")
    if editor:
        with wrong_usage():
            _write_for_editors(decks)
    elif out is not None:
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


def _write_for_editors(decks: Path | None) -> None:
    from cardgen.build.ours import in_the_way
    from cardgen.diagnostics import has_errors
    from cardgen.diagnostics.shown import line
    from cardgen.editor.folder import schema_files, write_schemas
    from cardgen.errors import UsageError
    from cardgen.read import decks_at_hand, is_bundled, read_collection

    root = decks_at_hand(decks, bundled=False)
    if is_bundled(root):
        raise UsageError("nothing is written into the decks that come with cardgen: name your own with --decks")
    files = read_collection(root)
    found = list(files.diagnostics) if not files.names else []
    for document in (files.collection, files.sources):
        found.extend(document.diagnostics if document is not None else ())
    show_findings(found)
    if has_errors(found):
        sys.exit(1)
    put = write_schemas(files)
    for file in schema_files(root):
        if file not in put.foreign:
            say(f"{line(file.as_posix())}  ({'written' if file in put.written else 'up to date'})")
    show_findings([in_the_way(file) for file in put.foreign])
    if put.foreign:
        sys.exit(1)
