"""Packages as they are read: all three forms alike, and hostile ones as messages, within limits of size and time."""

from __future__ import annotations

import random
import zipfile
from typing import TYPE_CHECKING

import pytest
from conftest import artefacts, card_file, imported, written
from hypothesis import given
from hypothesis import strategies as st
from packages import (
    ENDLESS,
    LATEST_META,
    Make,
    changed,
    flag_encrypted,
    latest,
    legacy,
    loosened,
    packed,
    with_json,
    zstd,
)

from cardgen.anki.reading import UnreadablePackageError, database, package, protobuf, read_package
from cardgen.diff.words import word_changes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from anki.collection import Collection
    from conftest import Ran

    from cardgen.anki.reading import FoundCollection

DECK = "id: demo\ntitle: Demo::Größe\nsections: [one]\n"
CARDS = [
    {"id": "basic", "kind": "basic", "front": "Wo?", "back": "**Dort** <&>", "tags": ["b::c", "a"]},
    {"id": "gaps", "kind": "cloze", "text": "{{c1::One}} and {{c2::two::hint}}."},
    {"id": "term", "kind": "definition", "term": "Café", "definition": "A place."},
]


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a package that cardgen built."""
    folder = tmp_path_factory.mktemp("ours")
    files = {"demo/deck.yaml": DECK, "demo/one.yaml": card_file("Eins", CARDS)}
    return artefacts(written(folder / "decks", files), folder / "dist", "apkg")["demo.apkg"]


@pytest.fixture(scope="module")
def old_database(ours: Path) -> bytes:
    """Return the database of a package of schema 11."""
    with zipfile.ZipFile(ours) as file:
        return file.read("collection.anki2")


def exported(collection: Collection, file: Path, *, old: bool) -> Path:
    """Export all decks as Anki's window does, in the newer of the old forms or in the latest."""
    from anki.collection import ExportAnkiPackageOptions

    options = ExportAnkiPackageOptions(with_scheduling=False, with_media=True, legacy=old)
    collection.export_anki_package(out_path=str(file), options=options, limit=None)
    return file


