"""What a collection adds to the schemas: its facets and its own kinds of card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cardgen.check import Known
from cardgen.load.facets import load_facets
from cardgen.load.values import fields_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cardgen.check import Vocabulary
    from cardgen.ledger.kinds_lock import KindsLock
    from cardgen.load.own_kinds import OwnKinds
    from cardgen.load.values import Findings
    from cardgen.read import CollectionFolder


def own_kinds_of(
    folder: CollectionFolder,
    facets: Mapping[str, tuple[str, ...]] | None,
    language: str,
    lock: KindsLock | None = None,
) -> tuple[OwnKinds | None, Findings]:
    """Return a collection's own kinds, and what is wrong with them; None if it has none.

    Args:
        folder: The collection's files.
        facets: Its facets; None where they cannot be known.
        language: BCP 47 tag of what its decks have in common.
        lock: As for `load_own_kinds`.
    """
    if not folder.kinds:
        return None, ()
    from cardgen.load.own_kinds import load_own_kinds  # brings Anki's template language, which most decks do without

    return load_own_kinds(folder, facets or (), language, lock)


def vocabulary_of(folder: CollectionFolder) -> Vocabulary:
    """Return what a collection adds to the schemas, whatever is wrong with it: for those who read no cards."""
    facets, _ = load_facets(folder.collection)
    fields, _ = fields_of(folder.collection, "collection")
    language = fields.values.get("language", "en")
    own, _ = own_kinds_of(folder, facets, language)
    return Known(facets, None, own.in_language(language) if own is not None else {}).vocabulary
