"""Guids that authors give: what learners keep by them, in Anki's own engine, and what is wrong with them."""

from __future__ import annotations

import re
import sqlite3
import time
import zipfile
from contextlib import closing
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from conftest import artefacts, card_file, counts, imported, written
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from cardgen.anki.fields import AnkiNote
from cardgen.anki.note_types import note_type
from cardgen.anki.package import AnkiDeck, Package
from cardgen.kinds import Form
from cardgen.ledger import MAX_GUID, read
from cardgen.notes import guid_of
from cardgen.preview.watch import Current

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from anki.collection import Collection
    from conftest import Ran

DAY = 86_400
NOW = int(time.time()) // DAY * DAY
"""The author works in the days before the learner's clock, which is the machine's."""

HOSTILE = (
    "e+/O]%*qfk",
    '"a",;b',
    "#html:true",
    "<b>&amp;</b>",
    "\\'`$(x)",
    "1_0",
    "DEADBEEF",
    "é漢🂡",
    "e\N{COMBINING ACUTE ACCENT}",
)
"""Guids as Anki makes them, and such as text files, HTML, shells, numbers and normal forms could take for something."""


def basic(card_id: str, **more: object) -> dict[str, object]:
    """Return a card that asks for its own id."""
    return {"id": card_id, "kind": "basic", "front": f"What is {card_id}?", "back": f"{card_id}.", **more}


class Author:
    """Builds the decks of a folder, each time on a later day than before."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root = root
        self._environment = monkeypatch
        self._built = 0

    def write(self, cards: list[dict[str, object]], guids: str | None = None, deck: str = "demo") -> None:
        """Write the section of a deck, and its file of guids where one is given."""
        written(self.root, {f"{deck}/one.yaml": card_file("One", cards)})
        if guids is not None:
            written(self.root, {f"{deck}/guids.txt": guids})

    def build(self, *names: str, form: str = "apkg") -> Path:
        """Build one artefact of all decks, or of those named."""
        self._built += 1
        self._environment.setenv("SOURCE_DATE_EPOCH", str(NOW + (self._built - 9) * DAY))
        out = self.root.parent / f"dist-{self._built}"
        (made,) = artefacts(self.root, out, form, all_in_one=True, names=names).values()
        return made

    def known(self, deck: str = "demo") -> dict[str, tuple[str, str]]:
        """Return for each note of a ledger the address and the guid that it has from elsewhere."""
        entries = read((self.root / deck / "ledger.txt").read_text(encoding="utf-8")).entries
        return {place: (entry.origin, entry.guid) for place, entry in sorted(entries.items())}


@pytest.fixture
def author(decks: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Author:
    """Return the author of the small deck with two cards, and of a deck `other` with one."""
    files = {
        "demo/one.yaml": card_file("One", [basic("a"), basic("b")]),
        "other/deck.yaml": "id: other\ntitle: Other\nsections: [one]\n",
        "other/one.yaml": card_file("One", [basic("x")]),
    }
    return Author(decks(files), monkeypatch)


def guids(anki: Collection) -> dict[str, str]:
    """Return the guid of each note, by its address."""
    return {str(note["ID"]): str(note.guid) for note in map(anki.get_note, anki.find_notes(""))}


def findings(ran: Ran) -> list[tuple[str, str]]:
    """Return what a run has found: message and place."""
    shown = re.findall(r"^(?:error|warning)\[(.*)\n  --> decks/(.*)$", ran.err, re.MULTILINE)
    return [(message.replace("]: ", " ", 1), place) for message, place in shown]


@pytest.mark.parametrize("guid", HOSTILE)
def test_a_note_has_the_guid_that_it_is_given_whatever_it_looks_like(
    author: Author, anki: Collection, guid: str
) -> None:
    author.write([basic("a"), basic("b")], f"a {guid}\n")
    imported(anki, author.build("demo"))
    assert guids(anki) == {"demo/a": guid, "demo/b": guid_of("demo", "b")}
    learned = list(anki.find_cards("ID:demo/a"))
    anki.sched.set_due_date(learned, "7")
    author.write([basic("a", back="Another."), basic("b")])
    assert imported(anki, author.build("demo")) == {"updated": 1, "duplicate": 1}
    assert list(anki.find_cards("is:review Back:Another.")) == learned


def test_a_text_import_knows_notes_by_the_guids_that_they_are_given(author: Author, anki: Collection) -> None:
    names = [f"c{number}" for number in range(len(HOSTILE))]
    lines = "".join(f"{name} {guid}\n" for name, guid in zip(names, HOSTILE, strict=True))
    author.write([basic(name) for name in names], lines)
    imported(anki, author.build("demo"))
    author.write([basic(name, back="Another.") for name in names])
    log = anki.import_csv(text_import(anki, author.build("demo", form="anki-csv"))).log
    assert counts(log) == {"updated": len(names)}
    assert sorted(guids(anki).values()) == sorted(HOSTILE)


def text_import(anki: Collection, file: Path) -> Any:
    """Return the request to import a text file as Anki's dialog proposes it."""
    from anki.collection import ImportCsvRequest

    return ImportCsvRequest(path=str(file), metadata=anki.get_csv_metadata(path=str(file), delimiter=None))


