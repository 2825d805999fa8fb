"""The table that is ready to print: what it holds, how it is laid out, and what LibreOffice prints of it."""

from __future__ import annotations

import json
import re
import tempfile
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pdfplumber
import pytest
from conftest import REPOSITORY, artefacts, card_file, written
from hypothesis import example, given, settings
from hypothesis import strategies as st
from measuring import unmeasured
from office import converted, needs_office
from printed import MM
from test_csv import DECK, FILES, rows
from workbooks import MAIN, Book

from cardgen.model import Printing
from cardgen.richtext import is_blank, literal, parse
from cardgen.tables.text import CellFold
from cardgen.words import ENGLISH

if TYPE_CHECKING:
    from workbooks import BookSheet, Value


def book(folder: Path, files: dict[str, str], **asked: Any) -> Book:
    (file,) = artefacts(written(folder / "decks", files), folder / "dist", "xlsx", **asked).values()
    return Book(file)


def one_section(*cards: dict[str, Any], deck: str = DECK, **more: str) -> dict[str, str]:
    return {"demo/deck.yaml": deck, "demo/one.yaml": card_file("One", cards), **more}


def basic(front: str, back: str, **more: object) -> dict[str, Any]:
    return {"id": "a", "kind": "basic", "front": front, "back": back, **more}


# What it holds -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("wanted", ["card", "question"])
def test_the_first_sheet_has_the_rows_of_the_csv(tmp_path: Path, wanted: str) -> None:
    decks = written(tmp_path / "decks", FILES)
    built = artefacts(decks, tmp_path / "dist", "csv", "xlsx", printing=Printing(rows=wanted))
    head, *expected = rows(built["demo.csv"])
    found = Book(built["demo.xlsx"])
    assert found.names == ["Demo", "Sources"]
    assert found.sheets[0].rows == [head, *([float(number), *texts] for number, *texts in expected)]


def test_the_second_sheet_has_the_sources_with_links_and_the_cards_that_cite_them(tmp_path: Path) -> None:
    source = {
        "id": "law",
        "type": "book",
        "title": "The Act",
        "URL": "HTTPS://example.org/act?a=1&b=2#part",
        "issued": 2019,
    }
    mail = {"id": "desk", "type": "book", "title": "Desk", "publisher": "P", "URL": "mailto:desk@example.org"}
    long = {"id": "long", "type": "book", "title": "Long", "URL": f"https://example.org/{'x' * 3000}"}
    cards = [
        basic("Q1", "A", id="a", source=[{"id": "law", "locator": "§ 1"}, "desk"]),
        basic("Q2", "A", id="b", source="law"),
        basic("Q3", "A", id="c", source=["law", "long"], see="desk", confidence="secondary"),
    ]
    files = one_section(*cards) | {"sources.yaml": json.dumps({"references": [source, mail, long]})}
    sheet = book(tmp_path, files).sheets[1]
    assert sheet.rows == [
        ["Source", "Address", "Cards", "Link"],
        ["The Act (2019)", "HTTPS://example.org/act?a=1&b=2#part", "1–3", "example.org"],
        ["P: Desk", "mailto:desk@example.org", "1, 3", "desk@example.org"],
        ["Long", f"https://example.org/{'x' * 3000}", "3"],
    ]
    assert sheet.links == {"D2": "https://example.org/act?a=1&b=2#part", "D3": "mailto:desk@example.org"}


def test_without_sources_there_is_one_sheet(tmp_path: Path) -> None:
    assert book(tmp_path, one_section(basic("Q", "A"))).names == ["Demo"]


def test_what_a_deck_says_of_itself_stands_below_the_rows(tmp_path: Path) -> None:
    deck = f"{DECK}description: General information, **not** advice.\n"
    found = book(tmp_path, one_section(basic("Q", "A"), deck=deck))
    assert [row[:1] for row in found.sheets[0].rows[1:]] == [[1.0], [], ["General information, not advice."]]
    assert found.sheets[0].attributes("mergeCell") == {"ref": "A4:F4"}
    assert found.defined["_xlnm.Print_Area", 0] == "Demo!$A$1:$F$4"


