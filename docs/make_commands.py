"""Writes docs/commands.md from the help of every command: ``python docs/make_commands.py``."""

from __future__ import annotations

import inspect
import re
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from cardgen.cli import cli

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD: Final = """# Commands

All commands, as `cardgen COMMAND --help` (or `-h`) describes them. `cardgen --version` says which cardgen it is. This
page is made from the program by `docs/make_commands.py`.

A deck is named by its folder. An option that is repeatable may be given several times. Results go to standard output;
findings and progress go to standard error. A command exits with 0 if all is well, with 1 if something was found or a
build failed, with 2 if it was used wrongly, and with 130 if it was interrupted; `diff` has its own meanings, below.
`NO_COLOR` in the environment turns colours off, and `SOURCE_DATE_EPOCH` sets the day that counts as today, in seconds
since 1970.

Press Tab, and your shell completes decks, variants, rules and codes. In `~/.bashrc` put
`eval "$(_CARDGEN_COMPLETE=bash_source cardgen)"`, in `~/.zshrc` the same with `zsh_source`, and for fish run
`_CARDGEN_COMPLETE=fish_source cardgen > ~/.config/fish/completions/cardgen.fish`.
"""
_KEPT: Final = "\b\n"
"""Click's mark for a paragraph whose lines are kept."""
_CODE_OR_MARKUP: Final = re.compile(r"`[^`]*`|[\\*_\[\]<]")


def page() -> str:
    """Return the page's text."""
    context = click.Context(cli, info_name="cardgen")
    commands = ((name, cli.get_command(context, name)) for name in cli.list_commands(context))
    return _HEAD + "".join(_section(name, command, context) for name, command in commands if command)


def _section(name: str, command: click.Command, parent: click.Context) -> str:
    context = click.Context(command, info_name=name, parent=parent)
    usage = f"cardgen {name} {' '.join(command.collect_usage_pieces(context))}"
    blocks = [f"## cardgen {name}", f"```\n{usage}\n```", *_paragraphs(inspect.cleandoc(command.help or ""))]
    if options := "\n".join(_options(command, context)):
        blocks.append(options)
    return "\n" + "\n\n".join(blocks) + "\n"


def _paragraphs(text: str) -> Iterator[str]:
    for paragraph in text.split("\n\n"):
        if paragraph.startswith(_KEPT):
            title, lines = paragraph.removeprefix(_KEPT).split("\n", 1)
            yield f"{title}\n\n```\n{textwrap.dedent(lines)}\n```"
        else:
            yield _plain(" ".join(paragraph.split("\n")))


def _options(command: click.Command, context: click.Context) -> Iterator[str]:
    for option in command.params:
        if isinstance(option, click.Option) and (record := option.get_help_record(context)):
            written, about = record
            about, _, more = about.partition("  [")
            yield f"- `{written}`: {_plain(about)}{''.join(_extra(more.removesuffix(']')))}"


def _extra(more: str) -> Iterator[str]:
    """Yield as sentences what click adds in brackets: ``default: dist``, ``0<=x<=65535``."""
    for said in filter(None, more.split("; ")):
        what, _, value = said.rpartition(": ")
        yield f" {what.capitalize() or 'Range'}: `{value}`."


def _plain(text: str) -> str:
    """Return a text of the terminal for Markdown, in which only its back quotes are markup."""
    return _CODE_OR_MARKUP.sub(lambda found: found[0] if found[0].startswith("`") else f"\\{found[0]}", text)


if __name__ == "__main__":
    Path(__file__).with_name("commands.md").write_text(page(), encoding="utf-8")
