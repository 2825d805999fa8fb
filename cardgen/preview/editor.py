"""Opens a file at a line in the editor that the user named on the command line."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import threading
from pathlib import Path
from typing import Final

from cardgen.errors import UsageError

_FILE, _LINE = "{file}", "{line}"
_EXAMPLE: Final = '"code -g {file}:{line}"'
"""Written with quotes that sh, cmd.exe and PowerShell all take for quotes."""

_WINDOWS: Final = os.name == "nt"
_BATCH: Final = re.compile(r"\.(?:bat|cmd)", re.IGNORECASE)
_OBEYED: Final = re.compile(r'[&|<>^%!"\r\n]')
"""Finds what cmd.exe, which runs batch files, may obey in an argument whatever quotes are around it:
https://learn.microsoft.com/en-us/windows-server/administration/windows-commands/cmd#remarks"""


class Editor:
    """An editor.

    Args:
        command: A program and its arguments, in which ``{file}`` and ``{line}`` stand for the place.

    Raises:
        UsageError: If the command names no file or no program that is there.
    """

    def __init__(self, command: str) -> None:
        try:
            self._words = words_of(command, windows=_WINDOWS)
        except ValueError as error:
            raise UsageError(f"--editor cannot be read: {error}, in {command!r}") from None
        if not any(_FILE in word for word in self._words):
            raise UsageError(f"--editor must say where the file goes, as in {_EXAMPLE}, not {command!r}")
        program = shutil.which(self._words[0])
        if program is None:
            raise UsageError(f"--editor: there is no program `{self._words[0]}`")
        self._words[0] = program

    def open(self, file: str, line: int) -> None:
        """Start the editor and do not wait for it. No shell is asked, so a name is only ever a name.

        Args:
            file: Path of a file of the decks.
            line: Line, counted from 1.

        Raises:
            OSError: If it cannot be started.
        """
        path = str(Path(file).resolve())
        if not takes(self._words[0], path):
            raise OSError(None, f"{self._words[0]} is a batch file, and cmd.exe would obey a part of the name {path}")
        words = [word.replace(_LINE, str(max(1, line))).replace(_FILE, path) for word in self._words]
        started = subprocess.Popen(  # noqa: S603 - the user's own command, and a path that the server has checked
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        # Somebody has to hear when it ends, or it stays in the list of processes.
        threading.Thread(target=started.wait, daemon=True).start()


def words_of(command: str, *, windows: bool) -> list[str]:
    """Split a command into words: as sh does, on Windows with backslashes that separate folders and escape nothing.

    Quotes of both kinds hold words together on either: which of them reach a program depends on the shell.

    Raises:
        ValueError: If a quote is not closed.
    """
    reader = shlex.shlex(command, posix=True, punctuation_chars=False)
    reader.whitespace_split = True
    reader.commenters = ""
    if windows:
        reader.escape = ""
    return list(reader)


def takes(program: str, path: str) -> bool:
    """Return whether a program gets a path as it is: batch files get it from cmd.exe, which obeys some characters."""
    return not (_BATCH.fullmatch(Path(program).suffix) and _OBEYED.search(path))
