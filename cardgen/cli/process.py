"""The process that a command runs in: its streams, the signals that end it, and its exit code."""

from __future__ import annotations

import contextlib
import gc
import io
import os
import signal
import sys
from typing import TYPE_CHECKING, Final, NoReturn

import click

from cardgen.cli.terminal import flush, say

if TYPE_CHECKING:
    from types import FrameType

_INTERRUPTED: Final = 128 + signal.SIGINT
"""What a shell says of a command that Ctrl-C has ended; other signals likewise."""


def run(cli: click.Command) -> NoReturn:
    """Run the command line, and end the process with its exit code."""
    _open_streams()
    _heed_signals()
    try:
        code = _run(cli)
        flush()
    except OSError as error:
        # Files answer for themselves where they are used; what is left is the output, or a file nobody thought of.
        what = error.filename or "the output"
        with contextlib.suppress(OSError):
            say(f"Error: {what}: {error.strerror or error}", err=True)
        with contextlib.suppress(OSError):
            sys.stdout.close()
        code = 1
    # Python looks for cycles once more as it ends, for 20 ms after a small build; this leaves it nothing to look at.
    gc.freeze()
    sys.exit(code)


def _run(cli: click.Command) -> int:
    """Return the exit code of a command; it says itself what is wrong with its decks."""
    try:
        return cli.main(prog_name="cardgen", standalone_mode=False) or 0
    except click.ClickException as error:
        shown = io.StringIO()
        error.show(shown)
        say(shown.getvalue().removesuffix("\n"), err=True)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return _INTERRUPTED
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 0


def _open_streams() -> None:
    """Give the process the streams that it was started without (``2>&-``), leading nowhere.

    Otherwise the next file to be opened would get the number of a stream, and whatever is written to that would go into
    the file.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            # The lowest number that is free is given, so each stream gets its own.
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - it stays open
    for stream in (sys.stdout, sys.stderr):
        # A character that the terminal's encoding lacks is no reason to stop.
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]


def _heed_signals() -> None:
    """Let signals that ask for an end be exceptions, so that what was begun is cleaned up; Ctrl-C is one already."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        # Who is started by nohup is to outlive the terminal.
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)


def _end(number: int, _frame: FrameType | None) -> NoReturn:
    sys.exit(128 + number)
