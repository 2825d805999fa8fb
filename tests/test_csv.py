"""Tables: the one for people, and the one for Anki's text import."""

from __future__ import annotations

import csv
import io
import json
import re
import tempfile
import unicodedata
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from conftest import artefacts, card_file, counts, imported, written
from hypothesis import example, given, settings
from hypothesis import strategies as st
from office import converted, needs_office

from cardgen.build.builder import build_decks
from cardgen.build.request import Request
from cardgen.model import Printing
from cardgen.notes import guid_of
from cardgen.richtext import is_blank, literal
from cardgen.tables.csv import written as cell_written

if TYPE_CHECKING:
    from anki.collection import Collection

DECK = "id: demo\ntitle: Demo\nsections: [one]\n"

ONE_OF_EACH: list[dict[str, Any]] = [
    {
        "id": "basic",
        "kind": "basic",
        "front": "Who **issues** it?",
        "back": "ECFMG",
        "source": "nrmp",
        "as_of": "2026-05",
    },
    {"id": "reversed", "kind": "reversed", "front": "NRMP", "back": "National Resident Matching Program"},
    {"id": "typed", "kind": "typed", "front": "Which form?", "back": "DS-2019", "note": "With the *hyphen*."},
    {"id": "cloze", "kind": "cloze", "text": "{{c1::J-1}} or {{c2::H-1B::work}}", "extra": "Both are visas."},
    {
        "id": "choice",
        "kind": "choice",
        "question": "Which one?",
        "options": [{"text": "J-1", "right": True}, {"text": "O-1"}],
        "why": "It is the usual one.",
    },
    {"id": "definition", "kind": "definition", "term": "IMG", "definition": "Graduate from abroad."},
    {
        "id": "statistic",
        "kind": "statistic",
        "question": "How many?",
        "value": "56.4",
        "unit": "percent",
        "source": [{"id": "nrmp", "locator": "Table 4"}, "book"],
        "as_of": "2026",
        "stale_after": "2026-12-31",
        "confidence": "secondary",
    },
    {
        "id": "process",
        "kind": "process",
        "title": "To the visa",
        "steps": [{"id": "sign", "do": "Sign."}, {"id": "apply", "do": "Apply.", "who": "You"}],
    },
    {
        "id": "framework",
        "kind": "framework",
        "question": "Why us?",
        "asks_for": "Fit",
        "moves": [{"id": "fact", "cue": "Fact", "text": "A fact."}, {"id": "link", "cue": "Link", "text": "A link."}],
        "seconds": 60,
    },
]

FILES = {
    "sources.yaml": json.dumps(
        {
            "references": [
                {
                    "id": "nrmp",
                    "type": "report",
                    "title": "Results",
                    "publisher": "NRMP",
                    "URL": "https://example.org/r",
                },
                {"id": "book", "type": "book", "title": "A book", "issued": "2024"},
            ]
        }
    ),
    "demo/deck.yaml": DECK,
    "demo/one.yaml": card_file("One", ONE_OF_EACH),
}


def rows(file: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.read_bytes().decode("utf-8-sig"), newline=""), strict=True))


def table(folder: Path, files: dict[str, str], form: str = "csv") -> Path:
    (file,) = artefacts(written(folder / "decks", files), folder / "dist", form).values()
    return file


# For people ----------------------------------------------------------------------------------------------------------


def test_the_table_is_utf8_with_a_mark_a_header_and_a_row_a_card(tmp_path: Path) -> None:
    cards = [
        {"id": "a", "kind": "basic", "front": "Qui, où?", "back": 'Say "no"'},
        {"id": "b", "kind": "basic", "front": "Two\n\nlines", "back": "日本", "tags": ["x", "b::c"]},
    ]
    file = table(tmp_path, {"demo/deck.yaml": DECK, "demo/one.yaml": card_file("One", cards)})
    assert file.read_bytes() == (
        b"\xef\xbb\xbf"
        + (
            "No.,Section,Question,Answer,Source,As of,Tags,Kind,ID\r\n"
            '1,One,"Qui, où?","Say ""no""",,,,basic,demo/a\r\n'
            '2,One,"Two\nlines",日本,,,"x, b::c",basic,demo/b\r\n'
        ).encode()
    )


