"""The process that a command runs in: its streams, and how it ends."""

from __future__ import annotations

import contextlib
import gc
import sys
from typing import TYPE_CHECKING

from cardgen.cli.terminal import say

if TYPE_CHECKING:
    import click


def run(cli: click.Command) -> None:
    """Run the command line, and end the process with its exit code."""
    # A run makes many objects that stay to its end and no cycles to speak of; walking them again and again to find
    # some costs a fifth of a large build.
    gc.disable()
    for stream in (sys.stdout, sys.stderr):
        # A character that the terminal's encoding lacks is no reason to stop.
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        cli(prog_name="cardgen")
    except OSError as error:
        # Files answer for themselves where they are used; what is left is the output, or a file nobody thought of.
        what = error.filename or "the output"
        say(f"Error: {what}: {error.strerror or error}", err=True)
        with contextlib.suppress(OSError):
            sys.stdout.close()
        sys.exit(1)
