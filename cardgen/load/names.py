"""Names that are compared: lists of them, titles, and selections by them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cardgen.model import Selection
from cardgen.read import nfc

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def listed(value: str | Iterable[str] | None) -> tuple[str, ...]:
    """Return the one name or the list of names that a field holds, in the form in which they are compared."""
    if value is None:
        return ()
    return (nfc(value),) if isinstance(value, str) else tuple(map(nfc, value))


def title_of(written: str) -> str:
    """Return a deck's title without spaces around its levels."""
    return "::".join(part.strip() for part in written.split("::"))


def selection_from(where: Mapping[str, Any]) -> Selection:
    """Build a selection from a ``where`` mapping."""
    return Selection(tuple((key, frozenset(listed(value))) for key, value in where.items()))
