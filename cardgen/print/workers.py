"""The processes that run Typst: started once, fed with one job after another, and gone when the build is.

A start takes a tenth of a second, and what one document has taught Typst, such as how the templates read, serves the
next one: the second and later ones of the shipped decks take an eighth less.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from pathlib import Path
from threading import Lock, Timer
from typing import IO, TYPE_CHECKING, Final, Self, cast

from cardgen.errors import CardgenError

if TYPE_CHECKING:
    from types import TracebackType

_SCRIPT: Final = Path(__file__).parent / "worker.py"

_MUCH: Final = 800_000
"""How many characters of data one process sets: Typst keeps what it has laid out, about half a kilobyte for each."""


class PrintingError(CardgenError):
    """Typst failed, took too long or had no room; its text says how.

    Attributes:
        hint: The way out, where there is a better one than the code's own.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class Workers:
    """Starts a process where none is free: there are as many as calls of `do` at the same time, from several threads.

    Use as a context manager, which ends them all, also those at work.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._all: set[_Worker] = set()
        self._free: list[_Worker] = []
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            self._closed = True
            free = tuple(self._free)
            at_work = self._all.difference(free)
        # Who waits for one at work hears that it has ended, and lets go of it.
        for worker in at_work:
            worker.kill()
        for worker in free:
            worker.end()

    def do(self, folder: Path, characters: int, seconds: float) -> int | None:
        """Let the job of a folder be done.

        Args:
            folder: As `cardgen.print.worker` wants it.
            characters: How much data it has.
            seconds: How long it may take.

        Returns:
            None; the exit code of the process, if it has ended.

        Raises:
            PrintingError: If no process can be started, or the job takes too long.
        """
        worker = self._taken(folder, characters)
        try:
            ended = worker.do(folder, seconds)
        except BaseException:
            self._let_go(worker)
            raise
        with self._lock:
            stays = ended is None and not self._closed
            if stays:
                self._free.append(worker)
        if not stays:
            self._let_go(worker)
        return ended

    def _taken(self, folder: Path, characters: int) -> _Worker:
        """Return a process that has room for so much data."""
        with self._lock:
            worker = self._free.pop() if self._free else None
        if worker is not None and (worker.characters + characters > _MUCH or worker.has_ended()):
            self._let_go(worker)
            worker = None
        if worker is None:
            worker = self._started(folder)
        worker.characters += characters
        return worker

    def _started(self, folder: Path) -> _Worker:
        # Under the lock, so that nothing is started behind the back of who ends them all.
        with self._lock:
            if self._closed:
                raise PrintingError("the build has ended")
            worker = _Worker(folder)
            self._all.add(worker)
        return worker

    def _let_go(self, worker: _Worker) -> None:
        worker.end()
        with self._lock:
            self._all.discard(worker)


class _Worker:
    """A process.

    Args:
        folder: That of its first job, which gets what it says when it cannot begin.

    Attributes:
        characters: How much data it has been given.

    Raises:
        PrintingError: If it cannot be started.
        OSError: If its words cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self.characters = 0
        command = (sys.executable, "-P", str(_SCRIPT))
        with (folder / "stderr.txt").open("wb") as errors:
            try:
                self._process = subprocess.Popen(  # noqa: S603 - our own script
                    command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors
                )
            except OSError as error:
                raise PrintingError(f"Python cannot be started: {error.strerror or error}") from error
        self._jobs = cast("IO[bytes]", self._process.stdin)
        self._answers = cast("IO[bytes]", self._process.stdout)

    def do(self, folder: Path, seconds: float) -> int | None:
        """Do a job; as `Workers.do`."""
        late = False

        def give_up() -> None:
            nonlocal late
            late = True
            self._process.kill()

        limit = Timer(seconds, give_up)
        limit.daemon = True  # or who is interrupted as it starts would wait for it
        limit.start()
        try:
            # One that has ended answers with nothing.
            with contextlib.suppress(OSError):
                self._jobs.write(f"{json.dumps(str(folder))}\n".encode())
                self._jobs.flush()
            answer = self._answers.readline()
        finally:
            limit.cancel()
        if answer and not late:
            return None
        code = self._process.wait()
        if late:
            raise PrintingError(f"typesetting took more than {seconds:.0f} seconds")
        return code

    def has_ended(self) -> bool:
        """Return whether it has ended by itself, as when the system is short of memory."""
        return self._process.poll() is not None

    def kill(self) -> None:
        """Let it end at once."""
        self._process.kill()

    def end(self) -> None:
        """End it, and close what leads to it."""
        self.kill()
        with contextlib.suppress(OSError):
            self._jobs.close()
        self._answers.close()
        self._process.wait()
