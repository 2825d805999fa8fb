"""`cardgen diff`: its laws, its three forms, and the sides it reads."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest
from conftest import Ran
from hypothesis import given
from hypothesis import strategies as st

from cardgen.anki.note_types import CardTemplate, NoteType
from cardgen.diff import Difference, NoteTypeView, NoteView, Version, compare
from cardgen.diff.asked import asked
from cardgen.diff.words import Piece, word_changes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


FIELDS = ("Front", "Back")
TEXTS = st.text("ab <>&", max_size=6)
NOTES = st.builds(
    lambda guid, front, back, note_type, tags, deck, address: NoteView(
        guid, f"demo/{address}", note_type, {"Front": front, "Back": back}, tuple(sorted(tags)), deck
    ),
    st.sampled_from("123456"), TEXTS, TEXTS, st.sampled_from(["T", "U"]), st.sets(st.sampled_from("xyz")),
    st.sampled_from(["D", "E"]), st.sampled_from("abc"),
)  # fmt: skip
TYPES = st.builds(
    lambda name, id_, css, more: NoteTypeView(id_, name, (*FIELDS, *more), (("Card", "q", "a"),), css),
    st.sampled_from(["T", "U"]), st.integers(1, 2), TEXTS, st.sets(st.just("More")),
)  # fmt: skip
SIDES = st.builds(
    lambda notes, types: Version("side", {note.guid: note for note in notes}, {kind.name: kind for kind in types}),
    st.lists(NOTES, max_size=6), st.lists(TYPES, max_size=2),
)  # fmt: skip

OLD = (
    "title: One\ncards:\n"
    "  - {id: same, kind: basic, front: Same?, back: Same.}\n"
    "  - {id: word, kind: basic, front: What is it?, back: A small dog., tags: animal}\n"
    "  - {id: gone, kind: basic, front: Gone?, back: Yes.}\n"
)
NEW = (
    "title: One\ncards:\n"
    "  - {id: same, kind: basic, front: Same?, back: Same.}\n"
    "  - {id: word, kind: basic, front: What is it?, back: A large dog., tags: beast}\n"
    "  - {id: come, kind: basic, front: Come?, back: Yes.}\n"
)


def mirrored(difference: Difference) -> tuple[object, ...]:
    """Return what the difference read backwards must be."""
    return (
        difference.removed,
        difference.added,
        {(change.new.guid, tuple((f.field, f.new, f.old) for f in change.fields)) for change in difference.changed},
        {(change.name, change.parts) for change in difference.note_types},
        difference.warnings,
    )


def plain(difference: Difference) -> tuple[object, ...]:
    """Return a difference in the form of `mirrored`."""
    return (
        difference.added,
        difference.removed,
        {(change.new.guid, tuple((f.field, f.old, f.new) for f in change.fields)) for change in difference.changed},
        {(change.name, change.parts) for change in difference.note_types},
        difference.warnings,
    )


@given(SIDES)
def test_nothing_differs_between_a_side_and_itself(side: Version) -> None:
    assert not compare(side, side)
    assert compare(side, side).warnings == ()


@given(SIDES, SIDES)
def test_the_way_back_is_the_way_there_mirrored(old: Version, new: Version) -> None:
    there, back = compare(old, new), compare(new, old)
    # What is said of a changed note names the address it has on the new side.
    if all(change.old.address == change.new.address for change in there.changed):
        assert plain(back) == mirrored(there)


@given(SIDES, SIDES)
def test_order_plays_no_part(old: Version, new: Version) -> None:
    turned = Version(old.label, dict(reversed([*old.notes.items()])), dict(reversed([*old.note_types.items()])))
    assert compare(turned, new) == compare(old, new)


@given(st.text("ab ,", max_size=20), st.text("ab ,", max_size=20))
def test_the_pieces_of_a_word_diff_make_up_both_texts(old: str, new: str) -> None:
    pieces = word_changes(old, new)
    assert "".join(text for sort, text in pieces if sort != "new") == old
    assert "".join(text for sort, text in pieces if sort != "old") == new


@given(st.text("ab ,", max_size=20), st.text("ab ,", max_size=20))
def test_a_word_diff_reads_the_same_backwards(old: str, new: str) -> None:
    def key(pieces: list[Piece]) -> list[Piece]:
        return [piece for piece in pieces if piece[0] == "same"]

    assert key(word_changes(old, new)) == key(word_changes(new, old))


def two_builds(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    """Build the old version into old/, then the new one into new/."""
    root = decks({"demo/one.yaml": OLD})
    assert cardgen("build", "--out", "old", env={"SOURCE_DATE_EPOCH": "1800000000"}).code == 0
    (root / "demo/one.yaml").write_text(NEW)
    assert cardgen("build", "--out", "new", env={"SOURCE_DATE_EPOCH": "1800000001"}).code == 0


def test_two_packages_as_text(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    two_builds(decks, cardgen)
    ran = cardgen("diff", "old/demo.apkg", "new/demo.apkg")
    assert (ran.code, ran.err, ran.out.splitlines()) == (
        1,
        "",
        [
            "+ demo/come: Come?",
            "- demo/gone: Gone?",
            "~ demo/word",
            "    Back: A [-small-]{+large+} dog.",
            "    tags added: beast",
            "    tags removed: animal",
            "1 added, 1 removed, 1 changed notes",
        ],
    )


def test_a_package_and_the_folder_it_was_built_from_are_the_same(
    decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    two_builds(decks, cardgen)
    for folder in ("decks", "decks/demo"):
        ran = cardgen("diff", "new/demo.apkg", folder)
        assert (ran.code, ran.out, ran.err) == (0, "no difference\n", "")


def test_two_packages_as_release_notes(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    two_builds(decks, cardgen)
    ran = cardgen("diff", "old/demo.apkg", "new/demo.apkg", "--output", "markdown")
    assert (ran.code, ran.out) == (
        1,
        "### New\n\n- Come? `demo/come`\n\n"
        "### Changed\n\n- What is it? `demo/word`\n  - Back: ~~A small dog.~~ → A large dog.\n\n"
        "### Removed\n\n- Gone? `demo/gone`\n\n"
        "Removed cards stay in your collection. To find them, paste this into the search of Anki's browser, then "
        'suspend or delete them:\n\n```\n"ID:demo/gone"\n```\n',
    )


def test_two_packages_as_json(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    two_builds(decks, cardgen)
    data = json.loads(cardgen("diff", "old/demo.apkg", "new/demo.apkg", "--output", "json").out)
    assert {key: data[key] for key in ("version", "same", "note_types", "warnings")} == {
        "version": 1,
        "same": False,
        "note_types": [],
        "warnings": [],
    }
    (changed,) = data["changed"]
    assert changed["fields"] == [{"field": "Back", "old": "A small dog.", "new": "A large dog."}]
    assert [note["address"] for note in data["added"] + data["removed"]] == ["demo/come", "demo/gone"]


KIND = {
    "demo/deck.yaml": None,
    "demo/one.yaml": None,
    "kinds/place.yaml": "id: place\ntitle: Places\nfields: {place: {title: Place}, sea: {title: Sea}}\n"
    "cards: {sea: {title: Sea}}\n",
    "kinds/place/sea.front.html": "<b>Which sea</b> is at {{Place}}?",
    "kinds/place/sea.back.html": "{{Sea}}",
    "kinds/place/style.css": "",
    "seas/deck.yaml": "id: seas\ntitle: Seas\nsections: [one]\n",
}
PLACES = "title: One\ncards:\n  - {id: genoa, kind: place, place: Genoa, sea: Ligurian}\n"


def two_builds_of_places(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    """Build a deck of a kind of one's own into old/, and one with other cards into new/."""
    root = decks(KIND | {"seas/one.yaml": PLACES + "  - {id: gone, kind: place, place: Gone & away, sea: None}\n"})
    assert cardgen("build", "--format", "apkg", "--out", "old", env={"SOURCE_DATE_EPOCH": "1800000000"}).code == 0
    new = PLACES.replace("Ligurian", "The Ligurian") + "  - {id: come, kind: place, place: Come, sea: Any}\n"
    (root / "seas/one.yaml").write_text(new)
    assert cardgen("build", "--format", "apkg", "--out", "new", env={"SOURCE_DATE_EPOCH": "1800000001"}).code == 0


