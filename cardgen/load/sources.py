"""From sources.yaml to the sources that cards cite."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from cardgen.check import addresses, fits
from cardgen.diagnostics import shortened
from cardgen.load.values import Findings, fields_of, placed
from cardgen.model import Source
from cardgen.read import nfc
from cardgen.richtext.address import doi_address

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cardgen.diagnostics import Diagnostic
    from cardgen.read import Document


class Sources(NamedTuple):
    """The sources of a collection.

    Attributes:
        good: Those without a flaw, by id.
        ids: The ids of all, so that no card is blamed for a flaw of the file; None where they cannot be known.
    """

    good: Mapping[str, Source]
    ids: frozenset[str] | None


def load_sources(document: Document | None) -> tuple[Sources, Findings]:
    """Return the sources of a file, and what is wrong with it.

    Args:
        document: The file; None if the collection has none.
    """
    fields, findings = fields_of(document, "sources")
    if document is None:
        return Sources({}, frozenset()), ()
    entries = document.value.get("references") if isinstance(document.value, dict) else None
    if not isinstance(entries, list):
        return Sources({}, None), findings
    found: list[Diagnostic] = list(findings)
    good: dict[str, Source] = {}
    ids: set[str] = set()
    for index, entry in enumerate(entries):
        written = entry.get("id") if isinstance(entry, dict) else None
        if not isinstance(written, str):
            continue
        source_id = nfc(written)
        if fields.whole or fits(entry, "sources", "reference"):
            found.extend(placed(document, ("references", index), addresses(entry)))
            if source_id in ids:
                message = f"`{shortened(source_id)}` names an earlier source"
                found.append(document.diagnose("CG310", message, ("references", index, "id")))
            good[source_id] = source_from(entry)
        ids.add(source_id)
    return Sources(good, frozenset(ids)), tuple(found)


def source_from(entry: Mapping[str, Any]) -> Source:
    """Take from a CSL entry what cards show."""
    publisher = entry.get("publisher") or _names(entry.get("author")) or entry.get("container-title", "")
    url = entry.get("URL", "").strip() or doi_address(entry.get("DOI", "").strip())
    grade = entry.get("custom", {}).get("grade", "")
    return Source(nfc(entry["id"]), entry["title"], publisher, _issued(entry.get("issued")), url, grade)


def _names(names: Sequence[Mapping[str, str]] | None) -> str:
    found = [
        name.get("literal") or " ".join(filter(None, (name.get("given"), name.get("family")))) for name in names or ()
    ]
    return ", ".join(filter(None, found))


def _issued(value: Any) -> str:  # noqa: ANN401 - CSL allows text or a mapping
    if isinstance(value, dict):
        if "date-parts" in value:
            return "-".join(str(part).zfill(2) for part in value["date-parts"][0])
        return str(value.get("literal") or value.get("raw") or "")
    return str(value or "")