GUIDS = st.one_of(
    st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=MAX_GUID),
    st.text("0123456789abcdef", min_size=20, max_size=20),
    st.sampled_from(HOSTILE),
)


@given(st.lists(GUIDS, unique=True, max_size=20))
@example([f"{7:020x}", f"{7 + 2**39:020x}"])
def test_notes_of_any_guids_have_ids_of_their_own_in_a_package(some: list[str]) -> None:
    notes = [AnkiNote(guid, note_type(Form.BASIC), ("",) * 18, None, (), "D", (), (0,), (1,)) for guid in some]
    package = BytesIO()
    Package([AnkiDeck("D")], notes, dict.fromkeys(some, 1)).write_to(package)
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(zipfile.ZipFile(package).read("collection.anki2"))
        rows = connection.execute("SELECT guid, id FROM notes").fetchall()
    assert sorted(guid for guid, _ in rows) == sorted(some)
    assert len({note_id for _, note_id in rows}) == len(some)
    assert all(1 << 40 <= note_id < (1 << 40) + (1 << 39) + len(some) for _, note_id in rows)


def test_a_step_can_be_given_a_guid(author: Author, anki: Collection) -> None:
    steps = [{"id": "r", "do": "R"}, {"id": "s", "do": "S"}]
    author.write([{"id": "p", "kind": "process", "title": "P", "steps": steps}], "p/s  \tabc\r\n")
    imported(anki, author.build("demo"))
    assert guids(anki)["demo/p/s"] == "abc"
    assert author.known() == {"p": ("", ""), "p/r": ("", ""), "p/s": ("", "abc")}


def test_a_guid_that_is_the_computed_one_changes_nothing(author: Author) -> None:
    before = author.build("demo").read_bytes()
    author.write([basic("a"), basic("b")], f"a {guid_of('demo', 'a')}\n")
    assert author.build("demo").read_bytes() == before
    assert author.known() == {"a": ("", ""), "b": ("", "")}


def test_a_renamed_card_may_have_a_line_that_says_what_is_computed(author: Author, cardgen: Callable[..., Ran]) -> None:
    author.build()
    author.write([basic("c", formerly="demo/a"), basic("b")], f"a {guid_of('demo', 'a')}\n")
    assert cardgen("check").err == ""


@pytest.mark.parametrize("lines", ["a abc\n", "c abc\n", "# no other\nb x\nc abc"])
def test_a_renamed_card_keeps_the_guid_of_its_old_place_or_of_its_new_one(
    author: Author, anki: Collection, cardgen: Callable[..., Ran], lines: str
) -> None:
    author.write([basic("a"), basic("b")], "a abc\nb x\n")
    imported(anki, author.build())
    learned = list(anki.find_cards("ID:demo/a"))
    anki.sched.set_due_date(learned, "7")
    renamed = [basic("c", formerly="demo/a"), basic("b")]
    author.write(renamed, lines if "b x" in lines else f"b x\n{lines}")
    checked = cardgen("check")
    assert (checked.code, checked.err) == (0, "")
    imported(anki, author.build())
    assert list(anki.find_cards("is:review ID:demo/c")) == learned
    assert author.known() == {"b": ("", "x"), "c": ("demo/a", "abc")}


