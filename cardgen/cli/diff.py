"""The command `diff`."""

from __future__ import annotations

import sys

import click

from cardgen.cli.options import language_option, output_option
from cardgen.cli.terminal import say, say_document


@click.command()
@click.argument("old")
@click.argument("new")
@language_option
@output_option("text", "markdown", "json", what="it")
def diff(old: str, new: str, languages: tuple[str, ...], output: str) -> None:
    """Say what differs between two versions of a deck, as a learner would meet it.

    OLD and NEW are each a package (rivers.apkg), the folder of a deck or of all decks, or git:REV for what git has.
    Of the folder of a deck, --language takes its translations.

    \b
    Examples:
      cardgen diff old/rivers.apkg dist/rivers.apkg
      cardgen diff git:v1.0 decks
      cardgen diff git:HEAD decks/rivers --output markdown   release notes

    Exit status: 0 no difference, 1 a difference, 2 something could not be read.
    """  # noqa: D301 - \b is click's mark for lines to keep
    from cardgen.diff import UnreadableVersionError, as_json, as_markdown, as_text, compare, read_version
    from cardgen.errors import UsageError

    public = output == "markdown"
    try:
        sides = ((old, new), (new, old))
        difference = compare(*(read_version(one, other, languages, public=public) for one, other in sides))
    except (UnreadableVersionError, UsageError) as error:
        say(f"error: {error}", err=True)
        sys.exit(2)
    if output == "text":
        say(as_text(difference))
    elif output == "markdown":
        say_document(as_markdown(difference), end=False)
    else:
        say_document(as_json(difference))
    sys.exit(1 if difference else 0)
