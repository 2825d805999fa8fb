"""What can be downloaded: which editions are built for a site, and how its pages find their files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from cardgen.build.plan import all_in_one, buildable, cut, one_each, variants_of
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


def offered(collection: Collection, formats: tuple[str, ...]) -> tuple[Planned, ...]:
    """Return what to build: whole decks, and the editions of the audiences, or of all variants if there are none.

    What holds all decks is named after the collection, which may be called as one of them is.

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
        self._files: dict[tuple[str | None, tuple[str, ...]], list[Artefact]] = {}
        for artefact in artefacts:
            self._files.setdefault((artefact.variant, artefact.decks), []).append(artefact)

    def variants(self) -> list[str | None]:
        """Return the variants of which there are files, in the order in which they were built; None for whole decks."""
        return list(dict.fromkeys(variant for variant, _ in self._files))

    def of_edition(self, variant: str | None) -> Iterator[Artefact]:
        """Yield all files of an edition."""
        return (artefact for (name, _), files in self._files.items() if name == variant for artefact in files)

    def of_deck(self, variant: str | None, deck: str) -> list[Artefact]:
        """Return the files of an edition of one deck."""
        return self._files.get((variant, (deck,)), [])

    def together(self, variant: str | None) -> list[Artefact]:
        """Return the packages to import for an edition: the one that holds all decks, else that of its only deck."""
        packages = [artefact for artefact in self.of_edition(variant) if artefact.format == TOGETHER]
        return [max(packages, key=lambda package: len(package.decks))] if packages else []
