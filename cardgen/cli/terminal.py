"""How commands speak: findings on standard error, results on standard output, colour where it can be seen.

Nothing else writes to either, so that all that is shown is cleaned (see `cardgen.diagnostics.shown`).
"""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING, Final, TextIO

import click

from cardgen.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from types import TracebackType

    from cardgen.diagnostics import Diagnostic

_COLOURS: Final = {"error": "red", "warning": "yellow", "info": "blue", "place": "cyan", "hint": "green"}


def say(text: str, *, err: bool = False) -> None:
    """Write a result for people to standard output, or what belongs to it to standard error."""
    from cardgen.diagnostics.shown import lines

    _write(f"{lines(text)}\n", err=err)


def say_document(text: str, *, end: bool = True) -> None:
    """Write a result for programs, whose form has its own ways to keep texts harmless, to standard output."""
    _write_document(f"{text}\n" if end else text)


def say_patch(text: str) -> None:
    """Write a patch to standard output: as it is for programs, cleaned where a person or GitHub's runner reads it."""
    from cardgen.diagnostics.shown import lines

    read = sys.stdout.isatty() or os.environ.get("GITHUB_ACTIONS")
    _write_document(lines(text) if read else text)


def _write_document(text: str) -> None:
    """Write to standard output in UTF-8, with line ends as they are, whatever the system takes for a pipe.

    On Windows that is an encoding without most scripts; JSON that is exchanged is UTF-8 (RFC 8259, section 8.1).
    """
    _write(text if sys.stdout.isatty() else text.encode(errors="replace"))


def flush() -> None:
    """Write what is still held back to both streams.

    Raises:
        OSError: If it cannot be written; where nobody reads is no such case.
    """
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            _lead_nowhere(stream)


def _write(text: str | bytes, *, err: bool = False, colour: bool | None = None) -> None:
    try:
        click.echo(text, nl=False, err=err, color=colour)
    except BrokenPipeError:
        # Whoever read has read enough (`| head -1`); the command does the rest of its work.
        _lead_nowhere(sys.stderr if err else sys.stdout)


def _lead_nowhere(stream: TextIO) -> None:
    """Let a stream whose reader is gone swallow what is written to it, and what it still holds back."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


@contextlib.contextmanager
def wrong_usage() -> Iterator[None]:
    """Let a `UsageError` end the command as wrong usage, with exit code 2."""
    try:
        yield
    except UsageError as error:
        raise click.UsageError(str(error)) from None


def show_findings(diagnostics: Sequence[Diagnostic], *, annotated: bool = False) -> None:
    """Write findings to standard error, in colour if that is a terminal and NO_COLOR is not set.

    Args:
        diagnostics: What was found.
        annotated: Whether to write them to standard output instead, as annotations for GitHub.
    """
    from cardgen.diagnostics import as_github, as_text

    if annotated and diagnostics:
        say_document(as_github(diagnostics))
    elif diagnostics:
        colour = sys.stderr.isatty() and not os.environ.get("NO_COLOR")
        text = as_text(diagnostics, _styled) if colour else as_text(diagnostics)
        # What a collection's own pattern finds is explained in its settings alone: its code is its id.
        codes = [found.code for found in sorted(diagnostics, key=_lightness) if found.code.isupper()]
        if codes and sys.stderr.isatty():
            text = f"{text}\n`cardgen explain {codes[0]}` says more about what stands in brackets"
        _write(f"{text}\n", err=True, colour=colour)


def _lightness(diagnostic: Diagnostic) -> int:
    return -diagnostic.severity.weight


def _styled(text: str, role: str) -> str:
    return click.style(
        text, fg=_COLOURS.get(role), bold=role in ("error", "warning", "info") or None, dim=role == "frame" or None
    )


class Progress:
    """A progress bar on standard error, on a terminal and only there; use as a context manager."""

    def __init__(self) -> None:
        self._bar: click._termui_impl.ProgressBar[int] | None = None

    def __enter__(self) -> Callable[[int, int, str], None]:
        return self._show

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.__exit__(kind, error, trace)

    def _show(self, done: int, total: int, label: str) -> None:
        if not sys.stderr.isatty():
            return
        if self._bar is None:
            self._bar = click.progressbar(length=total, file=sys.stderr, show_eta=False, item_show_func=_item)
            self._bar.current_item = label  # type: ignore[assignment]
            self._bar.__enter__()
        self._bar.update(done - self._bar.pos, current_item=label)  # type: ignore[arg-type]


def _item(label: str | int | None) -> str:
    from cardgen.diagnostics.shown import line

    return line(str(label))
