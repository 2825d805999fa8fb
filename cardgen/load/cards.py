"""From a card file to a section: its cards, its tags, and what is wrong with each."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from itertools import chain
from sys import intern
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from msgspec import Struct, field

from cardgen.check import dates, fits, readable, references, unneeded_see
from cardgen.check.texts import with_texts, written_texts
from cardgen.diagnostics import has_errors, shortened
from cardgen.kinds import CardText, Role, field_of_references, kind_named, pictures_of, with_layer
from cardgen.load.macros import without_macros
from cardgen.load.names import listed
from cardgen.load.values import Fields, Findings, fields_inside, fields_of, placed
from cardgen.model import SILENT, Card, Citation, Speech, direction_of
from cardgen.read import as_anki_compares, nfc
from cardgen.richtext.breaks import with_line_ends

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cardgen.check import DeckMedia, Known, Vocabulary
    from cardgen.diagnostics import Diagnostic
    from cardgen.kinds import Problem
    from cardgen.load.neighbours import Neighbour, Neighbours
    from cardgen.model import Content, Direction
    from cardgen.read import Document, KeyPath

_NOTHING: Final[frozenset[str]] = frozenset()


class Surroundings(Struct, frozen=True):
    """What the cards of a deck have in common.

    Attributes:
        known: What they may refer to.
        language: BCP 47 tag of their texts where they do not say another.
        direction: Its writing direction.
        breaks: Whether line ends in their texts are line breaks.
        macros: TeX by the names that stand for it in their formulas.
        unsure: Fields whose common value is not known, because the file that gives it has a flaw there.
        private: Whether they are for their author alone.
    """

    known: Known
    language: str
    direction: Direction
    breaks: bool = False
    macros: Mapping[str, str] = field(default_factory=dict)
    unsure: frozenset[str] = frozenset()
    private: bool = False


class LoadedCard(NamedTuple):
    """A card that fits the schema, as it stands in its file.

    Attributes:
        card: The card.
        path: Its path in the file.
        flawed: Whether it has an error of its own.
        unsure: Its fields that it leaves to what has a flaw, so that their value is not known.
        retired: Whether it stays as a record only.
        replaced_by: The ids of its successors.
    """

    card: Card
    path: KeyPath
    flawed: bool
    unsure: frozenset[str]
    retired: bool
    replaced_by: tuple[str, ...]


class LoadedSection(Struct, frozen=True):
    """A card file.

    Attributes:
        name: Its name in deck.yaml.
        document: Its document.
        title: Its title; empty if that is not known.
        cards: The cards that fit the schema, also those that are retired.
        ids: The ids of all its cards in their places; empty for those that do not fit the schema.
        tags: The tags that all its cards carry.
        whole: Whether all of the file fits the schema.
        pictures: The pictures of its cards, as `DeckMedia.taken` gives them.
        named: The cards of other decks that its cards name, as `Neighbours.taken` gives them.
    """

    name: str
    document: Document
    title: str
    cards: tuple[LoadedCard, ...]
    ids: tuple[str, ...]
    tags: tuple[str, ...]
    whole: bool
    pictures: Mapping[str, str | tuple[str, str]]
    named: Mapping[str, Neighbour | None]


def load_section(
    name: str, document: Document, around: Surroundings, media: DeckMedia, neighbours: Neighbours
) -> tuple[LoadedSection, Findings]:
    """Return a section, and what is wrong with its file.

    Of a file that does not fit its schema, the defaults and the cards that do fit are taken and checked all the same.
    """
    fields, findings = fields_of(document, "cards", around.known.vocabulary)
    found: list[Diagnostic] = [*document.diagnostics, *findings]
    written = document.value if isinstance(document.value, dict) else {}
    defaults = _defaults(fields, written, around.known.vocabulary)
    found.extend(placed(document, ("defaults",), references(defaults.values, around.known)))
    found.extend(placed(document, ("defaults",), dates(defaults.values, {})))
    items = written.get("cards")
    cards = []
    ids = []
    shown: set[str] = set()
    named: set[str] = set()
    media_of = _Media(media, shown)
    for index, item in enumerate(items if isinstance(items, list) else ()):
        if fields.whole or fits(item, "cards", "card", around.known.vocabulary):
            fitting, wrong = _with_references(item, neighbours, named, private=around.private)
            found.extend(placed(document, ("cards", index), wrong))
            card, problems = _card(document, ("cards", index), fitting, defaults, around, media_of)
            cards.append(card)
            ids.append(card.card.id)
            found.extend(problems)
        else:
            ids.append("")
    title = str(fields.values.get("title", "")).strip()
    tags = tuple(dict.fromkeys(listed(defaults.values.get("tags"))))
    section = LoadedSection(
        name=name,
        document=document,
        title=title,
        cards=tuple(cards),
        ids=tuple(ids),
        tags=tags,
        whole=fields.whole,
        pictures=media.taken(shown),
        named=neighbours.taken(sorted(named)),
    )
    return section, tuple(found)


def duplicate_titles(sections: Iterable[LoadedSection]) -> Iterator[Diagnostic]:
    """Find sections whose title another one of the deck has."""
    seen: dict[str, str] = {}
    for section in sections:
        if section.title:
            key = as_anki_compares(section.title)
            if key in seen:
                message = f"`{shortened(section.title)}` is also the title of {seen[key]}"
                yield section.document.diagnose("CG312", message, ("title",))
            seen[key] = section.document.name


def _defaults(fields: Fields, written: Mapping[str, Any], vocabulary: Vocabulary) -> Fields:
    if fields.whole:
        return Fields(written.get("defaults", {}))
    return fields_inside(written.get("defaults", {}), "cards", "defaults", vocabulary)


def _card(
    document: Document,
    path: KeyPath,
    item: Mapping[str, Any],
    defaults: Fields,
    around: Surroundings,
    media: _Media,
) -> tuple[LoadedCard, list[Diagnostic]]:
    kind = kind_named(item["kind"])
    own = around.known.own_kinds.get(item["kind"])
    unfit: Sequence[Problem] = ()
    if around.macros:
        item, unfit = without_macros(item, around.macros, around.known.vocabulary)
    if around.breaks:
        item = _with_line_ends(item, around.known.vocabulary)
    content = kind.read(item if own is None else {**item, "kind": own})
    pictures = tuple(media.of_fields(item["kind"], content))
    content = media.with_layers(item["kind"], content)
    around_it = [CardText(Role.MORE, (name,), item[name]) for name in ("hint", "note") if name in item]
    texts = chain(kind.texts(content), around_it) if around_it else kind.texts(content)
    problems = chain(
        references(item, around.known),
        dates(item, defaults.values),
        unneeded_see(item, defaults.values.keys() | defaults.broken) if "see" in item else (),
        _but_for(unfit, readable(item["kind"], texts, media.of_text)),
        pictures,
        kind.check(content),
        unfit,
    )
    found = placed(document, path, problems)
    retired = bool(item.get("retired"))
    if "replaced_by" in item and not retired:
        message = "`replaced_by` stands on a card that is not retired"
        found.append(document.diagnose("CG313", message, (*path, "replaced_by"), "Add `retired: true`."))
    unsure = _NOTHING
    if defaults.broken or around.unsure:
        unsure = defaults.broken | (around.unsure - defaults.values.keys())
    return LoadedCard(
        card=_built(item, defaults.values, content, around),
        path=path,
        flawed=bool(found) and has_errors(found),
        unsure=unsure - item.keys() if unsure else _NOTHING,
        retired=retired,
        replaced_by=listed(item.get("replaced_by")) if retired else (),
    ), found


def _but_for(unfit: Sequence[Problem], problems: Iterable[Problem]) -> Iterable[Problem]:
    """Leave out that a macro which could not be put in place is no command."""
    paths = {problem.path for problem in unfit}
    return (problem for problem in problems if problem.code != "CG411" or problem.path not in paths)


def _with_references(
    item: Mapping[str, Any], neighbours: Neighbours, named: set[str], *, private: bool
) -> tuple[Mapping[str, Any], Sequence[Problem]]:
    """Return a card with the cards of other decks in place of their addresses, and what is wrong with these.

    Args:
        item: The card as written.
        neighbours: Finds the others.
        named: Gets the addresses.
        private: Whether it is a card of a private deck.
    """
    field = field_of_references(item["kind"])
    if field not in item:
        return item, ()
    addresses = listed(item[field])
    named.update(addresses)
    found, problems = neighbours.references(addresses, field, private=private)
    return {**item, field: found}, problems


class _Media(NamedTuple):
    """The pictures of a deck, and the paths of those that a section shows."""

    deck: DeckMedia
    shown: set[str]

    def of_text(self, text: str, path: KeyPath) -> Iterator[Problem]:
        """Find what is wrong with the pictures of a text."""
        return self.deck.check(text, path, self.shown)

    def of_fields(self, kind: str, content: Content) -> Iterator[Problem]:
        """Find what is wrong with the pictures that fields of a card name by themselves."""
        for picture in pictures_of(kind, content):
            yield from self.deck.check_field(picture, self.shown)

    def with_layers(self, kind: str, content: Content) -> Content:
        """Return a card with what it takes from a layer of a drawing."""
        for picture in pictures_of(kind, content) if self.deck.layers else ():
            if picture.key in self.deck.layers:
                content = with_layer(kind, content, self.deck.layers[picture.key])
        return content


def _with_line_ends(item: Mapping[str, Any], vocabulary: Vocabulary) -> Mapping[str, Any]:
    """Return a card whose line ends are line breaks."""
    return with_texts(item, ((path, with_line_ends(text)) for text, path in written_texts(item, vocabulary)))


def _built(item: Mapping[str, Any], defaults: Mapping[str, Any], content: Any, around: Surroundings) -> Card:  # noqa: ANN401 - each kind has its own
    merged = {**defaults, **item} if defaults else item
    language = merged.get("lang", around.language)
    own_direction = direction_of(language) if "lang" in merged else around.direction
    stale_after = merged.get("stale_after")
    facets = around.known.vocabulary.facets or ()
    return Card(
        id=item["id"],
        kind=intern(item["kind"]),
        content=content,
        tags=_tags(_hashable(defaults.get("tags")), _hashable(item.get("tags"))),
        facets=_stated(facets, tuple(_hashable(merged.get(facet)) for facet in facets)),
        citations=_citations(merged.get("source")),
        see=_citations(item.get("see")),
        as_of=intern(merged.get("as_of", "")),
        checked=intern(merged.get("checked", "")),
        stale_after=_day(stale_after) if stale_after else None,
        secondary="confidence" in merged,
        note=merged.get("note", ""),
        hint=item.get("hint", ""),
        language=language,
        direction=merged.get("dir", own_direction),
        lint_ignore=tuple(item["lint_ignore"].items()) if "lint_ignore" in item else (),
        formerly=listed(item["formerly"]) if "formerly" in item else (),
        parts_formerly=_parts_formerly(item),
        speech=Speech(**merged["speak"]) if "speak" in merged else SILENT,
    )


def _parts_formerly(item: Mapping[str, Any]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the earlier addresses of what has an id inside a card, whatever the kind calls it."""
    return tuple(
        [
            (part["id"], listed(part["formerly"]))
            for value in item.values()
            if value.__class__ is list
            for part in value
            if part.__class__ is dict and "formerly" in part
        ]
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:  # reported as CG308; the collection will not be built
        return None


# What many cards have in common is made once: it takes less time, and half the memory of a card.


def _hashable(value: str | list[str] | None) -> str | tuple[str, ...] | None:
    return tuple(value) if isinstance(value, list) else value


@lru_cache(maxsize=4096)
def _tags(common: str | tuple[str, ...] | None, own: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*listed(common), *listed(own))))


@lru_cache(maxsize=4096)
def _stated(facets: tuple[str, ...], values: tuple[str | tuple[str, ...] | None, ...]) -> Mapping[str, tuple[str, ...]]:
    """Return the facets that a card states with their values."""
    found = zip(facets, values, strict=True)
    return {facet: listed(value) for facet, value in found if value is not None}


def _citations(value: Any) -> tuple[Citation, ...]:  # noqa: ANN401 - an id, a mapping, or a list of those
    if value is None:
        return ()
    if isinstance(value, str):
        return _cited(value)
    entries = value if isinstance(value, list) else [value]
    return tuple(
        Citation(nfc(entry)) if isinstance(entry, str) else Citation(nfc(entry["id"]), entry["locator"])
        for entry in entries
    )


@lru_cache(maxsize=4096)
def _cited(source: str) -> tuple[Citation, ...]:
    """Return the citation of one source."""
    return (Citation(nfc(source)),)
