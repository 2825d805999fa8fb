"""The lock of own kinds: no place ever changes its use, and its file survives merges."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardgen.ledger import DamagedLedgerError
from cardgen.ledger.kinds_lock import (
    Declared,
    KindsLock,
    LockedType,
    Misfit,
    Places,
    places_for,
    read,
    with_type,
    written,
)
from cardgen.model import Slot

HEAD = "# cardgen kinds 1: what the places in note types are for, for ever. cardgen build keeps it; commit it.\n"

COUNTRY = Declared(("country", "flag"), ("capital",), ("extended",), spare_fields=2, spare_templates=1)

TEXT = f"""{HEAD}country field 00 field country
country field 01 field flag
country field 02 tier extended
country field 03 spare 1
country field 04 spare 2
country field 05 card 1
country template 00 template capital
country template 01 spare 1
country type - normal 1607392319 00000000000000aa 2026-11-30T09:30:00Z
country type de normal 0 00000000000000bb 2026-11-30T09:30:01Z
"""

TYPES = {
    ("country", ""): LockedType(is_cloze=False, anki_id=1607392319, digest="00000000000000aa", changed=1796031000),
    ("country", "de"): LockedType(is_cloze=False, anki_id=0, digest="00000000000000bb", changed=1796031001),
}


def locked(declared: Declared = COUNTRY) -> Places:
    places, problems = places_for(declared, None)
    assert problems == ()
    return places


# Places


def test_at_first_fields_come_before_gates_and_spare_ones_and_what_asks_for_spare_templates_is_last() -> None:
    assert locked() == Places(
        (
            Slot("field", "country"),
            Slot("field", "flag"),
            Slot("tier", "extended"),
            Slot("spare", "1"),
            Slot("spare", "2"),
            Slot("card", "1"),
        ),
        (Slot("template", "capital"), Slot("spare", "1")),
    )


def test_what_is_new_takes_the_first_spare_places_wherever_it_is_declared() -> None:
    later = COUNTRY._replace(
        fields=("area", "country", "flag"), tiers=("extended", "full"), templates=("map", "capital")
    )
    places, problems = places_for(later, locked())
    assert problems == ()
    assert places.fields[3:] == (Slot("field", "area"), Slot("tier", "full"), Slot("card", "1"))
    assert places.templates == (Slot("template", "capital"), Slot("template", "map"))
    assert (places.spare_fields(), places.spare_templates()) == (0, 0)


def test_the_order_of_a_file_changes_nothing_once_it_is_locked() -> None:
    assert places_for(COUNTRY._replace(fields=("flag", "country")), locked()) == (locked(), ())


def test_how_many_are_to_be_spare_counts_only_at_first() -> None:
    assert places_for(COUNTRY._replace(spare_fields=9, spare_templates=9), locked()) == (locked(), ())


def test_what_is_gone_keeps_its_place_and_is_told() -> None:
    fewer = Declared(("country",), (), (), 2, 1)
    assert places_for(fewer, locked()) == (
        locked(),
        (
            Misfit("field", Slot("field", "flag"), is_lost=True),
            Misfit("field", Slot("tier", "extended"), is_lost=True),
            Misfit("template", Slot("template", "capital"), is_lost=True),
        ),
    )


def test_what_finds_no_spare_place_is_told() -> None:
    more = COUNTRY._replace(fields=(*COUNTRY.fields, "area", "people", "money"), templates=("capital", "map", "area"))
    places, problems = places_for(more, locked())
    assert (places.spare_fields(), places.spare_templates()) == (0, 0)
    assert problems == (
        Misfit("field", Slot("field", "money"), is_lost=False),
        Misfit("template", Slot("template", "area"), is_lost=False),
    )


NAMES = st.lists(st.sampled_from(["a", "b", "c", "d", "e", "f"]), unique=True).map(tuple)
DECLARED = st.builds(Declared, NAMES, NAMES, NAMES, st.integers(0, 3), st.integers(0, 2))


@given(st.lists(DECLARED, min_size=2, max_size=8))
def test_whatever_is_declared_no_place_changes_its_use_and_their_number_stays(history: list[Declared]) -> None:
    places, _ = places_for(history[0], None)
    for declared in history[1:]:
        after, problems = places_for(declared, places)
        for before, now in ((places.fields, after.fields), (places.templates, after.templates)):
            assert len(before) == len(now)
            assert all(one == other or one.use == "spare" for one, other in zip(before, now, strict=True))
        wanted = {*(Slot("field", name) for name in declared.fields), *(Slot("tier", name) for name in declared.tiers)}
        has_room = {problem.slot for problem in problems if problem.sort == "field" and not problem.is_lost}
        assert wanted - {*after.fields} == has_room
        assert len({*after.fields}) == len(after.fields)
        places = after


@given(st.lists(DECLARED, min_size=1, max_size=4))
def test_places_are_read_as_they_were_written(history: list[Declared]) -> None:
    places = None
    for declared in history:
        places, _ = places_for(declared, places)
    assert places is not None
    lock = KindsLock({"kind": places} if places.fields or places.templates else {}, TYPES)
    assert read(written(lock)) == lock


# Times


NOW = LockedType(is_cloze=False, anki_id=0, digest="00000000000000cc", changed=100)


@pytest.mark.parametrize(
    ("before", "changed"),
    [
        pytest.param(None, 100, id="new"),
        pytest.param(NOW._replace(changed=50), 50, id="as it was"),
        pytest.param(NOW._replace(digest="00000000000000dd", changed=50), 100, id="changed"),
        pytest.param(NOW._replace(digest="00000000000000dd", changed=100), 101, id="changed in the same second"),
        pytest.param(NOW._replace(digest="00000000000000dd", changed=500), 501, id="changed under a slow clock"),
    ],
)
def test_a_note_type_has_the_time_of_its_last_change_and_never_an_earlier_one(
    before: LockedType | None, changed: int
) -> None:
    assert with_type(before, NOW) == NOW._replace(changed=changed)


# The file


def test_it_is_sorted_text() -> None:
    assert written(KindsLock({"country": locked()}, TYPES)) == TEXT
    assert read(TEXT) == KindsLock({"country": locked()}, TYPES)


def test_the_order_of_lines_and_copies_of_them_do_not_matter() -> None:
    first, *lines = TEXT.splitlines(keepends=True)
    assert read("".join((first, *reversed(lines), first, *lines))) == read(TEXT)


def test_of_two_branches_the_one_that_took_a_place_counts() -> None:
    merged = TEXT.replace("country field 03 spare 1\n", "country field 03 field area\ncountry field 03 spare 1\n")
    assert read(merged).places["country"].fields[3] == Slot("field", "area")


def test_of_two_branches_the_later_change_of_a_note_type_counts() -> None:
    line = "country type de normal 0 00000000000000ee 2026-12-01T09:30:00Z\n"
    changed = read(TEXT + line).types["country", "de"]
    assert (changed.digest, changed) == ("00000000000000ee", read(f"{HEAD}{line}{TEXT}").types["country", "de"])


DAMAGES = {
    "no first line": ("", 1, "the first line of a lock is missing"),
    "another version": (
        HEAD.replace("kinds 1", "kinds 2"),
        1,
        "the lock is of version 2, this cardgen knows version 1",
    ),
    "an unfinished merge": (f"{HEAD}<<<<<<< HEAD\n", 2, "a merge of two versions was not finished here"),
    "a line of something else": (f"{HEAD}country field one\n", 2, "the line is not as cardgen writes it"),
    "an unknown use": (f"{HEAD}country field 00 secret a\n", 2, "the line is not as cardgen writes it"),
    "a field among the templates": (f"{HEAD}country template 00 field a\n", 2, "the line is not as cardgen writes it"),
    "a spare one with a name": (f"{HEAD}country field 00 spare a\n", 2, "the line is not as cardgen writes it"),
    "a field with a number": (f"{HEAD}country field 00 field 1\n", 2, "the line is not as cardgen writes it"),
    "two uses of a place": (
        f"{TEXT}country field 01 field area\n",
        12,
        "field 01 of `country` is given twice: line 3 has it for `flag`",
    ),
    "two places for one use": (f"{TEXT}country field 06 field flag\n", 12, "`flag` has place 1 already"),
    "a place too few": (
        TEXT.replace("country field 03 spare 1\n", ""),
        5,
        "the line of place 3, which is before it, is missing",
    ),
    "two types": (
        f"{TEXT}country type de cloze 0 00000000000000bb 2026-11-30T09:30:01Z\n",
        12,
        "an earlier line has another type or id of this note type",
    ),
    "no such day": (
        f"{HEAD}country type - normal 0 00000000000000aa 2026-13-30T09:30:00Z\n",
        2,
        "there is no time 2026-13-30T09:30:00Z",
    ),
}


@pytest.mark.parametrize(("text", "line", "why"), DAMAGES.values(), ids=DAMAGES)
def test_a_line_that_cannot_be_used_is_refused_with_its_number(text: str, line: int, why: str) -> None:
    with pytest.raises(DamagedLedgerError) as error:
        read(text)
    assert (error.value.line, str(error.value)) == (line, why)
    assert error.value.text == ([*text.splitlines(), ""][line - 1])


@given(st.text(), st.integers(0, len(TEXT)))
def test_any_text_is_read_or_refused(text: str, at: int) -> None:
    for damaged in (text, HEAD + text, TEXT[:at] + text + TEXT[at:]):
        refused = None
        try:
            read(damaged)
        except DamagedLedgerError as error:
            refused = error.line
        assert refused is None or 1 <= refused <= max(1, len(damaged.splitlines()))
