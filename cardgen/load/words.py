"""The words of a deck's language: a catalogue of cardgen's, and what the collection says in place of its entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cardgen.diagnostics import did_you_mean, quoted, shortened
from cardgen.words import ENGLISH, catalogue_of, key_names, place_holders

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cardgen.diagnostics import Diagnostic
    from cardgen.load.values import Findings
    from cardgen.read import Document
    from cardgen.words import Words

Entries = dict[str, dict[str, str]]
"""By languages in small letters, the entries that a collection has in place of cardgen's own."""

_LISTS = ("months", "short_months")
_MONTHS = 12


def own_words(document: Document | None, written: Mapping[str, Mapping[str, str]]) -> tuple[Entries, Findings]:
    """Return the entries of a collection that can be used, and what is wrong with the others.

    Args:
        document: The collection's file; None if there is none, and then no entries either.
        written: What it has under ``words``.
    """
    found: list[Diagnostic] = []
    entries: Entries = {}
    for language, texts in written.items():
        entries[language.lower()] = kept = dict(texts)
        for key, text in texts.items():
            wrong = next(_problems(key, text), None)
            if wrong is not None and document is not None:
                code, message, hint = wrong
                found.append(document.diagnose(code, message, ("words", language, key), hint))
                del kept[key]
    return entries, tuple(found)


def _problems(key: str, text: str) -> Iterator[tuple[str, str, str]]:
    """Yield code, message and hint of what is wrong with an entry."""
    if key not in key_names():
        yield "CG351", f"cardgen has no entry `{shortened(key)}`", did_you_mean(key, key_names())
        return
    wanted, got = place_holders(ENGLISH[key]), place_holders(text)
    if wanted != got:
        have = f"has {quoted(f'{{{name}}}' for name in sorted(got))}" if got else "has none"
        need = f"must have {quoted(f'{{{name}}}' for name in sorted(wanted))}" if wanted else "must have none"
        yield "CG352", f"the place holders of `{key}` do not fit: it {need}, and {have}", f"In English: {ENGLISH[key]}"
    elif key in _LISTS and len(text.split(", ")) != _MONTHS:
        yield "CG352", f"`{key}` must be {_MONTHS} names with `, ` between them", f"In English: {ENGLISH[key]}"
    elif key == "zero" and text not in ("one", "many"):
        yield "CG352", f"`zero` must be `one` or `many`, not `{shortened(text)}`", f"In English: {ENGLISH[key]}"


def words_of(language: str, own: Entries) -> tuple[Words, bool]:
    """Return the words of a language, and whether some of them are English because nobody gave others.

    Args:
        language: BCP 47 tag.
        own: The collection's own entries.
    """
    tag = language.lower()
    changes = {**own.get(tag.split("-")[0], {}), **own.get(tag, {})}
    catalogue = catalogue_of(language)
    lacking = catalogue is None and len(changes) < len(key_names())
    if catalogue is None and not lacking:
        changes["language"] = language
    words = (catalogue or ENGLISH).changed(changes) if changes else catalogue or ENGLISH
    return words, lacking


def fallen_back(document: Document, language: str) -> Diagnostic:
    """Return the finding that a language has no catalogue, and that the collection does not give all its words."""
    message = f"cardgen has no words in `{shortened(language)}`: what the collection does not give is in English"
    return document.diagnose("CG350", message, ("language",))