NOTHING = ("", "")
FULL = "National Resident Matching Program"
CITED = "• NRMP: Results (Table 4)\n• A book (2024)\nSecondary source: check the official table."
PLAN = "Why us?\nName the 2 points of your answer, in any sensible order. Then answer aloud in about 60 seconds."
POINTS = "• Fact\n• Link\nWhat they want to learn\nFit\nThe points in full\n• Fact: A fact.\n• Link: A link."
CARD_ROWS = [
    ("1", "Who issues it?", "ECFMG", "NRMP: Results", "As of May 2026", "basic", "basic"),
    ("2", "NRMP", FULL, *NOTHING, "reversed", "reversed"),
    ("3", "Which form?", "DS-2019\nWith the hyphen.", *NOTHING, "typed", "typed"),
    ("4", "[...] or [work]", "1. J-1\n2. H-1B\nBoth are visas.", *NOTHING, "cloze", "cloze"),
    ("5", "Which one?\n• J-1\n• O-1", "J-1\nIt is the usual one.", *NOTHING, "choice", "choice"),
    ("6", "IMG", "Graduate from abroad.", *NOTHING, "definition", "definition"),
    ("7", "How many?", "56.4 percent", CITED, "As of 2026\nCheck again after December 2026.", "statistic", "statistic"),
    (
        "8",
        "To the visa\nName the 2 steps in order.",
        "1. Sign.\n2. Apply.\n   Who: You",
        *NOTHING,
        "process",
        "process",
    ),
    ("9", PLAN, POINTS, *NOTHING, "framework", "framework"),
]
QUESTION_ROWS = [
    *CARD_ROWS[:2],
    ("2", FULL, "NRMP", *NOTHING, "reversed", "reversed"),
    CARD_ROWS[2],
    ("4", "[...] or H-1B", "J-1\nBoth are visas.", *NOTHING, "cloze", "cloze"),
    ("4", "J-1 or [work]", "H-1B\nBoth are visas.", *NOTHING, "cloze", "cloze"),
    *CARD_ROWS[4:6],
    ("6", "Graduate from abroad.", "IMG", *NOTHING, "definition", "definition"),
    *CARD_ROWS[6:8],
    ("8", "To the visa\nWhat is the first step?", "Sign.", *NOTHING, "process", "process/sign"),
    ("8", "To the visa\nSign.\nWhat comes next?", "Apply.\nWho: You", *NOTHING, "process", "process/apply"),
    CARD_ROWS[8],
]


@pytest.mark.parametrize(("wanted", "expected"), [("card", CARD_ROWS), ("question", QUESTION_ROWS)])
def test_every_kind_has_its_rows(tmp_path: Path, wanted: str, expected: list[tuple[str, ...]]) -> None:
    decks = written(tmp_path / "decks", FILES)
    (file,) = artefacts(decks, tmp_path / "dist", "csv", printing=Printing(rows=wanted)).values()
    assert rows(file)[1:] == [
        [number, "One", question, answer, source, as_of, "", kind, f"demo/{place}"]
        for number, question, answer, source, as_of, kind, place in expected
    ]


@pytest.mark.parametrize(("wanted", "counts"), [("card", (9, 9)), ("question", (11, 14))])
def test_the_manifest_counts_what_the_table_holds(tmp_path: Path, wanted: str, counts: tuple[int, int]) -> None:
    decks = written(tmp_path / "decks", FILES | {"collection.yaml": f"print: {{rows: {wanted}}}\n"})
    (artefact,) = build_decks(Request(decks, formats=("csv",), out=tmp_path / "dist")).artefacts
    assert (artefact.notes, artefact.cards) == counts


