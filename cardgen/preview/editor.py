"""Opens a file at a line in the editor that the user named on the command line."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import threading
from pathlib import Path
from typing import Final

from cardgen.errors import UsageError

_FILE, _LINE = "{file}", "{line}"
_EXAMPLE: Final = "'code -g {file}:{line}'"


class Editor:
    """An editor.

    Args:
        command: A program and its arguments, in which ``{file}`` and ``{line}`` stand for the place.

    Raises:
        UsageError: If the command names no file or no program that is there.
    """

    def __init__(self, command: str) -> None:
        try:
            # Backslashes separate folders on Windows.
            self._words = shlex.split(command, posix=os.name != "nt")
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
