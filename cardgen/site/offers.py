"""What can be downloaded: which editions are built for a site, and how its pages find their files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec.structs import replace

from cardgen.build.plan import all_in_one, buildable, cut, lower_tiers, one_each, variants_of
from cardgen.read.listing import in_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cardgen.build.manifest import Artefact
    from cardgen.build.plan import Planned
    from cardgen.model import Collection
    from cardgen.model.edition import Edition

TOGETHER: Final = "apkg"
"""The format in which all decks of an edition also come as one file: there is but one thing to import then. Of
translations it is one for each language: nobody wants a deck in all of them."""


class Cut(NamedTuple):
    """What editions are cut by: a variant, or a tier; nothing for whole decks."""

    variant: str | None = None
    tier: str | None = None

    @property
    def id(self) -> str | None:
        """What it is called where a page leads to it; None for whole decks."""
        return self.variant if self.tier is None else f"tier-{self.tier}"


WHOLE: Final = Cut()


def offered(collection: Collection, formats: tuple[str, ...]) -> tuple[Planned, ...]:
    """Return what to build: whole decks, and the editions of the audiences, or of all variants if there are none.

    What holds all decks is named after the collection, which may be called as one of them is. Of the tiers at which a
    deck is not whole there are packages: on paper and in tables they are nearly the same.

    Args:
        collection: The collection.
        formats: The formats of each.

    Raises:
        UsageError: If two files would have the same name.
    """
    editions = {name: cut(collection, name) for name in (None, *_variants(collection))}
    taken = {part.name for name, found in editions.items() for part in one_each(found, name)}
    planned: list[Planned] = []
    for name, found in editions.items():
        for language, some in _by_language(found).items():
            if len(some) > 1 and TOGETHER in formats:
                together = all_in_one(collection, some, name)
                stem = in_language(together.name, language) if language else together.name
                free = f"{stem}-all-decks" if stem in taken else stem
                planned.append(replace(together, name=free, formats=(TOGETHER,)))
        planned.extend(one_each(found, name))
    for tier in lower_tiers(collection) if TOGETHER in formats else ():
        parts = one_each(cut(collection, None, tier=tier), None, tier)
        planned.extend(replace(part, formats=(TOGETHER,)) for part in parts)
    return buildable(planned)


def _by_language(editions: Iterable[Edition]) -> dict[str, tuple[Edition, ...]]:
    """Return the editions of translations by their languages, after those of other decks by an empty text."""
    found: dict[str, tuple[Edition, ...]] = {"": ()}
    for edition in editions:
        language = "" if edition.deck.translation is None else edition.deck.language
        found[language] = (*found.get(language, ()), edition)
    return found


def _variants(collection: Collection) -> Iterable[str]:
    audiences = collection.site.audiences
    if not audiences:
        return variants_of(collection)
    names = (name for audience in audiences for name in (audience.begin_with, audience.variant))
    return dict.fromkeys(filter(None, names))


class Offers:
    """The files that were built, by what people choose them by.

    Args:
        artefacts: The files.
    """

    def __init__(self, artefacts: Iterable[Artefact]) -> None:
        self._files: dict[tuple[Cut, tuple[str, ...]], list[Artefact]] = {}
        for artefact in artefacts:
            self._files.setdefault((Cut(artefact.variant, artefact.tier), artefact.decks), []).append(artefact)

    def cuts(self) -> list[Cut]:
        """Return the cuts of which there are files, in the order in which they were built."""
        return list(dict.fromkeys(cut for cut, _ in self._files))

    def of_edition(self, wanted: Cut) -> Iterator[Artefact]:
        """Yield all files of an edition."""
        return (artefact for (cut, _), files in self._files.items() if cut == wanted for artefact in files)

    def of_deck(self, wanted: Cut, deck: str) -> list[Artefact]:
        """Return the files of an edition of one deck."""
        return self._files.get((wanted, (deck,)), [])

    def together(self, wanted: Cut) -> list[Artefact]:
        """Return the packages to import for an edition: the one that holds all decks, else that of its only deck."""
        packages = [artefact for artefact in self.of_edition(wanted) if artefact.format == TOGETHER]
        return [max(packages, key=lambda package: len(package.decks))] if packages else []
