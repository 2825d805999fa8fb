"""What packages are made of: note types, ids and files that stay the same."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from itertools import count
from typing import TYPE_CHECKING

import pytest
from conftest import Ran, artefacts, card_file, imported, written
from hypothesis import given
from hypothesis import strategies as st

from cardgen.anki.fields import AnkiNote
from cardgen.anki.note_types import note_type
from cardgen.anki.package import AnkiDeck, Package
from cardgen.kinds import Form

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from anki.collection import Collection


from anki_cards import asked, basic, cards_in, column, contents, deck_file, opened

SHARED = (
    "More",
    "Section",
    "Note",
    "Source",
    "As of",
    "Status",
    "Kind",
    "ID",
    "Listed as",
    "Language",
    "Direction",
    "Words",
)
SPARE = ("Reserved 1", "Reserved 2", "Reserved 3", "Reserved 4")
SPARE_TEMPLATES = ("Reserved 1", "Reserved 2")
NOTE_TYPES = {
    1763800000001: ("cardgen Basic", ("Front", "Back", *SHARED, *SPARE), ("Card", *SPARE_TEMPLATES)),
    1763800000002: ("cardgen Two-way", ("Front", "Back", *SHARED, *SPARE), ("Forward", "Backward", *SPARE_TEMPLATES)),
    1763800000003: ("cardgen Typed", ("Front", "Back", *SHARED, *SPARE), ("Card", *SPARE_TEMPLATES)),
    1763800000004: ("cardgen Cloze", ("Text", "Extra", *SHARED, *SPARE), ("Cloze",)),
}
"""The note types for ever: learners' collections depend on their ids, and on the names and the order of fields."""

PART_IDS: dict[int, list[int]] = {
    1763800000001: [
        5287682175369759489,
        121853148594745796,
        8540384463729251954,
        3039833291147078350,
        8890596558034623974,
        8037325866817696465,
        4678114477515856096,
        2023722019752055537,
        5997896860081248252,
        803438812174689856,
        636377980254712173,
        2087857218029463051,
        8402844217920949139,
        1835733622826251953,
        4745867465503981474,
        3649934531878830389,
        4420664639455296238,
        5620776192168274708,
        4765240755270436428,
        7488585146088764502,
        967038278789594030,
    ],
    1763800000002: [
        8117497516052498364,
        4415400188082916479,
        9079744649442959813,
        3878941291570720862,
        8426114414596139113,
        5727479603314350467,
        6554776325944504867,
        8989625482115453823,
        8977320695323661237,
        3499931952707379037,
        6599910556551482456,
        799083071230863986,
        7282904042133789585,
        2201904987842784835,
        515496874408785261,
        6158305811443780978,
        6927462641629049103,
        5973980147077151597,
        4454760620775367937,
        8404052863981013878,
        3311240001558026250,
        7023153211421141272,
    ],
    1763800000003: [
        431358783926116265,
        1356927517872220937,
        426932034595979269,
        8876082162115784298,
        429032410479974113,
        2031548346373092723,
        643263498579735722,
        1296396297204921729,
        5934883212902051818,
        1469333897345984285,
        9075058072592368457,
        1942889600679682459,
        9086867219445397186,
        3795854795912061731,
        1925438269710525063,
        3295027838636118474,
        3775754688453037295,
        2741706724788044851,
        8205093641702430682,
        9137043956162834888,
        3239211415023377798,
    ],
    1763800000004: [
        108401743586313409,
        6213027329893677163,
        894378427892415429,
        4181016387549282182,
        5572909401775239418,
        95926468881027172,
        8351255423863916713,
        912539024370891345,
        5207552922366019499,
        3874955961842947543,
        2446317509444287306,
        5588094324896537695,
        1665378252025155852,
        5244240761832578481,
        3710319027348537858,
        7658598752663635183,
        6428506663374808602,
        9200832141935538915,
        5400280443773424403,
    ],
}
"""For ever as well: ids of fields, then of templates, by which Anki knows them again after a renaming."""

ALL_FORMS = [
    basic("a", "Q"),
    {"id": "b", "kind": "reversed", "front": "a", "back": "b"},
    {"id": "c", "kind": "typed", "front": "a", "back": "b"},
    {"id": "d", "kind": "cloze", "text": "{{c2::a}} {{c1::b}}"},
]


@pytest.fixture
def all_forms(tmp_path: Path) -> Path:
    """Build a package with every note type in it."""
    files = {"demo/deck.yaml": deck_file("demo", "Demo", ["one"]), "demo/one.yaml": card_file("One", ALL_FORMS)}
    return artefacts(written(tmp_path / "decks", files), tmp_path / "dist", "apkg")["demo.apkg"]


def test_the_note_types_are_these_for_ever(all_forms: Path) -> None:
    assert {
        int(model["id"]): (
            model["name"],
            tuple(field["name"] for field in model["flds"]),
            tuple(template["name"] for template in model["tmpls"]),
        )
        for model in column(all_forms, "models").values()
    } == NOTE_TYPES


