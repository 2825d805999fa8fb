"""The command line: one module a command, assembled here.

Commands hold no logic: they ask the package and show what it answers. A command's module is imported when it
is asked for, and heavy modules inside the commands, so that ``--help`` and ``--version`` answer at once.
"""

from __future__ import annotations

from importlib import import_module
from typing import Final, cast

import click

from cardgen._version import __version__

_COMMANDS: Final = {
    "build": "cardgen.cli.build:build",
    "check": "cardgen.cli.check:check",
    "diff": "cardgen.cli.diff:diff",
    "explain": "cardgen.cli.explain:explain",
    "import": "cardgen.cli.import_:import_deck",
    "init": "cardgen.cli.init:init",
    "kinds": "cardgen.cli.kinds:kinds",
    "list": "cardgen.cli.list:list_decks",
    "plan": "cardgen.cli.plan:plan",
    "preview": "cardgen.cli.preview:preview",
    "push": "cardgen.cli.push:push",
    "schema": "cardgen.cli.schema:schema",
    "site": "cardgen.cli.site:site",
    "stats": "cardgen.cli.stats:stats",
}
"""The commands, and where each is; a module is imported when its command is asked for."""


class _Group(click.Group):
    """A group whose commands are imported on demand, so that none waits for the others."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        del ctx
        return [*_COMMANDS]  # `list` is a module of this package

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, or None if there is no such command."""
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name].partition(":")
        return cast("click.Command", getattr(import_module(module), name))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return a command and its arguments; a wrong name is answered with the nearest.

        Raises:
            click.UsageError: If there is no such command.
        """
        if args[0] not in _COMMANDS and not ctx.resilient_parsing and not args[0].startswith("-"):
            from cardgen.diagnostics import did_you_mean

            ctx.fail(f"there is no command `{args[0]}`. {did_you_mean(args[0], _COMMANDS)}")
        return super().resolve_command(ctx, args)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="cardgen")
def cli() -> None:
    """Compile study decks written in YAML into Anki packages, tables and PDF.

    \b
    Examples:
      cardgen init rivers            begin a collection of decks
      cardgen list                   which decks and variants there are
      cardgen build rivers           write dist/rivers.apkg, rivers.csv, rivers.xlsx, rivers.pdf
      cardgen check                  look for mistakes and weak cards, with line numbers
      cardgen preview --open         see the cards in a browser
      cardgen plan --interview 2027-01-15 --minutes 20     what fits until then
    """  # noqa: D301 - \b is click's mark for lines to keep