def test_facets_have_columns_in_the_order_of_the_collection(tmp_path: Path) -> None:
    cards = [
        {"id": "a", "kind": "basic", "front": "Q", "back": "A", "level": "core", "exam-part": ["1", "2"]},
        {"id": "b", "kind": "basic", "front": "Q", "back": "A", "tags": ["x"]},
    ]
    files = {
        "collection.yaml": "facets: {level: [core, more], exam-part: any}\n",
        "demo/deck.yaml": DECK,
        "demo/one.yaml": card_file("One", cards),
    }
    assert [row[6:] for row in rows(table(tmp_path, files))] == [
        ["Level", "Exam part", "Kind", "ID"],
        ["core", "1, 2", "basic", "demo/a"],
        ["", "", "basic", "demo/b"],
    ]


def test_what_a_table_cannot_show_leaves_a_word(tmp_path: Path) -> None:
    card = {
        "id": "a",
        "kind": "basic",
        "front": "![A map](media/map.png) ![](media/map.png)",
        "back": "- one\n  - [two](https://example.org)\n- H~2~O",
    }
    files = {"demo/deck.yaml": DECK, "demo/one.yaml": card_file("One", [card]), "demo/media/map.png": "png"}
    assert rows(table(tmp_path, files))[1][2:4] == [
        "[Picture: A map] [Picture: media/map.png]",
        "• one\n  • two (https://example.org)\n• H₂O",
    ]


def test_other_ways_to_ask_a_question_are_points_under_it(tmp_path: Path) -> None:
    card = {
        "id": "a",
        "kind": "framework",
        "question": "Why us?",
        "wordings": ["Why here?", "What draws you?"],
        "asks_for": "Fit",
        "moves": [{"id": "fact", "cue": "Fact", "text": "A fact."}, {"id": "link", "cue": "Link", "text": "A link."}],
    }
    asked = rows(table(tmp_path, {"demo/deck.yaml": DECK, "demo/one.yaml": card_file("One", [card])}))[1][2]
    assert asked == "Why us?\n• Why here?\n• What draws you?\nName the 2 points of your answer, in any sensible order."


FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")

characters = st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"), exclude_characters="\ufeff\ufffe\uffff")
answers = st.builds("{}{}".format, st.sampled_from(["", *FORMULA_STARTS, "'", '"', ",", ";", "#"]), st.text(characters))


