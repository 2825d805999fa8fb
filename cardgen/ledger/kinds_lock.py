"""The lock of own kinds: what each place in their note types is for, and when these last changed.

    # cardgen kinds 1: what the places in note types are for, for ever. cardgen build keeps it; commit it.
    country field 00 field country
    country field 01 tier extended
    country field 02 spare 1
    country field 03 card 1
    country template 00 template country-capital
    country template 01 spare 1
    country type - normal 0 4f0c93ab2d61e07f 2026-11-30T09:30:00Z
    country type de normal 0 09a1c2b3d4e5f607 2026-11-30T09:30:00Z

A note type never grows, and nothing in it ever moves: Anki would import its notes as conflicts. What comes later takes
the place of a spare field or template, the first that is left. A line of a ``type`` has the language (``-`` for the
kind's own), whether its cards come from gaps, the id that the kind names (0 if none), the hash of what Anki gets, and
when that last changed.

Branches are merged line by line (``merge=union`` in .gitattributes), which can leave two lines for one place: one that
was taken goes before one that is spare. Two that were taken in two ways are an error: nobody but the author can know
which one learners have.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec import Struct

from cardgen.ledger.lines import TIME, DamagedLedgerError, read_time, unreadable, written_time
from cardgen.model import Slot

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

KINDS_LOCK: Final = "kinds.lock"
VERSION: Final = 1

SPARE: Final = "spare"
FIELD: Final = "field"
TIER: Final = "tier"
CARD: Final = "card"
TEMPLATE: Final = "template"

_HEAD: Final = (
    "# cardgen kinds {version}: what the places in note types are for, for ever. cardgen build keeps it; commit it."
)
_FIRST_LINE: Final = re.compile(r"# cardgen kinds ([0-9]+):.*")
_NAME: Final = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
_PLACE: Final = re.compile(rf"({_NAME}) (field|template) ([0-9]{{2,3}}) ([a-z]+) ({_NAME}|[0-9]+)")
_LANGUAGE: Final = r"-|[a-z]{2,3}(?:-[a-z0-9]{2,8})*"
_TYPE: Final = re.compile(rf"({_NAME}) type ({_LANGUAGE}) (normal|cloze) ([0-9]{{1,16}}) ([0-9a-f]{{16}}) ({TIME})")

_USES: Final = {FIELD: {FIELD: False, TIER: False, SPARE: True, CARD: True}, TEMPLATE: {TEMPLATE: False, SPARE: True}}
"""What a place can be for, and whether it then has a number instead of a name."""


class Places(Struct, frozen=True):
    """All places of a note type in their order, with those that are spare."""

    fields: tuple[Slot, ...]
    templates: tuple[Slot, ...]

    def spare_fields(self) -> int:
        """Return how many fields are left for what comes later."""
        return sum(slot.use == SPARE for slot in self.fields)

    def spare_templates(self) -> int:
        """Return how many templates are left."""
        return sum(slot.use == SPARE for slot in self.templates)


class LockedType(NamedTuple):
    """A note type that learners may have.

    Attributes:
        is_cloze: Whether its cards come from gaps.
        anki_id: The id that the kind names; 0 for one that cardgen computes.
        digest: The hash of what Anki gets of it: names, places, templates, style.
        changed: When that last changed, in seconds since 1970.
    """

    is_cloze: bool
    anki_id: int
    digest: str
    changed: int


TypeKey = tuple[str, str]
"""A kind, and the language of one of its note types: empty for the kind's own."""


class KindsLock(Struct, frozen=True):
    """What is locked of a collection's own kinds.

    Attributes:
        places: By the ids of kinds, also of those that are gone.
        types: The note types that were built.
    """

    places: Mapping[str, Places] = MappingProxyType({})
    types: Mapping[TypeKey, LockedType] = MappingProxyType({})


NO_LOCK: Final = KindsLock()
"""That of a collection that has built no kind of its own."""


