"""The command `schema`."""

from __future__ import annotations

from typing import Final

import click

NAMES: Final = ("collection", "deck", "cards", "sources", "lint")
"""The schemas, written out so that ``--help`` need not import the validators; a test compares them."""


@click.command()
@click.argument("name", required=False, type=click.Choice(NAMES))
def schema(name: str | None) -> None:
    """Print one of the JSON Schemas that deck files are checked against.

    \b
    Examples:
      cardgen schema                                       their names
      cardgen schema cards > schema/cards.schema.json      for your editor
    """  # noqa: D301 - \b is click's mark for lines to keep
    from cardgen.check import schema_text

    click.echo("\n".join(NAMES) if name is None else schema_text(name), nl=name is None)