def test_of_several_decks_each_row_says_its_deck(tmp_path: Path) -> None:
    files = {
        "collection.yaml": "title: Rivers\n",
        **one_section(basic("Q1", "A"), deck="id: demo\ntitle: All::One\ndescription: Of one.\nsections: [one]\n"),
        "more/deck.yaml": "id: more\ntitle: All::Two\nsections: [one]\n",
        "more/one.yaml": card_file("Uno", [basic("Q2", "A")]),
    }
    found = book(tmp_path, files, all_in_one=True)
    assert found.names == ["All"]
    assert [row[:5] for row in found.sheets[0].rows] == [
        ["No.", "Deck", "Section", "Question", "Answer"],
        [1.0, "All::One", "One", "Q1", "A"],
        [2.0, "All::Two", "Uno", "Q2", "A"],
        [],
        ["All::One: Of one."],
    ]


# Text is text --------------------------------------------------------------------------------------------------------

characters = st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"), exclude_characters="\ufeff\ufffe\uffff")
BEGINNINGS = ("", "=", "+", "-", "@", "'", '"', "<r>", "007", "_x0041_", "https://", "internal:", "{=", "&L")
ENDINGS = ("", "</r>", "_x000D_", "&", "'", "\n", "\r", "\t")
texts = st.builds("{}{}{}".format, st.sampled_from(BEGINNINGS), st.text(characters), st.sampled_from(ENDINGS))

READ = 6
"""How many columns there are to read; those after them are for filtering."""


def whole(sheet: BookSheet) -> list[list[Value]]:
    """Return the rows of a sheet, each with what continues it; a line end where it was cut is lost."""
    found: list[list[Value]] = []
    for row in sheet.rows[1:]:
        asked = str(row[2])
        if asked.startswith("Continued: "):
            row[2] = asked.partition("\n")[2]
            found[-1] = [
                one if index < 2 or index >= READ else f"{one}{more}"
                for index, (one, more) in enumerate(zip(found[-1], row, strict=True))
            ]
        else:
            found.append(list(row))
    return found


def unbroken(text: object) -> str:
    return unicodedata.normalize("NFC", str(text)).replace("\n", "")


@settings(max_examples=80)
@given(st.lists(texts.filter(lambda text: not is_blank(literal(text))), min_size=1, max_size=4))
@example(["=1+1", "<r><t>x</t></r>", "<r>_x0041_ & b</r>", "<r>\r</r>"])
@example(["x" * 19_000, "\u200b" * 18_999 + "x", "a\n" * 900 + "b", f"<r>{'&' * 15_000}</r>"])
@example(["𠀀" * 19_000, "a " * 9_000, "ا" * 7_000, "\u0301x"])
def test_text_of_any_kind_is_found_again_whatever_field_it_is_in(found_in: list[str]) -> None:
    short = [re.sub(r"\s", " ", text[:100]).strip() or "x" for text in found_in]
    lines = [text.replace("\n", " ")[:900] for text in found_in]
    typed = ["x" if is_blank(literal(line)) else line for line in lines]
    section = re.sub('[":]', "'", short[0])  # Anki's search knows no others
    references = [
        {"id": f"s-{index}", "type": "book", "title": text, "publisher": text} for index, text in enumerate(short)
    ]
    cards = [
        {
            "id": f"c-{index}",
            "kind": "typed",
            "front": f"Q {text}",
            "back": typed[index],
            "note": f"N {text}",
            "source": {"id": f"s-{index}", "locator": short[index]},
        }
        for index, text in enumerate(found_in)
    ]
    files = {
        "sources.yaml": json.dumps({"references": references}, ensure_ascii=False),
        "demo/deck.yaml": DECK,
        "demo/one.yaml": card_file(section, cards),
    }
    with tempfile.TemporaryDirectory() as folder:
        made = book(Path(folder), files)
    plain = CellFold(ENGLISH).blocks
    expected = []
    for index, text in enumerate(found_in):
        cited = f"{short[index]}: {short[index]} ({short[index]})"
        answer = f"{typed[index]}\n{plain(parse(f'N {text}'))}"
        expected.append([section, plain(parse(f"Q {text}")), answer, cited])
    found = whole(made.sheets[0])
    assert [[unbroken(text) for text in row[1:5]] for row in found] == [list(map(unbroken, row)) for row in expected]
    assert [row[0] for row in found] == list(range(1, len(found_in) + 1))
    for sheet in made.sheets:
        assert list(sheet.xml.iter(f"{MAIN}f")) == []
        assert max(sheet.heights) <= 409


