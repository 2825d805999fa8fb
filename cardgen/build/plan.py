"""Which artefacts a request means: the editions that go into each, their names, and what is wrong with the request."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from cardgen.check import kinds
from cardgen.diagnostics import Diagnostic, diagnose, did_you_mean, quoted
from cardgen.errors import UsageError
from cardgen.model import EVERYTHING, Selection
from cardgen.model.edition import Edition, suffix
from cardgen.read import nfc

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cardgen.build.request import Request
    from cardgen.model import Collection


class Planned(Struct, frozen=True):
    """Editions that go into one artefact of each format.

    Attributes:
        name: Stem of the artefact's name.
        editions: One for each deck in it.
        variant: Name of the variant that cuts them, or None.
        formats: Names of its formats; empty for those that are asked for.
        tier: Up to which tier their kinds of one's own make cards; empty for all.
    """

    name: str
    editions: tuple[Edition, ...]
    variant: str | None
    formats: tuple[str, ...] = ()
    tier: str = ""

    def selects_any(self) -> bool:
        """Return whether any card is left."""
        return any(edition.selection.selects(card) for edition in self.editions for card in edition.deck.cards())


def editions(request: Request, collection: Collection) -> tuple[tuple[Edition, ...], tuple[Diagnostic, ...]]:
    """Return the editions that a request asks for, and what is wrong with it.

    Raises:
        UsageError: If the request makes no sense.
    """
    planned, problems = plan(request, collection)
    return tuple(edition for part in planned for edition in part.editions), problems


def plan(request: Request, collection: Collection) -> tuple[tuple[Planned, ...], tuple[Diagnostic, ...]]:
    """Return what to build, without what would be empty, and what is wrong with the request.

    Raises:
        UsageError: If cards are not selected by what is demanded, or two artefacts would have the same name.
    """
    _check_demands(request, collection)
    demands = tuple((key, nfc(value)) for key, value in request.where)
    problems = list(_unknown_values(demands, collection))
    extra = Selection(tuple((key, frozenset({value})) for key, value in demands))
    planned: list[Planned] = []
    for name, tier in _cuts(request, collection):
        found = cut(collection, name, extra, tier)
        if not found and (name is not None or tier):
            problems.append(_without_decks(name, tier, collection))
        elif request.all_in_one:
            planned.append(all_in_one(collection, found, name, extra, tier))
        else:
            planned.extend(one_each(found, name, tier))
    kept = buildable(planned)
    if planned and not kept and not problems:
        problems = [diagnose("CG503", f"no card is left in {part.name}") for part in planned]
    return kept, tuple(problems)


def cut(collection: Collection, name: str | None, extra: Selection = EVERYTHING, tier: str = "") -> tuple[Edition, ...]:
    """Return the editions of a variant and a tier, one for each deck that has them; without names, the whole decks."""
    decks = (deck for deck in collection.decks if not tier or tier in collection.tiers_of(deck))
    if name is None:
        return tuple(Edition(deck, None, extra, tier) for deck in decks)
    found = ((deck, deck.variant(name)) for deck in decks)
    return tuple(Edition(deck, variant, extra, tier) for deck, variant in found if variant is not None)


def one_each(editions: Iterable[Edition], variant: str | None, tier: str = "") -> Iterator[Planned]:
    """Yield artefacts of one edition each."""
    return (Planned(edition.name, (edition,), variant, tier=tier) for edition in editions)


def all_in_one(
    collection: Collection,
    editions: tuple[Edition, ...],
    variant: str | None,
    extra: Selection = EVERYTHING,
    tier: str = "",
) -> Planned:
    """Return artefacts that hold all editions, named after the collection."""
    stem = "-".join(filter(None, (_slug(collection.title), variant, tier, *suffix(extra))))
    return Planned(stem, editions, variant, tier=tier)


def buildable(planned: Sequence[Planned]) -> tuple[Planned, ...]:
    """Leave out what would be empty.

    Raises:
        UsageError: If two artefacts would have the same name.
    """
    _check_names(planned)
    return tuple(part for part in planned if part.selects_any())


def variants_of(collection: Collection) -> tuple[str, ...]:
    """Return the names of all variants of a collection's decks, in the order of decks and variants."""
    return tuple(dict.fromkeys(variant.name for deck in collection.decks for variant in deck.variants))


def lower_tiers(collection: Collection) -> tuple[str, ...]:
    """Return the tiers at which decks are not whole, the smallest of each kind first."""
    kinds = (kind for deck in collection.decks for kind in collection.kinds_of(deck))
    return tuple(dict.fromkeys(tier for kind in kinds for tier in kind.tiers[:-1]))


def _cuts(request: Request, collection: Collection) -> tuple[tuple[str | None, str], ...]:
    """Return the variants and tiers to cut by: None is for whole decks, the empty name for all their cards.

    All editions that there are does not mean all pairs of a variant and a tier: hardly anybody offers these. At the
    highest tier of its kinds a deck is whole.
    """
    names = dict.fromkeys(request.variants) or (None,)
    tiers = dict.fromkeys(request.tiers) or ("",)
    if not request.all_variants:
        return tuple((name, tier) for tier in tiers for name in names)
    cuts = tuple((name, tier) for tier in tiers for name in (None, *variants_of(collection)))
    return cuts if request.tiers else (*cuts, *((None, tier) for tier in lower_tiers(collection)))


def _without_decks(name: str | None, tier: str, collection: Collection) -> Diagnostic:
    """Say that no deck has a variant, or none that has it has a tier."""
    having = [deck for deck in collection.decks if name is None or deck.variant(name) is not None]
    if name is not None and not having:
        hint = did_you_mean(name, variants_of(collection))
        return diagnose("CG502", f"no variant `{name}` in {quoted(d.name for d in collection.decks)}", hint=hint)
    known = dict.fromkeys(one for deck in having for one in collection.tiers_of(deck))
    return diagnose("CG509", f"no tier `{tier}` in {quoted(d.name for d in having)}", hint=did_you_mean(tier, known))


def _check_demands(request: Request, collection: Collection) -> None:
    selectable = (*collection.facets, "kind", "tags")
    for key, _ in request.where:
        if key not in selectable:
            raise UsageError(f"cards are not selected by `{key}`. {did_you_mean(key, selectable)}")


def _check_names(planned: Sequence[Planned]) -> None:
    names = [part.name for part in planned]
    for name in dict.fromkeys(names):
        if names.count(name) > 1:
            raise UsageError(f"two artefacts would be called `{name}`: build them into two folders")


def _unknown_values(demands: tuple[tuple[str, str], ...], collection: Collection) -> Iterator[Diagnostic]:
    for key, value in demands:
        allowed = (*kinds(), *collection.own_kinds) if key == "kind" else collection.facets.get(key)
        if allowed and value not in allowed:
            yield diagnose("CG506", f"`{key}` has no value `{value}`", hint=did_you_mean(value, allowed))


def _slug(title: str) -> str:
    return re.sub(r"[^\w]+", "-", title.lower()).strip("-") or "collection"
