"""Names of what is brought over: ids of words, and names that are given once."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from cardgen.read.names import slug
from cardgen.read.unprintable import UNPRINTABLE

_LONGEST_ID: Final = 60
"""Letters of an id: the schema takes 80, and a number may follow."""
_LONGEST_TITLE: Final = 120
"""Letters of a section's title; see schema/cards.schema.json."""

_NO_TITLE: Final = re.compile(rf"[\":\s]+|{UNPRINTABLE.pattern}")
"""What no title has: quotes, colons, ends of lines, and what no file of cards may hold."""


class Names:
    """Gives names out, each once: the second `map` is `map-2`.

    Args:
        taken: Those that are not to be given.
    """

    def __init__(self, *taken: str) -> None:
        self._given = Counter(taken)

    def free(self, stem: str, suffix: str = "") -> str:
        """Return a name that was not given before."""
        wanted = stem + suffix
        found = wanted
        while found in self._given:
            self._given[wanted] += 1
            found = f"{stem}-{self._given[wanted]}{suffix}"
        self._given[found] = 1
        return found


def id_of(words: str, longest: int = _LONGEST_ID) -> str:
    """Return words as an id of so many letters at most, cut behind one; empty if there is no letter for it in them."""
    found = slug(words)
    if len(found) <= longest:
        return found
    return found[: longest + 1].rpartition("-")[0][:longest].strip("-") or found[:longest]


def clean_title(title: str) -> str:
    """Return a title without what no title has."""
    return " ".join(_NO_TITLE.sub(" ", title).split())[:_LONGEST_TITLE].strip()
