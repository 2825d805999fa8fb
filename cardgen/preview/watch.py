"""Sees when a file of the decks changes, and keeps what the page shows up to date.

The files are asked for their times, ten times a second: that works on every system, on shares and in containers, and
for some dozens of files it costs a millisecond.
"""

from __future__ import annotations

import contextlib
import os
import threading
from typing import TYPE_CHECKING, Final

from cardgen.check.media import TYPES
from cardgen.ledger import GUIDS_FILE
from cardgen.memory import Memory
from cardgen.preview.site import compile_site, failed
from cardgen.read.files import is_file
from cardgen.read.kinds import KINDS_FOLDER
from cardgen.read.listing import DECK_FILE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from cardgen.preview.site import Site

INTERVAL: Final = 0.1
"""Seconds between two looks at the files."""

Stamp = dict[str, tuple[int, int]]
"""By path, when a file was written, in nanoseconds since 1970, and its size in bytes."""


def stamp(root: Path) -> Stamp:
    """Look at all files in a folder of decks that cards can come from.

    They are YAML, pictures and recordings, the guids given to notes, and whatever lies beside kinds of one's own.
    """
    found: Stamp = {}
    suffixes = {".yaml", *TYPES}
    kinds = os.fspath(root / KINDS_FOLDER)
    for folder, folders, files in os.walk(root):
        decks_only = folder == os.fspath(root)
        of_kinds = folder == kinds or folder.startswith(kinds + os.sep)
        folders[:] = [
            name
            for name in folders
            if not name.startswith(".") and (not decks_only or name == KINDS_FOLDER or is_file(root / name / DECK_FILE))
        ]
        for name in files:
            suffix = os.path.splitext(name)[1].lower()  # noqa: PTH122 - it is hot
            if not name.startswith(".") and (of_kinds or suffix in suffixes or name.endswith(GUIDS_FILE)):
                path = os.path.join(folder, name)  # noqa: PTH118 - as above
                try:
                    state = os.stat(path)  # noqa: PTH116 - as above
                except OSError:  # it went while we looked, or is a link to nothing
                    continue
                found[path] = state.st_mtime_ns, state.st_size
    return found


class Current:
    """What the page shows now. Threads may ask for it and wait for the next.

    Args:
        root: The folder of decks.
        names: Names of the decks wanted; all if empty.
        languages: Languages of the decks wanted; all if empty.

    Raises:
        UsageError: As `compile_site`.
    """

    def __init__(self, root: Path, names: Sequence[str] = (), languages: Sequence[str] = ()) -> None:
        self._root = root
        self._names = names
        self._languages = languages
        self._seen = stamp(root)
        self._changed = threading.Condition()
        self._closed = False
        self._memory = Memory()
        self._state = 1, compile_site(root, names, memory=self._memory, languages=languages)

    def get(self) -> tuple[int, Site]:
        """Return what the page shows, and its version, which grows."""
        with self._changed:
            return self._state

    def wait(self, version: int, timeout: float) -> int:
        """Wait until the version is another than one, but no longer than some seconds; give the version then."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._state[0] != version, timeout)
            return self._state[0]

    @property
    def closed(self) -> bool:
        """Whether there will be no next."""
        return self._closed

    def close(self) -> None:
        """Let go of all who wait."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def look(self) -> bool:
        """Compile again if a file has changed; return whether one had.

        Whatever goes wrong, the page shows it: a watcher that ends would leave old cards on the page without a word.
        """
        version, before = self._state
        try:
            seen = stamp(self._root)
            if seen == self._seen:
                return False
            self._seen = seen
            site = compile_site(self._root, self._names, before, self._memory, self._languages)
        except Exception as error:  # noqa: BLE001 - whatever it is, the page must say so and the watcher go on
            site = failed(before, error)
            if site.diagnostics == before.diagnostics:
                return False
        with self._changed:
            self._state = version + 1, site
            self._changed.notify_all()
        return True

    def keep(self, tell: Callable[[Site], None]) -> None:
        """Look until closed, and tell of each change; for a thread of its own."""
        with self._changed:
            while not self._changed.wait_for(lambda: self._closed, INTERVAL):
                self._changed.release()
                try:
                    if self.look():
                        # A terminal that is gone must not end the page.
                        with contextlib.suppress(OSError, ValueError):
                            tell(self._state[1])
                finally:
                    self._changed.acquire()
