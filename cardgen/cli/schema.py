"""The command `schema`."""

from __future__ import annotations

from typing import Final

import click

from cardgen.cli.options import OneOf
from cardgen.cli.terminal import say, say_document

NAMES: Final = ("collection", "deck", "cards", "sources", "lint")
"""The schemas, written out so that ``--help`` need not import the validators; a test compares them."""


@click.command()
@click.argument("name", required=False, type=OneOf(NAMES))
def schema(name: str | None) -> None:
    """Print one of the JSON Schemas that deck files are checked against.

    \b
    Examples:
      cardgen schema                                       their names
      cardgen schema cards > schema/cards.schema.json      for your editor
    """  # noqa: D301 - \b is click's mark for lines to keep
    from cardgen.check import schema_text

    if name is None:
        say("\n".join(NAMES))
    else:
        say_document(schema_text(name), end=False)
