"""Where coverage is measured: not in other packages, in which tests take up to thrice as long under measure."""

from __future__ import annotations

from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING

from coverage import Coverage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def unmeasured() -> Iterator[None]:
    """Measure nothing in a block, or in a function that this decorates: neither in it nor in other threads."""
    measuring = Coverage.current()
    if measuring is None:
        yield
        return
    measuring.stop()
    try:
        yield
    finally:
        measuring.start()


@contextmanager
def examples_unmeasured(property_: Callable[..., object]) -> Iterator[None]:
    """Measure what a property of Hypothesis's runs, and not how its examples are made."""
    measuring, handle = Coverage.current(), property_.hypothesis  # type: ignore[attr-defined]
    if measuring is None:
        yield
        return
    inner = handle.inner_test

    @wraps(inner)
    def measured(*values: object, **named: object) -> object:
        measuring.start()
        try:
            return inner(*values, **named)
        finally:
            measuring.stop()

    handle.inner_test = measured
    try:
        with unmeasured():
            yield
    finally:
        handle.inner_test = inner