def test_whoever_edits_a_text_that_looks_like_a_formula_does_not_make_one(tmp_path: Path) -> None:
    looks = book(tmp_path, one_section(basic("=1+1", "1+1"))).sheets[0].looks
    assert (looks["C2"].get("quotePrefix"), looks["D2"].get("quotePrefix")) == ("1", None)


def test_text_that_looks_like_a_number_is_text_and_no_program_marks_it(tmp_path: Path) -> None:
    sheet = book(tmp_path, one_section(basic("2026", "007"))).sheets[0]
    assert sheet.rows[1][:4] == [1.0, "One", "2026", "007"]
    assert sheet.attributes("ignoredError") == {"sqref": "A1:I2", "numberStoredAsText": "1"}


# On paper ------------------------------------------------------------------------------------------------------------

MILLIMETRE = 96 / 25.4


@pytest.mark.parametrize(("paper", "number", "width"), [("a4", "9", 297), ("letter", "1", 279.4)])
def test_it_is_one_page_wide_on_either_paper(tmp_path: Path, paper: str, number: str, width: float) -> None:
    found = book(tmp_path, FILES, printing=Printing(paper=paper))
    for index, (name, last, columns) in enumerate([("Demo", "F$10", READ), ("Sources", "C$3", 3)]):
        sheet = found.sheets[index]
        page = sheet.attributes("pageSetup")
        assert page == {"paperSize": number, "orientation": "landscape", "fitToHeight": "0"}
        assert sheet.attributes("pageSetUpPr") == {"fitToPage": "1"}
        margins = {side: float(inches) * 25.4 for side, inches in sheet.attributes("pageMargins").items()}
        assert (round(margins["left"]), round(margins["right"])) == (7, 7)
        assert sum(sheet.widths()[:columns]) <= (width - 14) * MILLIMETRE
        assert found.defined["_xlnm.Print_Titles", index] == f"{name}!$1:$1"
        assert found.defined["_xlnm.Print_Area", index] == f"{name}!$A$1:${last}"


def test_the_header_stays_on_the_screen_and_every_column_can_be_filtered(tmp_path: Path) -> None:
    sheet = book(tmp_path, FILES).sheets[0]
    assert sheet.attributes("pane") == {
        "ySplit": "1",
        "topLeftCell": "A2",
        "activePane": "bottomLeft",
        "state": "frozen",
    }
    assert sheet.attributes("autoFilter") == {"ref": "A1:I10"}


def test_the_foot_says_deck_version_and_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780000000")
    variants = "variants: {core: {title: Core, where: {kind: basic}}}\n"
    deck = f"id: demo\ntitle: All::3 Black & White\nsections: [one]\n{variants}"
    found = book(tmp_path, one_section(basic("Q", "A"), deck=deck), variants=["core"])
    (foot,) = (element.text for element in found.sheets[0].xml.iter(f"{MAIN}oddFooter"))
    version = re.fullmatch(
        r"&L&8 3 Black && White · Core&C&8 cardgen 0\.1\.0 · 28 May 2026 · deck ([0-9a-f]{7})&R&8 &P / &N", str(foot)
    )
    assert version, foot
    assert found.property("title") == "3 Black & White · Core"
    assert found.property("description") == f"cardgen 0.1.0 · 28 May 2026 · deck {version[1]}"
    assert found.property("created") == "2026-05-28T20:26:40Z"