def test_a_card_that_moves_to_another_deck_takes_its_line_along(
    author: Author, anki: Collection, cardgen: Callable[..., Ran]
) -> None:
    author.write([basic("a"), basic("b")], "a abc\n")
    imported(anki, author.build())
    learned = list(anki.find_cards("ID:demo/a"))
    anki.sched.set_due_date(learned, "7")
    author.write([basic("b")])
    author.write([basic("x"), basic("a", formerly="demo/a")], deck="other")
    missed = cardgen("check")
    assert findings(missed) == [("CG629 learners have `a` with the guid `abc`", "other/one.yaml:1:102")]
    assert "  hint: Write `a abc` in decks/other/guids.txt. " in missed.err
    author.write([basic("x"), basic("a", formerly="demo/a")], "a abc\n", deck="other")
    twice = cardgen("check")
    assert findings(twice) == [("CG627 `abc` is also the guid of `demo/a`", "other/guids.txt:1:3")]
    author.write([basic("b")], "")
    assert imported(anki, author.build()) == {"updated": 1, "duplicate": 2}
    assert list(anki.find_cards("is:review ID:other/a")) == learned
    author.build()
    assert author.known() == {"b": ("", "")}
    assert author.known("other") == {"a": ("demo/a", "abc"), "x": ("", "")}
    assert cardgen("check").err == ""


def test_where_a_guid_is_given_an_earlier_address_may_be_forgotten(author: Author, cardgen: Callable[..., Ran]) -> None:
    author.write([basic("a"), basic("b")], "a abc\n")
    author.build()
    author.write([basic("c", formerly="demo/a"), basic("b")], "c abc\n")
    author.build()
    author.write([basic("c"), basic("b")])
    assert cardgen("check").err == ""


def test_a_guid_that_learners_have_is_missed(author: Author, cardgen: Callable[..., Ran]) -> None:
    author.write([basic("a"), basic("b")], "a abc\n")
    author.build()
    (author.root / "demo/guids.txt").unlink()
    missed = cardgen("check")
    assert findings(missed) == [("CG629 learners have `a` with the guid `abc`", "demo/one.yaml:1:35")]
    assert "  hint: Write `a abc` in decks/demo/guids.txt. " in missed.err


def test_a_guid_that_the_ledger_does_not_know_yet_is_a_change_to_commit(
    author: Author, cardgen: Callable[..., Ran]
) -> None:
    author.build()
    author.write([*TWO], "a abc\n")
    refused = cardgen("build", "demo", "--format", "csv", "--locked")
    assert findings(refused) == [("CG603 1 note is not as the ledger knows it: `a`", "demo/ledger.txt")]


def test_a_card_that_comes_back_has_the_guid_that_learners_have(author: Author, cardgen: Callable[..., Ran]) -> None:
    author.write([basic("a"), basic("b")], "a abc\n")
    author.build()
    author.write([basic("b")])
    assert cardgen("check").err == ""  # a line may outlive its card
    author.build()
    author.write([basic("a"), basic("b")], "")
    assert findings(cardgen("check")) == [("CG629 learners have `a` with the guid `abc`", "demo/one.yaml:1:35")]


def test_a_released_note_is_not_given_another_guid(author: Author, cardgen: Callable[..., Ran]) -> None:
    author.build()
    author.write([basic("a"), basic("b")], "a abc\n")
    assert cardgen("check").err == ""  # as far as anybody knows, no learner has it
    author.write([basic("a"), basic("b")], "")
    assert cardgen("build", "--format", "csv", "--release-notes", "notes.md").code == 0
    author.write([basic("a"), basic("b")], "a abc\n")
    message = "CG629 learners have `a` with the guid that follows from its address"
    assert findings(cardgen("check")) == [(message, "demo/guids.txt:1:3")]


