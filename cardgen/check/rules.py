"""What a schema cannot see in one card: values that must exist elsewhere, dates, texts that show nothing.

Each rule takes the mapping as its author wrote it, a card's or that of a file's ``defaults``, and yields problems
with the path of the value inside that mapping.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cached_property, lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct, field

from cardgen.check.formulas import formula_problems
from cardgen.check.vocabulary import Vocabulary, own_fields
from cardgen.diagnostics import did_you_mean, shortened
from cardgen.kinds import CardText, Problem, Role
from cardgen.model.when import as_date
from cardgen.read import nfc
from cardgen.richtext import Preformatted, is_blank, literal, nodes, parse
from cardgen.richtext.address import doi_address, is_address
from cardgen.richtext.gaps import has_gap

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from cardgen.model import OwnKind
    from cardgen.read import KeyPath


class Known(Struct, frozen=True, dict=True):
    """What cards may refer to, all in NFC; where a file cannot be read, no card is blamed for that.

    Attributes:
        facets: For each facet the values that it may take, none where it takes any; None where they cannot be known.
        sources: The ids of sources; None where they cannot be known.
        own_kinds: The collection's own kinds of card, by their ids.
    """

    facets: Mapping[str, Collection[str]] | None
    sources: Collection[str] | None
    own_kinds: Mapping[str, OwnKind] = field(default_factory=dict)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """What the schemas have to know of that."""
        facets = tuple(self.facets) if self.facets is not None else None
        return Vocabulary(facets, tuple(map(own_fields, self.own_kinds.values())))


def references(written: Mapping[str, Any], known: Known) -> Iterator[Problem]:
    """Find facet values and sources that do not exist."""
    for facet, allowed in known.facets.items() if known.facets else ():
        one = written.get(facet)
        if one is None or (one.__class__ is str and (not allowed or one in allowed)):
            continue  # as in nearly every card
        for value, path in _each(written, facet):
            if allowed and nfc(value) not in allowed:
                message = f"`{facet}` has no value `{shortened(value)}`"
                yield Problem("CG301", message, path, did_you_mean(value, allowed))
    source = written.get("source")
    if "see" not in written and source.__class__ is str and known.sources is not None and source in known.sources:
        return  # as for nearly every card
    for value, path in chain(_each(written, "source"), _each(written, "see")):
        source, place = (value["id"], (*path, "id")) if isinstance(value, dict) else (value, path)
        if known.sources is not None and nfc(source) not in known.sources:
            message = f"no source `{shortened(source)}` in sources.yaml"
            yield Problem("CG302", message, place, did_you_mean(source, known.sources))


def _each(written: Mapping[str, Any], field: str) -> Iterator[tuple[Any, KeyPath]]:
    """Yield the values of a field that holds one or a list, each with its path."""
    value = written.get(field)
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield item, (field, index)
    elif value is not None:
        yield value, (field,)


def addresses(source: Mapping[str, Any]) -> Iterator[Problem]:
    """Find addresses of a source that no card may lead to, and what is no DOI."""
    url, doi = source.get("URL", "").strip(), source.get("DOI", "").strip()
    if url and not is_address(url):
        yield Problem("CG316", f"`{shortened(url)}` is no address that a card may lead to", ("URL",))
    if doi and not doi_address(doi):
        hint = "A DOI begins with 10., as in 10.1000/182."
        yield Problem("CG316", f"`{shortened(doi)}` is no DOI", ("DOI",), hint)


def dates(written: Mapping[str, Any], defaults: Mapping[str, Any]) -> tuple[Problem, ...]:
    """Find days that do not exist, and facts that were stale before they were true."""
    own, common = written.get, defaults.get
    return _wrong_dates(own("as_of"), own("checked"), own("stale_after"), common("as_of"), common("stale_after"))


@lru_cache(maxsize=4096)  # few dates make many cards
def _wrong_dates(
    as_of: str | None, checked: str | None, stale_after: str | None, common_as_of: str | None, common_end: str | None
) -> tuple[Problem, ...]:
    written = {"as_of": as_of, "checked": checked, "stale_after": stale_after}
    missing = tuple(
        Problem("CG308", f"there is no day {day}", (field,))
        for field, day in written.items()
        if day is not None and not _exists(as_date(day))
    )
    if missing or (as_of is None and stale_after is None):
        return missing
    begins, ends = as_of or common_as_of, stale_after or common_end
    # Both are YYYY-MM-DD from the left, so the text of the shorter is compared with as much of the longer.
    if begins and ends and ends[: len(from_when := as_date(begins))] < from_when:
        field = "stale_after" if stale_after else "as_of"
        return (Problem("CG307", f"stale after {ends}, but as of {begins}", (field,)),)
    return ()


def unneeded_see(written: Mapping[str, Any], common: Collection[str]) -> Iterator[Problem]:
    """Find a source to check the fact in, on a card whose sources are not secondary.

    Args:
        written: The card.
        common: The names of the fields that its file's defaults set, whether they fit the schema or not.
    """
    if "see" in written and "confidence" not in written and "confidence" not in common:
        message = "`see` is on a card without `confidence: secondary`"
        yield Problem("CG332", message, ("see",), "Add `confidence: secondary`, or cite the source under `source`.")


def _exists(text: str) -> bool:
    try:
        # A month or a year is there if its first day is; the calendar begins with the year 1.
        date.fromisoformat(f"{text}-01-01"[: len("2026-01-01")])
    except ValueError:
        return False
    return True


def readable(
    kind: str, texts: Iterable[CardText], pictures: Callable[[str, KeyPath], Iterator[Problem]]
) -> Iterator[Problem]:
    """Find texts that show nothing, gaps outside of cloze texts, flawed pictures, and formulas that cannot be set.

    Args:
        kind: The card's kind.
        texts: All its texts.
        pictures: Yields what is wrong with the pictures of a text, given its path.
    """
    for card_text in texts:
        role, path, text, is_literal = card_text
        if is_literal:
            if is_blank(literal(text)):
                yield Problem("CG405", f"`{path[0]}` shows nothing", path)
            continue
        # A text that begins with a letter of ours shows at least that letter.
        if not (text[0].isascii() and text[0].isalpha()) and is_blank(parse(text)):
            yield Problem("CG405", f"`{path[0]}` shows nothing", path)
        if "{{c" in text and role is not Role.GAPS and has_gap(text):
            yield Problem("CG403", f"`{path[0]}` has a gap, but the card is of kind {kind}", path)
        if "![" in text:
            yield from pictures(text, path)
        if "$" in text:
            yield from formula_problems(card_text)
        if "```" in text or "~~~" in text:
            yield from _unknown_languages(path, text)


_FENCE: Final = r"(?m)^[ ]*(?:[-*][ ]+|\d+[.)][ ]+)*(?:`{3,}|~{3,})[ ]*([^\s`~]+)[ ]*$"


def _unknown_languages(path: KeyPath, text: str) -> Iterator[Problem]:
    """Find blocks of code whose language nobody knows, each where it is named."""
    for node in nodes(parse(text)):
        if isinstance(node, Preformatted) and node.language:
            from cardgen.richtext.code import is_language, languages  # brings Pygments, which most decks do without

            if not is_language(node.language):
                named = (match.span(1) for match in re.finditer(_FENCE, text) if match[1] == node.language)
                message = f"`{shortened(node.language)}` is no language whose parts can be told apart"
                hint = did_you_mean(node.language, sorted(languages()))
                yield Problem("CG421", message, path, hint, text, next(named, None))
