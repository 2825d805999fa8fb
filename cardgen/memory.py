"""Remembers what was made last, for programs that stay and make it again when something has changed.

What is remembered is found again by what it was made of, never by a time or a name alone, so nothing in it can be
out of date. It lives in one process and on no disk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

T = TypeVar("T")


class Memory:
    """What was made last, by slots: a name for each thing that is made once in a pass."""

    keeps: bool = True
    """Whether anything is remembered."""

    def __init__(self) -> None:
        self._slots: dict[Hashable, tuple[tuple[Any, ...], Any]] = {}

    def recall(
        self, slot: Hashable, inputs: tuple[Any, ...], make: Callable[[], T], holds: Callable[[T], bool] | None = None
    ) -> T:
        """Return what a slot holds if it was made of the same, else make it.

        Args:
            slot: The name of what is made.
            inputs: What it depends on, to be compared with `==`. It must not change afterwards.
            make: Makes it.
            holds: Says whether what was made still holds, where it depends on more than could be known before.
        """
        before = self._slots.get(slot)
        if before is not None and before[0] == inputs:
            kept: T = before[1]
            if holds is None or holds(kept):
                return kept
        made = make()
        self._slots[slot] = inputs, made
        return made


class _Forgetful(Memory):
    """Remembers nothing: for programs that make everything once."""

    keeps = False

    def recall(
        self,
        slot: Hashable,  # noqa: ARG002 - as in Memory
        inputs: tuple[Any, ...],  # noqa: ARG002 - as in Memory
        make: Callable[[], T],
        holds: Callable[[T], bool] | None = None,  # noqa: ARG002 - as in Memory
    ) -> T:
        return make()


NO_MEMORY: Final[Memory] = _Forgetful()
