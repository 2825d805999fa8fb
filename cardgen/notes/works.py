"""Works that cards cite, in words: publisher, title, and in brackets the date and the place in the work."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cardgen.words import fill
from cardgen.words.dates import day_in_words

if TYPE_CHECKING:
    from cardgen.model import Source
    from cardgen.words import Words


class Work(NamedTuple):
    """A work: its title, which may be a link, and what stands before and after it."""

    before: str
    title: str
    after: str


def work(source: Source, locator: str, words: Words) -> Work:
    """Return a source as it is cited, with the place in it if there is one."""
    before = f"{fill(words.label, label=source.publisher)} " if source.publisher else ""
    details = ", ".join(filter(None, (day_in_words(source.issued, words), locator)))
    return Work(before, source.title, f" ({details})" if details else "")
