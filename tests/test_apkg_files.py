"""What packages are made of: note types, ids and files that stay the same."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest
from conftest import Ran, artefacts, card_file, imported, written

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from anki.collection import Collection


from anki_cards import asked, basic, cards_in, column, contents, deck_file, opened

SHARED = ("More", "Section", "Note", "Source", "As of", "Status", "Kind", "ID", "Language", "Direction")
SPARE = ("Reserved 1", "Reserved 2")
NOTE_TYPES = {
    1763800000001: ("cardgen Basic", ("Front", "Back", *SHARED, *SPARE), ("Card",)),
    1763800000002: ("cardgen Two-way", ("Front", "Back", *SHARED, *SPARE), ("Forward", "Backward")),
    1763800000003: ("cardgen Typed", ("Front", "Back", *SHARED, *SPARE), ("Card",)),
    1763800000004: ("cardgen Cloze", ("Text", "Extra", *SHARED, *SPARE), ("Cloze",)),
}
"""The note types for ever: learners' collections hang on their ids, and on the names and the order of fields."""

PART_IDS: dict[int, list[int]] = {
    1763800000001: [
        8591896006694986317,
        4595179857343436143,
        932087637463487829,
        7463278537411024621,
        2262817271312588050,
        5316026769127294872,
        671265229277540608,
        599858905715014518,
        6836821699491643155,
        2879582347135196012,
        4935162647115076387,
        1701468501281405112,
        3639734284078316595,
        8907038207661395351,
        7485685090971376193,
    ],
    1763800000002: [
        7082488270706740406,
        7417525013814750610,
        8291126126675466862,
        4302320526760458961,
        6365972185428013502,
        6824710655534253213,
        1934033353633638651,
        6189946517618440712,
        7168308503890159967,
        3635630347867110004,
        8869514727061242404,
        8058492887161273345,
        1511092151408599550,
        1622533679336358811,
        3009937632228302572,
        5031256616362092456,
    ],
    1763800000003: [
        625782860319982066,
        9168821248314331666,
        8717084587564682500,
        6051739748022738488,
        5044784770161525560,
        6329619377825120416,
        3318964172670191529,
        1060630623267251924,
        9030427750147946306,
        4694784771409914956,
        4515048882161731828,
        2313979090443909705,
        306001609676407272,
        1034931658773550153,
        8988328023079588928,
    ],
    1763800000004: [
        8288854555556341210,
        8694688578389177301,
        2055456728293587812,
        916774758318770836,
        7066605760454902833,
        936661235188520269,
        3810019328299233994,
        5799304799849265464,
        5774407004803117942,
        7350734740816642391,
        7892977881329038262,
        8499031532047230282,
        7025014217289829154,
        1378725322854170064,
        6597917214304631439,
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
        ("demo/b", 1, 2, "b"),
        ("demo/c", 0, 3, "a\nType the answer. [[type:Back]]"),
        ("demo/d", 0, 4, "a [...]"),
        ("demo/d", 1, 4, "[...] b"),
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


def test_a_packages_files_are_compressed_and_bear_no_date(all_forms: Path) -> None:
    with zipfile.ZipFile(all_forms) as package:
        assert package.testzip() is None
        assert [(file.filename, file.compress_type, file.date_time) for file in package.infolist()] == [
            ("collection.anki2", zipfile.ZIP_DEFLATED, (1980, 1, 1, 0, 0, 0)),
            ("media", zipfile.ZIP_DEFLATED, (1980, 1, 1, 0, 0, 0)),
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
