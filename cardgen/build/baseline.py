"""A ledger that was lost, as far as a package that learners have can tell what stood in it."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final

from cardgen.anki.fields import rendered_notes
from cardgen.anki.note_types import FORMS, note_type
from cardgen.anki.occlusion import read_masks
from cardgen.anki.reading import UnreadablePackageError, read_package
from cardgen.errors import UsageError
from cardgen.kinds import Form
from cardgen.ledger import Entry, Ledger
from cardgen.model.own_kind import gate_of
from cardgen.notes import guid_of, hidden_texts, texts_in_gaps, with_mask_numbers
from cardgen.read import label
from cardgen.richtext import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from cardgen.anki.reading import FoundCollection, FoundNote
    from cardgen.build.compiled import CompiledDeck
    from cardgen.ledger import Gaps
    from cardgen.notes import Note

_OTHER_CONTENT: Final = f"{'0' * 12}-{'0' * 8}"
"""Stands for what a note had in the package where that is not what it has now."""

_ADDRESS: Final = re.compile(r"([a-z0-9-]+)/([a-z0-9-]+(?:/[a-z0-9-]+)?)")


def read_baseline(file: Path) -> FoundCollection:
    """Read the package that learners have.

    Raises:
        UsageError: If it cannot be read.
    """
    try:
        return read_package(file)
    except UnreadablePackageError as error:
        raise UsageError(f"{label(file)}: {error}") from None


def restored(deck: CompiledDeck, package: FoundCollection) -> Ledger:
    """Return the ledger that a deck had when a package was built.

    A note that is as it would be built today keeps the package's time; of another one it is known that it has
    changed. What is in the package and no longer in the deck is known by its address, and will be retired.

    Args:
        deck: The deck, with an empty ledger.
        package: What the package has.
    """
    identity = deck.deck.identity
    known = {note_type(form).id: form.value for form in FORMS} | _own_types(deck.notes)
    found = {note.guid: note for note in package.notes if note.note_type in known}
    entries: dict[str, Entry] = {}
    notes = [_with_old_numbers(note, found.get(note.guid), package) for note in deck.notes]
    digests = deck.digests_of(notes)
    for note, rendered in zip(notes, rendered_notes(deck.deck, notes, deck.media), strict=True):
        old = found.pop(note.guid, None)
        if old is None:
            continue
        gates = _gates(note)
        fields = {name: text for name, text in _fields(old, package).items() if name not in gates}
        names = rendered.note_type.fields
        now = {name: text for name, text in zip(names, rendered.fields, strict=True) if text and name not in gates}
        same = old.note_type == rendered.note_type.id and fields == now and old.tags == rendered.tags
        digest = digests[note.place] if same else f"{known[old.note_type]}:{_OTHER_CONTENT}"
        gaps = hidden_texts(note) if same else _gaps(old, package)
        origin = note.formerly[0] if note.formerly else ""
        guid = note.guid if note.is_given else ""
        # In a package, the rank of its tier is in a note's time.
        changed = old.changed - max((gates[name] for name in _fields(old, package) if name in gates), default=0)
        entries[note.place] = Entry(digest, changed, changed, origin=origin, gaps=gaps, guid=guid)
    for old in found.values():
        address = _ADDRESS.fullmatch(_fields(old, package).get("ID", ""))
        if address is not None and address[1] in deck.deck.ids:
            digest = f"{known[old.note_type]}:{_OTHER_CONTENT}"
            # One that does not follow from the address was given, or had an earlier address, which nobody knows.
            guid = "" if old.guid == guid_of(*f"{identity}/{address[2]}".split("/")) else old.guid
            entry = Entry(digest, old.changed, old.changed, gaps=_gaps(old, package), guid=guid)
            entries.setdefault(address[2], entry)
    released = max((entry.changed for entry in entries.values()), default=0)
    return Ledger(entries, released, identity)


def _own_types(notes: Iterable[Note]) -> dict[int, str]:
    """Return the note types of one's own that notes are of, by their ids."""
    own = {note.part.note_type: note.part.own.kind for note in notes if note.part.own is not None}
    if not own:
        return {}
    from cardgen.anki.own_types import own_note_type  # brings Anki's template language

    return {own_note_type(kind).id: name for name, kind in own.items()}


def _gates(note: Note) -> Mapping[str, int]:
    """Return the names of the fields that open the cards of tiers, each with the rank of its tier."""
    tiers = () if note.part.own is None else note.part.own.kind.tiers
    return {gate_of(tier): rank for rank, tier in enumerate(tiers) if rank}


def _with_old_numbers(note: Note, old: FoundNote | None, package: FoundCollection) -> Note:
    """Return a note with the numbers that its masks have in the package."""
    if note.part.masked is None or old is None:
        return note
    return with_mask_numbers(note, {mask: number for number, mask in _gaps(old, package)})


def _fields(note: FoundNote, package: FoundCollection) -> Mapping[str, str]:
    """Return the fields of a note that are not empty, by their names."""
    names = package.note_types[note.note_type].fields
    return {name: text for name, text in zip(names, note.fields, strict=True) if text}


def _gaps(note: FoundNote, package: FoundCollection) -> Gaps:
    """Return what the gaps of a note hide, read from its HTML."""
    masked = note_type(Form.OCCLUSION)
    if note.note_type == masked.id:
        return read_masks(dict(zip(masked.fields, note.fields, strict=True))["Masks"])
    if not package.note_types[note.note_type].is_cloze:
        return ()
    text = next((field for field in note.fields if "{{c" in field), "")
    return texts_in_gaps(parse(html.unescape(re.sub(r"<[^>]*>", " ", text)), gaps=True))