def test_a_note_is_not_given_the_guid_of_one_that_is_gone(author: Author, cardgen: Callable[..., Ran]) -> None:
    author.write([basic("a"), basic("b")], "a abc\n")
    author.build()
    author.write([basic("c"), basic("d")], f"c abc\nd {guid_of('demo', 'b')}\n")
    found = cardgen("check")
    assert findings(found) == [
        ("CG629 learners have `demo/a` with the guid of `c`", "demo/guids.txt:1:3"),
        ("CG629 learners have `demo/b` with the guid of `d`", "demo/guids.txt:2:3"),
    ]
    assert "  hint: If it is the same card, write `formerly: demo/a`; else it needs another guid.\n" in found.err


TWO = (basic("a"), basic("b"))
COMPUTED = guid_of("other", "x")
NO_PLACE, MERGE = "the line does not begin with the place of a note", "a merge of two versions was not finished here"


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ("a abc\na abc\n", []),
        ("\ufeff# x\r\n \r\n  a\tabc  \r\n", []),
        (f"a {COMPUTED}\n", [f"1:3 CG627 `{COMPUTED}` is also the guid of `other/x`"]),
        ("a abc\nzz abc\n", ["2:4 CG627 `abc` is also the guid of `demo/a`", "2:1 CG628 the deck has no `zz`"]),
        ("a/part abc\n", ["1:1 CG628 the deck has no `a/part`"]),
        ("a\n", ["1:1 CG625 there is no guid behind the place"]),
        ("A abc\n", [f"1:1 CG625 {NO_PLACE}"]),
        (f"a {'x' * 65}\n", ["1:3 CG625 the guid is longer than 64 characters"]),
        ("a \u202eabc\n", ["1:3 CG625 the guid has characters that nobody sees"]),
        ("a x\xa0y\n", ["1:3 CG625 the guid has characters that nobody sees"]),
        ("<<<<<<< HEAD\na abc\n=======\n", [f"1:1 CG625 {MERGE}", f"3:1 CG625 {MERGE}"]),
        ("?\n" * 1000, [f"{number}:1 CG625 {NO_PLACE}" for number in range(1, 21)]),
    ],
)
def test_lines_that_are_wrong_are_shown(
    author: Author, cardgen: Callable[..., Ran], lines: str, found: list[str]
) -> None:
    author.write([*TWO], lines)
    shown = [f"{place.removeprefix('demo/guids.txt:')} {message}" for message, place in findings(cardgen("check"))]
    assert sorted(shown) == sorted(found)


def test_a_line_may_stand_for_a_retired_card_and_its_parts(author: Author, cardgen: Callable[..., Ran]) -> None:
    author.write([*TWO, basic("c", retired=True)], "c abc\nc/part x")
    author.build()
    assert cardgen("check").err == ""


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"a abc\xff\n", "CG103 byte 0xFF is not UTF-8"),
        (b"#" * (16 * 1024 * 1024 + 1), "CG102 the file is larger than 16 MiB"),
        (None, "CG101 cannot read the file: it is a folder"),
    ],
)
def test_a_file_that_cannot_be_read_is_an_error(
    author: Author, cardgen: Callable[..., Ran], content: bytes | None, message: str
) -> None:
    file = author.root / "demo/guids.txt"
    if content is None:
        file.mkdir()
    else:
        file.write_bytes(content)
    ran = cardgen("build")
    assert ran.code == 1
    assert [found for found, _ in findings(ran)] == [message]


def test_with_a_card_that_cannot_be_read_no_place_is_called_unknown(
    author: Author, cardgen: Callable[..., Ran]
) -> None:
    author.write([basic("a"), {"id": "b", "kind": "basic", "front": "B"}], "b abc\n")
    assert [message.partition(" ")[0] for message, _ in findings(cardgen("check"))] == ["CG202"]


def test_a_file_of_guids_can_be_checked_by_its_name(author: Author, cardgen: Callable[..., Ran]) -> None:
    author.write([basic("a"), {"id": "b", "kind": "basic", "front": "B"}], "a\n")
    assert [message for message, _ in findings(cardgen("check", "decks/demo/guids.txt"))] == [
        "CG625 there is no guid behind the place"
    ]