def test_what_is_too_high_for_a_row_continues_in_another(tmp_path: Path) -> None:
    lines = [f"Line {number}." for number in range(80)]
    card = basic("Which lines?\n\nAll of them.", "\n\n".join(lines), tags=["x"], source="nrmp")
    found = book(tmp_path, one_section(card) | {"sources.yaml": FILES["sources.yaml"]}).sheets[0]
    first, second, third = found.rows[1:]
    assert first[:3] == [1.0, "One", "Which lines?\nAll of them."]
    for row in (second, third):
        assert row[:3] == [1.0, "One", "Continued: Which lines?"]
        assert row[4:] == ["", "", "x", "basic", "demo/a"]
    assert "\n".join(str(row[3]) for row in (first, second, third)).split("\n") == lines
    assert first[4:] == ["NRMP: Results", "", "x", "basic", "demo/a"]


def test_it_is_written_from_right_to_left_where_the_language_is(tmp_path: Path) -> None:
    cards = [
        basic("ما العاصمة؟", "القاهرة"),
        basic("Which?", "Cairo", id="b", lang="en"),
        basic("?", "!", id="c", dir="auto"),
    ]
    deck = "id: demo\ntitle: عواصم\nlanguage: ar\nsections: [one]\n"
    sheet = book(tmp_path, one_section(*cards, deck=deck)).sheets[0]
    assert sheet.attributes("sheetView")["rightToLeft"] == "1"
    assert sheet.rows[0][:4] == ["الرقم", "القسم", "السؤال", "الإجابة"]
    orders = {cell: sheet.looks[cell].get("readingOrder") for cell in ("B2", "C2", "D2", "B3", "C3", "C4")}
    assert orders == {"B2": "2", "C2": "2", "D2": "2", "B3": "2", "C3": "1", "C4": None}


def test_elsewhere_text_of_the_other_direction_has_its_own(tmp_path: Path) -> None:
    cards = [basic("Which?", "Cairo"), basic("ما العاصمة؟", "القاهرة", id="b", lang="ar")]
    sheet = book(tmp_path, one_section(*cards)).sheets[0]
    assert "rightToLeft" not in sheet.attributes("sheetView")
    assert [sheet.looks[cell].get("readingOrder") for cell in ("B2", "C2", "B3", "C3")] == [None, "1", None, "2"]


# In LibreOffice ------------------------------------------------------------------------------------------------------


def letters(text: object) -> str:
    return re.sub(r"\s", "", str(text or ""))


@pytest.mark.slow
@needs_office
@pytest.mark.parametrize(("deck", "most"), [("definitions", 25), ("match", 30), ("visa", 30), ("answers", 110)])
def test_libreoffice_prints_every_cell_within_its_frame(tmp_path: Path, deck: str, most: int) -> None:
    """A text that is higher than its row would stand in the frame of the next one, or nowhere."""
    (file,) = artefacts(REPOSITORY / "decks", tmp_path, "xlsx", names=[deck], locked=True).values()
    tables: list[list[list[str]]] = []
    text = ""
    with unmeasured(), pdfplumber.open(converted(file, "pdf")) as pdf:
        assert len(pdf.pages) <= most
        for page in pdf.pages:
            assert (round(page.width / MM), round(page.height / MM)) == (297, 210)
            (table,) = page.extract_tables()
            tables.append([[letters(cell) for cell in row] for row in table])
            text += letters(page.extract_text())
    cards, sources = (sheet.rows for sheet in Book(file).sheets)
    *cards, _, (notice,) = cards
    assert letters(notice) in text
    for lines, columns in ((cards, READ), (sources, 3)):
        head, *expected = [[letters(cell).removesuffix(".0") for cell in line[:columns]] for line in lines]
        assert [row for table in tables if table[0] == head for row in table[1:]] == expected