@settings(max_examples=60)
@given(st.lists(answers.filter(lambda text: not is_blank(literal(text))), min_size=1, max_size=10))
@example(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("x")', "'=1", " =1"])
def test_no_cell_can_become_a_formula_and_no_text_is_lost(texts: list[str]) -> None:
    cards = [{"id": f"c-{index}", "kind": "typed", "front": "Q", "back": text} for index, text in enumerate(texts)]
    with tempfile.TemporaryDirectory() as folder:
        _, *found = rows(table(Path(folder), {"demo/deck.yaml": DECK, "demo/one.yaml": card_file("One", cards)}))
    assert [cell for row in found for cell in row if cell.startswith(FORMULA_STARTS)] == []
    expected = [unicodedata.normalize("NFC", text) for text in texts]
    assert [row[3] for row in found] == [f"'{text}" if text.startswith(FORMULA_STARTS) else text for text in expected]


@given(st.lists(st.text().filter(lambda text: not text.startswith(FORMULA_STARTS)), min_size=2, max_size=5))
def test_rows_are_written_as_the_library_writes_them(texts: list[str]) -> None:
    cells = [unicodedata.normalize("NFC", text) for text in texts]
    stream = io.StringIO(newline="")
    csv.writer(stream).writerow(cells)
    assert ",".join(map(cell_written, texts)) + "\r\n" == stream.getvalue()


@pytest.mark.parametrize("field", ["section", "source", "question", "answer"])
def test_no_column_can_hold_a_formula(tmp_path: Path, field: str) -> None:
    text = {name: name for name in ("section", "source", "question", "answer")} | {field: "=1+1"}
    card = {"id": "a", "kind": "basic", "front": text["question"], "back": text["answer"], "source": "s"}
    files = {
        "sources.yaml": json.dumps({"references": [{"id": "s", "type": "book", "title": text["source"]}]}),
        "demo/deck.yaml": DECK,
        "demo/one.yaml": card_file(text["section"], [card]),
    }
    text[field] = "'=1+1"
    assert rows(table(tmp_path, files))[1][1:5] == [text["section"], text["question"], text["answer"], text["source"]]


# In LibreOffice ------------------------------------------------------------------------------------------------------

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"

AS_IT_COMES = "--infilter=CSV:44,34,76,1"
"""Comma, double quote, UTF-8, from line 1: what the dialogue of LibreOffice's import finds out by itself."""


def office_rows(file: Path) -> list[list[str]]:
    """Return the cells of an OpenDocument table, each padded to nine."""
    content = ET.fromstring(zipfile.ZipFile(file).read("content.xml"))
    found = []
    for row in content.iter(f"{TABLE}table-row"):
        cells: list[str] = []
        for cell in row.iter(f"{TABLE}table-cell"):
            lines = ["".join(line.itertext()) for line in cell.iter(f"{TEXT}p")]
            cells.extend(["\n".join(lines)] * int(cell.get(f"{TABLE}number-columns-repeated", "1")))
        if any(cells):
            found.append(cells[:9])
    return found


TRICKY = [
    {"id": f"c-{index}", "kind": "typed", "front": front, "back": back, "as_of": "2026-06"}
    for index, (front, back) in enumerate(
        [
            ("Sum?", "=1+1"),
            ("Who, when?", 'Say "no"; then'),
            ("Two\n\nlines", "日本 é العربية"),
            ("Minus?", "-5"),
            ("At?", "@A1"),
        ]
    )
]


@pytest.mark.slow
@needs_office
def test_libreoffice_shows_the_cells_as_they_are(tmp_path: Path) -> None:
    file = table(tmp_path, {"demo/deck.yaml": DECK, "demo/one.yaml": card_file("One", TRICKY)})
    opened = converted(file, "ods", AS_IT_COMES)
    assert office_rows(opened) == rows(file)
    assert b"table:formula" not in zipfile.ZipFile(opened).read("content.xml")


@pytest.mark.slow
@needs_office
def test_no_formula_reaches_excels_form_by_way_of_libreoffice(tmp_path: Path) -> None:
    file = table(tmp_path, {"demo/deck.yaml": DECK, "demo/one.yaml": card_file("One", TRICKY)})
    with zipfile.ZipFile(converted(file, "xlsx", AS_IT_COMES)) as book:
        sheet = ET.fromstring(book.read("xl/worksheets/sheet1.xml"))
        texts = ET.fromstring(book.read("xl/sharedStrings.xml"))
    assert [element.tag for element in sheet.iter() if element.tag.endswith("}f")] == []
    assert {"'=1+1", "'-5", "'@A1"} <= {"".join(text.itertext()) for text in texts}


# For Anki's text import ----------------------------------------------------------------------------------------------

HEADERS = [
    "# Import demo.apkg into Anki before this file: a text file brings neither note types nor media.",
    "#separator:Comma",
    "#html:true",
    "#guid column:1",
    "#notetype column:2",
    "#deck column:3",
    "#tags column:4",
]


def test_the_file_for_anki_says_what_its_columns_are_and_quotes_every_cell(tmp_path: Path) -> None:
    cards = [{"id": "a", "kind": "basic", "front": "Who, *when*?", "back": 'Say "<no>"', "tags": ["x", "b::c"]}]
    files = {"demo/deck.yaml": DECK, "demo/one.yaml": card_file("One & all", cards)}
    assert table(tmp_path, files, "anki-csv").read_bytes().decode() == (
        "".join(f"{header}\n" for header in HEADERS)
        + f'"{guid_of("demo", "a")}","cardgen Basic","Demo","b::c demo::section::one x",'
        '"Who, <em>when</em>?","Say ""&lt;no&gt;""","","One &amp; all","","","","","basic","demo/a",'
        '"Who, when?","en","ltr","","","","",""\n'
    )


@given(st.text(), st.text(), st.text())
def test_no_guid_can_be_taken_for_a_comment_or_a_formula(deck_id: str, card_id: str, part_id: str) -> None:
    assert re.fullmatch("[0-9a-f]{20}", guid_of(deck_id, card_id, part_id))


def text_import(collection: Collection, file: Path) -> dict[str, int]:
    """Import a text file as Anki's dialogue would, with what the file's header lines say."""
    from anki.collection import ImportCsvRequest

    metadata = collection.get_csv_metadata(str(file), None)
    return counts(collection.import_csv(ImportCsvRequest(path=str(file), metadata=metadata)).log)


def held(collection: Collection) -> dict[str, list[list[Any]]]:
    notes = collection.db.all("select guid, mid, mod, tags, flds from notes order by guid")
    cards = collection.db.all("select id, nid, did, ord, due, reps from cards order by id")
    return {"notes": notes, "cards": cards}


@pytest.fixture
def both(tmp_path: Path, anki: Collection) -> Path:
    """Import a package with a note of each kind, and give the same as a file for Anki's text import."""
    files = FILES | {
        "demo/one.yaml": card_file(
            "One",
            [
                *ONE_OF_EACH,
                {"id": "lines", "kind": "basic", "front": '```\na\n#b\n\n"c"\n```', "back": "$x$\n\n- y\n- #z"},
            ],
        )
    }
    built = artefacts(written(tmp_path / "decks", files), tmp_path / "dist", "apkg", "anki-csv")
    imported(anki, built["demo.apkg"])
    return built["demo.anki.csv"]


def test_anki_reads_the_header_lines(both: Path, anki: Collection) -> None:
    read = anki.get_csv_metadata(str(both), None)
    assert (read.guid_column, read.notetype_column, read.deck_column, read.tags_column) == (1, 2, 3, 4)
    assert (read.is_html, read.Delimiter.Name(read.delimiter)) == (True, "COMMA")


def test_where_no_package_was_imported_anki_names_every_row_as_without_a_note_type(
    tmp_path: Path, anki: Collection
) -> None:
    assert text_import(anki, table(tmp_path, FILES, "anki-csv")) == {"missing_notetype": 11}


def test_importing_the_file_after_the_package_changes_nothing(both: Path, anki: Collection) -> None:
    before = held(anki)
    assert text_import(anki, both) == {"duplicate": len(before["notes"])}
    assert held(anki) == before


def test_a_changed_cell_updates_its_note_and_no_other(both: Path, anki: Collection) -> None:
    before = held(anki)
    both.write_text(both.read_text(encoding="utf-8").replace('"ECFMG"', '"The sponsor"'), encoding="utf-8")
    assert text_import(anki, both) == {"updated": 1, "duplicate": len(before["notes"]) - 1}
    after = held(anki)
    changed = [new for old, new in zip(before["notes"], after["notes"], strict=True) if old != new]
    assert [note[4].split("\x1f")[:2] for note in changed] == [["Who <strong>issues</strong> it?", "The sponsor"]]
    assert after["cards"] == before["cards"]


def test_the_file_alone_brings_all_notes_where_the_note_types_are_known(both: Path, anki: Collection) -> None:
    before = {note[0]: note[3:] for note in held(anki)["notes"]}
    cards = anki.db.all("select c.ord, n.guid, d.name from cards c, notes n, decks d where n.id=c.nid and d.id=c.did")
    anki.remove_notes(anki.find_notes(""))
    assert text_import(anki, both) == {"new": len(before)}
    assert {note[0]: note[3:] for note in held(anki)["notes"]} == before
    assert sorted(
        anki.db.all("select c.ord, n.guid, d.name from cards c, notes n, decks d where n.id=c.nid and d.id=c.did")
    ) == sorted(cards)