@pytest.mark.parametrize("options", [(), ("--language", "de")])
def test_a_language_has_guids_of_its_own(
    author: Author, anki: Collection, cardgen: Callable[..., Ran], options: tuple[str, ...]
) -> None:
    author.write([*TWO], "a abc\n")
    german = "title: Auf Deutsch\ncards: {a: {front: Was ist a?, back: a.}}\n"
    # Learners may have what nobody has translated yet.
    written(author.root, {"demo/languages/de.yaml": german, "demo/languages/de.guids.txt": "a e+/O]%*qfk\nb other\n"})
    assert [place for _, place in findings(cardgen("check", *options)) if "guids" in place] == []
    imported(anki, author.build())
    assert guids(anki) == {
        "demo-de/a": "e+/O]%*qfk", "demo/a": "abc", "demo/b": guid_of("demo", "b"), "other/x": guid_of("other", "x")
    }  # fmt: skip
    written(author.root, {"demo/languages/de.guids.txt": "a abc\n"})
    assert [found for found in findings(cardgen("check", *options)) if "guids" in found[1]] == [
        ("CG629 learners have `a` with the guid `e+/O]%*qfk`", "demo/languages/de.guids.txt:1:3"),
        *([] if options else [("CG627 `abc` is also the guid of `demo/a`", "demo/languages/de.guids.txt:1:3")]),
    ][::-1]


def test_a_preview_sees_a_line_that_changes(author: Author) -> None:
    author.write([*TWO], "a\n")
    current = Current(author.root)
    assert [found.code for found in current.get()[1].diagnostics] == ["CG625"]
    author.write([*TWO], "a abc\n")
    assert current.look() is True
    assert current.get()[1].diagnostics == ()


def test_a_lost_ledger_is_restored_with_the_guids(author: Author) -> None:
    author.write([basic("a"), basic("b")], "a abc\n")
    old = author.build("demo")
    before = (author.root / "demo/ledger.txt").read_text(encoding="utf-8")
    (author.root / "demo/ledger.txt").unlink()
    artefacts(author.root, author.root.parent / "new", "apkg", names=["demo"], since=old)
    after = read((author.root / "demo/ledger.txt").read_text(encoding="utf-8"))
    assert replace(after, released=0) == read(before)


def test_guids_that_were_lost_with_the_ledger_are_in_the_package(author: Author, cardgen: Callable[..., Ran]) -> None:
    author.write([basic("a"), basic("b")], "a abc\nb x\n")
    old = author.build("demo")
    (author.root / "demo/ledger.txt").unlink()
    author.write([basic("a")], "")
    ran = cardgen("build", "demo", "--since", old)
    assert findings(ran) == [("CG629 learners have `a` with the guid `abc`", "demo/one.yaml:1:35")]
    author.write([basic("a")], "a abc\n")
    assert cardgen("build", "demo", "--format", "csv", "--since", old).code == 0
    assert author.known() == {"a": ("", "abc"), "b": ("", "x")}


def test_a_comparison_knows_notes_by_the_guids_that_they_are_given(author: Author, cardgen: Callable[..., Ran]) -> None:
    author.write([basic("a"), basic("b")], "a abc\n")
    package = author.build("demo")
    assert cardgen("diff", package, "decks/demo").out == "no difference\n"
    author.write([basic("a"), basic("b")], "a x\n")
    (author.root / "demo/ledger.txt").unlink()
    assert "demo/a has another identity: learners lose its schedule" in cardgen("diff", package, "decks/demo").out


def test_a_deck_without_tags_of_sections_has_none(author: Author, anki: Collection) -> None:
    header = author.root / "demo/deck.yaml"
    header.write_text(header.read_text(encoding="utf-8") + "section_tags: false\n", encoding="utf-8")
    author.write([basic("a", tags=["t"]), basic("b")])
    imported(anki, author.build())
    assert {str(note["ID"]): note.tags for note in map(anki.get_note, anki.find_notes(""))} == {
        "demo/a": ["t"],
        "demo/b": [],
        "other/x": ["other::section::one"],
    }