def test_fields_and_templates_carry_ids_that_stay(all_forms: Path) -> None:
    assert {
        int(model["id"]): [part["id"] for part in (*model["flds"], *model["tmpls"])]
        for model in column(all_forms, "models").values()
    } == PART_IDS


def test_anki_takes_over_the_ids_of_fields_and_templates(all_forms: Path, anki: Collection) -> None:
    imported(anki, all_forms)
    models = [anki.models.by_name(name) for name, _, _ in NOTE_TYPES.values()]
    assert {model["id"]: [part["id"] for part in (*model["flds"], *model["tmpls"])] for model in models} == PART_IDS


def test_importing_brings_only_the_note_types_that_are_used(tmp_path: Path, anki: Collection) -> None:
    before = contents(anki)["note types"]
    files = {"demo/deck.yaml": deck_file("demo", "Demo", ["one"]), "demo/one.yaml": card_file("One", ALL_FORMS[:2])}
    (package,) = artefacts(written(tmp_path / "decks", files), tmp_path / "dist", "apkg").values()
    imported(anki, package)
    assert contents(anki)["note types"] == sorted([*before, "cardgen Basic", "cardgen Two-way"])


def test_every_form_makes_its_cards(all_forms: Path, anki: Collection) -> None:
    imported(anki, all_forms)
    assert [(card.note()["ID"], card.ord, card.due, asked(card)) for card in cards_in(anki)] == [
        ("demo/a", 0, 1, "Q"),
        ("demo/b", 0, 2, "a"),
        ("demo/c", 0, 3, "a\nType the answer. [[type:Back]]"),
        ("demo/d", 0, 4, "a [...]"),
        ("demo/b", 1, 5, "b"),
        ("demo/d", 1, 6, "[...] b"),
    ]


def note_ids(package: Path) -> dict[str, int]:
    return dict(opened(package).execute("select guid, id from notes").fetchall())


def test_note_ids_stay_from_build_to_build_and_from_edition_to_edition(
    shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole: dict[str, int] = {}
    for package in artefacts(shipped, tmp_path / "whole", "apkg").values():
        whole |= note_ids(package)
    assert len({*whole.values()}) == len(whole)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1900000000")
    packages = artefacts(shipped, tmp_path / "later", "apkg", variants=["essentials", "us-img"])
    later = {name: note_ids(package) for name, package in packages.items()}
    assert later == {name: {guid: whole[guid] for guid in ids} for name, ids in later.items()}


@given(
    notes=st.lists(
        st.tuples(st.integers(0, 12), st.sampled_from([(0,), (0, 1), (0, 4), (1, 2, 3)])),
        unique_by=lambda note: note[0],
        max_size=8,
    )
)
def test_a_card_takes_the_first_free_id_from_that_of_its_note_on(notes: list[tuple[int, tuple[int, ...]]]) -> None:
    made = [
        AnkiNote(f"{number:020x}", note_type(Form.CLOZE), ("",) * 18, None, (), "Demo", (), ordinals, ordinals)
        for number, ordinals in notes
    ]
    package = io.BytesIO()
    Package([AnkiDeck("Demo")], made, {note.guid: 1 for note in made}).write_to(package)
    with zipfile.ZipFile(package) as held:
        found = sqlite3.connect(":memory:")
        found.deserialize(held.read("collection.anki2"))
    taken: set[int] = set()
    for number, ordinals in sorted(notes):
        note = (1 << 40) + number
        for ordinal in ordinals:
            card = next(free for free in count(note + ordinal) if free not in taken)
            taken.add(card)
            assert found.execute("select nid, ord from cards where id = ?", [card]).fetchall() == [(note, ordinal)]


def test_a_packages_files_are_compressed_and_bear_no_date(all_forms: Path) -> None:
    with zipfile.ZipFile(all_forms) as package:
        assert package.testzip() is None
        assert [(file.filename, file.compress_type, file.date_time) for file in package.infolist()] == [
            ("media", zipfile.ZIP_DEFLATED, (1980, 1, 1, 0, 0, 0)),
            ("collection.anki2", zipfile.ZIP_DEFLATED, (1980, 1, 1, 0, 0, 0)),
        ]


def test_a_packages_database_is_whole(all_forms: Path) -> None:
    connection = opened(all_forms)
    assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
    assert connection.execute("select count(*) from cards where nid not in (select id from notes)").fetchone() == (0,)


def test_no_temporary_files_are_left(decks: Callable[..., Path], cardgen: Callable[..., Ran], tmp_path: Path) -> None:
    decks()
    (tmp_path / "temporary").mkdir()
    formats = ("--format", "apkg", "--format", "csv", "--format", "anki-csv")
    places = {name: str(tmp_path / "temporary") for name in ("TMPDIR", "TEMP", "TMP")}
    assert cardgen("build", *formats, env=places).code == 0
    assert list((tmp_path / "temporary").iterdir()) == []
    assert sorted(file.name for file in (tmp_path / "dist").iterdir()) == [
        "demo.anki.csv",
        "demo.apkg",
        "demo.csv",
        "manifest.json",
    ]
