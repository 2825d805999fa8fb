"""Artefacts of what a collection no longer has: they leave the folder, so that nobody publishes or imports them.

Only what the manifest names as built from this collection is looked at, so another collection may be built into the
same folder, and of that only files that are as they were built: what was edited since is somebody's work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from cardgen.read import label

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cardgen.build.compiled import CompiledCollection
    from cardgen.build.manifest import Artefact, Entry
    from cardgen.model import Collection


class Gone(Struct, frozen=True):
    """What becomes of earlier artefacts.

    Attributes:
        stay: The entries that stay in the manifest.
        leave: The names of the files that are removed.
        advice: What there is to say about those that leave, and about those that should and were edited.
    """

    stay: tuple[Entry, ...]
    leave: tuple[str, ...]
    advice: tuple[str, ...]


def gone(
    entries: Sequence[Entry],
    out: Path,
    artefacts: Sequence[Artefact],
    compiled: CompiledCollection,
    collection: Collection,
    *,
    alone: bool = False,
) -> Gone:
    """Part earlier artefacts into those that stay and those of decks or variants that are no longer there.

    Args:
        entries: What the manifest lists.
        out: Its folder.
        artefacts: What is built now, and takes the place of what has the same name.
        compiled: The decks that are built now, and the names of all.
        collection: Theirs.
        alone: Whether the folder is to hold what is built now, and nothing else.
    """
    files = compiled.loaded.files
    names = frozenset(files.names if files is not None else ())
    variants = {deck.name: {variant.name for variant in deck.variants} for deck in collection.decks}
    tiers = {deck.name: collection.tiers_of(deck) for deck in collection.decks}
    replaced = {artefact.path.name for artefact in artefacts}
    stay, leave, advice = [], [], []
    for entry in entries:
        ours = entry.data.get("collection") == collection.title
        why = _why(entry, names, variants, tiers) if ours else ""
        if alone:
            why = why or "it is not offered any more"
        if entry.file in replaced or not why:
            stay.append(entry)
        elif entry.is_as_built(out):
            leave.append(entry.file)
            advice.append(f"{label(out / entry.file)} is removed: {why}")
        else:
            advice.append(f"{label(out / entry.file)} was changed since it was built and is left there: {why}")
    return Gone(tuple(stay), tuple(leave), tuple(advice))


def _why(entry: Entry, names: frozenset[str], variants: dict[str, set[str]], tiers: dict[str, tuple[str, ...]]) -> str:
    """Return why an artefact is out of date; empty if it is not, as far as is known of decks that are not built now."""
    missing = [name for name in entry.decks if name not in names]
    if missing:
        return f"there is no deck `{missing[0]}` any more"
    variant = entry.data.get("variant")
    known = [variants.get(name) for name in entry.decks]
    if isinstance(variant, str) and known and all(has is not None and variant not in has for has in known):
        return f"there is no variant `{variant}` any more"
    tier = entry.data.get("tier")
    if isinstance(tier, str) and known and all(name in variants and tier not in tiers[name] for name in entry.decks):
        return f"there is no tier `{tier}` any more"
    return ""
