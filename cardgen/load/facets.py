"""The facets that a collection declares: the properties, beside kind and tags, that cards are selected by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cardgen.check import card_fields, fits
from cardgen.load.names import listed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cardgen.diagnostics import Diagnostic
    from cardgen.load.values import Findings
    from cardgen.read import Document


def load_facets(document: Document | None) -> tuple[Mapping[str, tuple[str, ...]] | None, Findings]:
    """Return the facets of collection.yaml, and what is wrong with their names.

    A facet whose values do not fit the schema is there all the same: no card is blamed for that.

    Args:
        document: The file; None if the collection has none.

    Returns:
        For each facet the values that it may take, none where it takes any; None where the facets cannot be known.
    """
    if document is None:
        return {}, ()
    written = document.value.get("facets", {}) if isinstance(document.value, dict) else None
    if not isinstance(written, dict):
        return None, ()
    facets: dict[str, tuple[str, ...]] = {}
    found: list[Diagnostic] = []
    for facet, values in written.items():
        if facet not in card_fields():
            facets[facet] = _values(facet, values)
        else:
            message = f"`{facet}` is a field of cards, and cannot be a facet"
            found.append(document.diagnose("CG331", message, ("facets", facet), of_key=True))
    return facets, tuple(found)


def _values(facet: str, written: Any) -> tuple[str, ...]:  # noqa: ANN401 - any value may come
    if written == "any" or not fits({"facets": {facet: written}}, "collection"):
        return ()
    return listed(written)
