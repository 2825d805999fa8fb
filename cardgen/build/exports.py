"""Runs the exports of a build; those that mostly wait for other processes go on side by side."""

from __future__ import annotations

import os
from collections import deque
from contextlib import ExitStack
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from cardgen.build.formats import exporter_for

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence
    from concurrent.futures import Future

    from cardgen.export import Begin, Bundle, Exported

_MOST: Final = 4
"""Most exports that go on side by side, however many processors there are: each may take half a gigabyte."""

_WAIT: Final = 0.2
"""Seconds between looks at an export that goes on: on Windows, Ctrl-C is heeded only then."""


class Wanted(Struct, frozen=True, eq=False):
    """A bundle, and the name of the format that it is wanted in."""

    bundle: Bundle
    format: str


def exports(wanted: Sequence[Wanted], watch: Callable[[int, int, str], object]) -> Generator[tuple[int, Exported]]:
    """Yield exports when they are done, each with its place in what is wanted.

    To close the generator ends what still goes on.

    Args:
        wanted: What to export.
        watch: Called before each with how many are done, how many there will be, and the name of the artefact.

    Raises:
        UnreadableFileError: If a picture changed since it was looked at.
    """
    with ExitStack() as stack:
        beside = _Beside(wanted, stack)
        others = deque(index for index, one in enumerate(wanted) if one.format not in beside.formats)
        for done in range(len(wanted)):
            beside.begin()
            is_other = bool(others) and not beside.next_is_done()
            index = others.popleft() if is_other else beside.next
            one, exporter = wanted[index], exporter_for(wanted[index].format)
            watch(done, len(wanted), f"{one.bundle.name}{exporter.SUFFIX}")
            yield index, exporter.export(one.bundle) if is_other else beside.finished()


class _Beside:
    """The exports that go on side by side, in threads; the largest are begun first, so that none is left for the end.

    Args:
        wanted: What to export.
        stack: Ends them all when it is closed.

    Attributes:
        formats: The names of their formats.
    """

    def __init__(self, wanted: Sequence[Wanted], stack: ExitStack) -> None:
        offers = {one.format: getattr(exporter_for(one.format), "side_by_side", None) for one in wanted}
        self.formats = {name for name, offer in offers.items() if offer is not None}
        self._wanted = wanted
        mine = (index for index, one in enumerate(wanted) if one.format in self.formats)
        self._waiting = deque(sorted(mine, key=lambda index: -wanted[index].bundle.note_count))
        self._going: deque[tuple[int, Future[Exported]]] = deque()
        if self._waiting:
            # Only here, since it brings logging with it.
            from concurrent.futures import ThreadPoolExecutor

            self._cores = min(processors(), _MOST)
            self._threads = ThreadPoolExecutor(self._cores)
            # Last of all, when what the threads wait for has ended.
            stack.callback(self._threads.shutdown, cancel_futures=True)
        self._begins: dict[str, Begin] = {
            name: stack.enter_context(offer()) for name, offer in offers.items() if offer is not None
        }

    def begin(self) -> None:
        """Begin as many as keep all threads busy for a while."""
        while self._waiting and len(self._going) < 2 * self._cores:
            index = self._waiting.popleft()
            one = self._wanted[index]
            self._going.append((index, self._threads.submit(self._begins[one.format](one.bundle))))

    @property
    def next(self) -> int:
        """The place of the one that was begun first."""
        return self._going[0][0]

    def next_is_done(self) -> bool:
        """Return whether that one need not be waited for."""
        return bool(self._going) and self._going[0][1].done()

    def finished(self) -> Exported:
        """Return that one, and wait for it if need be."""
        from concurrent.futures import wait

        _, future = self._going.popleft()
        while not wait((future,), _WAIT).done:
            pass
        return future.result()


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
