"""The lock of own kinds, where it was lost, as far as a package that learners have can tell what stood in it.

A package has the names of fields and templates in their places, and a kind's file says what bears which name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from cardgen.anki.own_types import digest, own_note_type
from cardgen.errors import UsageError
from cardgen.ledger.kinds_lock import CARD, FIELD, SPARE, TEMPLATE, TIER, KindsLock, LockedType, Places
from cardgen.model import Slot
from cardgen.model.own_kind import gate_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cardgen.anki.reading import FoundCollection, FoundNoteType
    from cardgen.load.own_kinds import OwnKinds
    from cardgen.model import Deck, OwnKind

_OTHER_DIGEST: Final = "0" * 16
"""Stands for a note type that is not now what it was in the package."""

_RESERVED: Final = re.compile(r"Reserved (card )?([1-9][0-9]*)")


def lost_kinds(own: OwnKinds, decks: Iterable[Deck]) -> list[tuple[str, str]]:
    """Return the kinds, each with a language, that decks have cards of and that have no places in the lock."""
    return [key for key in own.used_by(decks) if key[0] not in own.lock.places]


def restored_lock(own: OwnKinds, lost: Iterable[tuple[str, str]], package: FoundCollection) -> KindsLock:
    """Return the lock that a collection had when a package was built, beside what its lock still says.

    Args:
        own: The kinds.
        lost: Those without places, as `lost_kinds` returns them.
        package: What the package has; note types that are not in it are left out.

    Raises:
        UsageError: If a note type of the package has a field or template that the kind's file does not name.
    """
    places, types = dict(own.lock.places), dict(own.lock.types)
    for name, language in lost:
        kind = own.drafts[name].in_language(language)
        found = package.note_types.get(own_note_type(kind).id)
        if found is not None:
            places[name] = _places(kind, found)
            kind = replace(kind, field_slots=places[name].fields, template_slots=places[name].templates)
            known = digest(kind) if _is_as(found, kind) else _OTHER_DIGEST
            types[name, kind.language] = LockedType(found.is_cloze, kind.anki_id, known, found.changed)
    return KindsLock(places, types)


def _places(kind: OwnKind, found: FoundNoteType) -> Places:
    fields = {gate_of(tier): Slot(TIER, tier) for tier in kind.tiers[1:]}
    fields |= {field.title: Slot(FIELD, field.id) for field in kind.fields}
    templates = {template.title: Slot(TEMPLATE, template.id) for template in kind.templates}
    return Places(
        tuple(_slot(name, fields, kind, found) for name in found.fields),
        tuple(_slot(template.name, templates, kind, found) for template in found.templates),
    )


def _slot(name: str, declared: Mapping[str, Slot], kind: OwnKind, found: FoundNoteType) -> Slot:
    if name in declared:
        return declared[name]
    if match := _RESERVED.fullmatch(name):
        return Slot(CARD if match[1] else SPARE, match[2])
    raise UsageError(
        f"the note type `{found.name}` of the package has `{name}`, and no field, template or tier of `{kind.id}` has "
        "that title: give it back for this build; then it may change again"
    )


def _is_as(found: FoundNoteType, kind: OwnKind) -> bool:
    made = own_note_type(kind)
    templates = tuple((template.name, template.front, template.back) for template in found.templates)
    return (found.name, found.fields, templates, found.css) == (made.name, made.fields, made.templates, made.css)
