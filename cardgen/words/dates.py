"""Dates in the words of a language."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from cardgen.words.catalogue import fill

if TYPE_CHECKING:
    from cardgen.words.catalogue import Words

_DATE: Final = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-([0-9]{2}))?)?")


@lru_cache(maxsize=1024)
def day_in_words(written: str, words: Words) -> str:
    """Write ``2026``, ``2026-06`` or ``2026-06-30`` as people read it in a language; anything else is words already."""
    date = _DATE.fullmatch(written)
    if date is None or date[2] is None:
        return written
    month = words.month_name(int(date[2]))
    if date[3] is None:
        return fill(words.month, month=month, year=date[1])
    day = int(date[3])
    return fill(words.day, day=words.first_day if day == 1 else day, month=month, year=date[1])