def test_notes_without_an_address_go_by_what_they_ask(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    two_builds_of_places(decks, cardgen)
    assert cardgen("diff", "old/seas.apkg", "new/seas.apkg").out.splitlines() == [
        "+ Which sea is at Come?",
        "- Which sea is at Gone & away?",
        "~ Which sea is at Genoa?",
        "    Sea: {+The +}Ligurian",
        "1 added, 1 removed, 1 changed notes",
    ]


def test_a_folder_knows_addresses_that_a_package_has_not(
    decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    two_builds_of_places(decks, cardgen)
    assert cardgen("diff", "old/seas.apkg", "decks").out.splitlines()[:3] == [
        "+ seas/come: Which sea is at Come?",
        "- Which sea is at Gone & away?",
        "~ seas/genoa",
    ]
    assert "~ seas/genoa" in cardgen("diff", "decks", "old/seas.apkg").out.splitlines()
    assert cardgen("diff", "new/seas.apkg", "decks").out == "no difference\n"


def test_release_notes_of_a_kind_of_ones_own(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    two_builds_of_places(decks, cardgen)
    assert cardgen("diff", "old/seas.apkg", "new/seas.apkg", "--output", "markdown").out == (
        "### New\n\n- Which sea is at Come?\n\n"
        "### Changed\n\n- Which sea is at Genoa?\n  - Sea: ~~Ligurian~~ → The Ligurian\n\n"
        "### Removed\n\n- Which sea is at Gone & away?\n\n"
        "Removed cards stay in your collection. To find them, paste this into the search of Anki's browser, then "
        'suspend or delete them:\n\n```\n("note:Places" "Place:Gone &amp; away")\n```\n'
    )


def test_a_build_says_how_learners_find_a_retired_note_of_a_kind_of_ones_own(
    decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    root = decks(KIND | {"seas/one.yaml": PLACES + "  - {id: gone, kind: place, place: Gone, sea: None}\n"})
    released = ("build", "--format", "csv", "--release-notes", "notes.md", "--allow", "dropped", "--allow", "touched")
    cardgen(*released)
    (root / "seas/one.yaml").write_text(PLACES)
    assert cardgen(*released).out.splitlines()[-1] == (
        "seas: 1 retired note; learners find it in Anki "
        "as `cardgen diff OLD.apkg NEW.apkg --output markdown` says: `gone`"
    )
    assert (tmp_path / "notes.md").read_text().endswith("### Removed\n\n- `gone`\n")


def test_programs_get_the_guid_of_a_note_without_an_address(
    decks: Callable[..., Path], cardgen: Callable[..., Ran]
) -> None:
    two_builds_of_places(decks, cardgen)
    (note,) = json.loads(cardgen("diff", "old/seas.apkg", "new/seas.apkg", "--output", "json").out)["added"]
    assert note["address"] == note["guid"]
    assert note["question"] == "Which sea is at Come?"


@pytest.mark.parametrize(
    ("front", "fields", "words"),
    [
        ("{{A}} of {{B}}?", ("a<br>b", "c"), "a b of c?"),
        ("{{#B}}With B{{A}}{{/B}}{{^B}}Without {{A}}{{/B}}", ("a", ""), "Without a"),
        ("<script>let x = 1;</script><!-- {{B}} --><style>a {}</style>{{A}}", ("a", "b"), "a"),
        ("{{A}} {{type:B}}{{hint:B}}", ("a", "b"), "a"),
        ("{{A}}", ('<img src="a.svg">', "b"), "b"),
        ("{{A}}", ("[sound:a.mp3]", "b"), "b"),
        ("{{tts en_US:A}}", ("a", "b"), "a"),
        ("{{Other}}{{A}}", ("a", "b"), "a"),
        ("{{A}}", ("", ""), ""),
    ],
)
def test_a_note_asks_with_the_words_of_its_front(front: str, fields: tuple[str, str], words: str) -> None:
    kind = NoteType(1, "T", ("A", "B"), (CardTemplate("Card", front, ""),), "", is_cloze=False, changed=0)
    assert asked(kind, fields, tagged=False) == words


def test_a_note_asks_with_the_first_of_its_templates_that_makes_a_card() -> None:
    templates = (CardTemplate("One", "First: {{B}}", ""), CardTemplate("Two", "Second: {{A}}", ""))
    kind = NoteType(1, "T", ("A", "B"), templates, "", is_cloze=False, changed=0)
    assert asked(kind, ("a", ""), tagged=False) == "Second: a"


def test_a_note_of_gaps_asks_for_its_first_gap() -> None:
    kind = NoteType(1, "T", ("A",), (CardTemplate("Gap", "Which? {{cloze:A}}", ""),), "", is_cloze=True, changed=0)
    assert asked(kind, ("{{c3::x}} and {{c2::y::letter}}",), tagged=False) == "Which? x and [letter]"


def test_a_front_that_shows_a_field_over_and_over_is_read_to_its_first_words() -> None:
    kind = NoteType(1, "T", ("A",), (CardTemplate("Card", "{{A}}" * 100_000, ""),), "", is_cloze=False, changed=0)
    assert len(asked(kind, ("a" * 1_000,), tagged=False)) < 20_000


def test_a_revision_of_git_against_the_folder(
    decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    root = decks({"demo/one.yaml": OLD})
    for command in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qm", "old"],
    ):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    (root / "demo/one.yaml").write_text(NEW)
    for old, new in (("git:HEAD", "decks"), ("git:HEAD", "decks/demo"), ("git:HEAD:decks/demo", "decks/demo")):
        assert cardgen("diff", old, new).out.splitlines()[-1] == "1 added, 1 removed, 1 changed notes"
    assert cardgen("diff", "git:HEAD", "git:HEAD").code == 0


def test_what_cannot_be_read_is_said_and_exits_with_2(
    decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    decks({"demo/one.yaml": "title: One\n"})
    (tmp_path / "text.apkg").write_text("not a package")
    said = {name: cardgen("diff", name, "decks") for name in ("nowhere.apkg", "text.apkg", "git:HEAD", "decks")}
    assert {name: ran.code for name, ran in said.items()} == dict.fromkeys(said, 2)
    assert said["nowhere.apkg"].err == "error: nowhere.apkg: there is no such package or folder\n"
    assert said["text.apkg"].err == "error: text.apkg: no Anki package (File is not a zip file)\n"
    assert said["decks"].err.startswith("error: decks cannot be built:\n\nerror[CG202]: missing field `cards`")


def test_a_changed_guid_is_a_warning() -> None:
    kind = NoteTypeView(1, "T", FIELDS, (), "")
    sides = [
        Version(guid, {guid: NoteView(guid, "demo/a", "T", {"Front": "A"}, (), "D")}, {"T": kind})
        for guid in ("1", "2")
    ]
    assert compare(*sides).warnings == (
        "demo/a has another identity: learners lose its schedule and get it a second time",
    )


def test_changed_fields_of_a_note_type_are_a_warning() -> None:
    note = NoteView("1", "demo/a", "T", {"Front": "A"}, (), "D")
    sides = [
        Version("", {"1": note}, {"T": NoteTypeView(1, "T", fields, (), "")})
        for fields in (("Front",), ("Front", "New"))
    ]
    assert compare(*sides).warnings == (
        "the fields of the note type T differ: Anki refuses to update its notes by default",
    )


def test_damaged_packages_are_no_packages(
    decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    decks()
    cardgen("build")
    whole = bytearray((tmp_path / "dist/demo.apkg").read_bytes())
    for start in range(40, len(whole) - 40, 300):
        damaged = bytearray(whole)
        damaged[start : start + 40] = bytes(byte ^ 0x5A for byte in damaged[start : start + 40])
        (tmp_path / "damaged.apkg").write_bytes(damaged)
        ran = cardgen("diff", "damaged.apkg", "dist/demo.apkg")
        assert "Traceback" not in ran.err
        assert ran.code in {0, 1, 2}
        assert bool(ran.err) == (ran.code == 2)


def test_a_revision_with_links_is_read_without_them(
    decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    root = decks()
    (root / "demo/link").symlink_to("/etc/hostname")
    for command in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qm", "old"],
    ):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    assert cardgen("diff", "git:HEAD", ".", cwd=root / "demo").code == 0


def test_both_sides_are_of_the_same_day(decks: Callable[..., Path], cardgen: Callable[..., Ran]) -> None:
    cards = "title: One\ncards:\n  - {id: a, kind: basic, front: A, back: A, stale_after: 2026-06-30}\n"
    decks({"demo/one.yaml": cards})
    env = {"SOURCE_DATE_EPOCH": "1767225600"}
    cardgen("build", env=env)
    assert cardgen("diff", "dist/demo.apkg", "decks", env=env).code == 0


def test_a_revision_without_its_mark_is_answered_with_it(
    decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path
) -> None:
    decks()
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "one"], ["tag", "v1"]):
        subprocess.run([*git, *words], cwd=tmp_path, check=True)
    said = "error: v1: there is no such package or folder. Did you mean `git:v1`?\n"
    assert cardgen("diff", "v1", "decks") == Ran(2, "", said)
    assert cardgen("diff", "v2", "decks") == Ran(2, "", "error: v2: there is no such package or folder\n")