class Declared(NamedTuple):
    """What a kind's file asks places for.

    Attributes:
        fields: The ids of its fields.
        tiers: Its tiers that need a gate.
        templates: The ids of its templates.
        spare_fields, spare_templates: How many places are kept for later, where nothing is locked yet.
    """

    fields: tuple[str, ...]
    templates: tuple[str, ...]
    tiers: tuple[str, ...] = ()
    spare_fields: int = 0
    spare_templates: int = 0


class Misfit(NamedTuple):
    """Something for which the places of a note type are not what is declared.

    Attributes:
        sort: ``field`` or ``template``.
        slot: What it is.
        is_lost: Whether it has a place and is no longer declared, and learners have it; else it found no spare place.
    """

    sort: str
    slot: Slot
    is_lost: bool


def places_for(declared: Declared, locked: Places | None) -> tuple[Places, tuple[Misfit, ...]]:
    """Return the places of a note type, and why they do not fit what is declared.

    Args:
        declared: What the kind's file declares.
        locked: The places that it has; None for a kind that has none yet.

    Returns:
        Where something is lost or finds no room, the places are those that were there, with what could be added.
    """
    if locked is None:
        return _new(declared), ()
    fields = (*(Slot(FIELD, name) for name in declared.fields), *(Slot(TIER, name) for name in declared.tiers))
    templates = tuple(Slot(TEMPLATE, name) for name in declared.templates)
    field_slots, field_problems = _with_wanted(FIELD, locked.fields, fields)
    template_slots, template_problems = _with_wanted(TEMPLATE, locked.templates, templates)
    return Places(field_slots, template_slots), (*field_problems, *template_problems)


def _new(declared: Declared) -> Places:
    """Return the places of a note type that nobody has yet."""
    return Places(
        (
            *(Slot(FIELD, name) for name in declared.fields),
            *(Slot(TIER, name) for name in declared.tiers),
            *(Slot(SPARE, str(number)) for number in range(1, declared.spare_fields + 1)),
            *(Slot(CARD, str(number)) for number in range(1, declared.spare_templates + 1)),
        ),
        (
            *(Slot(TEMPLATE, name) for name in declared.templates),
            *(Slot(SPARE, str(number)) for number in range(1, declared.spare_templates + 1)),
        ),
    )


def _with_wanted(sort: str, locked: Sequence[Slot], wanted: Sequence[Slot]) -> tuple[tuple[Slot, ...], list[Misfit]]:
    """Let what has no place yet take spare ones, the first first."""
    there, needed = set(locked), set(wanted)
    problems: list[Misfit] = [
        Misfit(sort, slot, is_lost=True) for slot in locked if slot.use not in (SPARE, CARD) and slot not in needed
    ]
    coming = [slot for slot in wanted if slot not in there]
    spare = [index for index, slot in enumerate(locked) if slot.use == SPARE]
    slots = list(locked)
    for index, slot in zip(spare, coming, strict=False):
        slots[index] = slot
    problems.extend(Misfit(sort, slot, is_lost=False) for slot in coming[len(spare) :])
    return tuple(slots), problems


def with_type(locked: LockedType | None, now: LockedType) -> LockedType:
    """Return what is locked of a note type after a build.

    Args:
        locked: What was locked of it; None if nothing was.
        now: What it is now, with the time of the build. That counts only if something has changed, and is then later
            than the time before: Anki takes templates and style only from a note type that is newer than its own.
    """
    if locked is None:
        return now
    changed = locked.changed if locked.digest == now.digest else max(now.changed, locked.changed + 1)
    return now._replace(changed=changed)


# The file


def written(lock: KindsLock) -> str:
    """Return the text of a lock's file."""
    lines = [*_place_lines(lock.places), *_type_lines(lock.types)]
    return "".join(f"{line}\n" for line in (_HEAD.format(version=VERSION), *sorted(lines)))


def _place_lines(places: Mapping[str, Places]) -> Iterator[str]:
    for kind, of_kind in places.items():
        for sort, slots in ((FIELD, of_kind.fields), (TEMPLATE, of_kind.templates)):
            for number, slot in enumerate(slots):
                yield f"{kind} {sort} {number:02} {slot.use} {slot.name}"