@pytest.fixture(scope="module")
def new_database(ours: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the database of a package that Anki exported in its latest form."""
    from anki.collection import Collection

    folder = tmp_path_factory.mktemp("latest")
    collection = Collection(str(folder / "collection.anki2"))
    imported(collection, ours)
    file = exported(collection, folder / "latest.apkg", old=False)
    collection.close()
    with zipfile.ZipFile(file) as opened:
        return zstd.ZstdDecompressor().decompress(opened.read("collection.anki21b"))


def refusal(file: Path, content: bytes) -> str:
    """Write a package, and give the message with which it is refused."""
    file.write_bytes(content)
    with pytest.raises(UnreadablePackageError) as raised:
        read_package(file)
    return str(raised.value)


# What is read --------------------------------------------------------------------------------------------------------


def shown(found: FoundCollection) -> tuple[object, object]:
    """Return what a package holds but for note types that no note is of and for what the exporter keeps its own way."""
    used = {note.note_type for note in found.notes}
    return found.notes, {kind.id: kind for kind in found.note_types.values() if kind.id in used}


def test_a_package_of_ours_holds_what_was_written(ours: Path) -> None:
    found = read_package(ours)
    by_address = {dict(zip(found.note_types[note.note_type].fields, note.fields, strict=True))["ID"]: note
                  for note in found.notes}  # fmt: skip
    note = by_address["demo/basic"]
    kind = found.note_types[note.note_type]
    assert (note.fields[:2], note.tags, note.deck) == (
        ("Wo?", "<strong>Dort</strong> &lt;&amp;&gt;"),
        ("a", "b::c", "demo::section::one"),
        "Demo::Größe",
    )
    assert (kind.name, kind.fields[:3], [template.name for template in kind.templates], kind.is_cloze) == (
        "cardgen Basic", ("Front", "Back", "More"), ["Card", "Reserved 1", "Reserved 2"], False,
    )  # fmt: skip
    assert found.note_types[by_address["demo/gaps"].note_type].is_cloze


@pytest.mark.parametrize(("old", "name"), [(True, "collection.anki21"), (False, "collection.anki21b")])
def test_a_package_is_the_same_in_all_three_forms(
    ours: Path, anki: Collection, tmp_path: Path, old: bool, name: str
) -> None:
    imported(anki, ours)
    file = exported(anki, tmp_path / "theirs.apkg", old=old)
    with zipfile.ZipFile(file) as opened:
        assert {name, "collection.anki2"} <= set(opened.namelist())
    assert shown(read_package(file)) == shown(read_package(ours))


def test_diff_takes_the_latest_form(ours: Path, anki: Collection, tmp_path: Path, cardgen: Callable[..., Ran]) -> None:
    imported(anki, ours)
    exported(anki, tmp_path / "theirs.apkg", old=False)
    ran = cardgen("diff", ours, "theirs.apkg")
    assert (ran.code, ran.out, ran.err) == (0, "no difference\n", "")


def test_a_note_without_cards_is_left_out(old_database: bytes, tmp_path: Path) -> None:
    first = "(SELECT min(id) FROM notes)"
    (tmp_path / "few.apkg").write_bytes(legacy(changed(old_database, f"DELETE FROM cards WHERE nid = {first}")))
    assert len(read_package(tmp_path / "few.apkg").notes) == len(CARDS) - 1


# What is refused -----------------------------------------------------------------------------------------------------

OLD: dict[str, tuple[Make, str]] = {
    "empty database": (lambda _: b"", "no Anki package (its collection is no database)"),
    "no database": (lambda _: b"x" * 9000, "no Anki package (its collection is no database)"),
    "header alone": (lambda _: b"SQLite format 3\0".ljust(5000, b"\0"), "no Anki package (file is not a database)"),
    "cut short": (lambda db: db[:5000], "no Anki package (database disk image is malformed)"),
    "view of endless notes": (
        lambda db: changed(db, "DROP TABLE notes", f"CREATE VIEW notes AS {ENDLESS} SELECT x AS id, x AS guid FROM t"),
        "no Anki package (its collection has a view, 'notes')",
    ),
    "trigger": (
        lambda db: changed(db, "CREATE TRIGGER t AFTER UPDATE ON notes BEGIN DELETE FROM cards; END"),
        "no Anki package (its collection has a trigger, 't')",
    ),
    "virtual table": (
        lambda db: changed(db, "CREATE VIRTUAL TABLE extra USING fts5(text)"),
        "no Anki package (its collection has a virtual table, 'extra')",
    ),
    "computed column": (
        lambda db: changed(
            db,
            "DROP TABLE notes",
            "CREATE TABLE notes (id INTEGER, guid TEXT, mid INTEGER, mod INTEGER, tags TEXT,"
            " flds TEXT AS (hex(zeroblob(400000000))))",
        ),
        "no Anki package (it has no plain column `notes.flds`)",
    ),
    "no notes table": (
        lambda db: changed(db, "DROP TABLE notes"),
        "no Anki package (it has no plain column `notes.id`)",
    ),
    "no settings": (lambda db: changed(db, "DELETE FROM col"), "no Anki package (its collection has no settings)"),
    "guid is a blob": (
        lambda db: loosened(db, "notes", "UPDATE notes SET guid = CAST(guid AS BLOB)"),
        "no Anki package (`notes.guid` holds bytes, not str)",
    ),
    "guid is null": (
        lambda db: loosened(db, "notes", "UPDATE notes SET guid = NULL"),
        "no Anki package (`notes.guid` holds NoneType, not str)",
    ),
    "deck of a card is text": (
        lambda db: changed(db, "UPDATE cards SET did = 'x'"),
        "no Anki package (`cards.did` holds str, not int)",
    ),
    "text is not UTF-8": (
        lambda db: changed(db, "UPDATE notes SET flds = CAST(x'fffe1b61' AS TEXT)"),
        "no Anki package (a text in its collection is not UTF-8)",
    ),
    "too few fields": (
        lambda db: changed(
            db, "UPDATE notes SET guid = 'a' || char(27), flds = 'a' WHERE id = (SELECT min(id) FROM notes)"
        ),
        "no Anki package (the note 'a\\x1b' has 1 fields, its note type 18)",
    ),
    "unknown note type": (
        lambda db: changed(db, "UPDATE notes SET guid = 'a', mid = 1"),
        "no Anki package (the note 'a' is of no note type in it)",
    ),
    "note types are a list": (
        lambda db: with_json(db, "models", lambda _: "[]"),
        "no Anki package (`col.models` is list, not a mapping)",
    ),
    "note types are no JSON": (
        lambda db: with_json(db, "models", lambda _: "{"),
        "no Anki package (`col.models`: Expecting property name enclosed in double quotes: line 1 column 2 (char 1))",
    ),
    "note types without end": (
        lambda db: with_json(db, "models", lambda _: "[" * 100_000),
        "no Anki package (`col.models` is nested too deeply)",
    ),
    "name of a note type is a number": (
        lambda db: with_json(db, "models", lambda kind: kind.update(name=5)),
        "no Anki package (`name` of a note type is no text)",
    ),
    "name of a deck is half a character": (
        lambda db: with_json(db, "decks", lambda deck: deck.update(name="\ud800")),
        "no Anki package (`name` of a deck is no text)",
    ),
    "fields are a text": (
        lambda db: with_json(db, "models", lambda kind: kind.update(flds="abc")),
        "no Anki package (`flds` of a note type is no list)",
    ),
    "a field is a text": (
        lambda db: with_json(db, "models", lambda kind: kind.update(flds=["abc"])),
        "no Anki package (a field is str, not a mapping)",
    ),
    "id is infinite": (
        lambda db: with_json(db, "models", lambda kind: kind.update(id=float("inf"))),
        "no Anki package (`col.models`: Infinity is no number of JSON's)",
    ),
    "id is true": (
        lambda db: with_json(db, "models", lambda kind: kind.update(id=True)),
        "no Anki package (`id` of a note type is no whole number)",
    ),
    "id does not fit": (
        lambda db: with_json(db, "models", lambda kind: kind.update(id=1 << 63)),
        "no Anki package (`id` of a note type is no whole number)",
    ),
    "a value of 5 MiB": (
        lambda db: changed(db, "UPDATE col SET models = hex(zeroblob(2621440))"),
        "its collection has a value of more than 4 MiB",
    ),
    "600 tables": (
        lambda db: changed(db, *(f"CREATE TABLE t{number} (a)" for number in range(600))),
        "no Anki package (its collection has more tables than Anki's)",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", OLD)
def test_a_hostile_collection_is_refused_in_words(old_database: bytes, tmp_path: Path, name: str) -> None:
    make, message = OLD[name]
    assert refusal(tmp_path / "hostile.apkg", legacy(make(old_database))) == message


NEW: dict[str, tuple[Make, str]] = {
    "view of endless decks": (
        lambda db: latest(
            changed(db, "DROP TABLE decks", f"CREATE VIEW decks AS {ENDLESS} SELECT x AS id, x AS name FROM t")
        ),
        "no Anki package (its collection has a view, 'decks')",
    ),
    "settings are text": (
        lambda db: latest(changed(db, "UPDATE notetypes SET config = 'x'")),
        "no Anki package (`notetypes.config` holds str, not bytes)",
    ),
    "settings cut short": (
        lambda db: latest(changed(db, "UPDATE notetypes SET config = x'1a05'")),
        "a setting in it is cut short",
    ),
    "settings of an unknown wire type": (
        lambda db: latest(changed(db, "UPDATE notetypes SET config = x'1b'")),
        "a setting in it is not as Anki writes it",
    ),
    "a style sheet that is a number": (
        lambda db: latest(changed(db, "UPDATE notetypes SET config = x'1801'")),
        "a setting in it is a number where Anki has text",
    ),
    "a cloze mark that is text": (
        lambda db: latest(changed(db, "UPDATE notetypes SET config = x'0a0161'")),
        "a setting in it is text where Anki has a number",
    ),
    "a side that is not UTF-8": (
        lambda db: latest(changed(db, "UPDATE templates SET config = x'0a01ff'")),
        "a setting in it is not UTF-8",
    ),
    "a newer form": (
        lambda db: packed({"meta": b"\x08\x04", "collection.anki22": db}),
        "a package of form 4, which is newer than this cardgen knows",
    ),
    "the dummy alone": (
        lambda db: packed({"meta": LATEST_META, "collection.anki2": db}),
        "no Anki package (there is no collection in it)",
    ),
    "no zstd": (
        lambda db: packed({"meta": LATEST_META, "collection.anki21b": db}),
        "no Anki package (Unable to decompress Zstandard data: Unknown frame descriptor)",
    ),
    "zstd cut short": (
        lambda db: packed({"meta": LATEST_META, "collection.anki21b": zstd.compress(db)[:-100]}),
        "no Anki package (its collection is cut short)",
    ),
    "a window of 64 MiB": (
        lambda db: packed({
            "meta": LATEST_META,
            "collection.anki21b": zstd.compress(
                db + bytes(1 << 26),
                options={zstd.CompressionParameter.window_log: 26, zstd.CompressionParameter.content_size_flag: 0},
            ),
        }),
        "no Anki package (Unable to decompress Zstandard data: Frame requires too much memory for decoding)",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", NEW)
def test_a_hostile_package_of_the_latest_form_is_refused_in_words(
    new_database: bytes, tmp_path: Path, name: str
) -> None:
    make, message = NEW[name]
    assert refusal(tmp_path / "hostile.apkg", make(new_database)) == message


ZIPS: dict[str, tuple[Make, str]] = {
    "empty file": (lambda _: b"", "no Anki package (File is not a zip file)"),
    "a text": (lambda _: b"hello" * 100, "no Anki package (File is not a zip file)"),
    "cut short": (lambda db: legacy(db)[:-10], "no Anki package (File is not a zip file)"),
    "collection elsewhere": (
        lambda db: packed({"../collection.anki2": db, "/collection.anki2": db, "x/collection.anki2": db}),
        "no Anki package (there is no collection in it)",
    ),
    "encrypted": (lambda db: flag_encrypted(legacy(db)), "no Anki package (it is encrypted)"),
    "LZMA": (
        lambda db: packed({"collection.anki2": db}, zipfile.ZIP_LZMA),
        "no Anki package (it is compressed in a way that Anki does not use)",
    ),
    "a directory of 9 MiB": (
        lambda _: packed({f"{number:0200}": b"" for number in range(40_000)}, zipfile.ZIP_STORED),
        "its directory is larger than 8 MiB",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ZIPS)
def test_what_is_no_package_is_refused_in_words(old_database: bytes, tmp_path: Path, name: str) -> None:
    make, message = ZIPS[name]
    assert refusal(tmp_path / "hostile.apkg", make(old_database)) == message


# Limits --------------------------------------------------------------------------------------------------------------


def bomb(entry: str, content: bytes, told: int) -> bytes:
    """Make a package whose zip tells a wrong size of the collection."""
    files = {"meta": LATEST_META, entry: content} if entry.endswith("b") else {entry: content}
    made = bytearray(packed(files))
    directory = made.rindex(b"PK\x01\x02")
    made[directory + 24 : directory + 28] = told.to_bytes(4, "little")
    return bytes(made)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(bomb("collection.anki2", bytes(3 << 20), 3 << 20), id="deflate"),
        pytest.param(bomb("collection.anki21b", zstd.compress(bytes(3 << 20)), 200), id="zstd"),
    ],
)
def test_a_collection_that_unpacks_beyond_the_limit_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    monkeypatch.setattr(package, "MOST_BYTES", 1 << 20)
    assert refusal(tmp_path / "bomb.apkg", content) == "its collection unpacks to more than 1 MiB"


def test_a_collection_that_takes_too_many_steps_is_refused(
    ours: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old_database: bytes
) -> None:
    monkeypatch.setattr(database, "MOST_STEPS", 200_000)
    insert = (
        "WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t WHERE x < 100000)"
        " INSERT INTO cards SELECT x, x, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '' FROM t"
    )
    content = legacy(changed(old_database, insert))
    assert refusal(tmp_path / "long.apkg", content) == "its collection takes too long to read"
    assert read_package(ours).notes


def test_notes_that_take_too_much_memory_are_refused(
    ours: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "MOST_MEMORY", 1 << 10)
    assert refusal(tmp_path / "large.apkg", ours.read_bytes()) == "what is in it takes more than 0 MiB of memory"


def test_a_refusal_is_one_line_and_exits_with_2(tmp_path: Path, cardgen: Callable[..., Ran]) -> None:
    (tmp_path / "bomb.apkg").write_bytes(bomb("collection.anki2", bytes(1 << 20), 3 << 30))
    ran = cardgen("diff", "bomb.apkg", "bomb.apkg")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "error: bomb.apkg: its collection unpacks to more than 512 MiB\n"


def test_texts_of_thousands_of_words_are_compared_whole() -> None:
    old, new = "a b " * 20_000, "b c " * 20_000
    assert word_changes(old, new) == [("old", old), ("new", new)]


# Anything at all -----------------------------------------------------------------------------------------------------


def mutants(content: bytes, count: int) -> list[bytes]:
    """Make copies in which 1, 5, 50 or 500 bytes are others; always the same ones."""
    chance = random.Random(1)
    made = []
    for _ in range(count):
        damaged = bytearray(content)
        for _ in range(chance.choice((1, 5, 50, 500))):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        made.append(bytes(damaged))
    return made


@pytest.mark.parametrize("form", ["legacy", "latest", "zip"])
def test_damage_of_any_kind_is_refused_or_does_not_matter(
    old_database: bytes, new_database: bytes, tmp_path: Path, form: str
) -> None:
    packages = {
        "legacy": [legacy(damaged) for damaged in mutants(old_database, 60)],
        "latest": [latest(damaged) for damaged in mutants(new_database, 60)],
        "zip": mutants(legacy(old_database), 60),
    }[form]
    said = []
    for content in packages:
        (tmp_path / "damaged.apkg").write_bytes(content)
        try:
            read_package(tmp_path / "damaged.apkg")
        except UnreadablePackageError as error:
            said.append(str(error))
    assert said
    assert [message for message in said if not message.isprintable()] == []


@given(st.binary(max_size=40))
def test_any_bytes_are_a_message_or_are_refused(data: bytes) -> None:
    try:
        message = protobuf.decoded(data)
    except UnreadablePackageError:
        return
    assert all(0 <= field <= 31 for field in message)
