"""The ledger: its file, how it is brought up to date, and what builds do with it."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING

import pytest
from conftest import REPOSITORY, is_superuser
from hypothesis import assume, example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from cardgen.anki.note_types import FORMS, digest, note_type, times
from cardgen.build.release_notes import MARK
from cardgen.kinds import Form
from cardgen.ledger import (
    APART,
    LATEST,
    Claim,
    DamagedLedgerError,
    Entry,
    Ledger,
    Names,
    Released,
    brought_up_to_date,
    later,
    moved,
    read,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from random import Random

    from conftest import Ran

SECONDS = st.integers(min_value=0, max_value=LATEST - 100_000)
IDS = st.lists(st.text("abz019", min_size=1, max_size=6), min_size=1, max_size=4).map("-".join)
PLACES = st.one_of(IDS, st.tuples(IDS, IDS).map("/".join))
ORIGINS = st.tuples(IDS, PLACES).map("/".join)
SORTS = st.sampled_from(["basic", "two-way"])
DIGESTS = st.builds("{}:{:012x}-{:08x}".format, SORTS, st.integers(0, 16**12 - 1), st.integers(0, 16**8 - 1))
CONTENTS = st.dictionaries(PLACES, DIGESTS, max_size=8)
LINES = st.text(min_size=1, max_size=20).map(lambda text: " ".join(text.split())).filter(bool)
GAPS = st.dictionaries(st.integers(1, 500), LINES, max_size=3).map(lambda hidden: tuple(sorted(hidden.items())))
GUIDS = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=64) | st.sampled_from(["was", "-"])
ENTRIES = st.builds(
    lambda digest, added, changed, retired, by, *more: Entry(
        digest, added, changed, retired, tuple(by) if retired is not None else (), *more
    ),
    DIGESTS, SECONDS, SECONDS, st.none() | SECONDS, st.lists(PLACES, max_size=2), st.just("") | ORIGINS,
    GAPS, GAPS, st.none() | st.builds(Released, DIGESTS, GAPS) | st.just(Released("")), st.just("") | GUIDS,
)  # fmt: skip
BRANCHES = st.tuples(st.dictionaries(PLACES, ENTRIES, max_size=8), SECONDS, st.just("demo")).map(
    lambda parts: Ledger(*parts)
)
SECTIONS = st.dictionaries(IDS, LINES, max_size=3).map(lambda named: tuple(sorted(named.items())))
NAMES = st.builds(Names, LINES, LINES, SECTIONS)
LEDGERS = st.builds(
    replace, BRANCHES, names=st.none() | NAMES, allowed=st.frozensets(st.sampled_from(["dropped", "gaps", "touched"]))
)

HEAD = "# cardgen ledger 1 of demo: when each note last changed. cardgen build keeps it; commit it."
A, B = f"basic:{'a' * 12}-{'a' * 8}", f"two-way:{'b' * 12}-{'b' * 8}"
TWO_CARDS = (
    "title: One\ncards:\n  - {id: a, kind: basic, front: A, back: A}\n  - {id: b, kind: basic, front: B, back: B}\n"
)

YEAR_2026, YEAR_2027 = 1_767_225_600, 1_798_761_600
EPOCH_2026 = {"SOURCE_DATE_EPOCH": str(YEAR_2026)}
EPOCH_2027 = {"SOURCE_DATE_EPOCH": str(YEAR_2027)}


def test_the_file_is_sorted_and_has_one_line_a_note() -> None:
    ledger = Ledger(
        {
            "old": Entry(A, YEAR_2026, YEAR_2026, YEAR_2027, ("new", "next")),
            "new/part": Entry(B, YEAR_2026, YEAR_2027, origin="demo/new/old-part"),
            "new": Entry(A, YEAR_2026, YEAR_2026, was=Released(B), guid="e+/O]%*qfk"),
        },
        released=YEAR_2026,
        deck="demo",
    )
    assert written(ledger).splitlines() == [
        HEAD,
        "# released 2026-01-01T00:00:00Z",
        f"new {A} 2026-01-01T00:00:00Z 2026-01-01T00:00:00Z guid e+/O]%*qfk was {B}",
        f"new/part {B} 2026-01-01T00:00:00Z 2027-01-01T00:00:00Z as demo/new/old-part",
        f"old {A} 2026-01-01T00:00:00Z 2026-01-01T00:00:00Z retired 2027-01-01T00:00:00Z new next",
    ]


@given(LEDGERS)
def test_what_is_written_is_read_again(ledger: Ledger) -> None:
    assert read(written(ledger)) == ledger


@given(st.lists(BRANCHES, min_size=1, max_size=3), st.randoms())
def test_lines_of_branches_are_one_ledger_in_any_order(branches: list[Ledger], chance: Random) -> None:
    lines = [line for branch in branches for line in written(branch).splitlines()[1:]]
    chance.shuffle(lines)
    merged = read("\n".join([HEAD, *lines, HEAD, *lines]))
    entries: dict[str, Entry] = {}
    for branch in branches:
        entries |= {
            place: later(entry, entries.get(place, entry)) for place, entry in branch.entries.items()
        }  # fmt: skip
    assert merged == Ledger(entries, max(branch.released for branch in branches), "demo")
    assert read(written(merged)) == merged


@given(ENTRIES, ENTRIES)
def test_of_two_entries_the_one_whose_last_event_is_later_is_left(one: Entry, other: Entry) -> None:
    left = later(one, other)
    assert left == later(other, one)
    assert left in (one, other)
    last = max(max(entry.changed, entry.retired or 0) for entry in (one, other))
    assert max(left.changed, left.retired or 0) == last


@given(LEDGERS, CONTENTS, SECONDS)
def test_a_second_build_changes_nothing(ledger: Ledger, contents: dict[str, str], now: int) -> None:
    current = brought_up_to_date(ledger, contents, {}, now)
    assert brought_up_to_date(current, contents, {}, now + 1000) is current


@given(LEDGERS, CONTENTS, SECONDS)
def test_no_time_goes_down_and_a_change_takes_it_up(ledger: Ledger, contents: dict[str, str], now: int) -> None:
    current = brought_up_to_date(ledger, contents, {}, now)
    for place, entry in ledger.entries.items():
        after = current.entries[place]
        changed = place in contents and contents[place] != entry.digest
        assert after.changed >= entry.changed + APART if changed else after.changed == entry.changed


@given(LEDGERS, CONTENTS, SECONDS)
def test_exactly_the_notes_that_are_gone_are_retired(ledger: Ledger, contents: dict[str, str], now: int) -> None:
    current = brought_up_to_date(ledger, contents, {}, now)
    assert {place for place, entry in current.entries.items() if entry.retired is None} == set(contents)


NOT_WRITTEN = "the line is not as cardgen writes it"


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("", 1, "the first line of a ledger is missing"),
        (HEAD.replace("ledger 1", "ledger 2"), 1, "the ledger is of version 2, this cardgen knows version 1"),
        (f"{HEAD}\na {A} soon later", 2, NOT_WRITTEN),
        (f"{HEAD}\na {A} 2026-02-30T00:00:00Z 2026-01-01T00:00:00Z", 2, "there is no time 2026-02-30T00:00:00Z"),
        (
            f"{HEAD}\na {A} 0999-01-01T00:00:00Z 0999-01-01T00:00:00Z",
            2,
            "the time 0999-01-01T00:00:00Z is not between 1970 and 8999",
        ),
        (f"{HEAD}\na {A} 2026-01-01T00:00:00Z 2026-01-01T00:00:00Z guid {'x' * 65}", 2, NOT_WRITTEN),
        (f"{HEAD}\n# released 9999-12-31T23:59:59Z", 2, "the time 9999-12-31T23:59:59Z is not between 1970 and 8999"),
        (f"{HEAD}\n<<<<<<< HEAD\n", 2, "a merge of two versions was not finished here"),
        (f"{HEAD}\n{HEAD.replace('demo', 'old')}\n", 2, "the ledger of another deck, `demo`, begins above"),
        (
            f"{HEAD}\n{HEAD.replace('ledger 1', 'ledger 2')}",
            2,
            "the ledger is of version 2, this cardgen knows version 1",
        ),
    ],
)
def test_a_damaged_line_is_named(text: str, line: int, why: str) -> None:
    with pytest.raises(DamagedLedgerError) as raised:
        read(text)
    assert (raised.value.line, str(raised.value)) == (line, why)


EARLIER = st.lists(PLACES, min_size=1, max_size=3, unique=True).map(lambda olds: [f"demo/{old}" for old in olds])


def lines_moved(ledger: Ledger, place: str, earlier: list[str]) -> Ledger:
    """Return a ledger after one note of the deck has claimed earlier addresses in it."""
    return moved(ledger, [Claim(place, tuple(earlier))], lambda _: None, lambda _: False)


@given(LEDGERS, IDS, EARLIER)
@example(Ledger({"0": Entry(f"basic:{'0' * 12}-{'0' * 8}", 0, 0, retired=0)}, deck="demo"), "0", ["demo/b"])
def test_lines_that_have_moved_move_no_more(ledger: Ledger, place: str, earlier: list[str]) -> None:
    assume(f"demo/{place}" not in earlier)
    once = lines_moved(ledger, place, earlier)
    assert lines_moved(once, place, earlier) is once


@given(LEDGERS, IDS, EARLIER)
def test_a_line_that_moves_keeps_its_times_and_no_other_line_is_lost(
    ledger: Ledger, place: str, earlier: list[str]
) -> None:
    assume(f"demo/{place}" not in earlier)
    addresses = {(entry.origin or f"demo/{old}"): entry for old, entry in ledger.entries.items()}
    after = lines_moved(ledger, place, earlier)
    lost = {old for old in ledger.entries if old not in after.entries}
    assert lost <= {address.removeprefix("demo/") for address in earlier}
    old = ledger.entries.get(earlier[0].removeprefix("demo/"))
    if place not in ledger.entries and old is not None and not old.origin and len(addresses) == len(ledger.entries):
        assert (after.entries[place].added, after.entries[place].changed) == (old.added, old.changed)


def test_at_the_end_of_the_calendar_a_change_still_gives_a_ledger_that_can_be_read() -> None:
    last = Ledger({"a": Entry(A, LATEST, LATEST), "b": Entry(A, 0, LATEST, LATEST)}, LATEST, "demo")
    current = brought_up_to_date(last, {"a": B, "b": A, "c": A}, {}, LATEST + 1)
    was = {"a": Released(A), "b": Released(""), "c": Released("")}
    entries = {place: Entry(B if place == "a" else A, LATEST, LATEST, was=was[place]) for place in "abc"}
    assert read(written(current)) == current == Ledger(entries, LATEST, "demo")


def test_a_deck_without_a_ledger_gets_one(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    root = decks()
    assert cardgen("build", env=EPOCH_2026).code == 0
    (entry,) = read((root / "demo/ledger.txt").read_text()).entries.values()
    assert (entry.added, entry.changed, entry.retired) == (YEAR_2026, YEAR_2026, None)


def test_a_build_that_changes_nothing_leaves_ledger_and_artefacts_as_they_are(
    decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    root = decks()
    cardgen("build", env=EPOCH_2026)
    files = [root / "demo/ledger.txt", *sorted((root.parent / "dist").iterdir())]
    before = [file.read_bytes() for file in files]
    cardgen("build", env=EPOCH_2027)
    assert [file.read_bytes() for file in files] == before


def test_a_variant_alone_keeps_the_ledger_of_the_whole_deck(
    decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    root = decks({"demo/one.yaml": TWO_CARDS.replace("}", ", tags: x}", 1)})
    assert cardgen("build", "--where", "tags=x", env=EPOCH_2026).code == 0
    assert set(read((root / "demo/ledger.txt").read_text()).entries) == {"a", "b"}


def test_locked_refuses_a_deck_that_its_ledger_does_not_know(
    decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    root = decks()
    cardgen("build", env=EPOCH_2026)
    before = (root / "demo/ledger.txt").read_bytes()
    file = root / "demo/one.yaml"
    file.write_text(file.read_text().replace("This.", "That."))
    refused = cardgen("build", "--locked", env=EPOCH_2027)
    assert (refused.code, refused.out, refused.err) == (
        1,
        "",
        "error[CG603]: 1 note is not as the ledger knows it: `first`\n"
        "  --> decks/demo/ledger.txt\n"
        "  hint: Run `cardgen build` without --locked, and commit the ledger with the deck.\n"
        "\n"
        "1 error\n",
    )
    assert (root / "demo/ledger.txt").read_bytes() == before


def test_locked_builds_a_deck_that_is_up_to_date(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    root = decks()
    cardgen("build", env=EPOCH_2026)
    package = (root.parent / "dist/demo.apkg").read_bytes()
    assert cardgen("build", "--locked", env=EPOCH_2027).code == 0
    assert (root.parent / "dist/demo.apkg").read_bytes() == package


def test_an_id_of_a_retired_card_cannot_be_used_for_another(
    decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    root = decks({"demo/one.yaml": TWO_CARDS})
    cardgen("build", env=EPOCH_2026)
    (root / "demo/one.yaml").write_text(TWO_CARDS.replace("  - {id: b, kind: basic, front: B, back: B}\n", ""))
    cardgen("build", env=EPOCH_2027)
    (root / "demo/one.yaml").write_text(TWO_CARDS.replace("front: B", "front: Something else"))
    refused = cardgen("check")
    assert (refused.code, refused.err) == (
        1,
        "error[CG602]: `b` belongs to a note that was retired on 2027-01-01\n"
        "  --> decks/demo/one.yaml:4:10\n"
        "  4 |   - {id: b, kind: basic, front: Something else, back: B}\n"
        "    |          ^\n"
        "  hint: Give it an id of its own. If it is the same card again, delete `retired` and what follows in its "
        "line of decks/demo/ledger.txt.\n"
        "\n"
        "1 error\n",
    )


def test_a_retired_card_that_comes_back_as_it_was_is_that_card(
    decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    root = decks({"demo/one.yaml": TWO_CARDS})
    cardgen("build", env=EPOCH_2026)
    before = (root / "demo/ledger.txt").read_text()
    (root / "demo/one.yaml").write_text(TWO_CARDS.replace("  - {id: b, kind: basic, front: B, back: B}\n", ""))
    cardgen("build", env=EPOCH_2027)
    assert (root / "demo/ledger.txt").read_text() != before
    (root / "demo/one.yaml").write_text(TWO_CARDS)
    cardgen("build", env=EPOCH_2027)
    assert (root / "demo/ledger.txt").read_text() == before


def test_a_damaged_ledger_stops_the_build_at_its_line(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    decks({"demo/ledger.txt": f"{HEAD}\n<<<<<<< HEAD\n"})
    refused = cardgen("build")
    assert (refused.code, refused.out, refused.err) == (
        1,
        "",
        "error[CG601]: a merge of two versions was not finished here\n"
        "  --> decks/demo/ledger.txt:2:1\n"
        "  2 | <<<<<<< HEAD\n"
        "    | ^^^^^^^^^^^^\n"
        "  hint: Take the file back from git. "
        "After an unfinished merge keep all lines of both sides; only the marks go.\n"
        "\n"
        "1 error\n",
    )


def test_the_ledgers_of_the_shipped_decks_are_up_to_date(
    cardgen: Callable[..., Ran], repository_ledgers: dict[Path, bytes]
) -> None:
    assert cardgen("build", "--locked", "--decks", REPOSITORY / "decks").code == 0
    assert {file: file.read_bytes() for file in repository_ledgers} == repository_ledgers


def test_release_notes_tell_what_changed_since_the_last(
    decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    cards = (
        "title: One\ncards:\n"
        "  - {id: a, kind: basic, front: What is A?, back: One.}\n"
        "  - {id: b, kind: basic, front: What is B?, back: Two.}\n"
    )
    root = decks({"demo/one.yaml": cards})
    notes = tmp_path / "notes.md"
    cardgen("build", "--release-notes", notes, env=EPOCH_2026)
    assert notes.read_text() == f"{MARK}\n\n# What has changed\n\n## Demo\n\nFirst release: 2 notes.\n"
    changed = cards.replace("One.", "Uno.").replace("id: b", "id: c").replace("What is B?", "What is C?")
    (root / "demo/one.yaml").write_text(changed)
    cardgen("build", "--release-notes", notes, "--allow", "dropped", "--allow", "touched", env=EPOCH_2027)
    assert notes.read_text() == (
        f"{MARK}\n\n# What has changed\n\n## Demo\n\nSince 2026-01-01.\n\n"
        "### New\n\n- What is C? `c`\n\n"
        "### Changed\n\n- What is A? `a`\n\n"
        "### Removed\n\n- `b`\n\n"
        "Removed cards stay in your collection. To find them, paste this into the search of Anki's browser, then "
        'suspend or delete them:\n\n```\n"ID:demo/b"\n```\n'
    )


def test_release_notes_are_left_alone_when_nothing_changed(
    decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    decks()
    notes = tmp_path / "notes.md"
    cardgen("build", "--release-notes", notes, env=EPOCH_2026)
    before = notes.read_text()
    again = cardgen("build", "--release-notes", "notes.md", env=EPOCH_2027)
    assert again.out.splitlines()[-1] == "nothing has changed since the last release notes; notes.md is left as it is"
    assert notes.read_text() == before


@pytest.mark.parametrize("form", FORMS)
def test_a_note_type_that_changes_gets_another_time(form: Form) -> None:
    assert digest(form) == times().entries[form.value].digest, "run: python -m cardgen.anki"


def test_packages_carry_the_times_of_the_note_types(
    decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    import sqlite3

    decks()
    cardgen("build", "--format", "apkg", env=EPOCH_2026)
    with zipfile.ZipFile(tmp_path / "dist/demo.apkg") as package:
        database = package.read("collection.anki2")
    connection = sqlite3.connect(":memory:")
    connection.deserialize(database)
    (models,) = connection.execute("SELECT models FROM col").fetchone()
    connection.close()
    assert [model["mod"] for model in json.loads(models).values()] == [note_type(Form.BASIC).changed]


def test_a_card_that_comes_back_after_its_removal_was_told_is_new_again(
    decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    root = decks({"demo/one.yaml": TWO_CARDS})
    notes = tmp_path / "notes.md"
    without = TWO_CARDS.replace("  - {id: b, kind: basic, front: B, back: B}\n", "")
    for day, text in enumerate((TWO_CARDS, without, TWO_CARDS)):
        (root / "demo/one.yaml").write_text(text)
        day_of_build = {"SOURCE_DATE_EPOCH": str(YEAR_2026 + day * 86_400)}
        cardgen("build", "--release-notes", notes, "--allow", "dropped", env=day_of_build)
    assert notes.read_text() == f"{MARK}\n\n# What has changed\n\n## Demo\n\nSince 2026-01-02.\n\n### New\n\n- B `b`\n"


def test_release_notes_are_never_written_over_a_deck(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    root = decks()
    cardgen("build", env=EPOCH_2026)
    before = (root / "demo/ledger.txt").read_bytes()
    refused = cardgen("build", "--release-notes", "decks/demo/ledger.txt", env=EPOCH_2027)
    assert (refused.code, refused.out) == (2, "")
    assert (root / "demo/ledger.txt").read_bytes() == before


def test_locked_and_release_notes_do_not_go_together(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    decks()
    assert cardgen("build", "--locked", "--release-notes", "notes.md").code == 2


def test_a_card_may_change_to_a_kind_of_the_same_note_type(
    decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    root = decks()
    cardgen("build", env=EPOCH_2026)
    text = (root / "demo/one.yaml").read_text()
    changed = text.replace("kind: basic", "kind: statistic").replace("front:", "question:").replace("back:", "value:")
    (root / "demo/one.yaml").write_text(changed)
    assert cardgen("build", env=EPOCH_2027).code == 0


@pytest.mark.skipif(is_superuser(), reason="the superuser may write everywhere")
def test_a_deck_that_cannot_be_written_to_says_that_its_ledger_is_not_kept(
    decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    root = decks()
    (root / "demo").chmod(0o555)
    built = cardgen("build", env=EPOCH_2026)
    (root / "demo").chmod(0o755)
    assert (built.code, built.err) == (
        0,
        "warning[CG605]: the ledger is out of date and cannot be written\n"
        "  --> decks/demo/ledger.txt\n"
        "  hint: Build where the deck's folder can be written, and commit the ledger.\n"
        "\n"
        "1 warning\n",
    )


def test_a_folder_called_bundled_is_a_folder_like_others(
    decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    root = decks()
    (root.parent / "bundled").mkdir()
    root.rename(root.parent / "bundled/decks")
    assert cardgen("build", "--decks", "bundled/decks", env=EPOCH_2026).code == 0
    assert (root.parent / "bundled/decks/demo/ledger.txt").is_file()