def _type_lines(types: Mapping[TypeKey, LockedType]) -> Iterator[str]:
    for (kind, language), locked in types.items():
        form = "cloze" if locked.is_cloze else "normal"
        time = written_time(locked.changed)
        yield f"{kind} type {language or '-'} {form} {locked.anki_id} {locked.digest} {time}"


def read(text: str) -> KindsLock:
    """Read the text of a lock's file.

    Raises:
        DamagedLedgerError: At the first line that is not as `written` writes it, that gives a place another use than an
            earlier line does, or before which one is missing.
    """
    numbered = list(enumerate(text.splitlines(), start=1))
    _check_first(*(numbered[0] if numbered else (1, "")))
    found = _Found()
    for number, line in numbered[1:]:
        if match := _PLACE.fullmatch(line):
            found.place(match, number, line)
        elif match := _TYPE.fullmatch(line):
            found.type(match, number, line)
        elif not _FIRST_LINE.fullmatch(line):
            raise DamagedLedgerError(number, line, unreadable(line))
        else:
            _check_first(number, line)
    return KindsLock(found.whole(), found.types)


class _Found:
    """What the lines of a file say, put together."""

    def __init__(self) -> None:
        self._slots: dict[str, dict[str, dict[int, tuple[Slot, int, str]]]] = {}
        self.types: dict[TypeKey, LockedType] = {}

    def place(self, match: re.Match[str], number: int, line: str) -> None:
        kind, sort, place, use, name = match.groups()
        at, slot = int(place), Slot(use, name)
        if _USES[sort].get(use) is not name.isdigit():
            raise DamagedLedgerError(number, line, unreadable(line))
        slots = self._slots.setdefault(kind, {FIELD: {}, TEMPLATE: {}})[sort]
        known = slots.get(at)
        if known is not None and SPARE not in (known[0].use, slot.use) and known[0] != slot:
            why = f"line {known[1]} has it for `{known[0].name}`"
            raise DamagedLedgerError(number, line, f"{sort} {place} of `{kind}` is given twice: {why}")
        if known is None or known[0].use == SPARE:
            slots[at] = (slot, number, line)

    def type(self, match: re.Match[str], number: int, line: str) -> None:
        kind, language, form, anki_id, digest, time = match.groups()
        key = (kind, "" if language == "-" else language)
        locked = LockedType(form == "cloze", int(anki_id), digest, read_time(time, number, line))
        known = self.types.get(key)
        if known is not None and known[:2] != locked[:2]:
            raise DamagedLedgerError(number, line, "an earlier line has another type or id of this note type")
        if known is None or known.changed <= locked.changed:
            self.types[key] = locked

    def whole(self) -> dict[str, Places]:
        """Return the places of all kinds.

        Raises:
            DamagedLedgerError: If there is a place without a line, or something has two places.
        """
        return {kind: Places(_whole(sorts[FIELD]), _whole(sorts[TEMPLATE])) for kind, sorts in self._slots.items()}


def _whole(slots: Mapping[int, tuple[Slot, int, str]]) -> tuple[Slot, ...]:
    places: dict[Slot, int] = {}
    for expected, at in enumerate(sorted(slots)):
        slot, number, line = slots[at]
        if at != expected:
            raise DamagedLedgerError(number, line, f"the line of place {expected}, which is before it, is missing")
        if slot in places:
            raise DamagedLedgerError(number, line, f"`{slot.name}` has place {places[slot]} already")
        places[slot] = at
    return tuple(places)


def _check_first(number: int, line: str) -> None:
    match = _FIRST_LINE.fullmatch(line)
    if match is None:
        raise DamagedLedgerError(number, line, "the first line of a lock is missing")
    if int(match[1]) != VERSION:
        raise DamagedLedgerError(
            number, line, f"the lock is of version {match[1]}, this cardgen knows version {VERSION}"
        )
